package import JSONText

/// A MinHash sketch of a prompt: two prompts share about as many places as they share runs of three words.
///
/// (Broder, "On the resemblance and containment of documents", 1997.) Lets near repeats be found later
/// without the text being kept.
package enum PromptSketch {
    /// Places in a sketch; the error of a resemblance is about one over the root of it.
    package static let size = 16

    /// Bytes of a prompt that are looked at: what follows is pasted text more often than words.
    package static let limit = 8192

    /// The sketch of a prompt's words, letters folded to lower case; empty for a prompt without words.
    package static func of(_ text: RawText) -> [UInt32] {
        var folded = text.prefix(limit).unescaped
        var words: [UInt64] = []
        var start = 0
        for index in folded.indices where folded[index] >= 0x41 && folded[index] <= 0x5A { folded[index] |= 0x20 }
        folded.withUnsafeBytes { buffer in
            for index in 0...buffer.count {
                let isWord =
                    index < buffer.count
                    && (buffer[index] >= 0x80 || (buffer[index] | 0x20 >= 0x61 && buffer[index] | 0x20 <= 0x7A)
                        || (buffer[index] >= 0x30 && buffer[index] <= 0x39))
                if isWord { continue }
                if index > start { words.append(stableHash(UnsafeRawBufferPointer(rebasing: buffer[start..<index]))) }
                start = index + 1
            }
        }
        guard !words.isEmpty else { return [] }
        var sketch = [UInt32](repeating: .max, count: size)
        for index in 0..<max(1, words.count - 2) {
            let run = words[index..<min(index + 3, words.count)].reduce(0) { ($0 ^ $1) &* 0x9E37_79B9_7F4A_7C15 }
            for place in 0..<size {
                // A multiply and xor a place stand in for independent permutations.
                let mixed = (run ^ UInt64(place &+ 1) &* 0xD6E8_FEB8_6659_FD93) &* 0xA24B_AED4_963E_E407
                sketch[place] = min(sketch[place], UInt32(truncatingIfNeeded: mixed >> 32))
            }
        }
        return sketch
    }
}
