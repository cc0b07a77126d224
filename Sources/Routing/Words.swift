/// What a human said, as words that patterns can compare: lower case, without punctuation, quotes taken as one name.
///
/// Read byte by byte, since it stands in the way of each first request. Only ASCII is told apart: what else there is
/// makes a word that no pattern knows.
struct Words: Hashable, Sendable {
    enum Token: Hashable, Sendable {
        case word(String)
        /// A path, an identifier, a version, a flag, an address or something quoted: whatever it is called.
        case name(String)
        /// A fenced block of pasted text.
        case block

        /// In lower case; empty for a block.
        var text: String {
            switch self {
            case .word(let word): word
            case .name(let name): name.lowercased()
            case .block: ""
            }
        }
    }

    /// Sentences and the parts of them that `and`, `then`, commas and line ends separate.
    private(set) var clauses: [[Token]] = [[]]

    /// Reads no further than to the end of the first clause of which the test holds.
    init(_ text: some StringProtocol, upTo isEnough: ([Token]) -> Bool = { _ in false }) {
        let bytes = Self.plainQuotes(in: Array(text.utf8))
        var rest = bytes[...]
        var ended = 0
        while let byte = rest.first {
            while ended < clauses.count - 1 {
                if isEnough(clauses[ended]) {
                    clauses.removeLast(clauses.count - ended - 1)
                    return
                }
                ended += 1
            }
            if rest.starts(with: Self.fence) {
                append(.block)
                let inside = rest.dropFirst(Self.fence.count)
                rest = inside.firstRange(of: Self.fence).map { inside[$0.upperBound...] } ?? []
            } else if let quoted = rest.quoted {
                append(.name(String(decoding: quoted.dropFirst().dropLast(), as: UTF8.self)))
                rest = rest[quoted.endIndex...]
            } else if byte.isWhitespace {
                if byte == UInt8(ascii: "\n") { endClause() }
                rest.removeFirst()
            } else {
                let end = rest.firstIndex { $0.isWhitespace } ?? rest.endIndex
                take(rest[..<end])
                rest = rest[end...]
            }
        }
        clauses.removeAll { $0.isEmpty }
    }

    /// The words alone, in order.
    var plain: [String] {
        clauses.joined().compactMap { token in
            guard case .word(let word) = token else { return nil }
            return word
        }
    }

    private mutating func append(_ token: Token) { clauses[clauses.count - 1].append(token) }

    private mutating func endClause() { if clauses.last?.isEmpty == false { clauses.append([]) } }

    private mutating func take(_ raw: ArraySlice<UInt8>) {
        var core = raw
        while let first = core.first, first.isOpening, !core.isIssueNumber { core.removeFirst() }
        var ends = false
        while let last = core.last, last.isClosing {
            ends = ends || last.isPunctuation
            core.removeLast()
        }
        if raw.elementsEqual(".".utf8) || raw.elementsEqual("..".utf8) {
            return append(.name(String(decoding: raw, as: UTF8.self)))
        }
        let word = core.lowercasedText
        if core.isEmpty || Self.isJoint(word) { return endClause() }
        let isName = core.isName || (core.contains(UInt8(ascii: "-")) && !Self.hyphenated.contains(word))
        append(isName ? .name(String(decoding: core, as: UTF8.self)) : .word(word))
        if ends { endClause() }
    }

    /// Typographic quotation marks made plain.
    private static func plainQuotes(in bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0xE2) else { return bytes }
        var plain: [UInt8] = []
        var at = 0
        while at < bytes.count {
            let mark: UInt8? =
                switch bytes[at...].prefix(3) {
                case [0xE2, 0x80, 0x98], [0xE2, 0x80, 0x99]: UInt8(ascii: "'")
                case [0xE2, 0x80, 0x9C], [0xE2, 0x80, 0x9D]: UInt8(ascii: "\"")
                default: nil
                }
            plain.append(mark ?? bytes[at])
            at += mark == nil ? 1 : 3
        }
        return plain
    }

    private static let fence = Array("```".utf8)

    private static func isJoint(_ word: String) -> Bool {
        switch word {
        case "and", "then", "&", "&&": true
        default: false
        }
    }

    /// Words with a hyphen that are no names.
    private static let hyphenated: Set<String> = [
        "up-to-date", "pretty-print", "re-run", "re-install", "re-format", "follow-up", "long-term", "end-to-end",
        "well-known", "dry-run", "auto-format", "high-level", "low-level", "in-depth", "thread-safe", "zero-downtime",
        "multi-tenant", "non-blocking", "real-time", "step-by-step", "trade-offs", "trade-off", "lock-free",
    ]
}

extension ArraySlice<UInt8> {
    /// A short quotation at the beginning, its marks included.
    fileprivate var quoted: ArraySlice<UInt8>? {
        guard let mark = first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'")
        else {
            return nil
        }
        let line = dropFirst().prefix(200).prefix { $0 != UInt8(ascii: "\n") }
        guard let end = line.firstIndex(of: mark), end > line.startIndex else { return nil }
        // An apostrophe stands before a letter.
        if mark == UInt8(ascii: "'"), end + 1 < endIndex, self[end + 1].isLetter { return nil }
        return self[startIndex...end]
    }

    fileprivate var lowercasedText: String {
        String(unsafeUninitializedCapacity: count) { buffer in
            for (place, byte) in enumerated() { buffer[place] = byte.lowercased }
            return count
        }
    }

    fileprivate var isIssueNumber: Bool { first == UInt8(ascii: "#") && dropFirst().first?.isDigit == true }

    /// Told by its spelling: it has a digit, an underscore, a slash, a dot or a capital inside, or begins as a flag does.
    fileprivate var isName: Bool {
        guard let first else { return false }
        if count > 1, first.beginsName { return true }
        return contains(where: \.isOfName) || dropFirst().contains(where: \.isCapital)
    }
}

extension UInt8 {
    fileprivate var isWhitespace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
    fileprivate var isCapital: Bool { (0x41...0x5A).contains(self) }
    fileprivate var isLetter: Bool { (0x61...0x7A).contains(lowercased) }
    fileprivate var lowercased: UInt8 { isCapital ? self | 0x20 : self }
    fileprivate var isOpening: Bool { isOne(of: "([{<*#") }
    fileprivate var isPunctuation: Bool { isOne(of: ".,;:!?") }
    fileprivate var isClosing: Bool { isOne(of: ".,;:!?)]}>*") }
    fileprivate var beginsName: Bool { isOne(of: "-@~/.$#") }
    fileprivate var isOfName: Bool { isDigit || isOne(of: "_/\\.=:@+") }

    /// Inlined into comparisons with each.
    @inline(__always)
    private func isOne(of marks: StaticString) -> Bool {
        marks.withUTF8Buffer { marks in
            for mark in marks where mark == self { return true }
            return false
        }
    }
}
