import Domain
import NIOCore
import Providers
import Wire

/// Makes of an upstream's stream what the client gets, where that is not the same.
enum ReplyConverter {
    /// Another format.
    case conversion(StreamConverter)
    /// The same format, less the chunk with usage that only we asked for.
    case withholding(EventRelay)

    mutating func read(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        switch self {
        case .conversion(var converter):
            // The case must not hold a second copy while the converter appends to its own.
            self = .withholding(EventRelay())
            defer { self = .conversion(converter) }
            return converter.read(bytes)
        case .withholding(var relay):
            defer { self = .withholding(relay) }
            // An event beyond all bounds is the client's to judge, like anything else that is passed on.
            return (try? relay.read(bytes)) ?? Array(bytes)
        }
    }

    /// The client's last bytes where the upstream's reply ended.
    mutating func end() -> [UInt8] {
        switch self {
        case .conversion(var converter):
            defer { self = .conversion(converter) }
            return converter.end()
        case .withholding(var relay):
            defer { self = .withholding(relay) }
            return relay.end()
        }
    }

    /// The client's last bytes where the reply broke off; nil where the stream keeps its format.
    mutating func fail(_ failure: ReplyFailure) -> [UInt8]? {
        guard case .conversion(var converter) = self else { return nil }
        defer { self = .conversion(converter) }
        return converter.fail(failure)
    }

    /// What was dropped by rule.
    var loss: ConversionLoss {
        if case .conversion(let converter) = self { converter.loss } else { ConversionLoss() }
    }

    /// The reply's id as the client was given it, where that is not the upstream's.
    var replyID: String? {
        if case .conversion(let converter) = self { converter.replyID } else { nil }
    }
}

extension RelayPlan {
    /// Nil where the bytes are the client's already.
    func makeConverter() -> ReplyConverter? {
        if converts { return .conversion(StreamConverter(from: upstreamFormat, to: format, for: view)) }
        return withholdsUsage ? .withholding(EventRelay(withholdingUsage: true)) : nil
    }

    /// A whole reply, or an error, in the client's format; as a stream where the client asked for one.
    func converted(
        status: Int,
        body: ByteBuffer
    ) -> (status: Int, body: [UInt8], id: String?, isStream: Bool, loss: ConversionLoss) {
        body.withUnsafeReadableBytes { bytes in
            do throws(ReplyFailure) {
                guard status < 400 else {
                    throw ReplyFailure(status: status, body: bytes, of: upstreamFormat.provider)
                        .told(by: upstreamFormat.provider, to: format.provider)
                }
                let reply =
                    isStreaming
                    ? try ConvertedReply(streaming: bytes, from: upstreamFormat, to: format, for: view)
                    : try ConvertedReply(bytes, from: upstreamFormat, to: format, for: view)
                return (status, reply.body, reply.id, isStreaming, reply.loss)
            } catch {
                return (error.status, error.body(in: format), nil, false, ConversionLoss())
            }
        }
    }
}

/// Passes on whole events alone: behind what was passed, an error can be put that reads as an event of its own.
struct EventEdge {
    private var held = ByteBuffer()

    /// Nothing is held; nearly always so, since the bytes end where an event ends.
    var isEmpty: Bool { held.readableBytes == 0 }

    /// The bytes up to the end of the last event that is whole; the rest is kept for the next time.
    mutating func whole(of bytes: ByteBuffer, isBetweenEvents: Bool) -> ByteBuffer {
        if isBetweenEvents, isEmpty { return bytes }
        var all = held
        all.writeImmutableBuffer(bytes)
        held = ByteBuffer()
        if isBetweenEvents { return all }
        guard let end = EventEdge.lastEnd(in: all), let whole = all.readSlice(length: end) else {
            held = all
            return ByteBuffer()
        }
        held = ByteBuffer(buffer: all)
        return whole
    }

    mutating func rest() -> ByteBuffer {
        defer { held = ByteBuffer() }
        return held
    }

    /// Behind the last empty line, which is what ends an event.
    private static func lastEnd(in bytes: ByteBuffer) -> Int? {
        bytes.withUnsafeReadableBytes { bytes in
            var index = bytes.count - 1
            while index > 0 {
                if bytes[index] == 0x0A {
                    let before = bytes[index - 1] == 0x0D ? index - 2 : index - 1
                    if before >= 0, bytes[before] == 0x0A { return index + 1 }
                }
                index -= 1
            }
            return nil
        }
    }
}
