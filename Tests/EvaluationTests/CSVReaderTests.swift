import Testing

@testable import Evaluation

@Suite struct CSVReaderTests {
    private func records(_ text: String) -> [CSVReader.Record] {
        var reader = CSVReader(Array(text.utf8))
        var records: [CSVReader.Record] = []
        while let record = reader.next() { records.append(record) }
        return records
    }

    @Test(arguments: [
        ("a,b\n", [["a", "b"]]), ("a,b", [["a", "b"]]), ("a,\n", [["a", ""]]), (",", [["", ""]]),
        ("\"a,b\",c\r\n", [["a,b", "c"]]), ("\"a\"\"b\"", [["a\"b"]]),
        ("\"a\nb\",c\nd,e", [["a\nb", "c"], ["d", "e"]]),
        ("\"a\r\nb\"\r\nc", [["a\r\nb"], ["c"]]), ("\u{FEFF}a\nb", [["a"], ["b"]]), ("a\rb", [["a"], ["b"]]),
        ("a\n\n\nb\n", [["a"], ["b"]]), ("\"\",x", [["", "x"]]), ("a\"b,c", [["a\"b", "c"]]),
        ("\"a\"b,c", [["ab", "c"]]),
        ("", []), ("\n\n", []), ("ü,日本", [["ü", "日本"]]),
    ])
    func `fields are read as RFC 4180 and spreadsheets have them`(text: String, fields: [[String]]) {
        #expect(records(text).map(\.fields) == fields)
    }

    @Test func `a record knows the line it begins on, whatever its fields hold`() {
        #expect(records("a\n\"b\nb\r\nb\",c\n\nd\r\ne").map(\.line) == [1, 2, 6, 7])
    }

    @Test func `a quote that is never closed costs its line and no other`() {
        let found = records("a,b\n\"c,d\ne,f\n")
        #expect(found.map(\.isUnclosed) == [false, true, false])
        #expect(found.last?.fields == ["e", "f"])
        #expect(found.last?.line == 3)
    }

    @Test func `stray quotes without end do not take for ever`() {
        let found = records(String(repeating: "\"a\n", count: 10_001))
        #expect(found.count < 10_001)
    }

    @Test func `what is no UTF-8 becomes a replacement character`() {
        var reader = CSVReader([0x61, 0xFF, 0x2C, 0x62])
        #expect(reader.next()?.fields == ["a\u{FFFD}", "b"])
    }
}
