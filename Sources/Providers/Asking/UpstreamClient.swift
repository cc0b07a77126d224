package import Domain
import NIOCore
import NIOPosix
import NIOSSL
package import Wire

/// Asks upstreams for whole replies, for those who need no stream.
package final class UpstreamClient: Sendable {
    private let loop: any EventLoop
    private let pool: NIOLoopBound<UpstreamPool>
    private let beat: RepeatedTask

    /// A reply as it came, whatever its status.
    package struct Reply: Hashable, Sendable {
        package var status: Int
        package var body: [UInt8]
        /// Seconds, where the upstream says when to come again.
        package var retryAfter: Int?
    }

    /// Trusts what the system trusts, or the authorities in a file of certificates.
    package init(certificates: String? = nil) async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let tls = try UpstreamPool.trust(certificates.map { .file($0) } ?? .default)
        let pool = try await loop.submit {
            NIOLoopBound(UpstreamPool(loop: loop, tls: tls, mostConnections: 16), eventLoop: loop)
        }.get()
        self.loop = loop
        self.pool = pool
        beat = loop.scheduleRepeatedTask(initialDelay: .milliseconds(250), delay: .milliseconds(250)) { _ in
            pool.value.beat(at: .now())
        }
    }

    deinit { beat.cancel() }

    /// Sends a request's body with a key of the user's own, and waits until the reply is whole.
    package func reply(
        to body: [UInt8],
        in format: APIFormat,
        from address: UpstreamAddress,
        key: Secret?,
        betas: [String] = []
    ) async throws -> Reply {
        try await reply(
            to: "POST \(address.path)\(format.path)",
            contentType: "application/json",
            body,
            of: format.provider,
            from: address,
            key: key,
            betas: betas
        )
    }

    /// Sends a request to the part of a provider's API that takes many at once, and waits until the reply is whole.
    package func reply(
        to call: BatchCall,
        of provider: Provider,
        from address: UpstreamAddress,
        key: Secret?,
        betas: [String] = []
    ) async throws -> Reply {
        try await reply(
            to: "\(call.method.rawValue) \(address.path)\(call.path)",
            contentType: call.contentType,
            call.body,
            of: provider,
            from: address,
            key: key,
            betas: betas
        )
    }

    private func reply(
        to line: String,
        contentType: String?,
        _ body: [UInt8],
        of provider: Provider,
        from address: UpstreamAddress,
        key: Secret?,
        betas: [String]
    ) async throws -> Reply {
        var bytes = ByteBuffer()
        bytes.writeString("\(line) HTTP/1.1\r\nhost: \(address.hostField)\r\n")
        if let contentType { bytes.writeString("content-type: \(contentType)\r\n") }
        bytes.writeString("accept: application/json\r\naccept-encoding: identity\r\n")
        if let key {
            bytes.writeString(
                provider == .anthropic ? "x-api-key: \(key.value)\r\n" : "authorization: Bearer \(key.value)\r\n"
            )
        }
        if provider == .anthropic {
            bytes.writeString("anthropic-version: 2023-06-01\r\n")
            // What would end the field is in no beta's name.
            let named = betas.filter { $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } }
            if !named.isEmpty { bytes.writeString("anthropic-beta: \(named.joined(separator: ","))\r\n") }
        }
        if line.hasPrefix("POST") { bytes.writeString("content-length: \(body.count)\r\n") }
        bytes.writeString("\r\n")
        bytes.writeBytes(body)
        let request = UpstreamRequest(parts: [bytes])
        let promise = loop.makePromise(of: Reply.self)
        loop.execute { [pool] in
            _ = pool.value.send(request, to: address, limits: UpstreamLimits(), reader: WholeReply(promise))
        }
        return try await promise.futureResult.get()
    }
}

/// Collects one reply.
private final class WholeReply: UpstreamReader {
    /// Longer ones are no replies.
    private static let mostBytes = 64 << 20

    private let promise: EventLoopPromise<UpstreamClient.Reply>
    private var reply = UpstreamClient.Reply(status: 0, body: [])

    init(_ promise: EventLoopPromise<UpstreamClient.Reply>) { self.promise = promise }

    func upstreamReplied(_ head: HTTPResponseHead) {
        reply.status = head.status
        reply.retryAfter = head.fields.first("retry-after").flatMap { Int($0) }
    }

    func upstreamSent(_ bytes: ByteBuffer) {
        guard reply.body.count + bytes.readableBytes <= WholeReply.mostBytes else { return }
        reply.body.append(contentsOf: bytes.readableBytesView)
    }

    func upstreamRested() {}

    func upstreamResent() {}

    func upstreamEnded() { promise.succeed(reply) }

    func upstreamFailed(_ failure: UpstreamFailure) { promise.fail(failure) }
}
