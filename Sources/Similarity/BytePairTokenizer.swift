/// Cuts text into the tokens of a byte-pair encoding in SentencePiece's form, such as Llama 2's.
///
/// Equal to the `tokenizers` package without special tokens around the text: spaces are written `▁`, one stands before
/// the text, and characters outside of the vocabulary become their bytes. No token reaches from a word into the next
/// one's `▁`, so that words are cut on their own.
package struct BytePairTokenizer: Sendable {
    let vocabulary: Vocabulary
    let merges: MergeTable
    /// By byte: the token that stands for it where its character is in no token.
    let byteTokens: [UInt32]
    /// Tokens that text may name in full, such as `</s>`, longest first.
    let special: [(text: [UInt8], token: UInt32)]
    /// By token: whether it is cut into itself, so that a piece of its text needs no merging.
    let isWhole: [Bool]
    /// The bytes that stand next to each other in some token: between any others a text can be cut.
    let neighbours: BytePairs

    /// The tokens of a text, in order.
    package func tokens(of text: UnsafeBufferPointer<UInt8>) -> [UInt32] {
        var tokens: [UInt32] = []
        tokens.reserveCapacity(text.count / 3 + 4)
        var scratch = WordMerging()
        var from = 0
        var at = 0
        while at < text.count {
            if text[at] == UInt8(ascii: "<"), let (length, token) = specialToken(text, at) {
                appendTokens(of: UnsafeBufferPointer(rebasing: text[from..<at]), to: &tokens, &scratch)
                tokens.append(token)
                at += length
                from = at
            } else {
                at += 1
            }
        }
        appendTokens(of: UnsafeBufferPointer(rebasing: text[from..<at]), to: &tokens, &scratch)
        return tokens
    }

    package func tokens(of text: String) -> [UInt32] {
        var text = text
        return text.withUTF8 { tokens(of: $0) }
    }

    private func specialToken(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Int, UInt32)? {
        for (name, token) in special where text.count - at >= name.count {
            if text[at..<at + name.count].elementsEqual(name) { return (name.count, token) }
        }
        return nil
    }

    /// Cuts a text into pieces that no token reaches across, and each of them into tokens.
    private func appendTokens(
        of text: UnsafeBufferPointer<UInt8>,
        to tokens: inout [UInt32],
        _ scratch: inout WordMerging
    ) {
        guard !text.isEmpty else { return }
        var spaces = 1
        var at = 0
        repeat {
            while at < text.count, case let length = spaceLength(text, at), length > 0 {
                spaces += 1
                at += length
            }
            let start = at
            while at < text.count, spaceLength(text, at) == 0,
                at == start || neighbours.contain(text[at - 1], text[at])
            {
                at += 1
            }
            let piece = UnsafeBufferPointer(rebasing: text[start..<at])
            let whole = spaces == 0 ? vocabulary.token(of: piece) : vocabulary.token(ofSpaceAnd: piece)
            if spaces < 2, let whole, isWhole[Int(whole)] {
                tokens.append(whole)
            } else {
                scratch.word.removeAll(keepingCapacity: true)
                for _ in 0..<spaces { scratch.word += Vocabulary.space }
                scratch.word += piece
                scratch.merge(using: self, into: &tokens)
            }
            spaces = 0
        } while at < text.count
    }

    /// How many bytes a space or a `▁` takes here; 0 where none stands.
    @inline(__always)
    private func spaceLength(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        if text[at] == 0x20 { return 1 }
        return text[at] == 0xE2 && at + 2 < text.count && text[at + 1] == 0x96 && text[at + 2] == 0x81 ? 3 : 0
    }
}

/// A set of pairs of bytes.
struct BytePairs: Sendable {
    private var bits = [UInt64](repeating: 0, count: 1024)

    mutating func insert(_ first: UInt8, _ second: UInt8) {
        let pair = Int(first) << 8 | Int(second)
        bits[pair >> 6] |= 1 << UInt64(pair & 63)
    }

    @inline(__always)
    func contain(_ first: UInt8, _ second: UInt8) -> Bool {
        let pair = Int(first) << 8 | Int(second)
        return bits[pair >> 6] & 1 << UInt64(pair & 63) != 0
    }
}
