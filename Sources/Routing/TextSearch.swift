/// A text to be searched for many others, byte by byte: characters need not be told apart to find known words.
struct TextSearch {
    private let bytes: [UInt8]

    init(_ text: some Sequence<UInt8>) { bytes = Array(text) }

    /// Letters of ASCII are compared in lower case, and so must be the words.
    init(lowercasing text: some Sequence<UInt8>) {
        bytes = text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    func holds(_ words: String) -> Bool {
        let words = words.utf8
        guard let first = words.first, words.count <= bytes.count else { return words.isEmpty }
        return bytes.withUnsafeBufferPointer { bytes in
            var at = 0
            while at <= bytes.count - words.count {
                if bytes[at] == first, words.elementsEqual(bytes[at..<(at + words.count)]) { return true }
                at += 1
            }
            return false
        }
    }

    func holdsAny(of words: [String]) -> Bool { words.contains { holds($0) } }
}
