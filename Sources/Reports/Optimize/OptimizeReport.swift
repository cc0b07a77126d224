package import Domain

/// What of the spend is recoverable, with the evidence, and what to do about it.
package struct OptimizeReport: Report {
    /// A finding with what its scope fixes and who would see the money.
    package struct Found: Sendable {
        package var finding: Finding
        /// Where the scope is one model, and one target.
        package var model: ModelID?
        package var target: ModelID?
        /// The saving by how the calls were paid: a flat plan's part is headroom, not money.
        package var saving: BillingSplit
        /// What a replay showed of it, where there was one.
        package var verdict: Verdict?

        package init(
            finding: Finding,
            model: ModelID?,
            target: ModelID?,
            saving: BillingSplit,
            verdict: Verdict? = nil
        ) {
            self.verdict = verdict
            self.finding = finding
            self.model = model
            self.target = target
            self.saving = saving
        }
    }

    /// A kind of waste that was looked for, found or not.
    package struct Kind: Sendable {
        package var kind: String
        package var basis: Basis
        /// What was looked at, as a sentence: a quiet result is an answer.
        package var text: String

        package init(kind: String, basis: Basis, text: String) {
            self.kind = kind
            self.basis = basis
            self.text = text
        }
    }

    /// Work that came close to being a candidate, and what kept it from being one.
    package struct NearMiss: Sendable {
        package var candidate: Candidate
        /// The limit it missed, such as `5120 tokens in (limit 4000)`.
        package var missed: String

        package init(candidate: Candidate, missed: String) {
            self.candidate = candidate
            self.missed = missed
        }
    }

    package var period: Period
    package var days: Double
    package var sessionsAnalyzed: Int
    package var callsAnalyzed: Int
    /// All calls of the period by how they were paid.
    package var billing: BillingSplit
    /// What all findings recover together, overlaps removed.
    package var recoverable: MoneyInterval
    /// Largest saving first.
    package var findings: [Found]
    /// Every kind looked for, in the order in which they are told.
    package var kinds: [Kind]
    /// Units whose cache would have cost more to rebuild than the cheaper model saves.
    package var droppedForSwitching: Int
    /// What those units cost as they were.
    package var droppedCost: Money
    /// Nil unless the user asked to see them.
    package var nearMisses: [NearMiss]?
    package var unpricedCalls: Int
    package var newestCall: Timestamp?
    package var firstCall: Timestamp?
    /// Findings that a replay contradicted: found, and not told.
    package var contradicted: [Verdict]

    package init(
        period: Period,
        days: Double,
        sessionsAnalyzed: Int,
        callsAnalyzed: Int,
        billing: BillingSplit,
        recoverable: MoneyInterval,
        findings: [Found],
        kinds: [Kind],
        droppedForSwitching: Int = 0,
        droppedCost: Money = .zero,
        nearMisses: [NearMiss]? = nil,
        unpricedCalls: Int = 0,
        newestCall: Timestamp? = nil,
        firstCall: Timestamp? = nil,
        contradicted: [Verdict] = []
    ) {
        self.period = period
        self.days = days
        self.sessionsAnalyzed = sessionsAnalyzed
        self.callsAnalyzed = callsAnalyzed
        self.billing = billing
        self.recoverable = recoverable
        self.findings = findings.sorted { ($1.finding.saving, $0.finding.id) < ($0.finding.saving, $1.finding.id) }
        self.kinds = kinds
        self.droppedForSwitching = droppedForSwitching
        self.droppedCost = droppedCost
        self.nearMisses = nearMisses
        self.unpricedCalls = unpricedCalls
        self.newestCall = newestCall
        self.firstCall = firstCall
        self.contradicted = contradicted
    }

    package var total: Money { billing.total }

    /// Every candidate of every finding, the largest saving first.
    package var candidates: [Candidate] {
        findings.flatMap(\.finding.candidates).sorted(by: Candidate.isLarger)
    }

    /// Sessions with at least one piece of work that some finding would have done otherwise.
    package var sessionsFlagged: Int {
        let named = findings.flatMap { found in
            found.finding.candidates.map(\.session) + found.finding.evidence.map(\.session)
        }
        return max(Set(named).count, findings.map(\.finding.sessionsFlagged).max() ?? 0)
    }

    /// The kinds nothing was found of.
    package var quiet: [Kind] {
        let found = Set(findings.map(\.finding.kind))
        return kinds.filter { !found.contains($0.kind) }
    }

    /// The findings of each kind that was found, added up; the largest saving first.
    package var found: [FoundKind] {
        Dictionary(grouping: findings, by: \.finding.kind).map { kind, findings in
            FoundKind(
                kind: kind,
                basis: findings[0].finding.basis,
                text: kinds.first { $0.kind == kind }?.text ?? "",
                findings: findings
            )
        }
        .sorted { ($1.saving, $0.kind) < ($0.saving, $1.kind) }
    }

    /// The saving of all findings by how their calls were paid.
    var savingSplit: BillingSplit { findings.reduce(into: BillingSplit()) { $0 += $1.saving } }
}

/// What was found of one kind, in all projects.
package struct FoundKind: Sendable {
    package var kind: String
    package var basis: Basis
    /// What was looked at.
    package var text: String
    /// Largest saving first.
    package var findings: [OptimizeReport.Found]

    package var saving: Money { findings.reduce(.zero) { $0 + $1.finding.saving } }

    /// Sessions with something of the kind; a session belongs to one project.
    package var sessions: Int { findings.reduce(0) { $0 + $1.finding.sessionsFlagged } }
}

extension Candidate {
    static func isLarger(_ a: Candidate, _ b: Candidate) -> Bool {
        (b.saving, a.session, a.evidence.offset) < (a.saving, b.session, b.evidence.offset)
    }
}
