import Domain
import NIOCore
import Providers

extension ByteBuffer {
    mutating func write(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        writeWithUnsafeMutableBytes(minimumWritableBytes: name.count + value.count + 4) { room in
            room.copyMemory(from: name)
            var end = name.count
            room[end] = UInt8(ascii: ":")
            room[end + 1] = 0x20
            end += 2
            UnsafeMutableRawBufferPointer(rebasing: room[end...]).copyMemory(from: value)
            end += value.count
            room[end] = 0x0D
            room[end + 1] = 0x0A
            return end + 2
        }
    }

    mutating func write(name: StaticString, value: String) {
        writeStaticString(name)
        writeStaticString(": ")
        writeString(value)
        writeStaticString("\r\n")
    }

    /// `HTTP/1.1 200 OK` and its line's end.
    mutating func writeStatusLine(_ status: Int) {
        switch status {
        case 200: writeStaticString("HTTP/1.1 200 OK\r\n")
        default:
            // The reason is for people; clients go by the number.
            writeString("HTTP/1.1 \(status) \(status < 400 ? "OK" : "Error")\r\n")
        }
    }

    /// A chunk that holds these bytes.
    mutating func writeChunk(_ bytes: ByteBuffer) {
        let count = bytes.readableBytes
        guard count > 0 else { return }
        // All at once: a stream's events are small, and each growth of the buffer would cost as much as the event.
        writeWithUnsafeMutableBytes(minimumWritableBytes: count + ChunkSize.mostBytes + 2) { room in
            var end = ChunkSize(count).write(to: room)
            bytes.withUnsafeReadableBytes { UnsafeMutableRawBufferPointer(rebasing: room[end...]).copyMemory(from: $0) }
            end += count
            room[end] = 0x0D
            room[end + 1] = 0x0A
            return end + 2
        }
    }

    mutating func writeChunkSize(_ count: Int) {
        writeWithUnsafeMutableBytes(minimumWritableBytes: ChunkSize.mostBytes) { ChunkSize(count).write(to: $0) }
    }

    mutating func writeLastChunk() { writeStaticString("0\r\n\r\n") }
}

/// The line before a chunk.
private struct ChunkSize {
    /// Sixteen hex digits and the line's end.
    static let mostBytes = 18

    private let count: Int

    init(_ count: Int) { self.count = count }

    /// Answers where the line ends.
    func write(to room: UnsafeMutableRawBufferPointer) -> Int {
        var place = 0
        var shift = (Int.bitWidth - count.leadingZeroBitCount - 1) & ~3
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: (count >> shift) & 15)
            room[place] = digit < 10 ? digit + 0x30 : digit + 0x57
            place += 1
            shift -= 4
        }
        room[place] = 0x0D
        room[place + 1] = 0x0A
        return place + 2
    }
}
