internal import Domain
internal import JSONText
internal import Journal

/// Reads one file of the gateway's journal.
///
/// Every line stands alone, so nothing is remembered from one look to the next.
struct GatewayExtractor: LogExtractor {
    private var strands: [Reading.Strand] = []
    private(set) var exchanges: [Exchange] = []

    mutating func read(_ scanner: inout JSONScanner, at offset: Int64) -> String? {
        let start = scanner.offset
        let line: JournalLine
        do {
            line = try JournalLine(&scanner)
        } catch {
            return scanner.isBroken ? nil : error.reason
        }
        guard !scanner.isBroken else { return nil }
        guard line.times.allSatisfy({ JSONScanner.plausible($0.milliseconds) != nil }) else {
            return "journal line with a time outside the years 2000 to 2099"
        }
        switch line {
        case .intent(let intent): exchanges.append(Exchange(intent: intent))
        case .outcome(let intent, let outcome):
            exchanges.append(Exchange(intent: intent, outcome: outcome))
            let position = LogPosition(offset: offset, length: scanner.offset - start)
            if let call = Call(intent, outcome, position: position) { keep(call, of: intent) }
        }
        return nil
    }

    mutating func finish() -> (strands: [Reading.Strand], state: [UInt8]) {
        defer { strands = [] }
        return (strands, [])
    }

    /// A strand an exchange: which exchange a call was is how its copies are told from other calls.
    private mutating func keep(_ call: Call, of intent: Exchange.Intent) {
        strands.append(
            Reading.Strand(
                session: SessionID(intent),
                thread: ThreadID(intent),
                project: intent.sender.project ?? "",
                billing: intent.billing,
                exchange: intent.id,
                calls: [call]
            )
        )
    }
}

extension JournalLine {
    fileprivate var times: [Timestamp] {
        switch self {
        case .intent(let intent): [intent.time]
        case .outcome(let intent, let outcome): [intent.time, outcome.time]
        }
    }
}

extension SessionID {
    /// The agent's own session, or one of its own for the requests of a client in a day.
    fileprivate init(_ intent: Exchange.Intent) {
        let sender = intent.sender
        if let session = sender.session, !session.isEmpty {
            self.init(agent: sender.agent ?? .gateway, name: session)
        } else {
            let client = sender.app ?? sender.agent?.rawValue ?? "clients"
            self.init(agent: .gateway, name: "\(client) \(intent.time.day)")
        }
    }
}

extension ThreadID {
    /// What no session holds together is a conversation of its own, as far as anyone can tell.
    fileprivate init(_ intent: Exchange.Intent) {
        if let subagent = intent.sender.subagent, !subagent.isEmpty {
            self.init(kind: .subagent, name: subagent)
        } else {
            self.init(kind: .main, name: intent.sender.session?.isEmpty == false ? "" : intent.id)
        }
    }
}

extension Call {
    /// The call that an exchange was; nil where the provider billed nothing, or nobody knows what.
    fileprivate init?(_ intent: Exchange.Intent, _ outcome: Exchange.Outcome, position: LogPosition) {
        guard let usage = outcome.usage, usage.totalTokens > 0 || !outcome.earlierAttempts.isEmpty else { return nil }
        let id = outcome.replyID.flatMap { $0.isEmpty ? nil : $0 } ?? intent.id
        self.init(
            // As agents' logs hash the provider's id. Some servers give every reply the same: the exchange tells them.
            key: CallKey(id: stableHash(id), request: UInt32(truncatingIfNeeded: stableHash(intent.id))),
            id: id,
            time: outcome.time,
            model: outcome.model,
            mode: outcome.mode,
            usage: usage,
            earlierAttempts: outcome.earlierAttempts,
            effort: intent.effort,
            stopReason: outcome.stopReason,
            visibleOutputBytes: outcome.visibleOutputBytes,
            outputIsLowerBound: outcome.ending != .finished,
            position: position
        )
    }
}
