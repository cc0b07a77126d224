package import Domain

/// A candidate with what its calls cost, so that what several claims hold is counted once.
package struct Claim: Sendable {
    package var scope: FindingScope
    package var candidate: Candidate
    /// The cost of each of the candidate's calls, in their order.
    package var costs: [Money]
    package var billing: Billing
    /// Some of its calls log less output than was billed.
    package var outputIsLowerBound: Bool
    /// Some of its calls were made before the replacement had a price.
    package var precedesTarget: Bool

    package init(
        scope: FindingScope,
        candidate: Candidate,
        costs: [Money],
        billing: Billing,
        outputIsLowerBound: Bool = false,
        precedesTarget: Bool = false
    ) {
        self.scope = scope
        self.candidate = candidate
        self.costs = costs
        self.billing = billing
        self.outputIsLowerBound = outputIsLowerBound
        self.precedesTarget = precedesTarget
    }
}

extension Candidate {
    /// Largest saving first; ties as the sessions are named, so that no order of reading shows.
    static func isRankedBefore(_ a: Candidate, _ b: Candidate) -> Bool {
        if a.saving != b.saving { return a.saving > b.saving }
        if a.session != b.session { return a.session < b.session }
        if a.evidence.file != b.evidence.file { return a.evidence.file < b.evidence.file }
        return (a.evidence.offset, a.unit.rawValue, a.model) < (b.evidence.offset, b.unit.rawValue, b.model)
    }
}
