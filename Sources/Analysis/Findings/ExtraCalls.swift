package import Domain

/// How many calls another model makes for one of the model it would stand in for, as a replay showed: what it saves is
/// less by as much.
package struct ExtraCalls: Hashable, Sendable {
    package var target: ModelID
    /// Above 1.
    package var ratio: Double

    package init(target: ModelID, ratio: Double) {
        self.target = target
        self.ratio = ratio
    }
}

extension Claim {
    /// The claim with what the target's additional calls cost taken off; nil where nothing would be saved then.
    func making(_ extra: ExtraCalls) -> Claim? {
        guard candidate.target == extra.target else { return self }
        var claim = self
        claim.candidate.estimated = Money(approximatingUSD: candidate.estimated.usd * extra.ratio)
        let saving = claim.candidate.saving
        guard saving > .zero else { return nil }
        let parts = saving.spread(over: shares.map { max($0.saving, .zero) })
        for index in shares.indices { claim.shares[index].saving = min(parts[index], shares[index].saving) }
        return claim
    }
}
