extension ShellParser {
    /// The word that begins here; nil where none does.
    mutating func word() throws(Unsupported) -> ShellWord? {
        let start = at
        var word = ShellWord()
        var text: [UInt8] = []
        func flush(_ word: inout ShellWord, _ text: inout [UInt8], isQuoted: Bool) {
            guard !text.isEmpty else { return }
            word.add(.text(String(decoding: text, as: UTF8.self), isQuoted: isQuoted))
            text.removeAll(keepingCapacity: true)
        }
        loop: while let byte {
            switch byte {
            case 0x20, 0x09, 0x0A, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("),
                UInt8(ascii: ")"):
                break loop
            case UInt8(ascii: "<"), UInt8(ascii: ">"):
                guard next(1) == UInt8(ascii: "(") else { break loop }
                flush(&word, &text, isQuoted: false)
                at += 2
                word.add(.process(try nested(until: UInt8(ascii: ")")), isInput: byte == UInt8(ascii: "<")))
            case UInt8(ascii: "\\"):
                if next(1) == 0x0A {
                    at += 2
                    continue
                }
                flush(&word, &text, isQuoted: false)
                text.append(next(1) ?? byte)
                flush(&word, &text, isQuoted: true)
                at = min(bytes.count, at + 2)
            case UInt8(ascii: "'"):
                flush(&word, &text, isQuoted: false)
                word.addQuoted(try singleQuoted())
            case UInt8(ascii: "\""):
                flush(&word, &text, isQuoted: false)
                try readDoubleQuoted(into: &word)
            case UInt8(ascii: "`"):
                flush(&word, &text, isQuoted: false)
                word.add(.substitution(try nested(text: try backticked(isQuoted: false)), isQuoted: false))
            case UInt8(ascii: "$"):
                if next(1) == UInt8(ascii: "'") {
                    flush(&word, &text, isQuoted: false)
                    word.addQuoted(try ansiQuoted())
                } else if next(1) == UInt8(ascii: "\"") {
                    at += 1
                } else if let piece = try expansion(isQuoted: false) {
                    flush(&word, &text, isQuoted: false)
                    word.add(piece)
                } else {
                    // A dollar that expands nothing means the same in quotes, and stays one whatever follows.
                    flush(&word, &text, isQuoted: false)
                    word.addQuoted("$")
                    at += 1
                }
            default:
                text.append(byte)
                at += 1
            }
        }
        flush(&word, &text, isQuoted: false)
        return at > start && !(word.pieces.isEmpty) ? word : nil
    }

    private mutating func singleQuoted() throws(Unsupported) -> String {
        let start = at + 1
        at += 1
        while let byte, byte != UInt8(ascii: "'") { at += 1 }
        guard byte != nil else { throw Unsupported() }
        at += 1
        return String(decoding: bytes[start..<at - 1], as: UTF8.self)
    }

    private mutating func readDoubleQuoted(into word: inout ShellWord) throws(Unsupported) {
        at += 1
        var text: [UInt8] = []
        var isEmpty = true
        func flush(_ word: inout ShellWord, _ text: inout [UInt8]) {
            guard !text.isEmpty else { return }
            word.addQuoted(String(decoding: text, as: UTF8.self))
            text.removeAll(keepingCapacity: true)
        }
        while let byte {
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                flush(&word, &text)
                if isEmpty { word.addQuoted("") }
                return
            case UInt8(ascii: "\\"):
                switch next(1) {
                case 0x0A: break
                case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "`"):
                    text.append(bytes[at + 1])
                    isEmpty = false
                case nil: throw Unsupported()
                case .some(let other):
                    text.append(byte)
                    text.append(other)
                    isEmpty = false
                }
                at += 2
                continue
            case UInt8(ascii: "`"):
                flush(&word, &text)
                word.add(.substitution(try nested(text: try backticked(isQuoted: true)), isQuoted: true))
            case UInt8(ascii: "$"):
                if let piece = try expansion(isQuoted: true) {
                    flush(&word, &text)
                    word.add(piece)
                } else {
                    text.append(byte)
                    at += 1
                }
            default:
                text.append(byte)
                at += 1
            }
            isEmpty = false
        }
        throw Unsupported()
    }

    /// What `$` begins here; nil where it stands for itself.
    private mutating func expansion(isQuoted: Bool) throws(Unsupported) -> ShellWord.Piece? {
        let start = at
        switch next(1) {
        case UInt8(ascii: "("):
            if next(2) == UInt8(ascii: "(") {
                try stepOverBalanced(UInt8(ascii: "("), UInt8(ascii: ")"))
                return .expansion(String(decoding: bytes[start..<at], as: UTF8.self), isQuoted: isQuoted)
            }
            at += 2
            return .substitution(try nested(until: UInt8(ascii: ")")), isQuoted: isQuoted)
        case UInt8(ascii: "{"): try stepOverBalanced(UInt8(ascii: "{"), UInt8(ascii: "}"))
        case .some(let byte) where isNameByte(byte) && !(byte >= 0x30 && byte <= 0x39):
            at += 2
            while let byte = self.byte, isNameByte(byte) { at += 1 }
        case .some(let byte) where "0123456789?!#$@*-".utf8.contains(byte): at += 2
        default: return nil
        }
        return .expansion(String(decoding: bytes[start..<at], as: UTF8.self), isQuoted: isQuoted)
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
    }

    /// From a `$` over brackets and what stands in them, quotes and nested substitutions being more than is parsed.
    private mutating func stepOverBalanced(_ open: UInt8, _ close: UInt8) throws(Unsupported) {
        at += 1
        var depth = 0
        while let byte {
            switch byte {
            case open: depth += 1
            case close: depth -= 1
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "\\"), 0x0A: throw Unsupported()
            case UInt8(ascii: "$") where next(1) == UInt8(ascii: "(") && next(2) != UInt8(ascii: "("):
                throw Unsupported()
            default: break
            }
            at += 1
            if depth == 0 { return }
        }
        throw Unsupported()
    }

    /// The text between backticks, with the escapes resolved that only hide it from the outer shell.
    private mutating func backticked(isQuoted: Bool) throws(Unsupported) -> [UInt8] {
        at += 1
        var text: [UInt8] = []
        while let byte, byte != UInt8(ascii: "`") {
            if byte == UInt8(ascii: "\\"), let after = next(1) {
                let hides =
                    after == UInt8(ascii: "`") || after == UInt8(ascii: "\\") || after == UInt8(ascii: "$")
                    || (isQuoted && after == UInt8(ascii: "\""))
                if !hides { text.append(byte) }
                text.append(after)
                at += 2
            } else {
                text.append(byte)
                at += 1
            }
        }
        guard byte != nil else { throw Unsupported() }
        at += 1
        return text
    }
}

extension ShellWord {
    /// Adds a piece; texts of one kind that meet become one.
    mutating func add(_ piece: Piece) {
        if case .text(let text, let isQuoted) = piece, case .text(let before, isQuoted)? = pieces.last {
            pieces[pieces.count - 1] = .text(before + text, isQuoted: isQuoted)
        } else {
            pieces.append(piece)
        }
    }

    /// Quotes with nothing in them still make a word.
    mutating func addQuoted(_ text: String) {
        if text.isEmpty, pieces.contains(where: \.makesWord) { return }
        if case .text("", true)? = pieces.last { pieces.removeLast() }
        add(.text(text, isQuoted: true))
    }

    /// `NAME=…` or `NAME+=…`, unquoted up to there.
    var isAssignment: Bool {
        guard case .text(let text, false)? = pieces.first, let equals = text.utf8.firstIndex(of: UInt8(ascii: "="))
        else { return false }
        var name = text.utf8[..<equals]
        if name.last == UInt8(ascii: "+") { name.removeLast() }
        guard let first = name.first, first < 0x30 || first > 0x39 else { return false }
        return name.allSatisfy {
            $0 == UInt8(ascii: "_") || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39)
        }
    }

    /// A word of the shell's own where a command begins.
    var isReserved: Bool {
        guard case .text(let text, false)? = pieces.first, pieces.count == 1 else { return false }
        return ShellWord.reserved.contains(text)
    }

    /// Whether a command's name without quotes would be a word of the shell's own, or an assignment.
    static func isTakenOtherwise(_ name: String) -> Bool {
        reserved.contains(name) || ShellWord(pieces: [.text(name, isQuoted: false)]).isAssignment
    }

    private static let reserved: Set<String> = [
        "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "in", "select",
        "function", "time", "{", "}", "[[", "]]", "!", "coproc",
    ]
}

extension ShellWord.Piece {
    /// Whether there is a word even where the piece comes to nothing.
    fileprivate var makesWord: Bool {
        switch self {
        case .text, .process: true
        case .expansion(_, let isQuoted), .substitution(_, let isQuoted): isQuoted
        }
    }
}
