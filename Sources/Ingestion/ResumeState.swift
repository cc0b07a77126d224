/// Writes what an extractor must remember between two looks at a file.
///
/// The bytes are kept in the store: fields are written in a fixed order and read back in the same.
struct ResumeStateWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ number: Int) { write(UInt64(bitPattern: Int64(number))) }

    mutating func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    mutating func write(_ text: String) {
        write(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func write(_ number: UInt64?) {
        write(number != nil)
        if let number { write(number) }
    }

    mutating func write(_ text: String?) {
        write(text != nil)
        if let text { write(text) }
    }
}

/// Reads back what a ``ResumeStateWriter`` wrote.
///
/// Bytes that end early set ``isBroken`` and read as zeros: the extractor then starts with nothing remembered.
struct ResumeStateReader {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var isBroken = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func number() -> UInt64 {
        guard !isBroken, bytes.count - position >= 8 else {
            isBroken = true
            return 0
        }
        var value: UInt64 = 0
        for place in 0..<8 { value |= UInt64(bytes[position + place]) << (8 * UInt64(place)) }
        position += 8
        return value
    }

    mutating func integer() -> Int { Int(truncatingIfNeeded: Int64(bitPattern: number())) }

    mutating func flag() -> Bool {
        guard !isBroken, position < bytes.count else {
            isBroken = true
            return false
        }
        position += 1
        return bytes[position - 1] != 0
    }

    mutating func text() -> String {
        let count = integer()
        guard !isBroken, count >= 0, count <= bytes.count - position else {
            isBroken = true
            return ""
        }
        position += count
        return String(decoding: bytes[position - count..<position], as: UTF8.self)
    }

    mutating func optionalNumber() -> UInt64? { flag() ? number() : nil }

    mutating func optionalText() -> String? { flag() ? text() : nil }
}
