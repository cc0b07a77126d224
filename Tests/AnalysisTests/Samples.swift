import Analysis
import Domain
import Pricing

extension ModelID {
    /// $4 in, $20 out, $0.20 cache read, $5 and $8 cache write a million tokens; the newest of its tier.
    static let opus = ModelID("claude-opus-5-5")
    /// $5, $25, $0.50, $6.25 and $10; ``opus`` is newer and cheaper.
    static let olderOpus = ModelID("claude-opus-4-8")
    static let sonnet = ModelID("claude-sonnet-5-5")
    /// $0.10, $0.50, $0.01, $0.125 and $0.20 up to 100,000 tokens of prompt.
    static let haiku = ModelID("claude-haiku-5-5")
}

extension Money {
    /// Millionths of a dollar: tokens times the price of a million.
    static func micro(_ dollars: Double) -> Money { Money(nanoUSD: Int64((dollars * 1000).rounded())) }
}

extension Timestamp {
    static let noon = Day(year: 2026, month: 11, day: 20).start

    static func minute(_ minute: Double) -> Timestamp {
        Timestamp(milliseconds: noon.milliseconds + Int64(minute * 60_000))
    }
}

extension Call {
    static func sample(
        _ id: String,
        minute: Double = 0,
        model: ModelID = .opus,
        mode: ServingMode = .standard,
        input: Int = 0,
        output: Int = 100,
        read: Int = 0,
        write5m: Int = 0,
        write1h: Int = 0,
        reasoning: Int = 0,
        effort: Effort? = nil,
        stop: StopReason = .endTurn,
        visibleBytes: Int = 0,
        missReason: String? = nil
    ) -> Call {
        Call(
            key: CallKey(id: id.utf8.reduce(0) { $0 &* 1_000_003 &+ UInt64($1) }),
            id: id,
            time: .minute(minute),
            model: model,
            mode: mode,
            usage: Usage(
                inputTokens: input,
                outputTokens: output,
                cacheReadTokens: read,
                cacheWrite5mTokens: write5m,
                cacheWrite1hTokens: write1h,
                reasoningTokens: reasoning
            ),
            effort: effort,
            stopReason: stop,
            visibleOutputBytes: visibleBytes,
            cacheMissReason: missReason,
            position: LogPosition(offset: Int64(minute * 100), length: 10)
        )
    }
}

extension Arrival {
    static func sample(
        _ kind: Kind,
        label: String = "",
        minute: Double = 0,
        bytes: Int = 36,
        attachments: Int = 0,
        answers tool: UInt64? = nil,
        isError: Bool = false,
        content: UInt64 = 0,
        sketch: [UInt32] = []
    ) -> Arrival {
        Arrival(
            kind: kind,
            label: label,
            time: .minute(minute),
            bytes: bytes,
            attachments: attachments,
            tool: tool,
            isError: isError,
            contentHash: content,
            sketch: sketch,
            position: LogPosition(offset: 0, length: bytes)
        )
    }
}

extension ToolCall {
    static func sample(
        _ kind: ToolKind = .read,
        name: String = "Read",
        key: UInt64 = 1,
        action: ActionKind = .other,
        command: String = "",
        hash: UInt64 = 5,
        target: UInt64? = nil
    ) -> ToolCall {
        ToolCall(
            key: key,
            call: CallKey(id: 0),
            name: name,
            kind: kind,
            action: action,
            command: command,
            inputBytes: 10,
            actionHash: hash,
            targetHash: target
        )
    }
}

extension SessionThread.Step {
    static func sample(
        _ call: Call,
        after arrivals: [Arrival] = [],
        tools: [ToolCall] = [],
        isContext: Bool = false
    ) -> SessionThread.Step {
        SessionThread.Step(call: call, file: "log.jsonl", isContext: isContext, arrivals: arrivals, toolCalls: tools)
    }
}

extension Session {
    static func sample(
        _ name: String = "s",
        project: String = "/p",
        agent: Agent = .claudeCode,
        billing: Billing = .api,
        isHeadless: Bool = false,
        steps: [SessionThread.Step],
        subagent: [SessionThread.Step] = [],
        trailing: [Arrival] = []
    ) -> Session {
        var threads = [SessionThread(id: .main, steps: steps, trailing: trailing)]
        if !subagent.isEmpty {
            threads.append(SessionThread(id: ThreadID(kind: .subagent, name: "a"), steps: subagent))
        }
        return Session(
            id: SessionID(agent: agent, name: name),
            project: project,
            billing: billing,
            isHeadless: isHeadless,
            threads: threads
        )
    }

    /// One prompt, one look into a file, one answer: small by every measure.
    static func small(_ name: String = "s", model: ModelID = .opus, billing: Billing = .api) -> Session {
        .sample(name, billing: billing, steps: smallSteps(name, model: model))
    }

    static func smallSteps(_ name: String = "s", model: ModelID = .opus) -> [SessionThread.Step] {
        [
            .sample(
                .sample(name + "1", minute: 0, model: model, input: 5, write1h: 20_000, stop: .toolUse),
                after: [.sample(.prompt, bytes: 360)],
                tools: [.sample()]
            ),
            .sample(
                .sample(name + "2", minute: 1, model: model, input: 5, output: 50, read: 20_000, write1h: 405),
                after: [.sample(.toolResult, bytes: 720)]
            ),
        ]
    }

    /// A long first task, a small one after five minutes with so much in the cache, and a long one at the last minute.
    static func smallTask(
        _ name: String = "s",
        prefix: Int = 1000,
        output: Int = 700,
        return minute: Double = 59
    ) -> Session {
        .sample(
            name,
            steps: [
                .sample(.sample(name + "1", minute: 0, output: 1000, write1h: prefix), after: [.sample(.prompt)]),
                .sample(
                    .sample(name + "2", minute: 5, input: 10, output: output, read: prefix, write1h: 1090),
                    after: [.sample(.prompt)]
                ),
                .sample(
                    .sample(name + "3", minute: minute, input: 10, output: 3000, read: prefix + 1090, write1h: 800),
                    after: [.sample(.prompt)]
                ),
            ]
        )
    }
}

extension Thresholds {
    /// For small samples of work that would move: however little it saves.
    static let anySaving = Thresholds([ModelDowngrade.kind: ["usd": 0], SameTierCheaper.kind: ["usd": 0]])
}

let today = Day(year: 2026, month: 11, day: 21)

func analyse(_ sessions: [Session], thresholds: Thresholds = .init()) -> AnalysisResult {
    let window = Window(from: .noon, to: .minute(30 * 24 * 60))
    var analysis = Analysis(
        in: AnalysisContext(prices: .builtin, today: today, window: window, thresholds: thresholds)
    )
    for session in sessions { analysis.add(session) }
    return analysis.finish()
}

func analyse(_ session: Session, thresholds: Thresholds = .init()) -> AnalysisResult {
    analyse([session], thresholds: thresholds)
}

extension AnalysisResult {
    func report(of kind: String) -> KindReport? { kinds.first { $0.kind == kind } }

    var candidates: [Candidate] { findings.flatMap(\.finding.candidates) }

    /// For samples on which other kinds have something to say too.
    func findings(of kind: String) -> [Finding] { report(of: kind)?.findings.map(\.finding) ?? [] }

    func candidates(of kind: String) -> [Candidate] { findings(of: kind).flatMap(\.candidates) }
}
