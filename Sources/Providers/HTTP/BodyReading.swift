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
        case size(ChunkLine)
        case chunk(left: Int)
        /// Behind a chunk; so many of its CR LF are read.
        case chunkEnd(Int)
        case trailer(TrailerSection)
        case done
    }

    private var state: State

    package init(_ framing: BodyFraming) {
        state =
            switch framing {
            case .none: .done
            case .length(let count): .counted(left: count)
            case .chunked: .size(ChunkLine())
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

    /// The next byte is the first of a chunk's line.
    var isBeforeChunk: Bool {
        guard case .size(let line) = state else { return false }
        return line.isEmpty
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
        if let count = buffer.withUnsafeReadableBytes({ stepOverUsual($0) }) {
            return buffer.moveReaderIndex(forwardBy: count)
        }
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

    /// At once over what nearly always stands there, since a stream has it at every event: the CR LF behind a chunk, or a
    /// line with nothing but a size; nil where it is anything else, or not all there.
    private mutating func stepOverUsual(_ bytes: UnsafeRawBufferPointer) -> Int? {
        switch state {
        case .chunkEnd(0):
            guard bytes.count >= 2, bytes[0] == 0x0D, bytes[1] == 0x0A else { return nil }
            state = .size(ChunkLine())
            return 2
        case .size(let line):
            guard line.isEmpty, let usual = ChunkLine.usual(in: bytes) else { return nil }
            state = .chunk(left: usual.size)
            return usual.count
        default: return nil
        }
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
        case .size(var line):
            switch try line.read(byte) {
            case nil: state = .size(line)
            case 0: state = .trailer(TrailerSection())
            case let size?: state = .chunk(left: size)
            }
        case .chunkEnd(let read):
            guard byte == (read == 0 ? 0x0D : 0x0A) else { throw .malformed("a chunk is longer than it says") }
            state = read == 0 ? .chunkEnd(1) : .size(ChunkLine())
        case .trailer(var trailer): state = try trailer.read(byte) ? .done : .trailer(trailer)
        case .counted, .untilClose, .chunk, .done: break
        }
    }
}
