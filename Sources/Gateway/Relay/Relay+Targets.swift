import Domain
import NIOCore
import Providers
import Synchronization

extension Relay {
    /// The target to ask next, of those that are left.
    func nextTarget(of plan: RelayPlan?) -> RelayTarget? {
        guard targets.count > 1 else { return targets.first }
        let key = plan?.conversation.map { stableHash($0.session) } ?? draw
        let candidates = targets.map(\.candidate)
        let place = gateway.memory.targets.withLock {
            $0.choice(among: candidates, earlier: warmUpstream, key: key, at: gateway.now)
        }
        return place.map { targets[$0] }
    }

    func request(to target: RelayTarget) -> UpstreamRequest {
        let credential: ShownCredential =
            switch target.upstream.credential {
            case .key(let key): .key(key)
            case .passThrough: .clients
            }
        let pieces = plan?.body ?? [body]
        let length = pieces.reduce(0) { $0 + $1.readableBytes }
        let bytes: ByteBuffer
        if let plan, plan.converts, case .key(let key) = credential {
            bytes = UpstreamRequest.head(
                to: target.address,
                format: plan.upstreamFormat,
                key: key,
                isStreaming: plan.isStreaming,
                bodyLength: length
            )
        } else {
            bytes = head.forwarded(
                to: target.address,
                provider: target.upstream.provider,
                showing: credential,
                bodyLength: head.method == .post ? length : nil,
                isUnpacked: plan != nil
            )
        }
        return UpstreamRequest(parts: joined(bytes, pieces, length: length), isHead: head.method == .head)
    }

    /// A small body goes out with its head in one piece.
    private func joined(_ head: ByteBuffer, _ pieces: [ByteBuffer], length: Int) -> [ByteBuffer] {
        guard length <= 16 << 10 else { return [head] + pieces }
        var joined = head
        joined.reserveCapacity(head.readableBytes + length)
        for piece in pieces { joined.writeImmutableBuffer(piece) }
        return [joined]
    }

    /// Only where there is a choice does anyone want to know.
    private var isWatched: Bool { hadChoice && target != nil }

    func report(_ head: HTTPResponseHead, as kind: RelayState.Reply) {
        guard isWatched, let name = target?.upstream.name else { return }
        let report: Targets.Report =
            switch kind {
            case .trouble where head.status == 429: .limited(retryAfter: head.fields.retryAfter)
            case .trouble: .failed
            case .whole, .stream, .refusal:
                .served(
                    firstByteMilliseconds: Int((NIODeadline.now() - timing.start).nanoseconds / 1_000_000),
                    headroom: head.fields.rateLimitHeadroom
                )
            }
        gateway.memory.targets.withLock { $0.report(report, of: name, at: gateway.now) }
    }

    func report(_ failure: UpstreamFailure) {
        guard isWatched, let name = target?.upstream.name, failure != .tooManyConnections else { return }
        gateway.memory.targets.withLock { $0.report(.failed, of: name, at: gateway.now) }
    }
}

/// The same in each run (FNV-1a), so that a conversation finds its upstream again.
private func stableHash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}

extension UpstreamFailure {
    /// For the client: what happened, and nothing of where.
    var explanation: String {
        switch self {
        case .unreachable: "the provider cannot be reached"
        case .untrusted: "the provider's certificate is not trusted"
        case .closedBeforeHead: "the provider closed the connection without a reply"
        case .closedInHead, .closedInBody: "the provider's reply broke off"
        case .malformed: "the provider's reply is no HTTP"
        case .timedOut(.connect): "the provider could not be connected to in time"
        case .timedOut(.firstByte): "the provider did not begin to reply in time"
        case .timedOut(.idle): "the provider fell silent in the middle of its reply"
        case .tooManyConnections: "too many connections to providers are open"
        }
    }
}
