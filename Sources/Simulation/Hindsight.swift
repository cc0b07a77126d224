import Domain
import Pricing
import Routing

/// The least that a conversation could have cost at the router's own decision points, knowing how it went on.
///
/// What is simple is the router's word, and so is the model that suffices: hindsight only knows better *whether it was
/// worth going there*. The router is asked once more as if prompt caches cost nothing. The calls that it then takes to a
/// cheaper model, from a point where the model is open to the next such point or to where its own rules lead back, are a
/// stretch. Hindsight takes each stretch or leaves it; of all the ways to do so it has the cheapest, the caches of every
/// model played through. Where the router's own way is cheaper still, that is it.
struct Hindsight {
    private let recorded: [RecordedTurn]
    private let routed: [Walk.Turn]
    /// By call, the model that would take it over, and whether a stretch begins there; nil where none would.
    private let stretches: [(target: ModelID, begins: Bool)?]
    private(set) var pricer: Pricer

    init(turns: [Walk.Turn], simple: [Walk.Turn], of recorded: [RecordedTurn], pricer: Pricer) {
        self.recorded = recorded
        self.pricer = pricer
        routed = turns
        var stretches: [(target: ModelID, begins: Bool)?] = []
        for (index, turn) in recorded.enumerated() {
            let model = turn.call.model
            let moved =
                simple[index].served != model ? simple[index] : turns[index].served != model ? turns[index] : nil
            let before = stretches.last ?? nil
            stretches.append(
                moved.map { moved in
                    let isOpen = [simple[index], turns[index]].contains { $0.routed?.moment != .continuing }
                    return (moved.served, before.map { $0.target != moved.served || isOpen } ?? true)
                }
            )
        }
        self.stretches = stretches
    }

    /// One way to take and leave stretches so far; ways that leave the same caches differ only in cost.
    private struct Way: Hashable {
        var caches: PromptCaches
        var isTaking = false
    }

    private struct Account {
        var cost = Money.zero
        var turns: [Walk.Turn] = []
    }

    mutating func best(in router: Router) -> [Walk.Turn] {
        guard stretches.contains(where: { $0 != nil }) else { return routed }
        var ways = [Way(caches: PromptCaches(for: recorded.lazy.map(\.call))): Account()]
        for index in recorded.indices {
            var next: [Way: Account] = [:]
            for (way, account) in ways {
                for takes in choices(at: index, after: way.isTaking) {
                    step(from: way, account, taking: takes, at: index, into: &next)
                }
            }
            ways = next
        }
        let cheapest = ways.values.min { $0.cost < $1.cost }
        guard let cheapest, cheapest.cost < routed.reduce(.zero, { $0 + ($1.cost ?? .zero) }) else { return routed }
        return cheapest.turns
    }

    private func choices(at index: Int, after isTaking: Bool) -> [Bool] {
        guard let stretch = stretches[index] else { return [false] }
        return stretch.begins ? [false, true] : [isTaking]
    }

    private mutating func step(
        from way: Way,
        _ account: Account,
        taking: Bool,
        at index: Int,
        into ways: inout [Way: Account]
    ) {
        var way = way
        var account = account
        way.isTaking = taking
        let call = recorded[index].call
        let served = taking ? stretches[index]?.target ?? call.model : call.model
        let cost = pricer.cost(of: call, servedBy: served, from: &way.caches)
        account.cost += cost ?? .zero
        if let known = ways[way], known.cost <= account.cost { return }
        account.turns.append(Walk.Turn(served: served, cost: cost))
        ways[way] = account
    }
}
