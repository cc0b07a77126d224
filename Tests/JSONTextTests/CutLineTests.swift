import JSONText
import Statistics
import TestSupport
import Testing

@Suite struct CutLineTests {
    private let next = #"{"next":"line"}"# + "\n"

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `a line cut at any byte is no value and leaves the next line alone`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let line = Array(("{\"a\":" + random.value(depth: 4) + "}").utf8)
        for length in 0..<line.count {
            let bytes = line[..<length] + "\n".utf8 + next.utf8
            let guarded = GuardedBytes(capacity: bytes.count)
            var scanner = JSONScanner(guarded.place(Array(bytes)))
            let cut = scanner.value()
            try #require(cut == nil, "cut after \(length) bytes")
            scanner.restart(at: length + 1)
            let whole = scanner.value()
            try #require(whole == .object(["next": .string("line")]))
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `skipping a cut line breaks, however it is skipped`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let line = Array(("{\"a\":" + random.value(depth: 4) + "}").utf8)
        let keys = KeySet(["a"])
        for length in 1..<line.count {
            let bytes = line[..<length] + "\n".utf8 + next.utf8
            let guarded = GuardedBytes(capacity: bytes.count)
            var scanner = JSONScanner(guarded.place(Array(bytes)))
            scanner.skipValue()
            try #require(scanner.isBroken, "cut after \(length) bytes")
            scanner.restart(at: 0)
            _ = scanner.enterObject()
            while scanner.nextKey(in: keys) != nil { scanner.skipValue() }
            try #require(scanner.isBroken, "cut after \(length) bytes")
        }
    }

    @Test func `once broken every answer is nil or false`() {
        let answers = Array("{\"a\" {\"b\":1}".utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            var answers = [!scanner.enterObject(), scanner.nextKey() != nil, !scanner.isBroken]
            answers += [scanner.enterObject(), scanner.enterArray(), scanner.nextElement(), scanner.nextKey() != nil]
            answers += [
                scanner.text() != nil, scanner.bool() != nil, scanner.integer() != nil, scanner.number() != nil,
            ]
            return answers + [!scanner.rawValue().isEmpty, scanner.nextKind() != .none, scanner.endLine()]
        }
        #expect(answers == [Bool](repeating: false, count: 14))
    }
}
