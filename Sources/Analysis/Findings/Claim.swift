package import Domain

/// A candidate with what it saves on each call, so that what several claims hold is counted once.
package struct Claim: Sendable {
    /// What one call cost, and how much of that the candidate saves.
    package struct Share: Hashable, Sendable {
        package var call: CallKey
        package var cost: Money
        package var saving: Money

        package init(call: CallKey, cost: Money, saving: Money) {
            self.call = call
            self.cost = cost
            self.saving = saving
        }
    }

    package var scope: FindingScope
    package var candidate: Candidate
    package var shares: [Share]
    package var billing: Billing
    /// Some of its calls log less output than was billed.
    package var outputIsLowerBound: Bool
    /// Some of its calls were made before the replacement had a price.
    package var precedesTarget: Bool
    /// Single calls inside a subagent, which cannot hand them to another.
    package var isInsideSubagent: Bool

    /// - Precondition: no call is in two shares, and the savings come to no more than the candidate's.
    package init(
        scope: FindingScope,
        candidate: Candidate,
        shares: [Share],
        billing: Billing,
        outputIsLowerBound: Bool = false,
        precedesTarget: Bool = false,
        isInsideSubagent: Bool = false
    ) {
        self.scope = scope
        self.candidate = candidate
        self.shares = shares
        self.billing = billing
        self.outputIsLowerBound = outputIsLowerBound
        self.precedesTarget = precedesTarget
        self.isInsideSubagent = isInsideSubagent
    }
}

extension Claim {
    /// A claim on calls that stay on their model: what they cost, and what of it is saved, stands in their shares.
    init(
        _ scope: FindingScope,
        unit: Candidate.Unit,
        model: ModelID,
        shape: Shape,
        reasons: [String],
        evidence: Evidence,
        shares: [Share],
        billing: Billing,
        outputIsLowerBound: Bool = false
    ) {
        let actual = shares.reduce(Money.zero) { $0 + $1.cost }
        self.init(
            scope: scope,
            candidate: Candidate(
                session: evidence.session,
                unit: unit,
                project: scope.project,
                model: model,
                shape: shape,
                actual: actual,
                estimated: actual - shares.saving,
                reasons: reasons,
                evidence: evidence,
                calls: shares.map(\.call)
            ),
            shares: shares,
            billing: billing,
            outputIsLowerBound: outputIsLowerBound
        )
    }
}

extension [Claim.Share] {
    /// A saving on some calls together, spread over them by what they cost.
    init(spreading saving: Money, over calls: [CallKey], costing costs: [Money]) {
        let parts = saving.spread(over: costs)
        self = calls.indices.map { Claim.Share(call: calls[$0], cost: costs[$0], saving: parts[$0]) }
    }

    var saving: Money { reduce(.zero) { $0 + $1.saving } }
}

extension Money {
    /// Parts in proportion to these amounts, which come to the whole whatever they round to.
    func spread(over amounts: [Money]) -> [Money] {
        let all = amounts.reduce(Int128(0)) { $0 + Int128($1.nanoUSD) }
        var passed: Int128 = 0
        var spread: Int64 = 0
        return amounts.map { amount in
            passed += Int128(amount.nanoUSD)
            // Up to here, less what is spread already.
            let upToHere = all > 0 ? Int64(clamping: Int128(nanoUSD) * passed / all) : 0
            defer { spread = upToHere }
            return Money(nanoUSD: upToHere - spread)
        }
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
