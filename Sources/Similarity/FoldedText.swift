/// A text as comparisons see it: case folded, white space collapsed to single spaces, none at the ends.
///
/// Two texts that differ only in case or white space have equal folded texts, so that whatever is made of one is the
/// same for both.
package struct FoldedText: Hashable, Sendable {
    /// UTF-8 without upper case, without white space other than single spaces.
    package let utf8: [UInt8]

    package init(_ text: String) {
        var text = text
        utf8 = text.withUTF8 { FoldedText.folded($0) }
    }

    /// The text, as far as the bytes are UTF-8; what is none becomes U+FFFD.
    package init(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        self.init(String(decoding: bytes, as: UTF8.self))
    }

    /// The same on every machine and in every run; FNV-1a of 64 bits with a last mix.
    package var stableHash: UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
    }

    private static func folded(_ source: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        // Folding lengthens few scalars, and none to more than three times its bytes.
        [UInt8](unsafeUninitializedCapacity: source.count * 3) { target, count in
            var at = 0
            var written = 0
            var spaceIsDue = false
            while at < source.count {
                let byte = source[at]
                if byte < 0x80 {
                    at += 1
                    if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
                        spaceIsDue = written > 0
                        continue
                    }
                    if spaceIsDue {
                        target[written] = 0x20
                        written += 1
                        spaceIsDue = false
                    }
                    target[written] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
                    written += 1
                    continue
                }
                let (scalar, length) = decoded(source, at)
                at += length
                if isSpace(scalar) {
                    spaceIsDue = written > 0
                    continue
                }
                if spaceIsDue {
                    target[written] = 0x20
                    written += 1
                    spaceIsDue = false
                }
                CaseFolding.append(scalar, to: target, at: &written)
            }
            count = written
        }
    }

    /// The scalar at a place of valid UTF-8, and how many bytes it takes.
    @inline(__always)
    static func decoded(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (UInt32, Int) {
        let first = UInt32(bytes[at])
        let rest = { (offset: Int) in UInt32(bytes[at + offset] & 0x3F) }
        if first < 0x80 { return (first, 1) }
        if first < 0xE0 { return ((first & 0x1F) << 6 | rest(1), 2) }
        if first < 0xF0 { return ((first & 0x0F) << 12 | rest(1) << 6 | rest(2), 3) }
        return ((first & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3), 4)
    }

    /// White space outside of ASCII, as Unicode's property `White_Space` has it.
    private static func isSpace(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }
}
