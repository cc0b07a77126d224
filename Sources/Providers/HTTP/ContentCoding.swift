import CZlib

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
        var output: [UInt8] = []
        var rest = bytes
        repeat {
            let count = try ContentCoding.inflate(rest, windowBits: windowBits(of: rest), into: &output, limit: limit)
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            // Only gzip may have one member behind the other.
        } while self == .gzip && !rest.isEmpty
        guard rest.isEmpty else { throw .damaged }
        return output
    }

    /// What zlib is told of the frame round the data.
    private func windowBits(of bytes: UnsafeRawBufferPointer) -> Int32 {
        if self == .gzip { return MAX_WBITS + 16 }
        // Method 8, no dictionary, and the first two bytes a multiple of 31: no data without the frame begins so but by
        // chance.
        let hasFrame =
            bytes.count >= 6 && bytes[0] & 0x0F == 8 && bytes[1] & 0x20 == 0
            && (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0
        return hasFrame ? MAX_WBITS : -MAX_WBITS
    }

    /// Adds what the data was before, and answers how many bytes the data has.
    private static func inflate(
        _ bytes: UnsafeRawBufferPointer,
        windowBits: Int32,
        into output: inout [UInt8],
        limit: Int
    ) throws(Fault) -> Int {
        guard let count = UInt32(exactly: bytes.count) else { throw .tooLong }
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, size) == Z_OK else { throw .damaged }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = count
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let status = block.withUnsafeMutableBufferPointer { room in
                stream.next_out = room.baseAddress
                stream.avail_out = UInt32(room.count)
                return CZlib.inflate(&stream, Z_NO_FLUSH)
            }
            let filled = block.count - Int(stream.avail_out)
            guard output.count + filled <= limit else { throw .tooLong }
            output += block.prefix(filled)
            switch status {
            case Z_OK: continue
            case Z_STREAM_END: return Int(count - stream.avail_in)
            // Where the data is cut off zlib waits for more.
            default: throw .damaged
            }
        }
    }
}
