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
        return [UInt8](unsafeUninitializedCapacity: RawText.room(for: count)) { buffer, filled in
            guard let start = buffer.baseAddress else { return }
            filled = unescape(to: start)
        }
    }

    /// Writes the bytes with escapes resolved into a buffer from a place on, and answers where they end.
    ///
    /// The buffer grows as needed and is meant to be used again: most logs hold many such texts.
    package func unescape(into buffer: inout [UInt8], at place: Int = 0) -> Int {
        let room = place + RawText.room(for: count)
        if buffer.count < room {
            buffer.append(contentsOf: repeatElement(0, count: max(room, 4096) * 2 - buffer.count))
        }
        return buffer.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return place }
            return place + unescape(to: start + place)
        }
    }

    /// Nothing gets longer but a broken `\u`, which becomes U+FFFD.
    private static func room(for count: Int) -> Int { count * 2 + 4 }

    private func unescape(to out: UnsafeMutablePointer<UInt8>) -> Int {
        var to = 0
        var index = 0
        while index < count {
            let rest = UnsafeRawBufferPointer(start: start + index, count: count - index)
            let plain = hasEscapes ? firstIndex(of: UInt8(ascii: "\\"), in: rest) ?? rest.count : rest.count
            UnsafeMutableRawPointer(out + to).copyMemory(from: start + index, byteCount: plain)
            to += plain
            index += plain
            guard index < count else { break }
            guard index + 1 < count else {
                out[to] = bytes[index]
                return to + 1
            }
            index += 2
            switch bytes[index - 1] {
            case UInt8(ascii: "n"): out[to] = 0x0A
            case UInt8(ascii: "t"): out[to] = 0x09
            case UInt8(ascii: "r"): out[to] = 0x0D
            case UInt8(ascii: "b"): out[to] = 0x08
            case UInt8(ascii: "f"): out[to] = 0x0C
            case UInt8(ascii: "u"):
                for byte in UTF8.encode(unicodeEscape(at: &index)) ?? UTF8.encodedReplacementCharacter {
                    out[to] = byte
                    to += 1
                }
                continue
            case let other: out[to] = other
            }
            to += 1
        }
        return to
    }

    /// `index` stands behind `\u`; a lone half of a surrogate pair becomes U+FFFD.
    private func unicodeEscape(at index: inout Int) -> Unicode.Scalar {
        guard let unit = hexUnit(at: index) else { return "\u{FFFD}" }
        index += 4
        var scalar = UInt32(unit)
        if (0xD800..<0xDC00).contains(unit), index + 1 < count, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u"), let low = hexUnit(at: index + 2), (0xDC00..<0xE000).contains(low)
        {
            index += 6
            scalar = 0x10000 + ((UInt32(unit) - 0xD800) << 10) + (UInt32(low) - 0xDC00)
        }
        return Unicode.Scalar(scalar) ?? "\u{FFFD}"
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
