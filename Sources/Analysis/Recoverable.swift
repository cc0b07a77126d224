import Domain

/// What all claims recover together: a call that several hold is counted for the one that saves most.
///
/// Never more than the claims' sum nor than the bill. Both are ceilings of the interval's upper end as well: what the
/// next window holds may vary, what this one held does not.
struct Recoverable {
    let interval: MoneyInterval

    init(of claims: [Claim], sessions: Int, bill: MoneyByBilling) {
        var covered: Set<CallKey> = []
        var bySession: [SessionID: Money] = [:]
        var sum = Money.zero
        for claim in claims.sorted(by: { Candidate.isRankedBefore($0.candidate, $1.candidate) }) {
            sum += claim.candidate.saving
            bySession[claim.candidate.session, default: .zero] += claim.saving(outside: covered)
            covered.formUnion(claim.candidate.calls)
        }
        let ceiling = min(sum, bill.total)
        let estimate = MoneyInterval(ofSum: Array(bySession.values), among: sessions, seed: 0)
        interval = MoneyInterval(
            low: min(estimate.low, ceiling),
            mid: min(estimate.mid, ceiling),
            high: min(estimate.high, ceiling)
        )
    }
}

extension Claim {
    /// The part of the saving that falls on calls no larger claim holds, by what the calls cost.
    fileprivate func saving(outside covered: Set<CallKey>) -> Money {
        let calls = zip(candidate.calls, costs)
        let free = calls.reduce(Money.zero) { covered.contains($1.0) ? $0 : $0 + $1.1 }
        let all = costs.reduce(.zero, +)
        guard all > .zero, free < all else { return candidate.saving }
        let share = Double(free.nanoUSD) / Double(all.nanoUSD)
        return Money(nanoUSD: Int64((Double(candidate.saving.nanoUSD) * share).rounded(.down)))
    }
}
