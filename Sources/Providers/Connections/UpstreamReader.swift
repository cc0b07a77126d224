package import NIOCore

/// Takes a reply as it comes, on the event loop the request was sent from; whoever asked an upstream for something.
package protocol UpstreamReader: AnyObject {
    func upstreamReplied(_ head: HTTPResponseHead)
    /// A piece of the body; the bytes are the connection's read buffer and are not to be kept past the next read.
    func upstreamSent(_ bytes: ByteBuffer)
    /// A part of the body that came in whole chunks, for who can take it with its framing; any other answers false, and
    /// gets the same bytes by ``upstreamSent(_:)-(ByteBuffer)``.
    func upstreamSent(_ chunks: WholeChunks) -> Bool
    /// All that was read in one go has been handed over: the time to flush what it led to.
    func upstreamRested()
    /// The kept connection was closed under the request, which went out once more on a fresh one.
    func upstreamResent()
    /// The reply is whole. Nothing follows.
    func upstreamEnded()
    /// The reply is not whole and will not be. Nothing follows.
    func upstreamFailed(_ failure: UpstreamFailure)
}

extension UpstreamReader {
    package func upstreamSent(_ chunks: WholeChunks) -> Bool { false }
}

/// A request as it goes over the wire.
package struct UpstreamRequest: Sendable {
    /// Head and body, in order.
    package var parts: [ByteBuffer]
    /// A `HEAD`, whose reply has no body.
    package var isHead: Bool

    package init(parts: [ByteBuffer], isHead: Bool = false) {
        self.parts = parts
        self.isHead = isHead
    }
}

/// How long an upstream may take.
package struct UpstreamLimits: Hashable, Sendable {
    package var connect: TimeAmount
    /// From the request's last byte to the reply's head.
    package var firstByte: TimeAmount
    /// Between two reads of a reply.
    package var idle: TimeAmount

    package init(
        connect: TimeAmount = .seconds(10),
        firstByte: TimeAmount = .seconds(600),
        idle: TimeAmount = .seconds(300)
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
    }
}
