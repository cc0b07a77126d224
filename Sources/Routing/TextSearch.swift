/// A text to be searched for many others, byte by byte: characters need not be told apart to find known words.
struct TextSearch {
    private let bytes: [UInt8]

    init(_ text: some Sequence<UInt8>) { bytes = Array(text) }

    /// Letters of ASCII are compared in lower case, and so must be the words.
    init(lowercasing text: some Sequence<UInt8>) {
        bytes = text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    func holds(_ words: String) -> Bool {
        var words = words
        return words.withUTF8 { words in
            guard let first = words.first, words.count <= bytes.count else { return words.isEmpty }
            let words = UnsafeRawBufferPointer(words)
            // Eight bytes at once tell more places apart than one.
            let head = words.count < 8 ? nil : words.loadUnaligned(as: UInt64.self)
            return bytes.withUnsafeBytes { bytes in
                for at in 0...bytes.count - words.count {
                    if let head {
                        guard bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) == head else { continue }
                    } else {
                        guard bytes[at] == first else { continue }
                    }
                    if words.elementsEqual(bytes[at..<(at + words.count)]) { return true }
                }
                return false
            }
        }
    }

    func holdsAny(of words: [String]) -> Bool { words.contains { holds($0) } }
}
