import Domain
import NIOCore
import Providers
import Wire

/// One client's connection: takes requests off it one at a time, and writes their replies.
final class ClientConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        /// Between requests, or in the middle of a head.
        case head
        case body(HTTPRequestHead, BodyReading)
        case replying(Relay)
        /// The last reply went out; what still comes is thrown away, so that the client can read it.
        case draining
        case closed
    }

    /// Bytes of further requests that are kept while one is served; beyond, nothing more is read.
    private static let mostAhead = 64 * 1024
    /// How long a client may go on sending what nobody reads.
    private static let drainLimit = TimeAmount.seconds(2)

    let gateway: LoopGateway
    private var state = State.head
    private var inbox = ByteBuffer()
    private var search = HeadSearch()
    /// The body of the request that is being read.
    private var body = ByteBuffer()
    private var deadline: NIODeadline
    private var context: ChannelHandlerContext?
    private let output = ClientOutput()
    private var holdsRead = false
    private(set) var isWritable = true

    init(gateway: LoopGateway) {
        self.gateway = gateway
        deadline = gateway.now + gateway.limits.idle
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        output.open(context)
        gateway.add(self)
    }

    func channelInactive(context: ChannelHandlerContext) {
        output.close()
        gateway.remove(self)
        let state = self.state
        self.state = .closed
        if case .replying(let relay) = state { relay.clientLeft() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func read(context: ChannelHandlerContext) {
        if case .replying = state, inbox.readableBytes > ClientConnection.mostAhead {
            holdsRead = true
        } else {
            context.read()
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        switch state {
        case .draining, .closed: return
        case .replying: inbox.writeBuffer(&bytes)
        case .head where inbox.readableBytes == 0, .body where inbox.readableBytes == 0: take(from: &bytes)
        case .head, .body:
            inbox.writeBuffer(&bytes)
            takeFromInbox()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        if case .replying(let relay) = state { relay.clientWritability(isWritable) }
    }

    /// Looks after time limits.
    func beat(at now: NIODeadline) {
        switch state {
        case .replying(let relay): relay.beat(at: now)
        case .head where now > deadline && search.hasBegun: refuse(.timedOut("the request's head took too long"))
        case .body where now > deadline: refuse(.timedOut("the request's body took too long"))
        case .head where now > deadline, .draining where now > deadline: close()
        case .head, .body, .draining, .closed: break
        }
    }

    /// No further request is taken; one that is being served ends first.
    func stop() {
        if case .head = state, !search.hasBegun { close() }
    }

    func close() { context?.close(promise: nil) }

    private func takeFromInbox() {
        guard inbox.readableBytes > 0 else { return }
        var bytes = inbox
        inbox = ByteBuffer()
        take(from: &bytes)
    }

    /// Reads what there is of a request; what is left of the bytes when it is whole, or not yet, is kept.
    private func take(from bytes: inout ByteBuffer) {
        do throws(HTTPFault) {
            if case .head = state {
                if !search.hasBegun { deadline = gateway.now + gateway.limits.head }
                guard let head = try bytes.readRequestHead(&search, limit: gateway.limits.headBytes) else {
                    inbox = bytes
                    return
                }
                guard begin(head) else { return }
            }
            guard case .body(let head, var reading) = state else { return }
            while true {
                switch try reading.next(in: &bytes) {
                case .bytes(var piece):
                    guard body.readableBytes + piece.readableBytes <= gateway.limits.bodyBytes else {
                        throw .bodyTooLarge
                    }
                    body.writeBuffer(&piece)
                case .needsMore:
                    state = .body(head, reading)
                    inbox = bytes.readableBytes > 0 ? bytes : ByteBuffer()
                    return
                case .end:
                    inbox = bytes.readableBytes > 0 ? ByteBuffer(buffer: bytes) : ByteBuffer()
                    return serve(head)
                }
            }
        } catch {
            refuse(error)
        }
    }

    /// Whether the request's body is to be read.
    private func begin(_ head: HTTPRequestHead) -> Bool {
        if let refusal = gateway.admission.refusal(of: head) {
            answer(refusal.answer(to: head), closes: true)
            return false
        }
        if case .length(let count) = head.framing {
            guard count <= gateway.limits.bodyBytes else {
                refuse(.bodyTooLarge(limit: gateway.limits.bodyBytes), in: Endpoint.errorFormat(of: head))
                return false
            }
            body.reserveCapacity(count)
        }
        if head.framing != .none, head.fields.lists("100-continue", in: "expect") {
            write(ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n"))
            flush()
        }
        deadline = gateway.now + gateway.limits.body
        state = .body(head, BodyReading(head.framing))
        return true
    }

    private func serve(_ head: HTTPRequestHead) {
        let body = self.body
        self.body = ByteBuffer()
        let relay = Relay(head, body: body, client: self)
        state = .replying(relay)
        relay.start()
    }

    // What a reply is made of.

    /// Goes out with the next flush.
    func write(_ bytes: ByteBuffer) {
        if let context { output.write(bytes, context) }
    }

    /// Goes out now, or with the next flush where the client is slow.
    func send(_ bytes: UnsafeRawBufferPointer) {
        if let context { output.send(bytes, context) }
    }

    func flush() {
        if let context { output.flush(context) }
    }

    /// The reply is whole: the next request's turn, or the end.
    func replied(closes: Bool) {
        flush()
        if case .closed = state { return }
        if closes || gateway.isStopping { return drain() }
        state = .head
        deadline = gateway.now + gateway.limits.idle
        if holdsRead {
            holdsRead = false
            context?.read()
        }
        takeFromInbox()
    }

    /// The reply cannot be made whole: the client learns by the connection's end.
    func breakOff() {
        state = .closed
        flush()
        close()
    }

    /// An answer of the gateway's own.
    func answer(_ answer: OwnAnswer, closes: Bool) {
        write(answer.bytes(closes: closes || gateway.isStopping))
        replied(closes: closes)
    }

    private func refuse(_ fault: HTTPFault) {
        let format: APIFormat = if case .body(let head, _) = state { Endpoint.errorFormat(of: head) } else { .messages }
        switch fault {
        case .malformed(let why): refuse(.badRequest("not a proper HTTP request: \(why)"), in: format)
        case .headTooLarge:
            answer(OwnAnswer(.badRequest("the head is too large"), status: 431, in: format), closes: true)
        case .bodyTooLarge: refuse(.bodyTooLarge(limit: gateway.limits.bodyBytes), in: format)
        case .unsupportedVersion:
            answer(OwnAnswer(.badRequest("only HTTP/1.1 is spoken here"), status: 505, in: format), closes: true)
        }
    }

    private func refuse(_ refusal: Refusal, in format: APIFormat? = nil) {
        let status: Int? = if case .timedOut = refusal { 408 } else { nil }
        answer(OwnAnswer(refusal, status: status, in: format ?? .messages), closes: true)
    }

    /// Closes our half, and waits for the client to close its own: closing at once while it still sends would make its
    /// system throw the reply away.
    private func drain() {
        state = .draining
        inbox = ByteBuffer()
        deadline = gateway.now + ClientConnection.drainLimit
        context?.close(mode: .output, promise: nil)
    }
}
