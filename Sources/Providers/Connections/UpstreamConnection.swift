import NIOCore
import NIOSSL
import NIOTLS

/// One connection to an upstream: HTTP/1.1, one request at a time.
final class UpstreamConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Longer heads of replies are no heads.
    private static let mostHeadBytes = 64 * 1024

    let address: UpstreamAddress
    private let pool: UpstreamPool
    private(set) var call: UpstreamCall?
    /// When it began to wait for another request.
    var idleSince = NIODeadline.distantFuture
    /// How long the upstream keeps it without a request, where it says so.
    private(set) var keptFor: TimeAmount?
    /// Nothing is read while set: the reply's reader has enough for now.
    var isPaused = false
    private var holdsRead = false
    private var context: ChannelHandlerContext?
    private var isReady = false
    private var inbox = ByteBuffer()
    private var search = HeadSearch()
    private var body: BodyReading?
    private var keepsAlive = false

    init(to address: UpstreamAddress, pool: UpstreamPool, for call: UpstreamCall) {
        self.address = address
        self.pool = pool
        self.call = call
    }

    /// Sends a request over a connection that has nothing else to do.
    func send(_ call: UpstreamCall) {
        self.call = call
        call.connection = self
        idleSince = .distantFuture
        guard isReady, let context else { return }
        write(call, context)
    }

    func resume() {
        isPaused = false
        guard holdsRead else { return }
        holdsRead = false
        context?.read()
    }

    /// The call is no longer interested; what is left of its reply cannot be told from another's, so it closes.
    func abandon() {
        call = nil
        close()
    }

    func close() {
        pool.forget(self)
        context?.close(promise: nil)
    }

    /// No connection came about.
    func connectingFailed(_ failure: UpstreamFailure) {
        pool.forget(self)
        guard let call else { return }
        self.call = nil
        call.failed(failure)
    }

    private func write(_ call: UpstreamCall, _ context: ChannelHandlerContext) {
        for part in call.request.parts { context.write(wrapOutboundOut(part), promise: nil) }
        call.sent()
        context.flush()
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        if !address.isTLS { ready(context) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { ready(context) }
        context.fireUserInboundEventTriggered(event)
    }

    private func ready(_ context: ChannelHandlerContext) {
        isReady = true
        guard let call else { return close() }
        write(call, context)
    }

    func read(context: ChannelHandlerContext) {
        if isPaused { holdsRead = true } else { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if inbox.readableBytes > 0 {
            inbox.writeBuffer(&bytes)
            swap(&inbox, &bytes)
            inbox = ByteBuffer()
        }
        // Bytes nobody asked for: no reply that follows could be trusted.
        guard let call else { return close() }
        if body?.isBeforeChunk == true,
            bytes.withUnsafeReadableBytes({ WholeChunks($0).map { call.received($0) } }) == true
        {
            return
        }
        do {
            try read(&bytes, for: call)
        } catch {
            keepsAlive = false
            call.failed(.malformed)
            close()
        }
    }

    private func read(_ bytes: inout ByteBuffer, for call: UpstreamCall) throws(HTTPFault) {
        while body == nil {
            guard
                let head = try bytes.readResponseHead(
                    &search,
                    limit: UpstreamConnection.mostHeadBytes,
                    isBodiless: call.request.isHead
                )
            else {
                inbox = bytes
                return
            }
            if head.status < 200 {
                // 100 and 103 come before the reply proper; a change of protocol was not asked for.
                if head.status == 101 { throw .malformed("a change of protocol") }
                continue
            }
            body = BodyReading(head.framing)
            keepsAlive = head.keepsAlive
            keptFor = head.fields.keepAliveTimeout
            call.replied(head)
            guard self.call === call else { return }
        }
        while let piece = try body?.next(in: &bytes) {
            switch piece {
            case .bytes(let piece):
                call.received(piece)
                guard self.call === call else { return }
            case .needsMore: return
            case .end: return end(call, rest: bytes.readableBytes)
            }
        }
    }

    private func end(_ call: UpstreamCall, rest: Int) {
        self.call = nil
        call.connection = nil
        body = nil
        search = HeadSearch()
        if isPaused { resume() }
        if keepsAlive, rest == 0, context?.channel.isActive == true { pool.keep(self) } else { close() }
        call.ended()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        call?.rested()
        // What the channel would ask for itself, by a longer way.
        if !isPaused { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        pool.forget(self)
        guard let call else { return }
        if let body, body.endsWithConnection { return end(call, rest: 0) }
        self.call = nil
        let isInHead = inbox.readableBytes > 0
        call.failed(body != nil ? .closedInBody : isInHead ? .closedInHead : isReady ? .closedBeforeHead : .unreachable)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if !isReady, let call, error is NIOSSLError || error is NIOSSLExtraError {
            self.call = nil
            call.failed(.untrusted)
        }
        // An upstream that closes without TLS's farewell is told by ``channelInactive(context:)``.
        if case NIOSSLError.uncleanShutdown = error { return }
        context.close(promise: nil)
    }
}
