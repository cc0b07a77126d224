/// Writes JSON text, commas included.
///
/// ```swift
/// var json = JSONWriter()
/// json.object {
///     $0.member("model", "claude-opus-5")
///     $0.array("messages") { $0.raw(message) }
/// }
/// ```
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    package var fragment: JSONFragment { JSONFragment(bytes: bytes) }

    package mutating func object<E: Error>(_ members: (inout JSONWriter) throws(E) -> Void) throws(E) {
        try container(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
    }

    package mutating func array<E: Error>(_ elements: (inout JSONWriter) throws(E) -> Void) throws(E) {
        try container(UInt8(ascii: "["), UInt8(ascii: "]"), elements)
    }

    package mutating func object<E: Error>(
        _ key: StaticString,
        _ members: (inout JSONWriter) throws(E) -> Void
    ) throws(E) {
        self.key(key)
        try object(members)
    }

    package mutating func array<E: Error>(
        _ key: StaticString,
        _ elements: (inout JSONWriter) throws(E) -> Void
    ) throws(E) {
        self.key(key)
        try array(elements)
    }

    private mutating func container<E: Error>(
        _ open: UInt8,
        _ close: UInt8,
        _ inside: (inout JSONWriter) throws(E) -> Void
    ) throws(E) {
        separate()
        bytes.append(open)
        needsComma = false
        try inside(&self)
        bytes.append(close)
        needsComma = true
    }

    /// A key of plain ASCII, which the next value belongs to.
    package mutating func key(_ key: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func string(_ text: String) {
        separate()
        var text = text
        text.withUTF8 { quote($0) }
        needsComma = true
    }

    package mutating func integer(_ number: Int) { raw(String(number).utf8) }

    package mutating func bool(_ value: Bool) { raw((value ? "true" : "false").utf8) }

    package mutating func null() { raw("null".utf8) }

    /// A value as it stands.
    package mutating func raw(_ fragment: JSONFragment) { raw(fragment.bytes) }

    /// One whole JSON value as it stands.
    package mutating func raw(_ value: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: value)
        needsComma = true
    }

    /// A string that holds JSON text, as OpenAI carries a tool's arguments.
    package mutating func string(holding fragment: JSONFragment) {
        separate()
        fragment.bytes.withUnsafeBufferPointer { quote($0) }
        needsComma = true
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var plain = 0
        for index in text.indices where JSONWriter.mustBeEscaped(text[index]) {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain..<index]))
            escape(text[index])
            plain = index + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain...]))
        bytes.append(UInt8(ascii: "\""))
    }

    @inline(__always)
    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: Array("u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]])
        }
    }
}

/// Members of an object; those that are nil are left out.
extension JSONWriter {
    package mutating func member(_ key: StaticString, _ text: String?) {
        guard let text else { return }
        self.key(key)
        string(text)
    }

    package mutating func member(_ key: StaticString, _ number: Int?) {
        guard let number else { return }
        self.key(key)
        integer(number)
    }

    package mutating func member(_ key: StaticString, _ value: Bool?) {
        guard let value else { return }
        self.key(key)
        bool(value)
    }

    package mutating func member(_ key: StaticString, _ fragment: JSONFragment?) {
        guard let fragment else { return }
        self.key(key)
        raw(fragment)
    }
}
