internal import CJSONText

/// A JSON string's bytes where they stand, escapes and all; valid only while the scanned bytes are.
package struct RawText {
    let start: UnsafeRawPointer
    package let count: Int
    let seen: UInt32

    init(start: UnsafeRawPointer, count: Int, seen: UInt32) {
        self.start = start
        self.count = count
        self.seen = seen
    }

    package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// A text without bytes.
    package static var empty: RawText { RawText(start: json_no_bytes(), count: 0, seen: 0) }

    /// The text must be unescaped to be read.
    package var hasEscapes: Bool { seen & UInt32(json_string_has_escape) != 0 }

    /// Whether the raw bytes are these; for names and enumerations, which nobody writes with escapes.
    @inline(__always)
    package func `is`(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && bytesAreEqual(start, text.utf8Start, text.utf8CodeUnitCount)
    }

    @inline(__always)
    package func starts(with text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount && bytesAreEqual(start, text.utf8Start, text.utf8CodeUnitCount)
    }

    /// The text with escapes resolved; what is no Unicode becomes U+FFFD.
    package var string: String {
        hasEscapes ? String(decoding: unescaped, as: UTF8.self) : String(decoding: bytes, as: UTF8.self)
    }

    /// The first bytes, at most so many; an escape cut in two loses its second half.
    package func prefix(_ limit: Int) -> RawText { RawText(start: start, count: min(count, limit), seen: seen) }

    /// A part of the raw bytes.
    package func slice(_ range: Range<Int>) -> RawText {
        RawText(start: start + range.lowerBound, count: range.count, seen: seen)
    }

    /// A stored hash of the raw bytes.
    package func hash(seed: UInt64 = 0) -> UInt64 { stableHash(bytes, seed: seed) }
}

extension RawText {
    /// The bytes with escapes resolved.
    package var unescaped: [UInt8] {
        guard hasEscapes else { return Array(bytes) }
        var out: [UInt8] = []
        out.reserveCapacity(count)
        unescape(into: &out)
        return out
    }

    /// Adds the bytes with escapes resolved to a buffer, which a caller of many texts uses again.
    package func unescape(into out: inout [UInt8]) {
        var index = 0
        while index < count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[index...])
            let plain = firstBackslash(in: rest) ?? rest.count
            out.append(contentsOf: UnsafeRawBufferPointer(rebasing: rest[..<plain]))
            index += plain
            guard index < count else { return }
            guard index + 1 < count else {
                out.append(bytes[index])
                return
            }
            index += 2
            switch bytes[index - 1] {
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "u"): appendUnicodeEscape(at: &index, to: &out)
            case let other: out.append(other)
            }
        }
    }

    /// `index` stands behind `\u`; a lone half of a surrogate pair becomes U+FFFD.
    private func appendUnicodeEscape(at index: inout Int, to out: inout [UInt8]) {
        guard let unit = hexUnit(at: index) else {
            out.append(contentsOf: "\u{FFFD}".utf8)
            return
        }
        index += 4
        var scalar = UInt32(unit)
        if (0xD800..<0xDC00).contains(unit), index + 1 < count, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u"), let low = hexUnit(at: index + 2), (0xDC00..<0xE000).contains(low)
        {
            index += 6
            scalar = 0x10000 + ((UInt32(unit) - 0xD800) << 10) + (UInt32(low) - 0xDC00)
        }
        out.append(contentsOf: String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8)
    }

    private func hexUnit(at start: Int) -> UInt16? {
        guard start + 4 <= count else { return nil }
        var unit: UInt16 = 0
        for index in start..<start + 4 {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
