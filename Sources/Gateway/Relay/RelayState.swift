package import Providers

/// What happens in which order between a client and the upstreams that are asked for it.
///
/// Takes events and answers what is to be done; ``Relay`` does it. The rules it keeps: at most one request after the
/// first, and none once a byte has reached the client; one beginning and one end for the client; one end for the ledger.
package struct RelayState: ~Copyable {
    /// Requests that one exchange may send upstream: clients try again themselves, up to ten times.
    package static let mostAttempts = 2

    private enum Phase {
        /// Nothing was sent.
        case deciding
        case waitingForHead
        /// A stream has begun, but not yet with an event that says it is one; the client knows nothing of it.
        case peeking
        /// The whole reply is wanted before a word goes to the client.
        case collecting
        /// The request was refused, and the refusal is read before it is known whether the client gets it.
        case judging
        /// The client has the head.
        case relaying
        case over
    }

    private var phase = Phase.deciding
    package private(set) var attempts = 0

    package init() {}

    /// Whether the client was told anything.
    package var isCommitted: Bool {
        switch phase {
        case .relaying: true
        case .deciding, .waitingForHead, .peeking, .collecting, .judging, .over: false
        }
    }

    package var isOver: Bool {
        if case .over = phase { return true }
        return false
    }

    /// What a reply is, as its head tells.
    package enum Reply: Hashable, Sendable {
        /// 200 and the like, whole.
        case whole
        case stream
        /// The request is at fault; another upstream would say the same.
        case refusal
        /// The upstream is at fault or busy (408, 429, 500 and above).
        case trouble
    }

    package enum Action: Hashable, Sendable {
        case nothing
        /// Give this upstream up and ask another.
        case askAnother
        /// Ask the same upstream once more, with what it refused taken out: pitfall 6.
        case repair
        /// Keep what comes until it is clear what it is.
        case hold
        /// Keep what comes until it is whole, then convert it.
        case collect
        /// Give the client the head and what was held, and pass on what follows.
        case commit
        case pass
        /// Give the client an error, in its shape.
        case fail(Failure)
        /// Say in the stream that it is broken off; where there is no stream, close the connection.
        case breakOff
        case finish
        /// The client is gone: stop the upstream, keep what is known.
        case abandon
    }

    package enum Failure: Hashable, Sendable {
        case upstream(UpstreamFailure)
        /// A stream that began with an error, or ended before it began: pitfall 13.
        case failedStream
    }

    /// A request goes out.
    package mutating func sent() {
        attempts += 1
        phase = .waitingForHead
    }

    /// The head came; ``commit`` or ``collect`` depend on whether the client speaks another format than the upstream.
    ///
    /// A refusal that may be mended is read whole first; that of a second try goes to the client.
    package mutating func replied(
        _ reply: Reply,
        converts: Bool,
        mayBeMended: Bool = false,
        hasAnother: Bool
    ) -> Action {
        guard case .waitingForHead = phase else { return .nothing }
        switch reply {
        case .refusal where mayBeMended && attempts < RelayState.mostAttempts:
            phase = .judging
            return .hold
        case .trouble where hasAnother && attempts < RelayState.mostAttempts: return .askAnother
        case .stream:
            phase = .peeking
            return .hold
        case .whole where converts, .refusal where converts, .trouble where converts:
            phase = .collecting
            return .collect
        case .whole, .refusal, .trouble:
            phase = .relaying
            return .commit
        }
    }

    /// What a stream has shown of itself so far.
    package enum Peek: Hashable, Sendable {
        /// Pings and comments.
        case nothing
        case event
        case error
    }

    package mutating func received(_ peek: @autoclosure () -> Peek, hasAnother: Bool) -> Action {
        switch phase {
        case .relaying: return .pass
        case .collecting: return .hold
        case .peeking, .judging:
            switch peek() {
            case .nothing: return .hold
            case .event:
                phase = .relaying
                return .commit
            case .error: return failedStream(hasAnother: hasAnother)
            }
        case .deciding, .waitingForHead, .over: return .nothing
        }
    }

    /// The reply's last byte came.
    ///
    /// It is whole where a stream's own end was seen; what is no stream always is. A refusal that cannot be mended is
    /// committed, and ends at the next call.
    package mutating func ended(
        isWhole: Bool,
        canBeMended: @autoclosure () -> Bool = false,
        hasAnother: Bool
    ) -> Action {
        switch phase {
        case .judging where canBeMended(): return .repair
        case .judging:
            phase = .relaying
            return .commit
        case .relaying, .collecting:
            phase = .over
            return isWhole ? .finish : .breakOff
        case .peeking: return failedStream(hasAnother: hasAnother)
        case .deciding, .waitingForHead, .over: return .nothing
        }
    }

    package mutating func failed(_ failure: UpstreamFailure, hasAnother: Bool) -> Action {
        switch phase {
        case .waitingForHead, .peeking, .collecting, .judging:
            if hasAnother, attempts < RelayState.mostAttempts { return .askAnother }
            phase = .over
            return .fail(.upstream(failure))
        case .relaying:
            // Bytes have reached the client: a second upstream would send it two beginnings.
            phase = .over
            return .breakOff
        case .deciding, .over: return .nothing
        }
    }

    package mutating func clientLeft() -> Action {
        switch phase {
        case .over: return .nothing
        case .deciding, .waitingForHead, .peeking, .collecting, .judging, .relaying:
            phase = .over
            return .abandon
        }
    }

    /// An answer of the gateway's own ends the exchange before anything was sent.
    package mutating func answered() { phase = .over }

    private mutating func failedStream(hasAnother: Bool) -> Action {
        if hasAnother, attempts < RelayState.mostAttempts { return .askAnother }
        phase = .over
        return .fail(.failedStream)
    }
}

extension RelayState.Reply {
    package init(status: Int, isEventStream: Bool) {
        switch status {
        case 200..<300: self = isEventStream ? .stream : .whole
        case 408, 429, 500...: self = .trouble
        default: self = .refusal
        }
    }
}
