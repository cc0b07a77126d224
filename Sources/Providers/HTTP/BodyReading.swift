package import NIOCore

/// Where a message's body ends.
package enum BodyFraming: Hashable, Sendable {
    case none
    case length(Int)
    case chunked
    case untilClose

    var isUntilClose: Bool { self == .untilClose }
}

/// Takes a body's bytes out of its framing, piece by piece, without copying them.
package struct BodyReading: Sendable {
    package enum Piece: Sendable {
        case bytes(ByteBuffer)
        case end
        /// All that has come is read.
        case needsMore
    }

    private enum State: Sendable {
        case counted(left: Int)
        case untilClose
        /// In the line that says a chunk's size; `digits` of it are read, or -1 behind them.
        case size(Int, digits: Int, lineBytes: Int)
        case chunk(left: Int)
        /// Behind a chunk; so many of its CR LF are read.
        case chunkEnd(Int)
        case trailer(lineBytes: Int, totalBytes: Int)
        case done
    }

    /// A size line with its extensions, and all trailer fields together, are at most so long.
    private static let mostLineBytes = 4096

    private var state: State

    package init(_ framing: BodyFraming) {
        state =
            switch framing {
            case .none: .done
            case .length(let count): .counted(left: count)
            case .chunked: .size(0, digits: 0, lineBytes: 0)
            case .untilClose: .untilClose
            }
    }

    /// Whether a connection that closes now ends the body properly.
    package var endsWithConnection: Bool {
        switch state {
        case .untilClose, .done: true
        default: false
        }
    }

    /// The next piece; chunk extensions and trailer fields are dropped.
    package mutating func next(in buffer: inout ByteBuffer) throws(HTTPFault) -> Piece {
        while true {
            switch state {
            case .done: return .end
            case .untilClose:
                guard buffer.readableBytes > 0 else { return .needsMore }
                return .bytes(buffer.readSlice(length: buffer.readableBytes) ?? ByteBuffer())
            case .counted(let left):
                guard let bytes = buffer.readSlice(length: min(left, buffer.readableBytes)), bytes.readableBytes > 0
                else { return .needsMore }
                state = bytes.readableBytes == left ? .done : .counted(left: left - bytes.readableBytes)
                return .bytes(bytes)
            case .chunk(let left):
                guard let bytes = buffer.readSlice(length: min(left, buffer.readableBytes)), bytes.readableBytes > 0
                else { return .needsMore }
                state = bytes.readableBytes == left ? .chunkEnd(0) : .chunk(left: left - bytes.readableBytes)
                return .bytes(bytes)
            case .size, .chunkEnd, .trailer:
                guard buffer.readableBytes > 0 else { return .needsMore }
                try stepToBody(in: &buffer)
            }
        }
    }

    /// Steps over what stands between chunks, as far as it has come.
    private mutating func stepToBody(in buffer: inout ByteBuffer) throws(HTTPFault) {
        let count = try buffer.withUnsafeReadableBytes { bytes -> Result<Int, HTTPFault> in
            var place = 0
            do throws(HTTPFault) {
                while place < bytes.count, isBetweenChunks {
                    try step(over: bytes[place])
                    place += 1
                }
            } catch {
                return .failure(error)
            }
            return .success(place)
        }.get()
        buffer.moveReaderIndex(forwardBy: count)
    }

    private var isBetweenChunks: Bool {
        switch state {
        case .size, .chunkEnd, .trailer: true
        case .counted, .untilClose, .chunk, .done: false
        }
    }

    /// One byte of what stands between chunks.
    private mutating func step(over byte: UInt8) throws(HTTPFault) {
        switch state {
        case .size(let size, let digits, let lineBytes):
            guard lineBytes < BodyReading.mostLineBytes else { throw .malformed("a chunk's line is too long") }
            if byte == 0x0A {
                // `digits` is -2 behind the line's CR.
                guard digits == -2 else { throw .malformed("a chunk's line does not end as it must") }
                state = size == 0 ? .trailer(lineBytes: 0, totalBytes: 0) : .chunk(left: size)
            } else if digits == -2 {
                throw .malformed("a chunk's line does not end as it must")
            } else if byte == 0x0D {
                guard digits != 0 else { throw .malformed("a chunk without a size") }
                state = .size(size, digits: -2, lineBytes: lineBytes + 1)
            } else if digits >= 0, let digit = hexDigit(byte) {
                guard digits < 12 else { throw .malformed("a chunk's size is too large") }
                state = .size(size << 4 | digit, digits: digits + 1, lineBytes: lineBytes + 1)
            } else {
                // The first byte behind the size begins an extension, or white space before one.
                guard digits == -1 || (digits > 0 && (byte == UInt8(ascii: ";") || isBlank(byte))),
                    byte >= 0x20 || byte == 0x09
                else { throw .malformed("a chunk's size is no number") }
                state = .size(size, digits: -1, lineBytes: lineBytes + 1)
            }
        case .chunkEnd(let read):
            guard byte == (read == 0 ? 0x0D : 0x0A) else { throw .malformed("a chunk is longer than it says") }
            state = read == 0 ? .chunkEnd(1) : .size(0, digits: 0, lineBytes: 0)
        case .trailer(let lineBytes, let totalBytes):
            guard totalBytes < BodyReading.mostLineBytes else { throw .malformed("the trailer is too long") }
            switch (byte, lineBytes) {
            case (0x0D, 0): state = .trailer(lineBytes: -1, totalBytes: totalBytes + 1)
            case (0x0A, -1): state = .done
            case (0x0D, 1...): state = .trailer(lineBytes: -2, totalBytes: totalBytes + 1)
            case (0x0A, -2): state = .trailer(lineBytes: 0, totalBytes: totalBytes + 1)
            case (0x20..., 0...), (0x09, 0...): state = .trailer(lineBytes: lineBytes + 1, totalBytes: totalBytes + 1)
            default: throw .malformed("the trailer's lines do not end as they must")
            }
        case .counted, .untilClose, .chunk, .done: break
        }
    }

    private func hexDigit(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30
        case 0x41...0x46: Int(byte) - 0x41 + 10
        case 0x61...0x66: Int(byte) - 0x61 + 10
        default: nil
        }
    }
}
