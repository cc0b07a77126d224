/// Appends values to a page in its compact form: whole numbers as LEB128, so that small ones take a byte.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []
    private var indexOfString: [String: Int] = [:]

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func unsigned(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func count(_ value: Int) { unsigned(UInt64(max(0, value))) }

    /// Zigzag: numbers near zero are short whatever their sign.
    mutating func signed(_ value: Int64) { unsigned(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    mutating func fixed64(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func fixed32(_ value: UInt32) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func string(_ value: String) {
        var value = value
        value.withUTF8 {
            count($0.count)
            bytes.append(contentsOf: $0)
        }
    }

    /// A string that recurs: spelled once, then named by its number.
    mutating func recurring(_ value: String) {
        if let index = indexOfString[value] {
            count(index)
        } else {
            let index = indexOfString.count
            indexOfString[value] = index
            count(index)
            string(value)
        }
    }
}

extension ByteWriter {
    /// The bytes with a checksum behind them: a damaged page must not show as money.
    func sealed() -> [UInt8] {
        var sealed = self
        sealed.fixed64(bytes.withUnsafeBytes { checksum(of: $0) })
        return sealed.bytes
    }
}

/// Eight bytes at a time, each step a multiply that carries every bit upwards and a shift that brings it back.
private func checksum(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    var sum = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    while index + 8 <= bytes.count {
        sum ^= UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        sum = sum &* 0xD6E8_FEB8_6659_FD93
        sum ^= sum >> 32
        index += 8
    }
    while index < bytes.count {
        sum = (sum ^ UInt64(bytes[index])) &* 0xD6E8_FEB8_6659_FD93
        sum ^= sum >> 32
        index += 1
    }
    return sum
}

/// Reads what ``ByteWriter`` wrote.
///
/// Damage is sticky: behind the end or where a number cannot be, every answer is zero or empty and ``isDamaged`` is set.
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private var index = 0
    private var strings: [String] = []
    private(set) var isDamaged = false

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Reads bytes that were ``ByteWriter/sealed()``; damaged where the seal is broken.
    init(sealed bytes: UnsafeRawBufferPointer) {
        let count = bytes.count - 8
        guard count >= 0 else {
            self.init(UnsafeRawBufferPointer(start: nil, count: 0))
            isDamaged = true
            return
        }
        let content = UnsafeRawBufferPointer(rebasing: bytes[..<count])
        self.init(content)
        let seal = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: count, as: UInt64.self))
        isDamaged = checksum(of: content) != seal
    }

    var isAtEnd: Bool { index >= bytes.count || isDamaged }

    mutating func byte() -> UInt8 {
        guard index < bytes.count else {
            isDamaged = true
            return 0
        }
        index += 1
        return bytes[index - 1]
    }

    mutating func unsigned() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = byte()
            value |= UInt64(next & 0x7F) &<< shift
            if next < 0x80 { return value }
            shift += 7
            if shift > 63 {
                isDamaged = true
                return 0
            }
        }
    }

    mutating func count() -> Int { Int(clamping: unsigned()) }

    /// A count of things that take at least a byte each: never more than there are bytes left.
    mutating func length() -> Int {
        let value = count()
        guard value <= bytes.count - index else {
            isDamaged = true
            return 0
        }
        return value
    }

    mutating func signed() -> Int64 {
        let value = unsigned()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func fixed64() -> UInt64 {
        guard index + 8 <= bytes.count else {
            isDamaged = true
            return 0
        }
        index += 8
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index - 8, as: UInt64.self))
    }

    mutating func fixed32() -> UInt32 {
        guard index + 4 <= bytes.count else {
            isDamaged = true
            return 0
        }
        index += 4
        return UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index - 4, as: UInt32.self))
    }

    mutating func string() -> String {
        let size = length()
        guard size > 0 else { return "" }
        index += size
        return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[index - size..<index]), as: UTF8.self)
    }

    mutating func recurring() -> String {
        let number = count()
        if number < strings.count { return strings[number] }
        guard number == strings.count else {
            isDamaged = true
            return ""
        }
        strings.append(string())
        return strings[number]
    }
}
