/// Folds scalars so that a text, its capitals and its small letters fold to the same.
///
/// A scalar becomes the small letters of its capitals: `ß`, whose capitals are `SS`, becomes `ss`, and both sigmas
/// become one.
enum CaseFolding {
    /// Writes a folded scalar as UTF-8, and moves the place behind it.
    @inline(__always)
    static func append(_ scalar: UInt32, to target: UnsafeMutableBufferPointer<UInt8>, at written: inout Int) {
        if scalar < tableEnd {
            let folded = table[Int(scalar)]
            if folded != isSeveral { return appendUTF8(folded, to: target, at: &written) }
        } else if !mayHaveCase(scalar) {
            return appendUTF8(scalar, to: target, at: &written)
        }
        for folded in folded(scalar).unicodeScalars { appendUTF8(folded.value, to: target, at: &written) }
    }

    /// The scripts of most texts with case: Latin, Greek, Cyrillic, Armenian.
    private static let tableEnd: UInt32 = 0x590
    private static let isSeveral = UInt32.max

    private static let table: [UInt32] = (0..<tableEnd).map { scalar in
        let folded = folded(scalar).unicodeScalars
        return folded.count == 1 ? folded.first?.value ?? isSeveral : isSeveral
    }

    private static func folded(_ value: UInt32) -> String {
        guard let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
        return scalar.properties.uppercaseMapping.unicodeScalars.reduce(into: "") {
            $0 += $1.properties.lowercaseMapping
        }
    }

    /// False for the large scripts without case, whose properties need not be looked up.
    private static func mayHaveCase(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x0590...0x109F, 0x2000...0x20FF, 0x2190...0x24AF, 0x2500...0x2BFF, 0x2E00...0xA63F, 0xAC00...0xFAFF,
            0xFE00...0xFF20, 0x1F000...0x3FFFF:
            false
        default: true
        }
    }

    @inline(__always)
    private static func appendUTF8(
        _ scalar: UInt32,
        to target: UnsafeMutableBufferPointer<UInt8>,
        at written: inout Int
    ) {
        if scalar < 0x80 {
            target[written] = UInt8(scalar)
            written += 1
        } else if scalar < 0x800 {
            target[written] = UInt8(0xC0 | scalar >> 6)
            target[written + 1] = UInt8(0x80 | scalar & 0x3F)
            written += 2
        } else if scalar < 0x10000 {
            target[written] = UInt8(0xE0 | scalar >> 12)
            target[written + 1] = UInt8(0x80 | scalar >> 6 & 0x3F)
            target[written + 2] = UInt8(0x80 | scalar & 0x3F)
            written += 3
        } else {
            target[written] = UInt8(0xF0 | scalar >> 18)
            target[written + 1] = UInt8(0x80 | scalar >> 12 & 0x3F)
            target[written + 2] = UInt8(0x80 | scalar >> 6 & 0x3F)
            target[written + 3] = UInt8(0x80 | scalar & 0x3F)
            written += 4
        }
    }
}
