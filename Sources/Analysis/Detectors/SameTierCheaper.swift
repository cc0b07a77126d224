package import Domain
import Pricing

/// An older model at a higher price.
///
/// Finds sessions and subagents on a model for which the provider now sells a
/// newer one of the same tier at a lower price. Nothing has to be small for it:
/// the newer model is meant for the same work.
///
/// How it is priced. Actual: each call at the price of its day. Estimated: the
/// same tokens at today's price of the newer model. The whole thread moves, so
/// the cache is reused as it was; only a session that goes on from another one
/// writes anew what it had read first, and where the newer model bills what the
/// older one cached for nothing (OpenAI since gpt-5.6), new prompt is priced as
/// written. Calls that model-downgrade claims are left to it. Work that is older
/// than the newer model could not have used it: there the figure says what the
/// same work costs at today's prices, and the candidate says so.
///
/// When it does not fire: there is no newer, cheaper model of the tier, it
/// cannot serve the calls (window, output, tools, images, thinking), the calls
/// were made at a price that was no higher than the newer model's, or the
/// saving is under a cent (usd, 0.01, under [thresholds.same-tier-cheaper] in
/// suffice.toml).
///
/// It compares prices and re-runs nothing: newer models may write more or fewer
/// tokens for the same work.
package struct SameTierCheaper: Detector {
    package static let kind = "same-tier-cheaper"
    private static let least = Limit(kind, "usd", 0.01)
    package static let limits = [least]

    private var sessions = 0
    private var threads = 0
    private var models: Set<ModelID> = []
    private var claimed = 0
    package private(set) var dropped = Dropped()

    package init() {}

    package var summary: String {
        "looked at \(threads.of("thread")) of \(sessions.of("session")) on \(models.count.of("model")); \(claimed) could run on a "
            + "newer, cheaper model of the same tier"
    }

    package mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim] {
        sessions += 1
        threads += session.threads.count
        // A compaction reads the main thread's prompt: it moves with it.
        let main = session.threads.indices.filter { session.threads[$0].id.kind != .subagent }
        let subagents = session.threads.indices.filter { session.threads[$0].id.kind == .subagent }
        var claims = look(at: main, as: .session, of: session, taken: taken, in: context)
        for thread in subagents {
            claims += look(at: [thread], as: .subagent, of: session, taken: taken, in: context)
        }
        claimed += claims.count
        return claims
    }

    private mutating func look(
        at threads: [Int],
        as unit: Candidate.Unit,
        of session: PricedSession,
        taken: Set<CallKey>,
        in context: AnalysisContext
    ) -> [Claim] {
        var runs: [ModelID: [WorkUnit.Run]] = [:]
        for place in threads {
            let thread = session.threads[place]
            for (index, step) in thread.steps.enumerated()
            where thread.isOwn[index] && thread.costs[index] != nil && !taken.contains(step.call.key) {
                runs[step.call.model, default: []].extend(thread: place, step: index)
            }
        }
        models.formUnion(runs.keys)
        return runs.sorted { $0.key < $1.key }.compactMap { model, runs in
            claim(on: runs, of: model, as: unit, of: session, in: context)
        }
    }

    private mutating func claim(
        on runs: [WorkUnit.Run],
        of model: ModelID,
        as unit: Candidate.Unit,
        of session: PricedSession,
        in context: AnalysisContext
    ) -> Claim? {
        let needs = session.needs(of: runs)
        guard let target = context.targets.sameTier(for: model, needs: needs, in: context) else { return nil }
        var total = Repricing()
        for (place, runs) in Dictionary(grouping: runs, by: \.thread).sorted(by: { $0.key < $1.key }) {
            let thread = session.threads[place]
            let moved = runs.flatMap(\.steps)
            let isContinued = thread.steps[..<(moved.first ?? 0)].indices.contains { index in
                !thread.isOwn[index] && thread.steps[index].call.model == model
            }
            // Nobody comes back to the older model: what is not moved here is moved already or no part of this.
            let move = Move(
                steps: moved,
                model: model,
                target: target,
                startsCold: isContinued,
                isAway: { _ in true }
            )
            guard let priced = thread.reprice(move, in: context) else { return nil }
            total = total + priced
        }
        guard total.estimated < total.actual else {
            dropped.add(total.actual)
            return nil
        }
        let least = context.thresholds.money(SameTierCheaper.least)
        guard total.actual - total.estimated >= least else { return nil }
        return session.claim(
            FindingScope(kind: SameTierCheaper.kind, project: session.project),
            unit: unit,
            model: model,
            target: target,
            shape: session.shape(of: WorkUnit(kind: unit, runs: runs)),
            runs: runs,
            priced: total,
            reasons: ["\(target) is a newer model of the same tier at a lower price"],
            in: context
        )
    }

    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let pairs = Set(claims.map { $0.candidate.swap }).sorted()
        return ProposedAction(
            kind: "model",
            text: "Where this project still asks for the older model, name \(pairs.joined(separator: ", ")). "
                + ProposedAction.lookFirst
        )
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "Prices were compared, nothing was re-run: a newer model may write more or fewer tokens for the same work, "
                + "and that it does the same is not proven."
        ]
    }
}

extension Candidate {
    fileprivate var swap: String { "\(target?.rawValue ?? "") in place of \(model)" }
}
