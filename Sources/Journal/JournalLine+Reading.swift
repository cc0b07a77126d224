internal import Domain
package import JSONText

extension JournalLine {
    /// Reads the line the scanner stands before; what it does not know is stepped over.
    ///
    /// A scan that broke leaves ``JSONScanner/isBroken`` set, whatever comes back.
    package init(_ scanner: inout JSONScanner) throws(UnreadableJournalLine) {
        guard scanner.enterObject() else {
            scanner.skipValue()
            throw UnreadableJournalLine(reason: "no line of the gateway's journal")
        }
        var fields = Fields()
        while let key = scanner.nextKey(in: Key.set) { fields.read(Key.allCases[key], from: &scanner) }
        self = try fields.line()
    }
}

private enum Key: String, CaseIterable {
    case version = "v"
    case type, id, time, path, agent, session, subagent, app, project, ticket, phase, billing, format, requested, chosen
    case applied, reason, detail, effort, upstream, upstreamFormat, requestBytes, content
    case ending, ended, answeredBy, status, replyID, requestID, model, serviceTier, fast, usOnly, usage
    case counterfactualUsage, earlierAttempts, stopReason, attempts, firstByteMilliseconds, visibleOutputBytes
    case dropped

    static let set = KeySet(allCases.map(\.rawValue))
}

/// What a line says, as it was met.
private struct Fields {
    private var texts: [Key: String] = [:]
    private var numbers: [Key: Int] = [:]
    private var flags: Set<Key> = []
    private var usages: [Key: Usage] = [:]
    private var earlierAttempts: [Attempt] = []
    private var dropped: [String: Int] = [:]

    mutating func read(_ key: Key, from scanner: inout JSONScanner) {
        switch key {
        case .version, .time, .requestBytes, .ended, .status, .attempts, .firstByteMilliseconds, .visibleOutputBytes:
            numbers[key] = scanner.integer()
        case .applied, .fast, .usOnly:
            if scanner.bool() == true { flags.insert(key) }
        case .usage, .counterfactualUsage: usages[key] = scanner.journalUsage()
        case .earlierAttempts: readAttempts(&scanner)
        case .dropped: readDropped(&scanner)
        default: texts[key] = scanner.text()?.string
        }
    }

    private mutating func readAttempts(_ scanner: inout JSONScanner) {
        guard scanner.enterArray() else { return scanner.skipValue() }
        while scanner.nextElement() {
            guard scanner.enterObject() else {
                scanner.skipValue()
                continue
            }
            var attempt = Attempt(model: ModelID(""), usage: .zero)
            while let key = scanner.nextKey() {
                if key.is("model") {
                    attempt.model = ModelID(scanner.text()?.string ?? "")
                } else if key.is("usage") {
                    attempt.usage = scanner.journalUsage() ?? .zero
                } else {
                    scanner.skipValue()
                }
            }
            earlierAttempts.append(attempt)
        }
    }

    private mutating func readDropped(_ scanner: inout JSONScanner) {
        guard scanner.enterObject() else { return scanner.skipValue() }
        while let key = scanner.nextKey() {
            let count = scanner.journalCount()
            if count > 0 { dropped[key.string] = count }
        }
    }

    func line() throws(UnreadableJournalLine) -> JournalLine {
        let version = numbers[.version] ?? 0
        guard version <= JournalLine.version else {
            throw UnreadableJournalLine(reason: "journal line of version \(version), written by a newer suffice")
        }
        switch texts[.type] {
        case "intent": return .intent(try intent())
        case "outcome": return .outcome(try intent(), try outcome())
        default: throw UnreadableJournalLine(reason: "journal line of type '\(texts[.type] ?? "")'")
        }
    }

    private func intent() throws(UnreadableJournalLine) -> Exchange.Intent {
        var sender = RequestFacts.Sender()
        sender.path = texts[.path] ?? ""
        sender.agent = texts[.agent].flatMap(Agent.init)
        sender.session = texts[.session]
        sender.subagent = texts[.subagent]
        sender.app = texts[.app]
        sender.project = texts[.project]
        sender.ticket = texts[.ticket]
        sender.phase = texts[.phase].map(Phase.init)
        let format: APIFormat = try word(.format)
        let requested = ModelID(texts[.requested] ?? "")
        return Exchange.Intent(
            id: try text(.id),
            time: try time(.time),
            sender: sender,
            billing: texts[.billing].flatMap(Billing.init) ?? .unknown,
            format: format,
            decision: Decision(
                requested: requested,
                chosen: texts[.chosen].map { ModelID($0) } ?? requested,
                isApplied: flags.contains(.applied),
                reason: try word(.reason),
                detail: texts[.detail] ?? ""
            ),
            effort: texts[.effort].flatMap(Effort.init(name:)),
            upstream: texts[.upstream] ?? "",
            upstreamFormat: try word(.upstreamFormat),
            requestBytes: max(0, numbers[.requestBytes] ?? 0),
            content: texts[.content]
        )
    }

    private func outcome() throws(UnreadableJournalLine) -> Exchange.Outcome {
        Exchange.Outcome(
            ending: try word(.ending),
            time: try time(.ended),
            upstream: texts[.answeredBy] ?? "",
            status: numbers[.status] ?? 0,
            replyID: texts[.replyID],
            requestID: texts[.requestID],
            model: ModelID(texts[.model] ?? ""),
            mode: ServingMode(
                serviceTier: texts[.serviceTier].flatMap(ServingMode.ServiceTier.init(journalName:)) ?? .standard,
                isFast: flags.contains(.fast),
                isUSOnly: flags.contains(.usOnly)
            ),
            usage: usages[.usage],
            counterfactualUsage: usages[.counterfactualUsage],
            earlierAttempts: earlierAttempts,
            stopReason: texts[.stopReason].map(StopReason.init(journalName:)) ?? .unknown,
            attempts: max(0, numbers[.attempts] ?? 0),
            firstByteMilliseconds: numbers[.firstByteMilliseconds],
            visibleOutputBytes: max(0, numbers[.visibleOutputBytes] ?? 0),
            dropped: dropped
        )
    }

    private func text(_ key: Key) throws(UnreadableJournalLine) -> String {
        guard let text = texts[key], !text.isEmpty else {
            throw UnreadableJournalLine(reason: "journal line without '\(key.rawValue)'")
        }
        return text
    }

    private func time(_ key: Key) throws(UnreadableJournalLine) -> Timestamp {
        guard let milliseconds = numbers[key], milliseconds > 0 else {
            throw UnreadableJournalLine(reason: "journal line without '\(key.rawValue)'")
        }
        return Timestamp(milliseconds: Int64(milliseconds))
    }

    private func word<Word: RawRepresentable<String>>(_ key: Key) throws(UnreadableJournalLine) -> Word {
        let name = texts[key] ?? ""
        guard let word = Word(rawValue: name) else {
            throw UnreadableJournalLine(reason: "journal line whose '\(key.rawValue)' is '\(name)'")
        }
        return word
    }
}

extension JSONScanner {
    /// A usage as ``LineWriter`` writes it; nil for any other value, which is skipped.
    fileprivate mutating func journalUsage() -> Usage? {
        guard enterObject() else {
            skipValue()
            return nil
        }
        var usage = Usage.zero
        while let key = nextKey() {
            if key.is("input") {
                usage.inputTokens = journalCount()
            } else if key.is("output") {
                usage.outputTokens = journalCount()
            } else if key.is("cacheRead") {
                usage.cacheReadTokens = journalCount()
            } else if key.is("cacheWrite5m") {
                usage.cacheWrite5mTokens = journalCount()
            } else if key.is("cacheWrite1h") {
                usage.cacheWrite1hTokens = journalCount()
            } else if key.is("reasoning") {
                usage.reasoningTokens = journalCount()
            } else if key.is("webSearches") {
                usage.webSearchRequests = journalCount()
            } else {
                skipValue()
            }
        }
        return usage
    }

    /// A million of the most there can be still add up within 64 bits.
    fileprivate mutating func journalCount() -> Int { min(max(0, integer() ?? 0), 1_000_000_000_000) }
}
