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
    /// The text is too long for what its words are wanted for, and was not read to its end.
    private(set) var isCut = false

    /// Of what is not pasted; no chore takes so many words, and no order of a subagent that is one.
    private static let mostBytes = 1_024

    /// Reads no further than to the end of the first clause of which the test holds, nor much further than a chore is long.
    init(_ text: some StringProtocol, mostTokens: Int = .max, upTo isEnough: ([Token]) -> Bool = { _ in false }) {
        Self.plainQuotes(in: Array(text.utf8)).withUnsafeBufferPointer { read($0, mostTokens, isEnough) }
    }

    private mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ mostTokens: Int,
        _ isEnough: ([Token]) -> Bool
    ) {
        var at = 0
        var ended = 0
        var (left, tokens) = (Self.mostBytes, 0)
        while at < bytes.count {
            while ended < clauses.count - 1 {
                if isEnough(clauses[ended]) {
                    clauses.removeLast(clauses.count - ended - 1)
                    return
                }
                ended += 1
            }
            let start = at
            let rest = bytes[at...]
            if bytes[at].isWhitespace {
                if bytes[at] == UInt8(ascii: "\n") { endClause() }
                at += 1
            } else if Self.isFence(bytes, at) {
                append(.block)
                at += Self.fenceLength
                while at < bytes.count, !Self.isFence(bytes, at) { at += 1 }
                at = min(bytes.count, at + Self.fenceLength)
                // What is pasted is read past, whatever it says.
                left += at - start
            } else if let quoted = rest.quoted {
                append(.name(String(decoding: quoted.dropFirst().dropLast(), as: UTF8.self)))
                at = quoted.endIndex
            } else {
                while at < bytes.count, !bytes[at].isWhitespace { at += 1 }
                take(bytes[start..<at])
            }
            left -= at - start
            tokens += bytes[start].isWhitespace ? 0 : 1
            guard left > 0 && tokens <= mostTokens || at == bytes.count else {
                isCut = true
                break
            }
        }
        clauses.removeAll { $0.isEmpty }
        if !isCut, ended < clauses.count { _ = clauses[ended...].contains(where: isEnough) }
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

    private mutating func take(_ raw: Slice<UnsafeBufferPointer<UInt8>>) {
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
        plain.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            if bytes[at] == 0xE2, at + 2 < bytes.count, bytes[at + 1] == 0x80,
                let mark = Self.mark(behind: bytes[at + 2])
            {
                plain.append(mark)
                at += 3
            } else {
                plain.append(bytes[at])
                at += 1
            }
        }
        return plain
    }

    /// What a typographic mark of U+20xx stands for, by its last byte.
    private static func mark(behind last: UInt8) -> UInt8? {
        switch last {
        case 0x98, 0x99: UInt8(ascii: "'")
        case 0x9C, 0x9D: UInt8(ascii: "\"")
        default: nil
        }
    }

    private static let fenceLength = 3

    private static func isFence(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        at + 2 < bytes.count && bytes[at] == UInt8(ascii: "`") && bytes[at + 1] == UInt8(ascii: "`")
            && bytes[at + 2] == UInt8(ascii: "`")
    }

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

extension Slice<UnsafeBufferPointer<UInt8>> {
    /// A short quotation at the beginning, its marks included.
    fileprivate var quoted: Slice<UnsafeBufferPointer<UInt8>>? {
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
    var isWhitespace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
    fileprivate var isCapital: Bool { (0x41...0x5A).contains(self) }
    fileprivate var isLetter: Bool { (0x61...0x7A).contains(lowercased) }
    fileprivate var lowercased: UInt8 { isCapital ? self | 0x20 : self }
    // Switches become one test of a bit.

    fileprivate var isOpening: Bool {
        switch Unicode.Scalar(self) {
        case "(", "[", "{", "<", "*", "#": true
        default: false
        }
    }

    fileprivate var isPunctuation: Bool {
        switch Unicode.Scalar(self) {
        case ".", ",", ";", ":", "!", "?": true
        default: false
        }
    }

    fileprivate var isClosing: Bool {
        switch Unicode.Scalar(self) {
        case ")", "]", "}", ">", "*": true
        default: isPunctuation
        }
    }

    fileprivate var beginsName: Bool {
        switch Unicode.Scalar(self) {
        case "-", "@", "~", "/", ".", "$", "#": true
        default: false
        }
    }

    fileprivate var isOfName: Bool {
        switch Unicode.Scalar(self) {
        case "0"..."9", "_", "/", "\\", ".", "=", ":", "@", "+": true
        default: false
        }
    }
}
