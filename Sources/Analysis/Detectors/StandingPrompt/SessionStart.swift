import Domain
import Pricing

/// What a session sent before the first word, and what its calls paid to carry it.
struct SessionStart: Sendable {
    /// What a standing prompt can be compared with.
    struct Setting: Hashable {
        var agent: Agent
        var model: ModelID
        var isHeadless: Bool
        /// Days in a row, by the limit; weeks begin on a Monday.
        var period: Int64
    }

    /// What one call paid for the whole standing prompt, and in all.
    private struct CarryingCall {
        var key: CallKey
        var cost: Money
        var carried: Money
    }

    let session: SessionID
    let project: String
    let setting: Setting
    let tokens: Int
    /// Bytes of what the agent added before the first call, by what it calls it.
    let labels: [String: Int]
    private let billing: Billing
    private let evidence: Evidence
    private var calls: [CarryingCall] = []
    private(set) var spent = Money.zero

    /// Nil where the first call is another session's: a session's forks have no start of their own.
    init?(of session: PricedSession, in context: AnalysisContext) {
        guard let thread = session.threads.first, thread.id.kind == .main, let first = thread.steps.first,
            thread.isOwn[0],
            first.arrivals.contains(where: { $0.kind == .prompt }),
            !first.arrivals.contains(where: { $0.kind == .compactSummary })
        else { return nil }
        let brought = first.arrivals.reduce(0) { $0 + ($1.isStanding ? 0 : $1.weight) }
        tokens = first.call.usage.promptTokens - brought.tokensByLength
        guard tokens > 0 else { return nil }
        let days = Int64(max(1, context.thresholds.count(StandingPrompt.days)))
        self.session = session.id
        project = session.project
        billing = session.billing
        setting = Setting(
            agent: session.id.agent,
            model: first.call.model,
            isHeadless: session.isHeadless,
            // Day 0 was a Thursday.
            period: (Int64(first.call.time.day.number) + 3).flooredDivision(by: days)
        )
        labels = first.arrivals.reduce(into: [:]) { labels, arrival in
            if arrival.isStanding { labels[arrival.label, default: 0] += max(0, arrival.bytes) }
        }
        evidence = Evidence(
            session: session.id,
            calls: [first.call.id],
            file: first.file,
            offset: first.call.position.offset
        )
        for (index, step) in thread.steps.enumerated() {
            add(step.call, costing: thread.ownCost(at: index), in: context)
        }
    }

    private mutating func add(_ call: Call, costing cost: Money?, in context: AnalysisContext) {
        guard let cost else { return }
        spent += cost
        // A call on another model counts tokens differently, and one with a smaller prompt carries something else.
        guard call.model == setting.model, call.usage.promptTokens >= tokens,
            let rates = context.pricer.rates(of: call)
        else { return }
        let carried = min(cost, call.usage.cost(ofPrompt: 0..<tokens, at: rates))
        if carried > .zero { calls.append(CarryingCall(key: call.key, cost: cost, carried: carried)) }
    }

    /// What its calls paid for all of it.
    var carried: Money { calls.reduce(.zero) { $0 + $1.carried } }

    /// What servers say of themselves, by its length.
    var announcedTokens: Int { min(tokens, labels["mcp_instructions_delta", default: 0].tokensByLength) }

    /// A claim on what so many tokens of it cost.
    func claim(on excess: Int, comparedWith leanest: Int?, unusedMCP: Int) -> Claim {
        let shares = calls.map { call in
            let saving = Int64(clamping: Int128(call.carried.nanoUSD) * Int128(excess) / Int128(tokens))
            return Claim.Share(call: call.key, cost: call.cost, saving: Money(nanoUSD: saving))
        }
        var reasons = ["\(tokens.of("token")) before the first word, in \(calls.count.of("call"))"]
        if let leanest {
            reasons.append(
                "\(excess.grouped) more than the leanest project then on this agent and model (\(leanest.grouped))"
            )
        }
        if unusedMCP > 0 {
            reasons.append(
                "MCP servers announce themselves with \(unusedMCP.of("token")); no session of the project calls one"
            )
        }
        reasons += parts
        return Claim(
            FindingScope(kind: StandingPrompt.kind, project: project),
            unit: .session,
            model: setting.model,
            shape: Shape(inputTokens: excess, turns: calls.count),
            reasons: reasons,
            evidence: evidence,
            shares: shares,
            billing: billing
        )
    }

    /// What the log shows it to be made of, largest first.
    private var parts: [String] {
        let known = labels.filter { !$0.key.isEmpty && $0.value.tokensByLength >= 100 }
        guard !known.isEmpty else { return [] }
        let ranked = known.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(4)
        return ["of it " + ranked.map { "\($0.key) \($0.value.tokensByLength.grouped)" }.joined(separator: ", ")]
    }
}

extension PricedSession {
    /// Whether any of its threads called a tool of an MCP server.
    var callsMCP: Bool { threads.contains { $0.steps.contains { $0.toolCalls.contains(where: \.isMCP) } } }
}

extension PricedThread {
    /// What a call of this session's own cost; nil for another's and for one without a price.
    func ownCost(at index: Int) -> Money? { isOwn[index] ? costs[index] : nil }
}

extension ToolCall {
    fileprivate var isMCP: Bool { name.hasPrefix("mcp__") }
}

extension Arrival {
    /// Whether the agent sends it by itself at the start of every session; files that a user names are not that.
    fileprivate var isStanding: Bool {
        guard kind == .context else { return false }
        return label.isEmpty || label.hasPrefix("hook_") || Arrival.standingLabels.contains(label)
    }

    private static let standingLabels: Set<String> = [
        "skill_listing", "mcp_instructions_delta", "deferred_tools_delta", "agent_listing_delta", "nested_memory",
    ]
}
