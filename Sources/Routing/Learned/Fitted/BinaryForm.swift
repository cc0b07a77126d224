/// Writes numbers, texts and arrays one behind the other, little-endian.
struct BinaryWriter {
    var bytes: [UInt8] = []

    mutating func write(number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    mutating func write(_ integer: Int) { write(number: Int64(integer)) }

    mutating func write(_ text: String) {
        write(text.utf8.count)
        bytes += Array(text.utf8)
    }

    mutating func write(_ values: [Float]) { write(numbers: values.map(\.bitPattern)) }

    mutating func write(_ values: [Double]) { write(numbers: values.map(\.bitPattern)) }

    mutating func write(_ values: [UInt32]) { write(numbers: values) }

    private mutating func write(numbers: [some FixedWidthInteger]) {
        write(numbers.count)
        for number in numbers { write(number: number) }
    }
}

/// Reads what a ``BinaryWriter`` wrote; once something does not fit, all that follows is empty.
struct BinaryReader {
    private let bytes: UnsafeRawBufferPointer
    private var at = 0
    private(set) var isBroken = false

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { !isBroken && at == bytes.count }

    mutating func integer() -> Int {
        guard let start = take(8) else { return 0 }
        let number = Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: Int64.self))
        return Int(number)
    }

    mutating func string() -> String {
        let count = integer()
        guard let start = take(count) else { return "" }
        return String(decoding: bytes[start..<start + count], as: UTF8.self)
    }

    mutating func array() -> [Float] { numbers(of: UInt32.self) { Float(bitPattern: $0) } }

    mutating func array() -> [Double] { numbers(of: UInt64.self) { Double(bitPattern: $0) } }

    mutating func array() -> [UInt32] { numbers(of: UInt32.self) { $0 } }

    private mutating func numbers<Number: FixedWidthInteger & BitwiseCopyable, Value>(
        of type: Number.Type,
        _ value: (Number) -> Value
    ) -> [Value] {
        let size = MemoryLayout<Number>.size
        let count = integer()
        guard count >= 0, count <= bytes.count / size, let start = take(count * size) else {
            isBroken = true
            return []
        }
        return [Value](unsafeUninitializedCapacity: count) { values, written in
            for index in 0..<count {
                let number = bytes.loadUnaligned(fromByteOffset: start &+ index &* size, as: Number.self)
                values.initializeElement(at: index, to: value(Number(littleEndian: number)))
            }
            written = count
        }
    }

    /// Where so many bytes begin, the reader standing behind them.
    private mutating func take(_ count: Int) -> Int? {
        guard !isBroken, count >= 0, count <= bytes.count - at else {
            isBroken = true
            return nil
        }
        at += count
        return at - count
    }
}
