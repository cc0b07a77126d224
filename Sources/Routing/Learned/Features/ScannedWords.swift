import Similarity

/// The words of a folded text, found in one pass over its bytes.
///
/// A word is a run of letters, digits, apostrophes and underscores; a character of a script written without spaces is
/// one of its own.
struct ScannedWords {
    struct Word {
        var start: Int32
        var count: Int32
        var hash: UInt64
        var isNumeric: Bool
    }

    private(set) var words: [Word] = []

    init(_ text: UnsafeBufferPointer<UInt8>) {
        words.reserveCapacity(text.count / 5 + 4)
        var at = 0
        while at < text.count {
            let byte = text[at]
            if ScannedWords.isPlain(byte) {
                at = appendWord(text, from: at)
            } else if byte < 0x80 {
                at += 1
            } else {
                let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                switch ScannedWords.kind(text, at) {
                case .letter: at = appendWord(text, from: at)
                case .separator: at += length
                case .ideograph:
                    append(text, at, min(length, text.count - at))
                    at += length
                }
            }
        }
    }

    private enum Kind {
        case letter
        case separator
        case ideograph
    }

    @inline(__always)
    static func isPlain(_ byte: UInt8) -> Bool {
        (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "'")
            || byte == UInt8(ascii: "_")
    }

    /// What a character outside of ASCII is, told from its first bytes: near enough for counting.
    private static func kind(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Kind {
        guard at + 1 < text.count else { return .separator }
        let second = text[at + 1]
        switch text[at] {
        case 0xC2: return .separator
        case 0xE2: return second <= 0xAF ? .separator : .letter
        case 0xE3: return second == 0x80 ? .separator : .ideograph
        case 0xE4...0xE9: return .ideograph
        case 0xEA...0xED: return .letter
        case 0xEF: return .separator
        case 0xF0: return second >= 0xA0 ? .ideograph : .separator
        default: return .letter
        }
    }

    private mutating func appendWord(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var at = start
        while at < text.count {
            if ScannedWords.isPlain(text[at]) {
                at += 1
            } else if text[at] >= 0x80, ScannedWords.kind(text, at) == .letter {
                at += text[at] < 0xE0 ? 2 : text[at] < 0xF0 ? 3 : 4
            } else {
                break
            }
        }
        at = min(at, text.count)
        append(text, start, at - start)
        return at
    }

    @inline(__always)
    private mutating func append(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var isNumeric = true
        for byte in text[start..<start + count] {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            isNumeric = isNumeric && byte >= 0x30 && byte <= 0x39
        }
        words.append(
            Word(start: Int32(start), count: Int32(count), hash: ScannedWords.mixed(hash), isNumeric: isNumeric)
        )
    }

    @inline(__always)
    static func mixed(_ hash: UInt64) -> UInt64 {
        let once = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return once ^ (once >> 29)
    }

    /// The hash of a word as the scan makes it.
    static func hash(of word: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return mixed(hash)
    }
}
