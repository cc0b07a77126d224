internal import CJSONText

/// A pull scanner over JSON text: the caller asks for what it wants and skips the rest; nothing is built.
///
/// ```swift
/// var scanner = JSONScanner(bytes)
/// if scanner.enterObject() {
///     while let key = scanner.nextKey() {
///         if key.is("model") { model = scanner.text() } else { scanner.skipValue() }
///     }
/// }
/// ```
/// Trouble is sticky: once ``isBroken`` is set every question answers nil or false, so that a walk ends by itself.
/// In ``Layout/lines`` a line feed breaks the text, so that a cut line never swallows the next one.
/// Deep nesting costs no stack. More than JSON allows is accepted where nothing is lost by it
/// (control characters in strings, leading zeros).
package struct JSONScanner {
    package enum Layout: Sendable {
        /// One value a line, as in `.jsonl`.
        case lines
        /// One value that may span lines.
        case document
    }

    private var position: UnsafePointer<UInt8>
    private let start: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    private let lineFeedIsSpace: Bool
    /// The text is no JSON, or was cut.
    package var isBroken = false
    /// An integer did not fit 64 bits and was clamped.
    package private(set) var hasHugeNumber = false
    private var seen: UInt32 = 0

    /// Scans bytes that must outlive the scanner and every ``RawText`` it hands out.
    package init(_ bytes: UnsafeRawBufferPointer, layout: Layout = .lines) {
        lineFeedIsSpace = layout == .document
        start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? json_no_bytes()
        position = start
        end = start + bytes.count
    }

    package var offset: Int {
        @inline(__always) get { position - start }
    }

    /// Some string held a byte above 0x7F: worth a look whether it is UTF-8.
    package var hasNonASCII: Bool { seen & UInt32(json_string_has_non_ascii) != 0 }

    /// Whoever reads the record left out a value that cannot be.
    package var hasRefusedValue = false

    /// Some string held a control character that JSON forbids.
    package var hasControlCharacters: Bool { seen & UInt32(json_string_has_control) != 0 }

    /// Starts over at a byte, free of earlier trouble; for the next line of the same bytes.
    package mutating func restart(at offset: Int) {
        position = start + offset
        isBroken = false
        hasHugeNumber = false
        hasRefusedValue = false
        seen = 0
    }

    @inline(__always)
    private mutating func broken() { isBroken = true }

    /// The next byte that is no white space, or 0 at the end.
    @inline(__always)
    private mutating func peek() -> UInt8 {
        while position < end {
            let byte = position.pointee
            if byte > 0x20 { return byte }
            guard byte == 0x20 || byte == 0x0D || byte == 0x09 || (byte == 0x0A && lineFeedIsSpace) else { return byte }
            position += 1
        }
        return 0
    }

    // A container's first key or element is not preceded by a comma; these say which comes next.
    private var expectsFirst = false

    /// Steps into an object; false (and nothing consumed) where the next value is none.
    @inline(__always)
    package mutating func enterObject() -> Bool {
        guard !isBroken, peek() == UInt8(ascii: "{") else { return false }
        position += 1
        expectsFirst = true
        return true
    }

    /// Steps into an array; false (and nothing consumed) where the next value is none.
    @inline(__always)
    package mutating func enterArray() -> Bool {
        guard !isBroken, peek() == UInt8(ascii: "[") else { return false }
        position += 1
        expectsFirst = true
        return true
    }

    /// The next key of the object, the scanner standing before its value; nil behind the object's end.
    package mutating func nextKey() -> RawText? {
        guard enterMember(), let key = string() else { return nil }
        return stepOverColon() ? key : nil
    }

    /// The next key of the object that is in a set, as its number there; others are stepped over with their values.
    ///
    /// Nil behind the object's end.
    package mutating func nextKey(in keys: borrowing KeySet) -> Int? {
        guard !isBroken else { return nil }
        switch nextCompactMember(in: keys) {
        case .known(let number): return number
        case .end: return nil
        case .unusual: return nextUnusualKey(in: keys)
        }
    }

    /// The next known key, however the members up to it are written; a call of its own, as few are.
    @inline(never)
    private mutating func nextUnusualKey(in keys: borrowing KeySet) -> Int? {
        while enterMember() {
            let first = position + 1
            guard let key = string(), stepOverColon() else { return nil }
            if let number = keys.number(of: first, key.count, prefix: KeySet.prefix(of: key.bytes)) { return number }
            skipValue()
            guard !isBroken else { return nil }
            switch nextCompactMember(in: keys) {
            case .known(let number): return number
            case .end: return nil
            case .unusual: continue
            }
        }
        return nil
    }

    private enum CompactMember {
        case known(Int)
        /// The scanner stands behind the object.
        case end
        /// The scanner stands before a member that is written otherwise.
        case unusual
    }

    /// The next known key among members written as machines write them.
    ///
    /// That is: no white space, a short plain key, and a value that is a short plain string or stepped over by its
    /// kind. Stops before the first member that is not so. Most of the time of reading a log is spent here: it keeps
    /// its place in a register.
    @inline(__always)
    private mutating func nextCompactMember(in keys: borrowing KeySet) -> CompactMember {
        var at = position
        // Room for the comma, the key and the value's first bytes.
        while end - at >= 128 {
            if !expectsFirst {
                guard at.pointee == UInt8(ascii: ",") else {
                    guard at.pointee == UInt8(ascii: "}") else { break }
                    position = at + 1
                    return .end
                }
                at += 1
            }
            guard at.pointee == UInt8(ascii: "\"") else {
                if !expectsFirst { at -= 1 }
                break
            }
            let length = Int(json_quote_within_32(at + 1))
            guard length < 32, at[length + 2] == UInt8(ascii: ":"), at[length] != UInt8(ascii: "\\") else {
                if !expectsFirst { at -= 1 }
                break
            }
            let word = UInt64(littleEndian: UnsafeRawPointer(at + 1).loadUnaligned(as: UInt64.self))
            let prefix = length < 8 ? word & (1 &<< UInt64(length &* 8) &- 1) : word
            let number = keys.number(of: at + 1, length, prefix: prefix)
            at += length + 3
            expectsFirst = false
            if let number {
                position = at
                return .known(number)
            }
            if at.pointee == UInt8(ascii: "\"") {
                let plain = Int(json_plain_within_48(at + 1))
                if plain < 48, at[plain + 1] == UInt8(ascii: "\"") {
                    at += plain + 2
                    continue
                }
            } else if case let length = Int(json_scalar_within_8(at)), length > 0 {
                at += length
                continue
            }
            position = at
            skipValue()
            if isBroken { return .unusual }
            at = position
        }
        position = at
        return .unusual
    }

    /// Steps to the quote of the object's next key; false behind the object's end.
    @inline(__always)
    private mutating func enterMember() -> Bool {
        guard !isBroken else { return false }
        var byte = peek()
        if byte == UInt8(ascii: "}") {
            position += 1
            expectsFirst = false
            return false
        }
        if expectsFirst {
            expectsFirst = false
        } else {
            guard byte == UInt8(ascii: ",") else {
                broken()
                return false
            }
            position += 1
            byte = peek()
        }
        guard byte == UInt8(ascii: "\"") else {
            broken()
            return false
        }
        return true
    }

    @inline(__always)
    private mutating func stepOverColon() -> Bool {
        guard peek() == UInt8(ascii: ":") else {
            broken()
            return false
        }
        position += 1
        return true
    }

    /// Whether the array has another element, the scanner standing before it; false behind the array's end.
    @inline(__always)
    package mutating func nextElement() -> Bool {
        guard !isBroken else { return false }
        let byte = peek()
        if byte == UInt8(ascii: "]") {
            position += 1
            expectsFirst = false
            return false
        }
        if expectsFirst {
            expectsFirst = false
            return true
        }
        guard byte == UInt8(ascii: ",") else {
            broken()
            return false
        }
        position += 1
        return true
    }

    /// The string at the quote the scanner stands on.
    @inline(__always)
    private mutating func string() -> RawText? {
        let first = position + 1
        if end - first >= 48 {
            let length = Int(json_plain_within_48(first))
            if length < 48, first[length] == UInt8(ascii: "\"") {
                position = first + length + 1
                return RawText(start: first, count: length, seen: 0)
            }
        }
        return longString(first)
    }

    @inline(never)
    private mutating func longString(_ first: UnsafePointer<UInt8>) -> RawText? {
        var found: UInt32 = 0
        let last = json_end_of_string(first, end, &found)
        seen |= found
        guard last < end else {
            broken()
            return nil
        }
        position = last + 1
        return RawText(start: first, count: last - first, seen: found)
    }

    /// The next value where it is a string; any other is skipped.
    @inline(__always)
    package mutating func text() -> RawText? {
        guard !isBroken else { return nil }
        guard peek() == UInt8(ascii: "\"") else {
            skipValue()
            return nil
        }
        return string()
    }

    /// The next value where it is true or false; any other is skipped.
    @inline(__always)
    package mutating func bool() -> Bool? {
        guard !isBroken else { return nil }
        let byte = peek()
        skipValue()
        switch byte {
        case UInt8(ascii: "t"): return true
        case UInt8(ascii: "f"): return false
        default: return nil
        }
    }

    /// The next value where it is a number, as a whole number: a fraction is rounded, what does not fit is clamped.
    @inline(__always)
    package mutating func integer() -> Int? {
        guard !isBroken else { return nil }
        let first = peek()
        guard first == UInt8(ascii: "-") || (first >= 0x30 && first <= 0x39) else {
            skipValue()
            return nil
        }
        let from = position
        var at = from
        let isNegative = first == UInt8(ascii: "-")
        if isNegative { at += 1 }
        var value = 0
        var digits = 0
        while at < end, at.pointee >= 0x30, at.pointee <= 0x39 {
            if digits < 18 { value = value &* 10 &+ Int(at.pointee &- 0x30) }
            digits += 1
            at += 1
        }
        let next = at < end ? at.pointee : 0
        guard digits <= 18, digits > 0, next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e") else {
            return unusualInteger(from: from)
        }
        position = at
        return isNegative ? -value : value
    }

    /// Fractions, exponents and more than 18 digits.
    private mutating func unusualInteger(from: UnsafePointer<UInt8>) -> Int? {
        guard let number = number() else { return nil }
        if let exact = Int(number) { return exact }
        guard let value = Double(number), !value.isNaN else {
            broken()
            return nil
        }
        let rounded = value.rounded()
        if let exact = Int(exactly: rounded) { return exact }
        hasHugeNumber = true
        return rounded < 0 ? .min : .max
    }

    /// The next value where it is a number, as it is spelled; any other is skipped.
    package mutating func number() -> Substring? {
        guard !isBroken else { return nil }
        let first = peek()
        let from = position
        skipValue()
        guard !isBroken, first == UInt8(ascii: "-") || (first >= 0x30 && first <= 0x39) else { return nil }
        return Substring(decoding: UnsafeBufferPointer(start: from, count: position - from), as: UTF8.self)
    }

    /// Steps over the next value and answers its bytes as they stand.
    @inline(__always)
    package mutating func rawValue() -> UnsafeRawBufferPointer {
        _ = peek()
        let from = position
        skipValue()
        return UnsafeRawBufferPointer(start: from, count: isBroken ? 0 : position - from)
    }

    /// The bytes from an offset to where the scanner stands.
    @inline(__always)
    package func bytes(from offset: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start + offset, count: position - start - offset)
    }

    func pointer(at offset: Int) -> UnsafeRawPointer { UnsafeRawPointer(start + offset) }

    /// What kind of value comes next, without consuming it.
    package enum Kind {
        case object
        case array
        case string
        case number
        case bool
        case null
        case none
    }

    @inline(__always)
    package mutating func nextKind() -> Kind {
        guard !isBroken else { return .none }
        switch peek() {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), 0x30...0x39: return .number
        default: return .none
        }
    }

    /// Steps over the next value, whatever it is and however deep.
    package mutating func skipValue() {
        guard !isBroken else { return }
        expectsFirst = false
        switch peek() {
        case UInt8(ascii: "\""): _ = string()
        case UInt8(ascii: "{"), UInt8(ascii: "["): skipContainer()
        default: skipScalar()
        }
    }

    /// Numbers and the three words, checked.
    private mutating func skipScalar() {
        let from = position
        switch from < end ? from.pointee : 0 {
        case UInt8(ascii: "n"): skip("null")
        case UInt8(ascii: "t"): skip("true")
        case UInt8(ascii: "f"): skip("false")
        default:
            while position < end, isScalarByte(position.pointee) { position += 1 }
            if position == from || !isNumber(from, position - from) { broken() }
        }
    }

    @inline(__always)
    private mutating func skip(_ word: StaticString) {
        let count = word.utf8CodeUnitCount
        guard end - position >= count, bytesAreEqual(position, word.utf8Start, count),
            end - position == count || !isScalarByte(position[count])
        else { return broken() }
        position += count
    }

    private func isScalarByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    /// Begins and ends as a number and holds nothing no number holds.
    private func isNumber(_ from: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard from.pointee == UInt8(ascii: "-") || from.pointee < 0x3A, from[count - 1] >= 0x30 else { return false }
        for index in 0..<count where from[index] >= 0x3A && from[index] | 0x20 != UInt8(ascii: "e") { return false }
        return true
    }

    /// Steps over bytes that were scanned before from a like place, and end as a value does.
    mutating func stepOver(_ known: UnsafeRawBufferPointer) -> Bool {
        guard !isBroken, !known.isEmpty, end - position >= known.count,
            bytesAreEqual(known, UnsafeRawBufferPointer(start: position, count: known.count))
        else { return false }
        position += known.count
        expectsFirst = false
        return true
    }

    /// Steps over an object or array by counting brackets, a block of bytes at a time.
    private mutating func skipContainer() {
        var found: UInt32 = 0
        guard let last = json_end_of_container(position, end, lineFeedIsSpace ? 0 : 1, &found) else { return broken() }
        seen |= found
        position = last
    }

    /// Whether only white space is left up to the end of the line; steps behind the line feed.
    @inline(__always)
    package mutating func endLine() -> Bool {
        guard !isBroken else { return false }
        while position < end {
            let byte = position.pointee
            switch byte {
            case 0x0A:
                position += 1
                return true
            case 0x20, 0x0D, 0x09: position += 1
            default: return false
            }
        }
        return true
    }
}
