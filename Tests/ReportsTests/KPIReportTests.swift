import Domain
import Pricing
import Reports
import Testing

@Suite struct KPIReportTests {
    @Test func `the cache's rates are of tokens and of calls`() {
        let report = KPIReport.sample([
            .sample([
                .sample(.sample(id: "a", inputTokens: 100, cacheReadTokens: 900)),
                .sample(.sample(id: "b", inputTokens: 400, cacheReadTokens: 400)),
                .sample(.sample(id: "c", inputTokens: 200, cacheReadTokens: 0)),
                // A log that does not tell the prompt says nothing about the cache.
                .sample(.sample(id: "d", inputTokens: 0, cacheReadTokens: 0)),
            ])
        ])
        #expect(report[.cacheHitRate]?.value == .share(0.65))
        #expect(report[.cacheHitRate]?.count == 2000)
        // Half is not most.
        #expect(report[.cacheHitCalls]?.value == .share(1.0 / 3))
        #expect(report[.cacheHitCalls]?.count == 3)
    }

    @Test func `calls are told by tier, and an unknown tier is named`() {
        let models = ["claude-haiku-4-5", "claude-sonnet-5", "claude-opus-5", "claude-opus-4-8", "mystery-1"]
        let report = KPIReport.sample([
            .sample(models.map { .sample(.sample(id: $0, model: ModelID($0))) })
        ])
        let shares = [KPI.cheapShare, .balancedShare, .frontierShare, .unknownTierShare].map { report[$0]?.value }
        #expect(shares == [.share(0.2), .share(0.2), .share(0.4), .share(0.2)])
        #expect(report[.unknownTierShare]?.note == "mystery-1 (1 call)")
        #expect(report[.cheapShare]?.count == 5)
    }

    @Test func `the batch share is of calls served at the batch tier`() {
        let report = KPIReport.sample([
            .sample([
                .sample(.sample(id: "a", mode: ServingMode(serviceTier: .batch))),
                .sample(.sample(id: "b", mode: ServingMode(serviceTier: .flex))),
            ])
        ])
        #expect(report[.batchShare]?.value == .share(0.5))
    }

    @Test(arguments: [
        (["claude-haiku-4-5", "claude-opus-5"], 1), (["claude-sonnet-5", "claude-opus-5", "claude-opus-5"], 1),
        // Down, across the tier, across families and from nobody knows where are no steps up.
        (["claude-opus-5", "claude-haiku-4-5"], 0), (["claude-opus-4-8", "claude-opus-5"], 0),
        (["claude-haiku-4-5", "gpt-5.5"], 0), (["mystery-1", "claude-opus-5"], 0),
        // An unknown model in between does not hide one.
        (["claude-haiku-4-5", "mystery-1", "claude-opus-5"], 1),
        // Twice in a task is one task.
        (["claude-haiku-4-5", "claude-opus-5", "claude-haiku-4-5", "claude-opus-5"], 1),
    ])
    func `a task escalates when its thread goes up within a family`(models: [String], tasks: Int) {
        let steps = models.enumerated().map { index, model in
            SessionThread.Step.sample(
                .sample(id: "\(index)", time: .utc(2026, 8, 20, 12, index), model: ModelID(model)),
                arrivals: index == 0 ? [.sample(.prompt)] : []
            )
        }
        let report = KPIReport.sample([.sample(steps)])
        #expect(report[.escalationRate]?.value == .share(Double(tasks)))
        #expect(report[.escalationRate]?.count == 1)
    }

    @Test func `a subagent's step up is its task's`() {
        let main = [0, 10].map { minute in
            SessionThread.Step.sample(
                .sample(id: "m\(minute)", time: .utc(2026, 8, 20, 12, minute)),
                arrivals: [.sample(.prompt)]
            )
        }
        let subagent = ["claude-haiku-4-5", "claude-sonnet-5"].enumerated().map { index, model in
            SessionThread.Step.sample(
                .sample(id: model, time: .utc(2026, 8, 20, 12, 2 + index), model: ModelID(model))
            )
        }
        let report = KPIReport.sample([.sample(main, subagent: subagent)])
        #expect(report[.escalationRate]?.value == .share(0.5))
        #expect(report[.escalationRate]?.note == "haiku-4-5 → sonnet-5 (1)")
    }

    @Test func `costs are those of the sessions in which there is one, over how many there are`() {
        let report = KPIReport.sample([
            .sample([
                .sample(.sample(id: "a", outputTokens: 100), arrivals: [.sample(.prompt)]),
                .sample(.sample(id: "b", outputTokens: 200), arrivals: [.sample(.prompt)]),
            ]),
            .sample([.sample(.sample(id: "c", outputTokens: 600))], id: "without prompts"),
        ])
        #expect(report[.costPerSession]?.value == .money(.usd(4.5)))
        #expect(report[.costPerSession]?.count == 2)
        #expect(report[.costPerTask]?.value == .money(.usd(1.5)))
        #expect(report[.costPerTask]?.count == 2)
        #expect(report[.costPerTask]?.note == "in 1 of 2 sessions")
    }

    @Test func `a subagent's cost is its session's`() {
        let report = KPIReport.sample([
            .sample(
                [.sample(.sample(id: "a", outputTokens: 100), arrivals: [.sample(.prompt)])],
                subagent: [.sample(.sample(id: "b", outputTokens: 300))]
            )
        ])
        #expect(report[.costPerTask]?.value == .money(.usd(4)))
    }

    @Test func `a commit counts when its command came to a good end`() {
        let report = KPIReport.sample([
            .sample(
                [
                    .sample(
                        .sample(id: "a", outputTokens: 100),
                        tools: [
                            .sample(1, "git commit"), .sample(2, "git commit"), .sample(3, "git commit"),
                            .sample(4, "git status"), .sample(5, "gh pr merge"),
                        ]
                    ),
                    .sample(
                        .sample(id: "b", outputTokens: 100),
                        arrivals: [
                            .sample(.toolResult, of: 1), .sample(.toolResult, of: 2, isError: true),
                            .sample(.toolResult, of: 4),
                        ]
                    ),
                ],
                trailing: [.sample(.toolResult, of: 5)]
            )
        ])
        // The second failed, the third has no result.
        #expect(report[.costPerCommit]?.count == 1)
        #expect(report[.costPerCommit]?.value == .money(.usd(2)))
        #expect(report[.costPerMergedPR]?.count == 1)
    }

    @Test func `what another session paid for counts for nothing here`() {
        let report = KPIReport.sample([
            .sample([
                .sample(
                    .sample(id: "a"),
                    isContext: true,
                    arrivals: [.sample(.prompt)],
                    tools: [.sample(1, "git commit")]
                ),
                .sample(.sample(id: "b"), arrivals: [.sample(.prompt), .sample(.toolResult, of: 1)]),
            ]),
            .sample([.sample(.sample(id: "c"), isContext: true)], id: "all copied"),
        ])
        #expect(report[.costPerSession]?.count == 1)
        #expect(report[.costPerTask]?.count == 1)
        #expect(report[.costPerCommit]?.count == 0)
        #expect(report.totals.calls == 1)
    }

    @Test func `where the log names none there is no figure, and no made-up one`() {
        let report = KPIReport.sample([.sample([.sample(.sample())])])
        for kpi in [KPI.escalationRate, .costPerTask, .costPerCommit, .costPerMergedPR, .estimateAccuracy] {
            #expect(report[kpi]?.value == nil)
            #expect(report[kpi]?.count == 0)
            #expect(report[kpi]?.note != nil)
        }
    }

    @Test(
        arguments: [
            (KPI.cacheHitRate, 0.5, true), (.cacheHitRate, 0.500001, false), (.cacheHitRate, 0, true),
            (.frontierShare, 1, true), (.frontierShare, 0.99, false), (.costPerSession, 1, true),
            (.costPerSession, 0.99, false), (.costPerCommit, 1, nil), (.estimateAccuracy, 0.8, nil),
        ] as [(KPI, Double, Bool?)]
    )
    func `a target holds on its own side, itself included`(kpi: KPI, target: Double, met: Bool?) {
        let report = KPIReport.sample(
            [.sample([.sample(.sample(inputTokens: 500, outputTokens: 100, cacheReadTokens: 500))])],
            targets: [kpi: target]
        )
        #expect(report[kpi]?.met == met)
        #expect(report.missed.map(\.kpi) == (met == false ? [kpi] : []))
        #expect(report.undecided.map(\.kpi) == (met == nil ? [kpi] : []))
    }

    @Test(arguments: [(0.5, false), (5, nil)] as [(Double, Bool?)])
    func `a cost that leaves unpriced calls out may miss its target, and is never sure to hold`(
        target: Double,
        met: Bool?
    ) {
        let report = KPIReport.sample(
            [.sample([.sample(.sample(id: "a")), .sample(.sample(id: "b", model: ModelID("mystery-1")))])],
            targets: [.costPerSession: target]
        )
        #expect(report[.costPerSession]?.met == met)
        #expect(report.page.markdown.contains("mystery-1 (1 call"))
        #expect(report.json.text.contains("a lower bound: 1 unpriced call left out"))
    }

    @Test func `calls that have no price cost nobody knows what, not nothing`() {
        let report = KPIReport.sample(
            [.sample([.sample(.sample(model: ModelID("mystery-1")))])],
            targets: [.costPerSession: 5]
        )
        #expect(report[.costPerSession]?.value == nil)
        #expect(report[.costPerSession]?.met == nil)
    }

    @Test func `a value that only rounds to its target is shown exactly`() {
        let report = KPIReport.sample(
            [.sample([.sample(.sample(inputTokens: 4001, cacheReadTokens: 5999))])],
            targets: [.cacheHitRate: 0.6]
        )
        #expect(report[.cacheHitRate]?.verdict == "cache_hit_rate is 59.99%, its target is at least 60.0%")
    }

    @Test func `an empty window says what there is instead, and judges nothing`() {
        let period = Period.sample(window: Window(from: .noon), name: "the last 30 days")
        let report = KPIReport.sample([], period: period, targets: [.cacheHitRate: 0.6], newestCall: .utc(2026, 8, 1))
        #expect(report.rows.count == KPI.allCases.count)
        #expect(report.rows.allSatisfy { $0.value == nil && $0.met == nil && $0.count == 0 })
        #expect(
            report.written(as: .table, style: TerminalStyle(width: 80))
                == """
                no calls in the last 30 days; the newest is from 2026-08-01; try --since all

                ! without calls no target can be judged

                """
        )
    }

    @Test func `JSON has the keys that programs read`() throws {
        try expectGolden(KPIReport.harbour.written(as: .json, style: TerminalStyle(width: 80)), "kpi.json")
    }

    @Test(arguments: [40, 80, 140])
    func `the table fits its terminal`(width: Int) throws {
        let text = KPIReport.harbour.written(as: .table, style: TerminalStyle(width: width))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
        try expectGolden(text, "kpi-\(width).txt")
    }

    @Test func `CSV carries every column whatever the data`() throws {
        try expectGolden(KPIReport.harbour.written(as: .csv, style: TerminalStyle(width: 80)), "kpi.csv")
    }
}

extension KPIReport {
    static func sample(
        _ sessions: [Session],
        period: Period = .sample(),
        targets: [KPI: Double] = [:],
        newestCall: Timestamp? = nil
    ) -> KPIReport {
        var tally = KPITally(cost: centsPerOutputToken) { PriceBook.builtin.facts(of: $0) }
        for session in sessions { tally.add(session) }
        return KPIReport(tally, period: period, targets: targets, newestCall: newestCall)
    }

    /// A little of everything, with targets that hold, fail and cannot be judged.
    static let harbour = KPIReport.sample(
        [
            .sample([
                .sample(
                    .sample(id: "a", model: ModelID("claude-sonnet-5"), cacheReadTokens: 0),
                    arrivals: [.sample(.prompt)]
                ),
                .sample(.sample(id: "b"), tools: [.sample(1, "git commit")]),
                .sample(
                    .sample(id: "c", outputTokens: 30, cacheReadTokens: 90_000),
                    arrivals: [.sample(.toolResult, of: 1), .sample(.prompt)]
                ),
            ]),
            .sample(
                [.sample(.sample(id: "d", model: ModelID("mystery-1")), arrivals: [.sample(.prompt)])],
                id: "7a1f4c55",
                billing: .subscription
            ),
        ],
        targets: [
            .cacheHitRate: 0.6, .frontierShare: 0.4, .escalationRate: 0.5, .costPerTask: 2, .costPerCommit: 1,
            .estimateAccuracy: 0.8,
        ]
    )
}

extension Session {
    static func sample(
        _ main: [SessionThread.Step],
        subagent: [SessionThread.Step] = [],
        trailing: [Arrival] = [],
        id: String = "0f6c2a7e",
        billing: Billing = .api
    ) -> Session {
        var threads = [SessionThread(id: .main, steps: main, trailing: trailing)]
        if !subagent.isEmpty {
            threads.append(SessionThread(id: ThreadID(kind: .subagent, name: "a1"), steps: subagent))
        }
        return Session(
            id: SessionID(agent: .claudeCode, name: id),
            project: "/home/dev/projects/harbour",
            billing: billing,
            threads: threads
        )
    }
}

extension SessionThread.Step {
    static func sample(
        _ call: Call,
        isContext: Bool = false,
        arrivals: [Arrival] = [],
        tools: [ToolCall] = []
    ) -> SessionThread.Step {
        SessionThread.Step(call: call, isContext: isContext, arrivals: arrivals, toolCalls: tools)
    }
}

extension Arrival {
    static func sample(_ kind: Kind, of tool: UInt64? = nil, isError: Bool = false) -> Arrival {
        Arrival(
            kind: kind,
            time: .noon,
            bytes: 10,
            tool: tool,
            isError: isError,
            position: LogPosition(offset: 0, length: 0)
        )
    }
}

extension ToolCall {
    static func sample(_ key: UInt64, _ command: String) -> ToolCall {
        ToolCall(
            key: key,
            call: CallKey(id: 0),
            name: "Bash",
            kind: .execute,
            command: command,
            inputBytes: 10,
            actionHash: key
        )
    }
}

extension Money {
    static func usd(_ dollars: Double) -> Money { Money(approximatingUSD: dollars) }
}
