internal import JSONText

/// What agents call the things they add by themselves; a log holds few of them many times.
struct Labels {
    private var known: [UInt64: String] = [:]

    mutating func label(_ name: RawText) -> String {
        let hash = name.hash()
        if let label = known[hash] { return label }
        let label = name.string
        known[hash] = label
        return label
    }

    /// The name of the tag a text begins with, as agents wrap what they add (`<system-reminder>`); else empty.
    mutating func tag(of text: RawText) -> String {
        let bytes = text.prefix(Labels.longest).bytes
        guard bytes.first == UInt8(ascii: "<") else { return "" }
        var end = 1
        while end < bytes.count, Labels.isName(bytes[end]) { end += 1 }
        guard end > 1, end < bytes.count, bytes[end] == UInt8(ascii: ">") || bytes[end] == UInt8(ascii: " ") else {
            return ""
        }
        return label(text.slice(1..<end))
    }

    private static let longest = 48

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
