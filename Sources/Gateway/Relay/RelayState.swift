package import Providers

/// What happens in which order between a client and the upstreams that are asked for it.
///
/// Takes events and answers what is to be done; ``Relay`` does it. The rules it keeps: at most one request after the
/// first for a model, and none once a byte has reached the client; one beginning and one end for the client; one end for
/// the ledger.
package struct RelayState: ~Copyable {
    /// Requests that one exchange may send upstream for one model: clients try again themselves, up to ten times.
    package static let mostAttempts = 2

    /// What depends on a request that goes out.
    package enum Stake: Hashable, Sendable {
        /// Whatever comes back is the client's.
        case only
        /// An answer is judged whole before anyone sees it, and a failure is the next model's chance.
        case trial
        /// An answer is the client's; where there is none, an earlier one is.
        case last
    }

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
        /// The whole reply is wanted, and judged, before a word goes to the client.
        case withholding
        /// The client has the head.
        case relaying
        case over
    }

    private var phase = Phase.deciding
    private var stake = Stake.only
    package private(set) var attempts = 0
    /// Of ``attempts``, those for the model that is asked now.
    private var attemptsForModel = 0

    package init() {}

    /// Whether the client was told anything.
    package var isCommitted: Bool {
        switch phase {
        case .relaying: true
        case .deciding, .waitingForHead, .peeking, .collecting, .judging, .withholding, .over: false
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
        /// The whole answer of a model that was tried is there: say whether it will do.
        case judge
        /// The model that was asked has no answer for the client: go on to what the cascade does then.
        case askNextModel
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
    package mutating func sent(_ stake: Stake = .only) {
        self.stake = stake
        attempts += 1
        attemptsForModel += 1
        phase = .waitingForHead
    }

    /// Another model's turn, with as many requests as the first had.
    package mutating func changesModel() {
        guard !isOver else { return }
        attemptsForModel = 0
        phase = .deciding
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
        case .trouble where hasAnother && mayAskAgain: return .askAnother
        case .refusal where stake != .only, .trouble where stake != .only: return givesUpModel()
        case .whole where stake == .trial, .stream where stake == .trial:
            phase = .withholding
            return .hold
        case .refusal where mayBeMended && mayAskAgain:
            phase = .judging
            return .hold
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
        /// More than may be held back for a verdict.
        case tooLong
    }

    package mutating func received(_ peek: @autoclosure () -> Peek, hasAnother: Bool) -> Action {
        switch phase {
        case .relaying: return .pass
        case .collecting: return .hold
        case .withholding:
            switch peek() {
            case .nothing, .event: return .hold
            case .error, .tooLong: return givesUpModel()
            }
        case .peeking, .judging:
            switch peek() {
            case .nothing: return .hold
            case .event, .tooLong:
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
        case .withholding:
            guard isWhole else { return givesUpModel() }
            phase = .deciding
            return .judge
        case .peeking: return failedStream(hasAnother: hasAnother)
        case .deciding, .waitingForHead, .over: return .nothing
        }
    }

    package mutating func failed(_ failure: UpstreamFailure, hasAnother: Bool) -> Action {
        switch phase {
        case .waitingForHead, .peeking, .collecting, .judging:
            if hasAnother, mayAskAgain { return .askAnother }
            guard stake == .only else { return givesUpModel() }
            phase = .over
            return .fail(.upstream(failure))
        // It has begun to answer, and to cost.
        case .withholding: return givesUpModel()
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
        case .deciding, .waitingForHead, .peeking, .collecting, .judging, .withholding, .relaying:
            phase = .over
            return .abandon
        }
    }

    /// An answer of the gateway's own, or one that was held back, ends the exchange before anything was sent.
    package mutating func answered() { phase = .over }

    private mutating func failedStream(hasAnother: Bool) -> Action {
        if hasAnother, mayAskAgain { return .askAnother }
        guard stake == .only else { return givesUpModel() }
        phase = .over
        return .fail(.failedStream)
    }

    private var mayAskAgain: Bool { attemptsForModel < RelayState.mostAttempts }

    private mutating func givesUpModel() -> Action {
        phase = .deciding
        return .askNextModel
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
