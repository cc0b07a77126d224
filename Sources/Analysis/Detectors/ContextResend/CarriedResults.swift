import Domain

/// A tool result that rode along in a thread's prompt.
struct CarriedResult {
    var tool: String
    var span: Range<Int>
    var isCopy: Bool
    /// Where it came: the place in the thread of the first call that carried it, and that call's log.
    var index: Int
    var file: String
    /// The first call of this session's own that carried it.
    var call = ""
    /// Where the result itself stands in the log.
    var offset: Int64
    /// The calls of this session that carried it.
    var calls = 0
    /// Tokens times calls that it was carried beyond need.
    var waste = 0

    init(_ arrival: Arrival, of tool: ToolCall?, at index: Int, in thread: PricedThread, span: Range<Int>, isCopy: Bool)
    {
        let step = thread.steps[index]
        self.tool = tool?.label ?? "a tool"
        self.span = span
        self.isCopy = isCopy
        self.index = index
        file = step.file
        offset = arrival.position.offset
    }

    var reason: String {
        "\(tool): \(span.count.of("token"))\(isCopy ? " a second time, unchanged," : "") in \(calls.of("call"))"
    }

    static func isRankedBefore(_ a: CarriedResult, _ b: CarriedResult) -> Bool {
        (b.waste, a.file, a.offset, a.index) < (a.waste, b.file, b.offset, b.index)
    }
}

/// What a session's calls carried beyond need, and what that cost.
struct CarriedResults {
    var all: [CarriedResult] = []
    private var shares: [Claim.Share] = []
    private var byModel: [ModelID: Money] = [:]

    var saving: Money { shares.saving }

    mutating func add(_ share: Claim.Share, on model: ModelID) {
        shares.append(share)
        byModel[model, default: .zero] += share.saving
    }

    mutating func add(_ other: CarriedResults) {
        all += other.all
        shares += other.shares
        byModel.merge(other.byModel, uniquingKeysWith: +)
    }

    /// A claim on all calls that carried something, with the largest results as its reasons.
    func claim(on session: PricedSession) -> Claim? {
        let ranked = all.sorted(by: CarriedResult.isRankedBefore)
        // The model most of it was paid on.
        let model = byModel.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        guard let first = ranked.first, let model else { return nil }
        let named = ranked.prefix(3)
        let others = ranked.dropFirst(3)
        return Claim(
            FindingScope(kind: ContextResend.kind, project: session.project),
            unit: .session,
            model: model,
            shape: Shape(
                inputTokens: ranked.reduce(0) { $0 + $1.span.count },
                toolCalls: ranked.count,
                turns: shares.count
            ),
            reasons: named.map(\.reason) + (others.isEmpty ? [] : [others.count.of("smaller one")]),
            evidence: Evidence(
                session: session.id,
                calls: named.map(\.call),
                file: first.file,
                offset: first.offset
            ),
            shares: shares,
            billing: session.billing
        )
    }
}

extension ToolCall {
    /// The tool, and for a shell call the command.
    var label: String { command.isEmpty ? name : "\(name) \(command)" }
}
