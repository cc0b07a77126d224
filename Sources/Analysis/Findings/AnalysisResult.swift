package import Domain

/// What all detectors together found in a window.
package struct AnalysisResult: Sendable {
    /// As asked for; an open end is where the calls end.
    package var window: Window
    package var days: Double
    package var sessionsAnalyzed: Int
    /// Calls of these sessions in the window, unpriced ones too; copies of other sessions' calls are not counted.
    package var callsAnalyzed: Int
    /// What the priced calls cost, each at the price of its day.
    package var total: MoneyByBilling
    /// By model, what ``total`` leaves out.
    package var unpriced: [ModelID: UnpricedCalls]
    /// What could have been saved in the window by all findings together, overlaps removed.
    package var recoverable: MoneyInterval
    /// Every kind asked for, found or quiet, most money first.
    package var kinds: [KindReport]
    /// Ids of findings that were found and are not told, because a replay contradicts them.
    package var silenced: Set<String>

    init(
        window: Window,
        days: Double,
        sessionsAnalyzed: Int,
        callsAnalyzed: Int,
        total: MoneyByBilling,
        unpriced: [ModelID: UnpricedCalls],
        recoverable: MoneyInterval,
        kinds: [KindReport],
        silenced: Set<String> = []
    ) {
        self.window = window
        self.days = days
        self.sessionsAnalyzed = sessionsAnalyzed
        self.callsAnalyzed = callsAnalyzed
        self.total = total
        self.unpriced = unpriced
        self.recoverable = recoverable
        self.silenced = silenced
        self.kinds = kinds.sorted { ($1.saving, $0.kind) < ($0.saving, $1.kind) }
    }

    /// The findings of all kinds, most money first.
    package var findings: [ScopedFinding] { kinds.flatMap(\.findings).sorted(by: ScopedFinding.isRankedBefore) }
}

/// What one detector found, or that it found nothing.
package struct KindReport: Sendable {
    package enum Status: String, Sendable {
        case found
        case quiet
    }

    package var kind: String
    package var status: Status
    package var basis: Basis
    /// A sentence on what was looked at.
    package var summary: String
    /// Most money first; empty for a quiet kind.
    package var findings: [ScopedFinding]
    package var dropped: Dropped
    package var nearMisses: [NearMiss]

    package var saving: Money { findings.reduce(.zero) { $0 + $1.finding.saving } }
}

/// A finding with what its scope fixes and who would see the money.
package struct ScopedFinding: Sendable {
    package var finding: Finding
    package var scope: FindingScope
    /// The saving by how the calls were paid: a flat plan's part is headroom, not money.
    package var saving: MoneyByBilling

    static func isRankedBefore(_ a: ScopedFinding, _ b: ScopedFinding) -> Bool {
        (b.finding.saving, a.finding.id) < (a.finding.saving, b.finding.id)
    }
}
