/// Cuts text into the tokens of a byte-pair encoding in SentencePiece's form, such as Llama 2's.
///
/// Equal to the `tokenizers` package without special tokens around the text: spaces are written `▁`, one stands before the
/// text, and characters outside of the vocabulary become their bytes. No token reaches from a word into the next one's `▁`,
/// so that words are cut on their own.
package struct BytePairTokenizer: Sendable {
    let vocabulary: Vocabulary
    let merges: MergeTable
    /// By byte: the token that stands for it where its character is in no token.
    let byteTokens: [UInt32]
    /// Tokens that text may name in full, such as `</s>`, longest first.
    let special: [(text: [UInt8], token: UInt32)]
    /// Tokens that are cut into themselves: words of theirs need no merging.
    let wholeWords: Set<UInt32>

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

    /// Cuts a text into words: `▁`, one or more, and what follows up to the next.
    private func appendTokens(
        of text: UnsafeBufferPointer<UInt8>,
        to tokens: inout [UInt32],
        _ scratch: inout WordMerging
    ) {
        guard !text.isEmpty else { return }
        scratch.word.removeAll(keepingCapacity: true)
        scratch.word += BytePairTokenizer.space
        var isInSpaces = true
        var at = 0
        while at < text.count {
            let length = spaceLength(text, at)
            if length > 0 {
                if !isInSpaces {
                    appendWord(to: &tokens, &scratch)
                    scratch.word.removeAll(keepingCapacity: true)
                    isInSpaces = true
                }
                scratch.word += BytePairTokenizer.space
                at += length
            } else {
                isInSpaces = false
                scratch.word.append(text[at])
                at += 1
            }
        }
        appendWord(to: &tokens, &scratch)
    }

    /// `▁`, U+2581.
    private static let space: [UInt8] = [0xE2, 0x96, 0x81]

    /// How many bytes a space or a `▁` takes here; 0 where none stands.
    @inline(__always)
    private func spaceLength(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        if text[at] == 0x20 { return 1 }
        return text[at] == 0xE2 && at + 2 < text.count && text[at + 1] == 0x96 && text[at + 2] == 0x81 ? 3 : 0
    }

    private func appendWord(to tokens: inout [UInt32], _ scratch: inout WordMerging) {
        let whole = scratch.word.withUnsafeBufferPointer { vocabulary.token(of: $0) }
        if let whole, wholeWords.contains(whole) {
            tokens.append(whole)
        } else {
            scratch.merge(using: self, into: &tokens)
        }
    }
}
