import Domain
import NIOCore
import Providers

extension ByteBuffer {
    mutating func write(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        writeBytes(name)
        writeStaticString(": ")
        writeBytes(value)
        writeStaticString("\r\n")
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
        guard bytes.readableBytes > 0 else { return }
        writeChunkSize(bytes.readableBytes)
        writeImmutableBuffer(bytes)
        writeStaticString("\r\n")
    }

    mutating func writeChunkSize(_ count: Int) {
        var shift = (Int.bitWidth - count.leadingZeroBitCount - 1) & ~3
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: (count >> shift) & 15)
            writeInteger(digit < 10 ? digit + 0x30 : digit + 0x57)
            shift -= 4
        }
        writeStaticString("\r\n")
    }

    mutating func writeLastChunk() { writeStaticString("0\r\n\r\n") }
}
