import NIOCore
import NIOPosix
import Synchronization

/// A provider that does what a test tells it, over a real socket: request by request, byte by byte.
final class ScriptedUpstream: Sendable {
    /// What it does once a request is there.
    enum Step: Sendable {
        case send(String)
        case sendBytes([UInt8])
        case pause(TimeAmount)
        /// Closes the connection properly.
        case close
        /// Closes it so that the other side sees a reset.
        case reset
    }

    /// What became of one connection's request.
    struct Seen: Sendable {
        var head: String
        var body: [UInt8]
    }

    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let channel: any Channel

    struct Log: Sendable {
        var seen: [Seen] = []
        /// Connections that the other side closed while the script still had steps.
        var cancelled = 0
        var open = 0
        /// Bytes that were given to the sockets' channels and not taken by the system yet.
        var unsent = 0
    }

    let port: Int

    /// The script goes by the number of the request, from 0.
    init(_ script: @escaping @Sendable (Int) -> [Step]) async throws {
        let log = LogBox()
        channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ScriptedConnection(script, log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
        self.log = log
    }

    private let log: LogBox

    var url: String { "http://127.0.0.1:\(port)" }
    var seen: [Seen] { log.value.withLock { $0.seen } }
    var cancelled: Int { log.value.withLock { $0.cancelled } }
    var open: Int { log.value.withLock { $0.open } }
    var unsent: Int { log.value.withLock { $0.unsent } }

    func stop() async {
        try? await channel.close()
        try? await group.shutdownGracefully()
    }
}

final class LogBox: Sendable {
    let value = Mutex(ScriptedUpstream.Log())
}

private final class ScriptedConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let script: @Sendable (Int) -> [ScriptedUpstream.Step]
    private let log: LogBox
    private var inbox: [UInt8] = []
    private var steps: ArraySlice<ScriptedUpstream.Step> = []
    private var isRunning = false

    init(_ script: @escaping @Sendable (Int) -> [ScriptedUpstream.Step], _ log: LogBox) {
        self.script = script
        self.log = log
    }

    func channelActive(context: ChannelHandlerContext) { log.value.withLock { $0.open += 1 } }

    func channelInactive(context: ChannelHandlerContext) {
        log.value.withLock {
            $0.open -= 1
            if isRunning, !steps.isEmpty { $0.cancelled += 1 }
        }
        steps = []
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        inbox.append(contentsOf: unwrapInboundIn(data).readableBytesView)
        takeRequest(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func takeRequest(_ context: ChannelHandlerContext) {
        guard !isRunning else { return }
        let blank = Array("\r\n\r\n".utf8)
        guard let end = inbox.indices.first(where: { inbox[$0...].starts(with: blank) }) else { return }
        let head = String(decoding: inbox[..<(end + 4)], as: UTF8.self)
        let length =
            head.split(separator: "\r\n")
            .first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: ":")[1].drop { $0 == " " }) } ?? 0
        guard inbox.count >= end + 4 + length else { return }
        let body = Array(inbox[(end + 4)..<(end + 4 + length)])
        inbox.removeFirst(end + 4 + length)
        let number = log.value.withLock {
            $0.seen.append(.init(head: head, body: body))
            return $0.seen.count - 1
        }
        steps = script(number)[...]
        isRunning = true
        run(context)
    }

    private func send(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        let log = log
        let count = bytes.readableBytes
        log.value.withLock { $0.unsent += count }
        context.writeAndFlush(wrapOutboundOut(bytes))
            .whenComplete { _ in log.value.withLock { $0.unsent -= count } }
    }

    private func run(_ context: ChannelHandlerContext) {
        while let step = steps.popFirst() {
            switch step {
            case .send(let text): send(ByteBuffer(string: text), context)
            case .sendBytes(let bytes): send(ByteBuffer(bytes: bytes), context)
            case .pause(let time):
                let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
                context.eventLoop.scheduleTask(in: time) { bound.value.0.run(bound.value.1) }
                // What is paused at the end has a step left: that of doing nothing.
                return
            case .close:
                context.close(promise: nil)
                return
            case .reset:
                let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
                (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                    .whenComplete { _ in bound.value.close(promise: nil) }
                return
            }
        }
        isRunning = false
        takeRequest(context)
    }
}
