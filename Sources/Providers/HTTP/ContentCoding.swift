/// How a body is compressed, as `Content-Encoding` says (RFC 9110, 8.4.1).
package enum ContentCoding: String, CaseIterable, Sendable {
    /// RFC 1952.
    case gzip
    /// RFC 1950; some senders leave its frame away, which is borne with.
    case deflate

    /// Nil for any other coding, and for several.
    package init?(name: String) {
        switch name.lowercased() {
        case "gzip", "x-gzip": self = .gzip
        case "deflate": self = .deflate
        default: return nil
        }
    }

    package enum Fault: Error, Hashable {
        /// It is not what it says, or was changed on the way.
        case damaged
        /// It holds more bytes than it may.
        case tooLong
    }

    /// The body as it was before, of a bounded number of bytes.
    package func decoded(_ bytes: UnsafeRawBufferPointer, limit: Int) throws(Fault) -> [UInt8] {
        do throws(Inflate.Fault) {
            switch self {
            case .gzip: return try ContentCoding.decodedMembers(bytes, limit: limit)
            case .deflate: return try ContentCoding.decodedDeflate(bytes, limit: limit)
            }
        } catch {
            throw error == .tooLong ? .tooLong : .damaged
        }
    }

    /// One member behind the other, as the format allows.
    private static func decodedMembers(_ bytes: UnsafeRawBufferPointer, limit: Int) throws(Inflate.Fault) -> [UInt8] {
        var output: [UInt8] = []
        var place = 0
        repeat {
            let start = output.count
            (output, place) = try Inflate(
                bytes,
                from: endOfHeader(in: bytes, from: place),
                addingTo: output,
                limit: limit
            ).run()
            guard place + 8 <= bytes.count, littleEndian(bytes, at: place) == checksum(output[start...]),
                littleEndian(bytes, at: place + 4) == UInt32(truncatingIfNeeded: output.count - start)
            else { throw .damaged }
            place += 8
        } while place < bytes.count
        return output
    }

    private static func endOfHeader(in bytes: UnsafeRawBufferPointer, from start: Int) throws(Inflate.Fault) -> Int {
        var place = start + 10
        guard place <= bytes.count, bytes[start] == 0x1F, bytes[start + 1] == 0x8B, bytes[start + 2] == 8 else {
            throw .damaged
        }
        let flags = bytes[start + 3]
        if flags & 4 != 0 {
            guard place + 2 <= bytes.count else { throw .damaged }
            place += 2 + Int(bytes[place]) + Int(bytes[place + 1]) << 8
        }
        // A name, and a comment, each with a zero behind it.
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            while place < bytes.count, bytes[place] != 0 { place += 1 }
            place += 1
        }
        if flags & 2 != 0 { place += 2 }
        guard place <= bytes.count else { throw .damaged }
        return place
    }

    private static func decodedDeflate(_ bytes: UnsafeRawBufferPointer, limit: Int) throws(Inflate.Fault) -> [UInt8] {
        // Method 8, no dictionary, and the first two bytes a multiple of 31: no data without the frame begins so but by
        // chance.
        let hasFrame =
            bytes.count >= 6 && bytes[0] & 0x0F == 8 && bytes[1] & 0x20 == 0
            && (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0
        let (output, end) = try Inflate(bytes, from: hasFrame ? 2 : 0, addingTo: [], limit: limit).run()
        guard hasFrame else {
            guard end == bytes.count else { throw .damaged }
            return output
        }
        guard end + 4 == bytes.count, littleEndian(bytes, at: end).byteSwapped == adler(output) else { throw .damaged }
        return output
    }

    private static func littleEndian(_ bytes: UnsafeRawBufferPointer, at place: Int) -> UInt32 {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
    }

    /// CRC-32 as gzip has it.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }

    private static func adler(_ bytes: [UInt8]) -> UInt32 {
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65521
            b = (b + a) % 65521
        }
        return b << 16 | a
    }
}
