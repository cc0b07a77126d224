import JSONText
import Statistics
import TestSupport
import Testing

/// The scanner over bytes nobody meant: it must answer something, end, and read nothing that is not there.
@Suite struct ScannerFuzz {
    private static let keys = KeySet([
        "", "a", "id", "type", "a_key_longer_than_eight", "a_key_of_more_than_thirty_two_bytes",
    ])

    /// Asks the scanner for anything, in any order, as often as it has bytes.
    private func ask(_ bytes: UnsafeRawBufferPointer, _ layout: JSONScanner.Layout, using random: inout SeededGenerator)
    {
        var scanner = JSONScanner(bytes, layout: layout)
        for _ in 0..<min(300, bytes.count * 2 + 8) {
            switch random.nextIndex(below: 20) {
            case 0...2: _ = scanner.enterObject()
            case 3: _ = scanner.enterArray()
            case 4...5: _ = scanner.nextKey()?.string
            case 6...9: _ = scanner.nextKey(in: ScannerFuzz.keys)
            case 10: _ = scanner.nextElement()
            case 11: look(at: scanner.text())
            case 12: _ = scanner.bool()
            case 13: _ = scanner.integer()
            case 14: _ = scanner.number()
            case 15: _ = scanner.rawValue().reduce(0, &+)
            case 16: _ = scanner.nextKind()
            case 17: scanner.skipValue()
            case 18: _ = scanner.endLine()
            default:
                _ = scanner.bytes(from: random.nextIndex(below: scanner.offset + 1)).reduce(0, &+)
                if scanner.isBroken { scanner.restart(at: random.nextIndex(below: bytes.count + 1)) }
            }
            guard scanner.offset >= 0, scanner.offset <= bytes.count else {
                Issue.record("stands at \(scanner.offset) of \(Array(bytes))")
                return
            }
        }
    }

    private func look(at text: RawText?) {
        guard let text else { return }
        _ = (text.string, text.unescaped.count, text.hash(), text.is("assistant"), text.starts(with: "msg_"))
        _ = isValidUTF8(text.bytes)
    }

    /// Walks the whole value as readers do.
    private func walk(_ bytes: UnsafeRawBufferPointer, _ layout: JSONScanner.Layout) {
        var scanner = JSONScanner(bytes, layout: layout)
        _ = scanner.value()
        scanner.restart(at: 0)
        if scanner.enterObject() {
            while scanner.nextKey(in: ScannerFuzz.keys) != nil { scanner.skipValue() }
        }
        scanner.restart(at: 0)
        while !scanner.isBroken, scanner.offset < bytes.count {
            scanner.skipValue()
            if scanner.endLine() { continue }
        }
    }

    private func mutate(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
        let telling = Array("\"\\{}[]:,\n \u{0}tfn-0e.u".utf8) + [0x80, 0xC3, 0xF0, 0xFF]
        for _ in 0...random.nextIndex(below: 4) where !bytes.isEmpty {
            let index = random.nextIndex(below: bytes.count)
            switch random.nextIndex(below: 6) {
            case 0: bytes[index] = telling.randomElement(using: &random) ?? 0
            case 1: bytes.insert(telling.randomElement(using: &random) ?? 0, at: index)
            case 2: bytes.remove(at: index)
            case 3: bytes.removeSubrange(index...)
            case 4: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 40)], at: index)
            default: bytes[index] = UInt8.random(in: 0...255, using: &random)
            }
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `changed lines`(seed: UInt64) {
        let guarded = GuardedBytes(capacity: 1 << 18)
        var random = SeededGenerator(seed: seed)
        var lines = RandomJSON(seed: seed)
        for _ in 0..<250 {
            let line = Array(lines.line().utf8.prefix(1500))
            for _ in 0..<6 {
                var bytes = line
                mutate(&bytes, using: &random)
                let placed = guarded.place(bytes)
                let layout: JSONScanner.Layout = Bool.random(using: &random) ? .lines : .document
                walk(placed, layout)
                ask(placed, layout, using: &random)
            }
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `random bytes`(seed: UInt64) {
        let guarded = GuardedBytes(capacity: 4096)
        var random = SeededGenerator(seed: seed)
        let marks = Array("{}[]\"\":,\\ \n01ae-.tfn".utf8)
        for _ in 0..<2500 {
            let onlyMarks = Bool.random(using: &random)
            let bytes = (0..<random.nextIndex(below: 150)).map { _ in
                onlyMarks ? marks[random.nextIndex(below: marks.count)] : UInt8.random(in: 0...255, using: &random)
            }
            let placed = guarded.place(bytes)
            walk(placed, .lines)
            ask(placed, .lines, using: &random)
            ask(placed, .document, using: &random)
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `lines cut where the memory ends`(seed: UInt64) {
        let guarded = GuardedBytes(capacity: 1 << 18)
        var lines = RandomJSON(seed: seed)
        for _ in 0..<25 {
            let line = Array(lines.line().utf8.prefix(400))
            for length in 0...line.count { walk(guarded.place(Array(line[..<length])), .lines) }
        }
    }
}
