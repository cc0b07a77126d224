package import Domain
import Pricing

/// Prompts over the size from which a provider charges more.
///
/// Finds calls whose prompt was over a step in the price list (200,000 tokens on
/// some Claude models, 272,000 on GPT, 100,000 on others): from there on every
/// token of the request costs more, not only those above the step.
///
/// How it is priced. Each such call at the price of its day, less the same tokens
/// at the price of a prompt below the step. That is what compacting before it
/// would have saved at least: a shorter prompt also costs less to read, which is
/// not counted here.
///
/// When it does not fire: the model's price has no such step, or not on that day
/// (some were dropped), or a session's surcharge is less than a cent (usd, 0.01;
/// set it in suffice.toml under [thresholds.long-context]).
package struct LongContext: Detector {
    package static let kind = "long-context"
    package static let lever = Lever.rate
    package static let basis = Basis.priced
    package static let limits = [leastMoney]
    static let leastMoney = Limit(kind, "usd", 0.01)

    private var sessions = 0
    private var calls = 0
    private var charged = 0
    private var claimed = 0
    /// By project, the steps that its prompts passed, by model.
    private var steps: [String: [ModelID: Int]] = [:]

    package init() {}

    package var summary: String {
        "looked at \(calls.of("call")) of \(sessions.of("session")): \(charged == 0 ? "none" : charged.grouped) paid the "
            + "higher price of a long prompt"
            + (claimed < charged ? ", \(claimed) of them in sessions where that comes to enough to matter" : "")
    }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        sessions += 1
        var long: [LongCall] = []
        for thread in session.threads {
            for index in thread.steps.indices where thread.isOwn[index] {
                calls += 1
                if let call = thread.longCall(at: index, in: context) { long.append(call) }
            }
        }
        long.sort { ($0.step.call.time, $0.step.call.id) < ($1.step.call.time, $1.step.call.id) }
        charged += long.count
        let surcharge = long.reduce(Money.zero) { $0 + $1.surcharge }
        let least = context.thresholds.money(LongContext.leastMoney)
        guard let first = long.first, surcharge > .zero, surcharge >= least else { return [] }
        claimed += long.count
        for call in long {
            let limit = steps[session.project]?[call.step.call.model] ?? call.limit
            steps[session.project, default: [:]][call.step.call.model] = min(limit, call.limit)
        }
        return [session.claim(on: long, first: first)]
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let steps = steps[scope.project] ?? [:]
        let limits = Set(steps.values)
        let limit =
            limits.count == 1
            ? (limits.first ?? 0).of("token")
            : steps.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
                .map { "\($0.value.of("token")) on \($0.key)" }.joined(separator: ", ")
        return ProposedAction(
            kind: "context",
            text:
                "Compact or start anew before a prompt reaches \(limit); an agent that compacts by itself can be "
                + "told to do it earlier. \(ProposedAction.lookFirst)"
        )
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "Only the higher price of long prompts is counted. Compacting costs a call itself and loses detail; that a "
                + "shorter prompt is cheaper to send is not in the figure."
        ]
    }
}

/// A call that paid the price of a long prompt.
private struct LongCall {
    var step: SessionThread.Step
    var cost: Money
    var surcharge: Money
    /// Where the dearer price begins.
    var limit: Int
}

extension PricedThread {
    fileprivate func longCall(at index: Int, in context: AnalysisContext) -> LongCall? {
        let call = steps[index].call
        guard let cost = costs[index] else { return nil }
        let pricer = context.pricer
        guard let paid = pricer.cost(of: call.usage, on: call.model, mode: call.mode, at: call.time),
            let short = pricer.costWithoutLongContext(of: call), short < paid
        else { return nil }
        let bands = context.prices.price(of: call.model, on: call.time.day)?.bands(for: call.mode) ?? []
        let limit = bands.map(\.above).filter { $0 > 0 }.min() ?? 0
        return LongCall(step: steps[index], cost: cost, surcharge: min(paid - short, cost), limit: limit)
    }
}

extension PricedSession {
    fileprivate func claim(on long: [LongCall], first: LongCall) -> Claim {
        let limits = Set(long.map(\.limit)).sorted()
        let limit =
            limits.count == 1
            ? limits[0].of("token") + " of prompt"
            : "their model's step (\(limits.map(\.grouped).joined(separator: ", ")) tokens of prompt)"
        let largest = long.map(\.step.call.usage.promptTokens).max() ?? 0
        return Claim(
            FindingScope(kind: LongContext.kind, project: project),
            unit: .call,
            model: first.step.call.model,
            shape: Shape(
                inputTokens: long.reduce(0) { $0 + $1.step.call.usage.promptTokens },
                outputTokens: long.reduce(0) { $0 + $1.step.call.estimatedOutputTokens },
                toolCalls: long.reduce(0) { $0 + $1.step.toolCalls.count },
                turns: long.count
            ),
            reasons: [
                "\(long.count.of("call")) over \(limit), the largest of \(largest.grouped)",
                "the first at \(first.step.call.time), call \(first.step.call.id)",
            ],
            evidence: Evidence(
                session: id,
                calls: long.map(\.step.call.id),
                file: first.step.file,
                offset: first.step.call.position.offset
            ),
            shares: long.map { Claim.Share(call: $0.step.call.key, cost: $0.cost, saving: $0.surcharge) },
            billing: billing,
            outputIsLowerBound: long.contains { $0.step.call.outputIsLowerBound }
        )
    }
}
