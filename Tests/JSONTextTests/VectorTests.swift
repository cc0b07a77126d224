import CJSONText
import Statistics
import TestSupport
import Testing

/// The vector instructions of this machine find what plain loops find.
@Suite struct VectorTests {
    /// Bytes rich in what ends or bends a string.
    private func bytes(_ count: Int, endsLines: Bool, using random: inout SeededGenerator) -> [UInt8] {
        var alphabet: [UInt8] = Array("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\\\\\\\\{}[]".utf8) + [0xC3, 0x01]
        if Bool.random(using: &random) { alphabet += [UInt8](repeating: UInt8(ascii: "b"), count: 400) }
        alphabet.append(UInt8(ascii: "\""))
        if endsLines { alphabet.append(0x0A) }
        return (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
    }

    private func start(of bytes: UnsafeRawBufferPointer) throws -> UnsafePointer<UInt8> {
        try #require(bytes.baseAddress).assumingMemoryBound(to: UInt8.self)
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `a string's end is found alike at every alignment`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let guarded = GuardedBytes(capacity: 4096)
        for _ in 0..<20 {
            let count = Int.random(in: 1...400, using: &random)
            let placed = guarded.place(bytes(count, endsLines: Bool.random(using: &random), using: &random))
            let start = try start(of: placed)
            for offset in 0...min(count, 70) {
                var seen: UInt32 = 0
                var plainlySeen: UInt32 = 0
                let found = json_end_of_string(start + offset, start + count, &seen)
                let plainlyFound = json_end_of_string_portable(start + offset, start + count, &plainlySeen)
                try #require(found == plainlyFound, "\(Array(placed)) from \(offset)")
                if found < start + count { try #require(seen == plainlySeen, "\(Array(placed)) from \(offset)") }
            }
        }
    }

    @Test(arguments: 0...130)
    func `a quote is found at every place, and escaped by an odd run of backslashes only`(place: Int) throws {
        let guarded = GuardedBytes(capacity: 4096)
        for run in 0...min(place, 5) {
            var text = [UInt8](repeating: UInt8(ascii: "x"), count: place + 2)
            for index in 0..<run { text[place - 1 - index] = UInt8(ascii: "\\") }
            text[place] = UInt8(ascii: "\"")
            text[place + 1] = UInt8(ascii: "\"")
            let placed = guarded.place(text)
            let start = try start(of: placed)
            var seen: UInt32 = 0
            let found = json_end_of_string(start, start + placed.count, &seen)
            #expect(found - start == (run % 2 == 0 ? place : place + 1))
            #expect(seen == (run == 0 ? 0 : UInt32(json_string_has_escape)))
        }
    }

    /// Where a container ends, by a loop over its bytes; brackets are counted, not told apart.
    private func plainEndOfContainer(_ bytes: UnsafeRawBufferPointer, from start: Int, lineFeedEnds: Bool) -> Int? {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for index in start..<bytes.count {
            switch bytes[index] {
            case 0x0A where lineFeedEnds || isInString: return nil
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{"), UInt8(ascii: "["): if !isInString { depth += 1 }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if !isInString { depth -= 1 }
                if depth == 0 { return index + 1 }
            default: break
            }
        }
        return nil
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `a container's end is found alike at every alignment`(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let guarded = GuardedBytes(capacity: 1 << 16)
        for _ in 0..<30 {
            let lead = Int(seed) * 7 % 64
            var text = [UInt8](repeating: UInt8(ascii: " "), count: lead)
            text += Array(("[" + random.value(depth: 3) + ",\"" + String(repeating: "y", count: lead) + "\"]").utf8)
            for count in Set([text.count, text.count - 1, text.count / 2]).filter({ $0 > lead }) {
                for tail in ["", "\n", " \n ", "]]"] {
                    let placed = guarded.place(Array(text[..<count]) + Array(tail.utf8))
                    let start = try start(of: placed)
                    for endsLine in [true, false] {
                        let expected = plainEndOfContainer(placed, from: lead, lineFeedEnds: endsLine)
                        var seen: UInt32 = 0
                        var plainlySeen: UInt32 = 0
                        let end = start + placed.count
                        let found = json_end_of_container(start + lead, end, endsLine ? 1 : 0, &seen)
                        let plain = json_end_of_container_portable(start + lead, end, endsLine ? 1 : 0, &plainlySeen)
                        let context = "\(String(decoding: placed, as: UTF8.self)), line feed ends: \(endsLine)"
                        try #require(found.map { $0 - start } == expected, "\(context)")
                        try #require(plain.map { $0 - start } == expected, "\(context)")
                        try #require(seen == plainlySeen, "\(context)")
                    }
                }
            }
        }
    }

    @Test func `the last line feed is found`() throws {
        let guarded = GuardedBytes(capacity: 4096)
        for count in 1...130 {
            var text = [UInt8](repeating: UInt8(ascii: "x"), count: count)
            var placed = guarded.place(text)
            let none = json_last_line_feed(try start(of: placed), try start(of: placed) + count)
            #expect(none == nil)
            text[count / 2] = 0x0A
            text[count / 3] = 0x0A
            placed = guarded.place(text)
            let start = try start(of: placed)
            #expect(json_last_line_feed(start, start + count).map { $0 - start } == count / 2)
        }
    }
}
