import NIOCore
import Providers

/// When things happened.
struct RelayTiming {
    let start: NIODeadline
    /// When the client's first byte of the reply was written.
    var firstByte: NIODeadline?
    /// By the loop's beat.
    var lastByte: NIODeadline
    var lastPing: NIODeadline

    init(start: NIODeadline, now: NIODeadline) {
        self.start = start
        lastByte = now
        lastPing = now
    }

    var firstByteMilliseconds: Int? { firstByte.map { Int(($0 - start).nanoseconds / 1_000_000) } }
}

extension HTTPResponseHead {
    var isEventStream: Bool { fields.first("content-type")?.hasPrefix("text/event-stream") == true }

    /// The body is compressed.
    var isPacked: Bool { fields.first("content-encoding").map { $0 != "identity" } ?? false }
}
