import Domain
import Pricing

/// The calls of one thread on one model that did one small thing each.
struct RoleCalls {
    var thread: Int
    var model: ModelID
    /// By place in the thread, ascending.
    var roles: [(index: Int, role: CallRole)]

    /// The choices of what to move: all of them, one role, and the runs of them, since a lone call between two that
    /// stay changes the cache twice.
    var choices: [[Int]] {
        let all = roles.map(\.index)
        let kinds = CallRole.allCases.map { kind in roles.filter { $0.role == kind }.map(\.index) }
        return [all] + kinds.filter { !$0.isEmpty && $0.count < all.count }
    }

    /// Those that follow directly on one another.
    var runs: [[Int]] {
        var runs: [[Int]] = []
        for (index, _) in roles {
            if let last = runs.last?.last, last + 1 == index {
                runs[runs.count - 1].append(index)
            } else {
                runs.append([index])
            }
        }
        return runs
    }
}

extension PricedSession {
    /// The role calls of a thread that nobody has claimed, by model.
    func roleCalls(of thread: Int, claimed: Set<CallKey>, limits: SmallWork) -> [RoleCalls] {
        let priced = threads[thread]
        var found: [RoleCalls] = []
        for index in priced.steps.indices where priced.isOwn[index] && priced.costs[index] != nil {
            let call = priced.steps[index].call
            guard !claimed.contains(call.key), let role = priced.role(at: index, limits: limits) else { continue }
            if let place = found.firstIndex(where: { $0.model == call.model }) {
                found[place].roles.append((index, role))
            } else {
                found.append(RoleCalls(thread: thread, model: call.model, roles: [(index, role)]))
            }
        }
        return found
    }

    /// The choice of role calls that saves most when moved.
    func judge(_ calls: RoleCalls, claimed: Set<CallKey>, in context: AnalysisContext) -> Judgement {
        var best: Choice?
        var choices = calls.choices
        let paying = calls.runs.filter { price($0, of: calls, claimed: claimed, in: context)?.saves == true }
        if !paying.isEmpty, paying.count < calls.runs.count { choices.append(paying.flatMap(\.self)) }
        for steps in choices {
            guard let choice = price(steps, of: calls, claimed: claimed, in: context) else { continue }
            if choice.saving > best?.saving ?? .zero { best = choice }
        }
        let actual = calls.roles.reduce(Money.zero) { $0 + (threads[calls.thread].costs[$1.index] ?? .zero) }
        guard let best else { return isServed(calls, in: context) ? .costsMore(actual) : .withoutTarget }
        guard best.saving >= ModelDowngrade.leastForCalls else { return .large }
        return .small(claim(on: best, of: calls, in: context))
    }

    private struct Choice {
        var runs: [WorkUnit.Run]
        var target: ModelID
        var priced: Repricing

        var saving: Money { priced.actual - priced.estimated }
        var saves: Bool { saving > .zero }
    }

    private func price(
        _ steps: [Int],
        of calls: RoleCalls,
        claimed: Set<CallKey>,
        in context: AnalysisContext
    ) -> Choice? {
        var runs: [WorkUnit.Run] = []
        for step in steps { runs.extend(thread: calls.thread, step: step) }
        guard let target = context.targets.downgrade(for: calls.model, needs: needs(of: runs), in: context) else {
            return nil
        }
        let move = Move(
            steps: steps,
            model: calls.model,
            target: target,
            startsCold: true,
            isAway: claimed.contains
        )
        return threads[calls.thread].reprice(move, in: context).map { Choice(runs: runs, target: target, priced: $0) }
    }

    private func isServed(_ calls: RoleCalls, in context: AnalysisContext) -> Bool {
        context.targets.downgrade(for: calls.model, needs: Needs(tools: true), in: context) != nil
    }

    private func claim(on choice: Choice, of calls: RoleCalls, in context: AnalysisContext) -> Claim {
        let moved = Set(choice.runs.flatMap(\.steps))
        let counts = CallRole.allCases.compactMap { role in
            let count = calls.roles.count { $0.role == role && moved.contains($0.index) }
            return count > 0 ? "\(count) \(count == 1 ? "call" : "calls") that only \(role.rawValue)" : nil
        }
        let returns = choice.priced.rewrittenOnReturn
        return claim(
            FindingScope(
                kind: ModelDowngrade.kind,
                project: project,
                model: calls.model,
                target: choice.target
            ),
            unit: .call,
            model: calls.model,
            target: choice.target,
            shape: shape(of: WorkUnit(kind: .call, runs: choice.runs)),
            runs: choice.runs,
            priced: choice.priced,
            reasons: counts + [
                "\(choice.target) caches \(choice.priced.rewrittenOnTarget) tokens anew, coming back \(returns); "
                    + "that is in the estimate"
            ],
            in: context
        )
    }
}
