/// Appends values to a page in its compact form: whole numbers as LEB128, so that small ones take a byte.
struct ByteWriter: ~Copyable {
    /// More than the bytes written: an array would ask for room and for its owner with each of them.
    private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1024, alignment: 8)
    private var used = 0
    private var indexOfString: [String: Int] = [:]
    private var lastString: (string: String, index: Int)?

    deinit { room.deallocate() }

    var bytes: [UInt8] { Array(UnsafeRawBufferPointer(rebasing: room[..<used])) }

    /// The bytes with a checksum behind them: a damaged page must not show as money.
    consuming func sealed() -> [UInt8] {
        fixed64(checksum(of: UnsafeRawBufferPointer(rebasing: room[..<used])))
        return bytes
    }

    @inline(__always)
    private mutating func makeRoom(for more: Int) {
        if room.count - used < more { grow(by: more) }
    }

    private mutating func grow(by more: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: (used + more) * 2, alignment: 8)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: room[..<used]))
        room.deallocate()
        room = larger
    }

    mutating func byte(_ value: UInt8) {
        makeRoom(for: 1)
        room[used] = value
        used += 1
    }

    mutating func unsigned(_ value: UInt64) {
        makeRoom(for: 10)
        var rest = value
        while rest >= 0x80 {
            room[used] = UInt8(truncatingIfNeeded: rest) | 0x80
            used += 1
            rest >>= 7
        }
        room[used] = UInt8(truncatingIfNeeded: rest)
        used += 1
    }

    mutating func count(_ value: Int) { unsigned(UInt64(max(0, value))) }

    /// Zigzag: numbers near zero are short whatever their sign.
    mutating func signed(_ value: Int64) { unsigned(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    mutating func fixed64(_ value: UInt64) { fixed(value.littleEndian) }

    mutating func fixed32(_ value: UInt32) { fixed(value.littleEndian) }

    private mutating func fixed<Number: BitwiseCopyable>(_ value: Number) {
        makeRoom(for: MemoryLayout<Number>.size)
        room.storeBytes(of: value, toByteOffset: used, as: Number.self)
        used += MemoryLayout<Number>.size
    }

    mutating func string(_ value: String) {
        var value = value
        value.withUTF8 { text in
            count(text.count)
            makeRoom(for: text.count)
            UnsafeMutableRawBufferPointer(rebasing: room[used...]).copyMemory(from: UnsafeRawBufferPointer(text))
            used += text.count
        }
    }

    /// A string that recurs: spelled once, then named by its number.
    mutating func recurring(_ value: String) {
        if let lastString, lastString.string == value { return count(lastString.index) }
        let known = indexOfString[value]
        let index = known ?? indexOfString.count
        count(index)
        if known == nil {
            indexOfString[value] = index
            string(value)
        }
        lastString = (value, index)
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

    @inline(__always)
    mutating func unsigned() -> UInt64 {
        // Most fit one byte.
        if index < bytes.count, bytes[index] < 0x80 { return UInt64(byte()) }
        return longUnsigned()
    }

    private mutating func longUnsigned() -> UInt64 {
        // Only near the end it has to be looked for.
        guard bytes.count - index >= ByteReader.longestNumber else { return lastUnsigned() }
        var value: UInt64 = 0
        for place in 0..<ByteReader.longestNumber {
            let next = bytes[index + place]
            value |= UInt64(next & 0x7F) &<< UInt64(place * 7)
            if next < 0x80 {
                index += place + 1
                return value
            }
        }
        isDamaged = true
        return 0
    }

    /// 64 bits, seven to a byte.
    private static let longestNumber = 10

    private mutating func lastUnsigned() -> UInt64 {
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

    mutating func passString() { index += length() }

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

    /// One that is spelled here may be named later.
    mutating func passRecurring() {
        let number = count()
        if number == strings.count { strings.append(string()) } else if number > strings.count { isDamaged = true }
    }
}
