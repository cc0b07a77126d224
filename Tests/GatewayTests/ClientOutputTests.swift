import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import Gateway

@Suite struct ClientOutputTests {
    /// Both ways out, in turns, of pieces that tell where they stand; far more than a socket takes at once.
    private static let pieces: [[UInt8]] = (0..<4000).map { number in
        Array(repeating: UInt8(truncatingIfNeeded: number), count: 1 + number * 37 % 4000) + "\(number)\n".utf8
    }

    @Test(arguments: [TimeAmount.zero, .milliseconds(100)])
    func `bytes keep their order, whether the client takes them or not`(delay: TimeAmount) async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Flooding(Self.pieces))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let client = try await RawClient.connect(port: listener.localAddress?.port ?? 0)
        let received = try await client.channel.executeThenClose { inbound, _ in
            try await Task.sleep(nanoseconds: UInt64(delay.nanoseconds))
            return try await inbound.reduce(into: [UInt8]()) { $0 += $1.readableBytesView }
        }
        #expect(received == Array(Self.pieces.joined()))
        try await listener.close()
    }
}

extension ClientOutputTests {
    @Test func `a client that breaks off in the middle closes the channel, and nothing goes wrong`() async throws {
        let closed = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: Bool.self)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Endless(closed))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        // A loop of its own: the other end does not give its own back.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let client = try await ClientBootstrap(group: group)
            .connect(host: "127.0.0.1", port: listener.localAddress?.port ?? 0).get()
        try await client.close()
        #expect(try await closed.futureResult.get())
        try await listener.close()
        try await group.shutdownGracefully()
    }
}

/// Writes until the channel is closed; it hears of that by a failed write alone, since it never gives the loop back.
private final class Endless: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let closed: EventLoopPromise<Bool>
    private let output = ClientOutput()

    init(_ closed: EventLoopPromise<Bool>) { self.closed = closed }

    func channelActive(context: ChannelHandlerContext) {
        output.open(context)
        var left = 1_000_000
        while context.channel.isActive, left > 0 {
            output.write(ByteBuffer(string: "x"), context)
            output.flush(context)
            // Few bytes, slowly: once the client is behind, the channel waits for the loop.
            sched_yield()
            left -= 1
        }
        closed.succeed(!context.channel.isActive)
    }

    func channelInactive(context: ChannelHandlerContext) { output.close() }
}

/// Writes all it has as soon as it is connected, and then no more.
private final class Flooding: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let pieces: [[UInt8]]
    private let output = ClientOutput()

    init(_ pieces: [[UInt8]]) { self.pieces = pieces }

    func channelActive(context: ChannelHandlerContext) {
        output.open(context)
        for (number, piece) in pieces.enumerated() {
            if number % 3 == 0 {
                output.write(ByteBuffer(bytes: piece), context)
            } else {
                piece.withUnsafeBytes { output.send($0, context) }
            }
            if number % 5 == 0 { output.flush(context) }
        }
        output.flush(context)
        context.close(mode: .output, promise: nil)
    }
}
