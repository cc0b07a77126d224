import JSONText
import Statistics
import TestSupport
import Testing

@Suite struct KeySetTests {
    /// Keys that share beginnings, lengths and endings, from none to 70 bytes.
    private static let names: [String] =
        [0, 1, 2, 7, 8, 9, 15, 16, 17, 24, 30, 31, 32, 33, 63, 64, 70].flatMap { length in
            ["a", "b"].map { String(repeating: "k", count: max(0, length - 1)) + (length == 0 ? "" : $0) }
        }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }

    private static let known = Array(names.enumerated().filter { $0.offset % 3 != 2 }.map(\.element))

    /// What a plain walk finds: each known key's number, with its value.
    private func found(by walk: (inout JSONScanner) -> Int?, in text: String) -> [[Int]]? {
        let guarded = GuardedBytes(capacity: text.utf8.count)
        var scanner = JSONScanner(guarded.place(Array(text.utf8)))
        var found: [[Int]] = []
        guard scanner.enterObject() else { return nil }
        while let number = walk(&scanner) { found.append([number, scanner.integer() ?? -1]) }
        return scanner.isBroken || !scanner.endLine() ? nil : found
    }

    private func plain(_ scanner: inout JSONScanner) -> Int? {
        while let key = scanner.nextKey() {
            if let number = KeySetTests.known.firstIndex(where: { $0.utf8.elementsEqual(key.bytes) }) { return number }
            scanner.skipValue()
        }
        return nil
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `finds the keys a plain walk finds, with their values`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let keys = KeySet(KeySetTests.known)
        for _ in 0..<20 {
            let members = (0..<Int.random(in: 0...8, using: &random)).map { number in
                var key = KeySetTests.names.randomElement(using: &random) ?? ""
                switch Int.random(in: 0..<6, using: &random) {
                case 0: key += "\\\""
                case 1: key += "\\\\"
                case 2: key = "\\u006b" + key
                case 3: key += "é"
                default: break
                }
                let space = [" ", "", "", "\t"].randomElement(using: &random) ?? ""
                return "\(space)\"\(key)\"\(space):\(space)\(number)"
            }
            let text = "{" + members.joined(separator: ",") + "}"
            let expected = try #require(found(by: plain, in: text))
            #expect(found(by: { $0.nextKey(in: keys) }, in: text) == expected, "\(text)")
        }
    }

    @Test func `a hundred keys are told apart`() {
        let names = (0..<100).map { "key_with_one_prefix_\($0)" }
        let keys = KeySet(names)
        let text = "{" + names.map { "\"\($0)\":0,\"\($0)x\":1" }.joined(separator: ",") + "}"
        #expect(found(by: { $0.nextKey(in: keys) }, in: text) == (0..<100).map { [$0, 0] })
    }

    @Test(arguments: [#"{"a" 1}"#, #"{"a":1 "a":1}"#, #"{"a":1,}"#, #"{"a"#, #"{"b":1"#])
    func `a broken object breaks`(text: String) {
        #expect(found(by: { $0.nextKey(in: KeySet(["a"])) }, in: text) == nil)
        #expect(found(by: { $0.nextKey(in: KeySet(["a"])) }, in: text + String(repeating: " ", count: 64)) == nil)
    }
}
