import Domain
import Statistics

extension KindReport {
    init(of detector: any Detector, claims: [Claim], sessions: Int, days: Double, context: AnalysisContext) {
        kind = type(of: detector).kind
        status = claims.isEmpty ? .quiet : .found
        basis = type(of: detector).basis
        summary = detector.summary
        dropped = detector.dropped
        nearMisses = detector.nearMisses
        findings = Dictionary(grouping: claims, by: \.scope)
            .map { scope, claims in
                ScopedFinding(scope, claims, by: detector, sessions: sessions, days: days, context: context)
            }
            .sorted(by: ScopedFinding.isRankedBefore)
    }
}

extension ScopedFinding {
    fileprivate init(
        _ scope: FindingScope,
        _ claims: [Claim],
        by detector: any Detector,
        sessions: Int,
        days: Double,
        context: AnalysisContext
    ) {
        let claims = claims.sorted { Candidate.isRankedBefore($0.candidate, $1.candidate) }
        let candidates = claims.map(\.candidate)
        let bySession = Dictionary(grouping: candidates, by: \.session)
        self.scope = scope
        saving = claims.reduce(into: MoneyByBilling()) { $0[$1.billing] += $1.candidate.saving }
        finding = Finding(
            id: scope.id,
            kind: scope.kind,
            basis: type(of: detector).basis,
            confidence: .structural,
            project: scope.project,
            sessionsFlagged: bySession.count,
            actual: candidates.reduce(.zero) { $0 + $1.actual },
            estimated: candidates.reduce(.zero) { $0 + $1.estimated },
            monthlySaving: MoneyInterval(
                ofSum: bySession.values.map { $0.reduce(.zero) { $0 + $1.saving } },
                among: sessions,
                seed: scope.hash,
                scaledBy: 30 / days
            ),
            evidence: candidates.map(\.evidence),
            action: detector.action(for: claims, in: scope),
            caveats: detector.caveats(for: claims, in: scope, context: context)
                + ScopedFinding.caveats(for: claims, by: type(of: detector), saving: saving, today: context.today),
            candidates: candidates
        )
    }

    /// What holds for every estimate of its lever.
    private static func caveats(
        for claims: [Claim],
        by detector: any Detector.Type,
        saving: MoneyByBilling,
        today: Day
    ) -> [String] {
        var caveats: [String] = []
        if detector.lever == .model {
            caveats.append(
                "Priced with the replacement's price of \(today) and the same tokens: within a family the tokenisers are "
                    + "taken to count alike."
            )
        }
        caveats.append(
            "The monthly saving repeats this window; its interval (95%) comes from resampling sessions and holds no "
                + (detector.lever == .model ? "doubt about the model." : "doubt about the change.")
        )
        if claims.contains(where: \.precedesTarget) {
            caveats.append(
                "Some of this work is older than the model it is compared with: the figure says what it would cost at "
                    + "today's prices, not what could have been saved then."
            )
        }
        if claims.contains(where: \.outputIsLowerBound) {
            caveats.append("Some calls log less output than was billed: actual and estimate are both too low.")
        }
        if saving.subscription > .zero {
            caveats.append("Part of it ran on a flat plan: there the saving is headroom under the limits, not money.")
        }
        return caveats
    }
}

extension MoneyInterval {
    /// A sum over sessions, most of which add nothing, with the interval that resampling sessions gives.
    init(ofSum values: [Money], among sessions: Int, seed: UInt64, scaledBy scale: Double = 1) {
        let mid = values.reduce(Money.zero, +)
        let interval = Bootstrap(seed: seed).intervalOfSum(of: values.map(\.usd), among: sessions)
        let scaled = scale == 1 ? mid : Money(approximatingUSD: mid.usd * scale)
        // Beyond some millions a number of dollars is rounded, and the exact middle may lie outside of its own bounds.
        self.init(
            low: min(scaled, Money(approximatingUSD: interval.low * scale)),
            mid: scaled,
            high: max(scaled, Money(approximatingUSD: interval.high * scale))
        )
    }
}
