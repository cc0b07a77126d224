import NIOCore

/// One request to an upstream and its reply, on one event loop.
package final class UpstreamCall {
    enum Phase {
        case connecting
        case waitingForHead
        case reading
        case over
    }

    let address: UpstreamAddress
    let request: UpstreamRequest
    let limits: UpstreamLimits
    let pool: UpstreamPool
    private(set) var phase = Phase.connecting
    /// A server that had closed a kept connection before the request came is heard of within a round trip; one that
    /// closes it later may have begun to work, and to charge.
    private static let mostStaleTime = TimeAmount.seconds(1)

    /// Whether the request went out on a connection that had served another before.
    var isOnUsedConnection = false
    private var sentAt = NIODeadline.distantFuture
    var connection: UpstreamConnection?
    /// Held until the call is over: the reader and its call keep each other.
    private var reader: (any UpstreamReader)?
    private var deadline: NIODeadline

    init(
        to address: UpstreamAddress,
        _ request: UpstreamRequest,
        limits: UpstreamLimits,
        reader: any UpstreamReader,
        pool: UpstreamPool
    ) {
        self.address = address
        self.request = request
        self.limits = limits
        self.reader = reader
        self.pool = pool
        deadline = pool.now + limits.connect
    }

    /// Ends the call without a word more to its reader; a connection that is in the middle of a reply closes.
    package func cancel() {
        guard phase != .over else { return }
        over()
    }

    /// Stops reading the reply, and so in the end the upstream's sending.
    package func pause() { connection?.isPaused = true }

    package func resume() {
        guard let connection, connection.isPaused else { return }
        deadline = pool.now + limits.idle
        connection.resume()
    }

    /// The request went out.
    func sent() {
        phase = .waitingForHead
        // Not the last beat's time: on a machine that is busy, that may be long past.
        sentAt = .now()
        deadline = sentAt + limits.firstByte
    }

    func replied(_ head: HTTPResponseHead) {
        phase = .reading
        deadline = pool.now + limits.idle
        reader?.upstreamReplied(head)
    }

    func received(_ bytes: ByteBuffer) { reader?.upstreamSent(bytes) }

    func received(_ chunks: WholeChunks) -> Bool { reader?.upstreamSent(chunks) ?? false }

    func rested() {
        if phase == .reading { deadline = pool.now + limits.idle }
        reader?.upstreamRested()
    }

    func ended() {
        let reader = self.reader
        connection = nil
        over()
        reader?.upstreamEnded()
    }

    func failed(_ failure: UpstreamFailure) {
        guard phase != .over else { return }
        // A connection that was idle may have been closed by the upstream just as the request went out; that says
        // nothing of the upstream, and the request was not looked at (RFC 9110, 9.2.2: known not to be applied).
        if failure == .closedBeforeHead, isOnUsedConnection, .now() - sentAt < UpstreamCall.mostStaleTime {
            connection = nil
            isOnUsedConnection = false
            phase = .connecting
            deadline = pool.now + limits.connect
            reader?.upstreamResent()
            return pool.connect(self)
        }
        let reader = self.reader
        over()
        reader?.upstreamFailed(failure)
    }

    /// Fails where the upstream took too long; a reply that we ourselves do not read is not late.
    func beat(at now: NIODeadline) {
        guard phase != .over, now > deadline else { return }
        switch phase {
        case .connecting: failed(.timedOut(.connect))
        case .waitingForHead: failed(.timedOut(.firstByte))
        case .reading where connection?.isPaused == true: break
        case .reading: failed(.timedOut(.idle))
        case .over: break
        }
    }

    private func over() {
        phase = .over
        reader = nil
        let connection = self.connection
        self.connection = nil
        connection?.abandon()
    }
}
