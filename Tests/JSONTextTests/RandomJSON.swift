import Statistics

/// Spells JSON texts of every kind, the same ones for the same seed.
struct RandomJSON {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// One value on one line, without its line feed.
    mutating func line() -> String {
        space() + (oneIn(8) ? scalar() : container(depth: Int.random(in: 0...5, using: &random))) + space()
    }

    mutating func value(depth: Int) -> String {
        depth > 0 && Bool.random(using: &random) ? container(depth: depth - 1) : scalar()
    }

    private mutating func container(depth: Int) -> String {
        let count = Int.random(in: 0...5, using: &random)
        if oneIn(3) {
            let elements = (0..<count).map { _ in space() + value(depth: depth) + space() }
            return "[" + (count == 0 ? space() : elements.joined(separator: ",")) + "]"
        }
        let members = (0..<count).map { number in
            // The number keeps the keys apart, however they are spelled.
            let length = Int.random(in: 0...70, using: &random)
            let key = string(length: max(0, length - 2), start: "\(number)")
            return space() + key + space() + ":" + space() + value(depth: depth) + space()
        }
        return "{" + (count == 0 ? space() : members.joined(separator: ",")) + "}"
    }

    private mutating func scalar() -> String {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: "null"
        case 1: Bool.random(using: &random) ? "true" : "false"
        case 2, 3: number()
        case 4: string(length: Int.random(in: 0...300, using: &random))
        case 5: backslashRun()
        default: string(length: Int.random(in: 0...40, using: &random))
        }
    }

    /// Numbers of all spellings that fit a double.
    mutating func number() -> String {
        var text = oneIn(3) ? "-" : ""
        switch Int.random(in: 0..<5, using: &random) {
        case 0: text += "0"
        case 1: text += String(UInt64.random(in: 0...UInt64(Int64.max), using: &random))
        default: text += String(Int.random(in: 0...100_000, using: &random))
        }
        if oneIn(3) { text += "." + (0..<Int.random(in: 1...12, using: &random)).map { _ in digit() }.joined() }
        // Foundation rejects some zeros with an exponent, such as 0e1.
        if oneIn(4), text.contains(where: { ("1"..."9").contains($0) }) {
            text += oneIn(2) ? "e" : "E"
            text += ["", "+", "-"].randomElement(using: &random) ?? ""
            text += String(Int.random(in: 0...200, using: &random))
        }
        return text
    }

    private mutating func digit() -> String { String(Int.random(in: 0...9, using: &random)) }

    /// A quoted string of about so many bytes.
    mutating func string(length: Int, start: String = "") -> String {
        var text = "\"" + start
        while text.utf8.count <= length { text += piece() }
        return text + "\""
    }

    /// A string whose end depends on whether a run of backslashes is even, at any alignment.
    private mutating func backslashRun() -> String {
        let lead = String(repeating: "x", count: Int.random(in: 0...130, using: &random))
        let run = String(repeating: "\\\\", count: Int.random(in: 0...70, using: &random))
        return "\"" + lead + run + (oneIn(2) ? "\\\"" : "") + run + "\""
    }

    private mutating func piece() -> String {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: ["\\n", "\\t", "\\r", "\\b", "\\f", "\\/", "\\\\", "\\\""].randomElement(using: &random) ?? ""
        case 1: escape(of: UInt16.random(in: 0..<0xD800, using: &random))
        case 2:
            escape(of: UInt16.random(in: 0xD800..<0xDC00, using: &random))
                + escape(of: UInt16.random(in: 0xDC00..<0xE000, using: &random))
        case 3: ["é", "ß", "中", "🙂", "e\u{301}", "\u{2028}", "\u{FFFD}", "\u{7F}"].randomElement(using: &random) ?? ""
        case 4: ["{", "}", "[", "]", ":", ",", " ", "'"].randomElement(using: &random) ?? ""
        default:
            String(
                decoding: (0..<Int.random(in: 1...9, using: &random)).map { _ in
                    UInt8.random(in: 0x61...0x7A, using: &random)
                },
                as: UTF8.self
            )
        }
    }

    private mutating func escape(of unit: UInt16) -> String {
        let digits = String(unit, radix: 16, uppercase: Bool.random(using: &random))
        return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }

    private mutating func space() -> String {
        guard oneIn(4) else { return "" }
        let spaces = (0..<Int.random(in: 1...3, using: &random)).map { _ in
            [" ", "\t", "\r"].randomElement(using: &random)
        }
        return spaces.compactMap(\.self).joined()
    }

    private mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }
}
