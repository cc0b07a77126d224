import Foundation
import JSONText
import TestSupport
import Testing

/// What the scanner reads is what Foundation's decoder reads.
@Suite struct ScannerDifferentialTests {
    /// What the scanner makes of a text that ends where its memory does.
    private func scanned(_ text: String, layout: JSONScanner.Layout = .lines) -> DecodedValue? {
        let guarded = GuardedBytes(capacity: text.utf8.count)
        var scanner = JSONScanner(guarded.place(Array(text.utf8)), layout: layout)
        let value = scanner.value()
        return scanner.isBroken || !scanner.endLine() ? nil : value
    }

    private func decoded(_ text: String) throws -> DecodedValue {
        try JSONDecoder().decode(DecodedValue.self, from: Data(text.utf8))
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `generated lines read alike`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        for _ in 0..<150 {
            let line = random.line()
            let expected = try? decoded(line)
            try #require(scanned(line) == expected, "\(line)")
        }
    }

    @Test func `many lines in one buffer are read one after another`() throws {
        var random = RandomJSON(seed: 9)
        let lines = (0..<200).map { _ in random.line() }
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        let values = bytes.withUnsafeBytes { buffer in
            var scanner = JSONScanner(buffer)
            return lines.map { _ in
                let value = scanner.value()
                return scanner.endLine() ? value : nil
            }
        }
        #expect(values == (try lines.map(decoded)))
    }

    @Test func `a backslash run of any length at any alignment ends the string where it ends`() throws {
        for lead in 0...66 {
            for run in 0...9 {
                let text = "\"" + String(repeating: "x", count: lead) + String(repeating: "\\\\", count: run) + "\\\"\""
                let value = String(repeating: "x", count: lead) + String(repeating: "\\", count: run) + "\""
                try #require(scanned(text) == .string(value), "\(lead) bytes, then \(run) backslashes")
            }
        }
    }

    @Test(arguments: 0...70)
    func `a key of any length stands anywhere before the end`(length: Int) {
        let key = String(repeating: "k", count: length)
        #expect(scanned("{\"\(key)\":1}") == .object([key: .number(1)]))
        #expect(scanned("{\"\(key)\": \"v\" , \"\(key)é\":[]}") == .object([key: .string("v"), key + "é": .array([])]))
    }

    @Test(arguments: [
        (#""\ud83d\ude42""#, "🙂"), (#""\ud83d""#, "\u{FFFD}"), (#""\ude42x""#, "\u{FFFD}x"),
        (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\u00e9""#, "é"), (#""\u0000""#, "\u{0}"), (#""\u12""#, "\u{FFFD}12"),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    ])
    func `escapes are resolved, halves of pairs replaced`(text: String, value: String) {
        #expect(scanned(text) == .string(value))
    }

    @Test(arguments: [
        ("0", 0, false), ("-0", 0, false), ("42", 42, false), ("-42", -42, false), ("1.4", 1, false), ("1.5", 2, false),
        ("-1.5", -2, false), ("1e3", 1000, false), ("1E+3", 1000, false), ("2500e-3", 3, false),
        ("999999999999999999", 999_999_999_999_999_999, false), ("9223372036854775807", Int.max, false),
        ("-9223372036854775808", Int.min, false), ("9223372036854775808", Int.max, true),
        ("-9223372036854780000", Int.min, true), ("1e400", Int.max, true), ("-1e400", Int.min, true),
        ("123456789012345678901234567890", Int.max, true),
    ])
    func `an integer is rounded, and clamped where it does not fit`(text: String, value: Int, isHuge: Bool) {
        let guarded = GuardedBytes(capacity: text.utf8.count)
        var scanner = JSONScanner(guarded.place(Array(text.utf8)))
        let read = scanner.integer()
        #expect(read == value)
        #expect(scanner.hasHugeNumber == isHuge)
        #expect(!scanner.isBroken && scanner.offset == text.utf8.count)
    }

    @Test(arguments: [
        "", "{", "[", "\"", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,\"a\":1}", "{\"a\" 1}",
        "{a:1}",
        "[1", "[1,", "[1,]", "[,1]", "[1 2]", "tru", "nul", "falsey", "+1", "-", "1a", ".5", "'a'", "]", "}", "{]",
        "[}",
        "{\"a\":1]", "\u{0}", "\"\\\"", "{\"a\":\"\n\"}", "[1\n]",
    ])
    func `what is no JSON is broken or not whole`(text: String) {
        #expect(scanned(text) == nil)
    }

    @Test func `a document may span lines`() {
        #expect(
            scanned("{\n\"a\":\n[1,\n2]\n}\n", layout: .document) == .object(["a": .array([.number(1), .number(2)])])
        )
        #expect(scanned("\"a\nb\"", layout: .document) == nil, "but no string may")
    }

    @Test(arguments: [JSONScanner.Layout.lines, .document])
    func `a hundred thousand levels cost no stack`(layout: JSONScanner.Layout) {
        let text = String(repeating: "[{\"a\":", count: 50_000) + "1" + String(repeating: "}]", count: 50_000)
        Array(text.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes, layout: layout)
            let raw = scanner.rawValue()
            #expect(raw.count == text.utf8.count)
            #expect(!scanner.isBroken)
            scanner = JSONScanner(UnsafeRawBufferPointer(rebasing: bytes.dropLast()), layout: layout)
            scanner.skipValue()
            #expect(scanner.isBroken)
        }
    }

    @Test func `what a string holds besides ASCII is said`() {
        func seen(_ text: String) -> (nonASCII: Bool, control: Bool) {
            Array(text.utf8).withUnsafeBytes { bytes in
                var scanner = JSONScanner(bytes)
                scanner.skipValue()
                return (scanner.hasNonASCII, scanner.hasControlCharacters)
            }
        }
        let padding = String(repeating: "x", count: 100)
        #expect(seen("[\"\(padding)\"]") == (false, false))
        #expect(seen("[\"\(padding)é\"]") == (true, false))
        #expect(seen("[\"\(padding)\u{1}\"]") == (false, true))
        #expect(seen("[\"a\", \"\u{1}é\(padding)\"]") == (true, true))
    }

    @Test func `a wrong kind is stepped over`() {
        let answers = Array(#"{"a":[1],"b":{"c":"}"},"d":"x"}"#.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            var answers = [scanner.enterObject(), scanner.nextKey()?.is("a") == true, scanner.text() == nil]
            answers += [scanner.nextKey()?.is("b") == true, scanner.integer() == nil]
            answers += [scanner.nextKey()?.is("d") == true, scanner.bool() == nil, scanner.nextKey() == nil]
            return answers + [!scanner.isBroken, scanner.endLine()]
        }
        #expect(answers == [Bool](repeating: true, count: 10))
    }
}
