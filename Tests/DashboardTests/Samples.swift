import Dashboard
import Domain
import Reports
import Store

extension Period {
    static let sample = Period(window: .everything, name: "all time", now: Timestamp(milliseconds: 1), zone: .utc)
}

extension OptimizeReport {
    /// With one finding, or none.
    static func sample(_ finding: Finding? = nil) -> OptimizeReport {
        OptimizeReport(
            period: .sample,
            days: 1,
            sessionsAnalyzed: 1,
            callsAnalyzed: 1,
            billing: BillingSplit(),
            recoverable: .zero,
            findings: finding.map {
                [Found(finding: $0, model: ModelID($0.project), target: nil, saving: BillingSplit())]
            } ?? [],
            kinds: []
        )
    }
}

extension Finding {
    /// Every text of it is the same.
    static func sample(saying text: String) -> Finding {
        Finding(
            id: text,
            kind: text,
            basis: .priced,
            confidence: .structural,
            project: text,
            sessionsFlagged: 1,
            actual: Money(nanoUSD: 2_000_000_000),
            estimated: Money(nanoUSD: 1_000_000_000),
            monthlySaving: .zero,
            evidence: [Evidence(session: SessionID(agent: .pi, name: text), calls: [text], file: text, offset: 1)],
            action: ProposedAction(kind: text, text: text),
            caveats: [text],
            candidates: []
        )
    }
}

extension SessionReport {
    /// A session of two calls; every name in it is the text.
    static func sample(saying text: String) -> SessionReport {
        let calls = (0..<2).map { index in
            Call(
                key: CallKey(id: UInt64(index)),
                id: text,
                time: Timestamp(milliseconds: Int64(index)),
                model: ModelID(text),
                usage: Usage(inputTokens: 10, outputTokens: 5, cacheReadTokens: 1000),
                position: LogPosition(offset: 0, length: 0)
            )
        }
        let steps = calls.map { call in
            SessionThread.Step(
                call: call,
                toolCalls: [ToolCall(key: 1, call: call.key, name: text, kind: .other, inputBytes: 0, actionHash: 0)]
            )
        }
        let session = Session(
            id: SessionID(agent: .pi, name: text),
            project: text,
            threads: [
                SessionThread(id: .main, steps: steps),
                SessionThread(id: ThreadID(kind: .subagent, name: text), agentType: text, steps: steps),
            ]
        )
        let rebuild = Rebuild(tokens: 7, extraCost: Money(nanoUSD: 1), reason: text)
        return SessionReport(session, zone: .utc, rebuilds: [CallKey(id: 1): rebuild]) { _ in Money(nanoUSD: 10) }
    }
}

extension ProofReport {
    /// One verdict; every text of it is the same.
    static func sample(saying text: String) -> ProofReport {
        let verdict = Verdict(
            subject: text,
            study: text,
            time: Timestamp(milliseconds: 1),
            outcome: .contradicted,
            model: ModelID(text),
            target: ModelID("cheap"),
            steps: 14,
            agreement: 0.5,
            floor: 0.9,
            difference: -0.4,
            differenceLow: -0.6,
            differenceHigh: -0.2,
            extraCalls: 1,
            spent: Money(nanoUSD: 2_000_000_000),
            text: text
        )
        return ProofReport([verdict], zone: .utc)
    }
}

extension RuleChangeReport {
    static func sample(_ event: Event, of finding: String) -> RuleChangeReport {
        let rule = Rule(
            id: finding,
            finding: finding,
            kind: finding,
            action: .model,
            agent: .claudeCode,
            project: finding,
            text: finding,
            applied: Timestamp(milliseconds: 1),
            forecast: Rule.Forecast()
        )
        return RuleChangeReport(event, rule, files: [File(path: finding, diff: "+\(finding)")])
    }
}

extension ReportSource {
    /// Answers of an empty store, but for what a test is about.
    static func sample(
        state: String = "1",
        optimize: OptimizeReport = .sample(),
        session: SessionReport? = nil,
        proof: ProofReport? = nil
    ) -> ReportSource {
        ReportSource(
            state: { state },
            spend: { filter, grouping in
                if let since = filter.since { throw BadQuestion("'\(since)' is no time") }
                return SpendReport(SpendTally(by: grouping, zone: .utc) { _ in nil }, period: .sample)
            },
            days: { _ in DailySpendReport(DailySpendTally(zone: .utc) { _ in nil }, period: .sample) },
            optimize: { _ in optimize },
            knownOptimize: { _ in nil },
            explanation: { $0 },
            sessions: { _ in SessionsReport(SessionsTally { _ in nil }, period: .sample) },
            session: { _ in session },
            gateway: { _ in GatewayReport(GatewayTally { _ in nil }, period: .sample) },
            decisions: { _ in DecisionsReport(DecisionsTally(cost: { _ in nil }, tier: { _ in nil }), period: .sample)
            },
            upstreams: { _ in UpstreamsReport(UpstreamsTally(), configured: [], budgets: [], period: .sample) },
            router: { RouterShowReport(nil, zone: .utc) },
            prices: { throw BadQuestion("no prices in this test") },
            proof: { proof },
            study: { id in (proof?.verdicts.first { $0.study == id }).map { ($0, nil) } },
            ruleDoor: RuleDoor(
                tokenFile: "~/admin.token",
                apply: { finding, wish, announced in
                    var proposal = RuleChangeReport.sample(.proposed, of: finding)
                    // Another wish changes something else.
                    proposal.files.append(.init(path: wish.flags.joined(separator: " "), diff: ""))
                    return announced == proposal.fingerprint ? .sample(.applied, of: finding) : proposal
                },
                undo: { .sample(.undone, of: $0) }
            )
        )
    }
}

extension LedgerEntry {
    static let sample = LedgerEntry(
        session: SessionID(agent: .pi, name: "s"),
        thread: .main,
        project: "",
        billing: .api,
        isHeadless: false,
        call: Call(
            key: CallKey(id: 1),
            id: "c",
            time: Timestamp(milliseconds: 1_790_000_000_000),
            model: ModelID("m"),
            usage: Usage(inputTokens: 1),
            position: LogPosition(offset: 0, length: 0)
        )
    )
}
