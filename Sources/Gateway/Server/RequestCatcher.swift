import NIOCore
import NIOPosix
import Providers

/// Listens on the loopback interface, keeps what it is asked, and refuses every request.
///
/// An agent that is started before it shows what it would send; nothing of it leaves the machine.
package struct RequestCatcher: Sendable {
    package struct Request: Hashable, Sendable {
        package var path: String
        package var body: [UInt8]
    }

    package let port: Int
    /// Requests as they come, until it stops.
    package let requests: AsyncStream<Request>
    private let listener: any Channel
    private let caught: AsyncStream<Request>.Continuation

    /// Begins to listen on a free port.
    package static func start() async throws -> RequestCatcher {
        let (requests, caught) = AsyncStream.makeStream(of: Request.self, bufferingPolicy: .bufferingOldest(64))
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Refusing(caught))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        return RequestCatcher(
            port: listener.localAddress?.port ?? 0,
            requests: requests,
            listener: listener,
            caught: caught
        )
    }

    package func stop() async {
        caught.finish()
        try? await listener.close()
    }
}

/// One connection: reads its request, refuses it and closes.
private final class Refusing: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let mostHeadBytes = 64 * 1024
    private static let mostBodyBytes = 64 * 1024 * 1024

    private let caught: AsyncStream<RequestCatcher.Request>.Continuation
    private var inbox = ByteBuffer()
    private var search = HeadSearch()
    private var head: HTTPRequestHead?
    private var reading = BodyReading(.none)
    private var body: [UInt8] = []

    init(_ caught: AsyncStream<RequestCatcher.Request>.Continuation) { self.caught = caught }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        inbox.writeBuffer(&bytes)
        do {
            guard try isWhole(), let head else { return }
            caught.yield(RequestCatcher.Request(path: head.path, body: body))
            refuse(context)
        } catch {
            context.close(promise: nil)
        }
    }

    /// Reads what there is.
    private func isWhole() throws(HTTPFault) -> Bool {
        if head == nil {
            head = try inbox.readRequestHead(&search, limit: Self.mostHeadBytes)
            reading = BodyReading(head?.framing ?? .none)
        }
        guard head != nil else { return false }
        while true {
            switch try reading.next(in: &inbox) {
            case .bytes(let piece):
                guard body.count + piece.readableBytes <= Self.mostBodyBytes else { throw .bodyTooLarge }
                body += piece.readableBytesView
            case .needsMore: return false
            case .end: return true
            }
        }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        // No agent tries this error again.
        let answer = OwnAnswer(
            status: 400,
            json: #"{"type":"error","error":{"type":"invalid_request_error","message":"only noted, not answered"}}"#
        )
        context.writeAndFlush(wrapOutboundOut(answer.bytes(closes: true))).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }
}
