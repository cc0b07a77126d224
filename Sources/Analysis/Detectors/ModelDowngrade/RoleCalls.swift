import Domain
import Pricing

/// The calls of one thread on one model that did one small thing each.
struct RoleCalls {
    var thread: Int
    var model: ModelID
    /// By place in the thread, ascending.
    var roles: [(index: Int, role: CallRole)]

    var loose: LooseCalls {
        var runs: [[Int]] = []
        for (index, _) in roles { runs.extend(by: index) }
        let kinds = CallRole.allCases.map { kind in roles.filter { $0.role == kind }.map(\.index) }
        return LooseCalls(
            thread: thread,
            model: model,
            runs: runs,
            choices: kinds.filter { !$0.isEmpty && $0.count < roles.count }
        )
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

    func judge(_ calls: RoleCalls, claimed: Set<CallKey>, in context: AnalysisContext) -> Judgement {
        let loose = calls.loose
        let target = { (needs: Needs) in context.targets.downgrade(for: calls.model, needs: needs, in: context) }
        guard let move = bestMove(of: loose, claimed: claimed, in: context, to: target) else {
            guard target(Needs(tools: true)) != nil else { return .withoutTarget }
            return .costsMore(calls.roles.reduce(.zero) { $0 + (threads[calls.thread].costs[$1.index] ?? .zero) })
        }
        let least = context.thresholds.money(ModelDowngrade.least)
        guard move.saving >= least else { return .large }
        let scope = FindingScope(
            kind: ModelDowngrade.kind,
            project: project,
            model: calls.model,
            target: move.target
        )
        return .small(claim(scope, on: move, of: loose, reasons: calls.reasons(for: move), in: context))
    }
}

extension RoleCalls {
    fileprivate func reasons(for move: LooseMove) -> [String] {
        let moved = Set(move.steps)
        return CallRole.allCases.compactMap { role in
            let count = roles.count { $0.role == role && moved.contains($0.index) }
            return count > 0 ? "\(count.of("call")) that only \(role.rawValue)" : nil
        }
    }
}
