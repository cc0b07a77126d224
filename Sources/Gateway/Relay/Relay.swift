import Domain
import NIOCore
import Providers
import Synchronization
import Wire

/// One request and its reply: does what ``RelayState`` says.
final class Relay: UpstreamReader {
    /// Smaller pieces are gathered before they are written; copying them costs less than writing each.
    private static let smallPiece = 16 << 10

    let head: HTTPRequestHead
    /// As the client sent it, or what that was before it was compressed.
    var body: ByteBuffer
    let client: ClientConnection
    let gateway: LoopGateway
    /// The settings as they were when the request came.
    let setup: GatewaySetup
    var state = RelayState()
    /// What is sent and for whom; nil until that is decided.
    var plan: RelayPlan?
    /// The target that is asked now.
    var target: RelayTarget?
    /// Those that were not asked yet, in the order of the settings.
    var targets: [RelayTarget] = [] {
        didSet { if targets.count > 1 { hadChoice = true } }
    }
    /// More than one upstream could serve it.
    private(set) var hadChoice = false
    /// The upstream whose cache is warm for this conversation.
    var warmUpstream: String?
    var meter: UsageMeter?
    var timing: RelayTiming

    /// What chance says of this request, where nothing else chooses its upstream.
    private(set) lazy var draw = UInt64.random(in: 0...UInt64.max)

    var call: UpstreamCall?
    var reply: HTTPResponseHead?
    var isEventStream = false
    var framing = ReplyFraming.none
    /// Of a reply that the client knows nothing of yet.
    var held = ByteBuffer()
    /// What goes to the client at the next flush.
    var out = ByteBuffer()
    var converter: ReplyConverter?
    /// There is a converter; asked for every event, where looking into the converter itself would copy it.
    private var isConverted = false
    /// The client gets the stream's events in the upstream's own chunks.
    private var keepsChunks = false
    var edge = EventEdge()
    private var classifierAsk: ClassifierAsk?
    /// The models that are tried before the one asked for; nil for nearly every request.
    var cascade: CascadeRun?
    /// What conversions of the request and its reply dropped.
    var loss = ConversionLoss()
    /// The gateway's answer to a question for models, where the provider has none.
    var ownModels: OwnAnswer?
    /// What the upstream said to a request that was mended since.
    var refused: (head: HTTPResponseHead, body: ByteBuffer)?

    init(_ head: HTTPRequestHead, body: ByteBuffer, client: ClientConnection) {
        self.head = head
        self.body = body
        self.client = client
        gateway = client.gateway
        setup = client.gateway.setup
        timing = RelayTiming(start: .now(), now: client.gateway.now)
    }

    var format: APIFormat { plan?.format ?? Endpoint.errorFormat(of: head) }

    private var hasAnother: Bool { !targets.isEmpty }

    var upstreamRequestID: String? { reply?.fields.first("request-id") ?? reply?.fields.first("x-request-id") }

    // What goes upstream.

    func waitFor(_ ask: ClassifierAsk?) { classifierAsk = ask }

    /// Asks the next target; none is left only by mistake, which the client is told.
    func askNext() {
        guard let target = nextTarget(of: plan) else { return refuse(.noUpstream("no upstream is left to ask")) }
        targets.removeAll { $0.upstream.name == target.upstream.name }
        ask(target)
    }

    func ask(_ target: RelayTarget) {
        self.target = target
        meter = plan.map { UsageMeter(format: $0.upstreamFormat, isStream: $0.isStreaming) }
        reply = nil
        held = ByteBuffer()
        state.sent(cascade?.stake ?? .only)
        call = gateway.pool.send(request(to: target), to: target.address, limits: limits, reader: self)
    }

    private var limits: UpstreamLimits {
        var limits = setup.configuration.limits.upstream
        if ownModels != nil {
            limits.connect = setup.configuration.limits.models
            limits.firstByte = setup.configuration.limits.models
        } else if plan == nil {
            limits.firstByte = setup.configuration.limits.count
        }
        return limits
    }

    // What comes back.

    func upstreamReplied(_ head: HTTPResponseHead) {
        reply = head
        // What is packed although we asked for it plain is passed on as it is, and cannot be metered.
        let isPacked = head.isPacked && plan?.converts != true
        isEventStream = head.isEventStream && !isPacked
        let kind = RelayState.Reply(status: head.status, isEventStream: isEventStream)
        report(head, as: kind)
        if let plan, isEventStream != plan.isStreaming || kind == .refusal || kind == .trouble {
            meter = UsageMeter(format: plan.upstreamFormat, isStream: isEventStream)
        }
        if isPacked { meter = nil }
        if kind == .refusal, refused != nil { return giveFirstRefusal() }
        if let ownModels, hasNoModels(head, kind) {
            call?.cancel()
            call = nil
            return answer(ownModels)
        }
        perform(
            state.replied(
                kind,
                converts: plan?.converts == true,
                mayBeMended: mayBeMended(head),
                hasAnother: hasAnother
            )
        )
    }

    func upstreamSent(_ bytes: ByteBuffer) {
        let isCommitted = state.isCommitted
        let isBetweenEvents = bytes.withUnsafeReadableBytes { isCommitted ? meter?.gather($0) : meter?.read($0) }
        switch state.received(peek, hasAnother: hasAnother) {
        case .pass: pass(bytes, isBetweenEvents: isBetweenEvents ?? true)
        case .hold: held.writeImmutableBuffer(bytes)
        case .commit:
            held.writeImmutableBuffer(bytes)
            perform(.commit)
        case let action: perform(action)
        }
    }

    func upstreamSent(_ chunks: WholeChunks) -> Bool {
        // Where they end an event, nothing must be known of them before they go on.
        guard keepsChunks, state.isCommitted, edge.isEmpty, out.readableBytes == 0, chunks.last.endsWithEmptyLine else {
            return false
        }
        client.send(chunks.bytes)
        chunks.eachChunk { _ = meter?.gather($0) }
        return true
    }

    func upstreamRested() {
        timing.lastByte = gateway.now
        guard state.isCommitted else { return }
        flush()
        if !client.isWritable { call?.pause() }
    }

    func upstreamResent() { resent += 1 }

    func upstreamEnded() {
        meter?.end()
        call = nil
        let isWhole = !isEventStream || meter == nil || meter?.reply.ending != .open
        let action = state.ended(isWhole: isWhole, canBeMended: mend(), hasAnother: hasAnother)
        perform(action)
        if action == .commit { perform(state.ended(isWhole: isWhole, hasAnother: hasAnother)) }
    }

    func upstreamFailed(_ failure: UpstreamFailure) {
        meter?.end()
        call = nil
        report(failure)
        lastFailure = failure
        perform(state.failed(failure, hasAnother: hasAnother))
    }

    var lastFailure: UpstreamFailure?
    /// Requests that went out once more, as a kept connection was closed under them; the provider may have seen both.
    private(set) var resent = 0

    private var peek: RelayState.Peek {
        if cascade != nil, held.readableBytes > Relay.mostWithheldBytes { return .tooLong }
        guard isEventStream else { return held.readableBytes > Relay.mostRefusalBytes ? .event : .nothing }
        return switch meter?.reply.beginning {
        case .content, nil: .event
        case .failed: .error
        case .nothing: .nothing
        }
    }

    func perform(_ action: RelayState.Action) {
        switch action {
        case .nothing, .hold, .collect: break
        case .pass: break
        case .askAnother:
            call?.cancel()
            gateway.memory.counts.withLock { $0.failovers += 1 }
            askNext()
        case .repair: if let target { ask(target) }
        case .judge: judge()
        case .askNextModel: giveUpModel()
        case .commit: commit()
        case .fail(let failure):
            call?.cancel()
            call = nil
            fail(failure)
        case .finish: finish()
        case .breakOff: breakOff()
        case .abandon:
            call?.cancel()
            call = nil
            classifierAsk?.cancel()
            classifierAsk = nil
            meter?.end()
            settle(.clientLeft, status: reply?.status ?? 499)
        }
    }

    /// Gives the client the head, and what came of the body before it was clear that it would get it.
    func commit() {
        guard let reply else { return }
        timing.firstByte = .now()
        if let plan, plan.converts {
            framing = head.minorVersion == 1 ? .chunked : .untilClose
            out.writeImmutableBuffer(
                reply.converted(
                    status: reply.status,
                    isEventStream: true,
                    framing: framing,
                    closes: closes,
                    note: plan.note
                )
            )
        } else {
            framing = framing(of: reply)
            out.writeImmutableBuffer(reply.forwarded(framing: framing, closes: closes, note: plan?.note))
        }
        if isEventStream {
            converter = plan?.makeConverter()
            isConverted = converter != nil
        }
        keepsChunks = isEventStream && !isConverted && framing == .chunked && meter != nil
        if held.readableBytes > 0 {
            pass(held, isBetweenEvents: meter?.isBetweenEvents ?? true)
            held = ByteBuffer()
        }
    }

    var closes: Bool { !head.keepsAlive || framing == .untilClose || gateway.isStopping }

    private func framing(of reply: HTTPResponseHead) -> ReplyFraming {
        if head.method == .head || reply.status == 204 || reply.status == 304 { return .none }
        // What is taken out of a stream makes it shorter than it says.
        if plan?.withholdsUsage == true, isEventStream { return head.minorVersion == 1 ? .chunked : .untilClose }
        switch reply.framing {
        case .none: return .length(0)
        case .length(let count): return .length(count)
        case .chunked, .untilClose: return head.minorVersion == 1 ? .chunked : .untilClose
        }
    }

    private func pass(_ bytes: ByteBuffer, isBetweenEvents: Bool) {
        if isConverted {
            if let converted = bytes.withUnsafeReadableBytes({ converter?.read($0) }) {
                write(ByteBuffer(bytes: converted))
            }
        } else if isEventStream, !isBetweenEvents || !edge.isEmpty {
            write(edge.whole(of: bytes, isBetweenEvents: isBetweenEvents))
        } else {
            write(bytes)
        }
    }

    /// Puts a piece of the body into the client's framing; it goes out with the next flush.
    func write(_ bytes: ByteBuffer) {
        guard bytes.readableBytes > 0 else { return }
        // What it held is nearly always written by now, and its memory free to be used again.
        if out.readableBytes == 0 { out.clear() }
        guard bytes.readableBytes > Relay.smallPiece else {
            if framing == .chunked { out.writeChunk(bytes) } else { out.writeImmutableBuffer(bytes) }
            return
        }
        if framing == .chunked { out.writeChunkSize(bytes.readableBytes) }
        writeOut()
        client.write(bytes)
        if framing == .chunked { out.writeStaticString("\r\n") }
    }

    func writeOut() {
        guard out.readableBytes > 0 else { return }
        client.write(out)
        out.moveReaderIndex(to: out.writerIndex)
    }

    private func flush() {
        writeOut()
        client.flush()
    }

    // What the client does.

    func clientLeft() { perform(state.clientLeft()) }

    func clientWritability(_ isWritable: Bool) {
        if isWritable { call?.resume() } else { call?.pause() }
    }

    /// Keeps a silent stream alive, as long as its upstream is; gives up a client that takes nothing any more.
    func beat(at now: NIODeadline) {
        if !client.isWritable, now - timing.lastByte > setup.configuration.limits.idle { return client.close() }
        guard state.isCommitted, isEventStream, let plan, call != nil, client.isWritable,
            now - max(timing.lastByte, timing.lastPing) > setup.configuration.limits.silence,
            meter?.isBetweenEvents == true
        else { return }
        timing.lastPing = now
        write(ByteBuffer(bytes: SSEFrame.keepAlive(in: plan.format)))
        flush()
    }
}

extension UnsafeRawBufferPointer {
    /// An empty line ends an event wherever it stands.
    fileprivate var endsWithEmptyLine: Bool { count > 1 && self[count - 1] == 0x0A && self[count - 2] == 0x0A }
}
