import Domain

extension OptimizeReport {
    /// How many rows people get to see of findings, candidates and near misses; programs get all.
    private static let shownRows = 10

    package var page: Page {
        guard callsAnalyzed > 0 else { return Page([.text(period.emptyText(newest: newestCall))]) }
        var page = Page([.headline(headline), .text(scale)])
        if kinds.count > 1, !findings.isEmpty { page.blocks.append(.table(kindTable)) }
        if !findings.isEmpty {
            if kinds.count > 1 { page.blocks.append(.heading("Largest findings")) }
            let shown = findings.firstOfEach(Self.shownRows) { $0.finding.kind }
            page.blocks.append(.table(table(of: shown)))
            if findings.count > shown.count { page.blocks.append(.note(moreFindings(than: shown))) }
        }
        // With many kinds the sessions of one say little; its own page shows them.
        if kinds.count <= 2, !candidates.isEmpty {
            page.blocks += [.heading("Largest candidates"), .table(candidateTable)]
        }
        if let nearMisses { page.blocks += nearMissBlocks(nearMisses) }
        if !quiet.isEmpty { page.blocks += quietBlocks }
        page.blocks += verdictBlocks
        page.blocks += actions
        page.blocks += notes
        page.blocks += nextSteps
        return page
    }

    /// A row a kind with what its findings come to, and what all come to together.
    private var kindTable: Table {
        let sum = found.reduce(Money.zero) { $0 + $1.saving }
        var table = Table(
            found,
            fields: [
                Field(Table.Column("finding", key: "kind")) { Table.Cell($0.kind) },
                Field(.figure("sessions", key: "sessionsFlagged", dropRank: 2)) { .count($0.sessions) },
                Field(Table.Column("basis", key: "basis", dropRank: 3)) { Table.Cell($0.basis.rawValue, tone: .dim) },
                Field(.figure("saving", key: "savingUSD")) { .money($0.saving, tone: .good) },
                Field(.figure("of spend", key: "share", dropRank: 1)) { kind in
                    Table.Cell(kind.saving.share(of: total)?.percent ?? "")
                },
                Field(Table.Column("mostly in", key: "project", shortening: .middle(atLeast: 10), dropRank: 4)) {
                    Table.Cell($0.findings.first?.finding.project ?? "")
                },
            ]
        )
        if found.count > 1, sum > recoverable.mid {
            table.totals = [
                "together, overlaps removed", .count(sessionsFlagged), .empty, .money(recoverable.mid),
                Table.Cell(recoverable.mid.share(of: total)?.percent ?? ""), .empty,
            ]
        }
        return table
    }

    /// What replays showed, of what is told and of what they silenced.
    private var verdictBlocks: [Page.Block] {
        let told = findings.compactMap { found in found.verdict.map { (found.finding.id, $0) } }
        guard !told.isEmpty || !contradicted.isEmpty else { return [] }
        return [.heading("Replayed on your own history")]
            + told.map { .point("\($0.0) \($0.1.outcome.rawValue): \($0.1.text)") }
            + contradicted.map {
                .point(
                    "\($0.subject) is not told, since a replay contradicts it (suffice validate \($0.subject) asks again): \($0.text)"
                )
            }
    }

    /// What was looked at and not found: a quiet kind is an answer.
    private var quietBlocks: [Page.Block] {
        guard kinds.count > 2 else { return quiet.map { .note("\($0.kind): \($0.text)") } }
        let table = Table(
            quiet,
            fields: [
                Field(Table.Column("nothing in", key: "kind")) { Table.Cell($0.kind) },
                Field(Table.Column("what was looked at", key: "text", shortening: .wrapping(atLeast: 32), dropRank: 1))
                {
                    Table.Cell($0.text, tone: .dim)
                },
            ]
        )
        return [.table(table)]
    }

    package var headline: String {
        guard recoverable.mid > .zero else {
            return "Nothing found to recover of \(total.dollars) \(billing.noun): \(period.title)"
        }
        let share = recoverable.mid.share(of: total).map { " (\($0.percent))" } ?? ""
        return "\(recoverable.mid.roundDollars) of \(total.roundDollars) \(billing.noun) looks recoverable\(share), "
            + "estimated \(recoverable.dollars): \(period.title)"
    }

    private var scale: String {
        let share = sessionsAnalyzed > 0 ? Double(sessionsFlagged) / Double(sessionsAnalyzed) * 100 : 0
        let flagged = "\(sessionsFlagged.grouped) of \(sessionsAnalyzed.of("session")) flagged (\(share.percent))"
        return "\(flagged), \(callsAnalyzed.of("call")) analysed"
    }

    /// Findings as people read them, one a row.
    package func table(of findings: [Found]) -> Table {
        Table(
            findings,
            fields: [
                Field(Table.Column("finding", key: "kind")) { Table.Cell($0.finding.kind) },
                Field(Table.Column("id", key: "id")) { Table.Cell($0.finding.id) }.shown(if: false),
                Field(Table.Column("project", key: "project", shortening: .middle(atLeast: 10), dropRank: 4)) {
                    Table.Cell($0.finding.project)
                },
                Field(
                    Table.Column(
                        findings.contains { $0.finding.candidates.contains { $0.target != nil } }
                            ? "model → target" : "model",
                        key: "model",
                        shortening: .middle(atLeast: 20),
                        dropRank: 3
                    )
                ) {
                    Table.Cell($0.replacement, exact: $0.model?.rawValue ?? $0.replacement)
                },
                Field(Table.Column("target", key: "target")) { Table.Cell($0.target?.rawValue ?? "") }
                    .shown(if: false),
                Field(.figure("sessions", key: "sessionsFlagged", dropRank: 6)) { .count($0.finding.sessionsFlagged) },
                Field(.figure("actual", key: "actualUSD", dropRank: 5)) { .money($0.finding.actual) },
                Field(.figure("estimated", key: "estimatedUSD", dropRank: 7)) { .money($0.finding.estimated) },
                Field(.figure("saving", key: "savingUSD")) { .money($0.finding.saving, tone: .good) },
                Field(.figure("a month", key: "monthlySavingUSD", dropRank: 2)) {
                    let saving = $0.finding.monthlySaving
                    return Table.Cell(saving.dollars, exact: saving.mid.decimal)
                },
                Field(.figure("low", key: "monthlySavingLowUSD")) { .money($0.finding.monthlySaving.low) }
                    .shown(if: false),
                Field(.figure("high", key: "monthlySavingHighUSD")) { .money($0.finding.monthlySaving.high) }
                    .shown(if: false),
            ]
        )
    }

    private func moreFindings(than shown: [Found]) -> String {
        let ids = Set(shown.map(\.finding.id))
        let rest = findings.filter { !ids.contains($0.finding.id) }
        let saving = rest.reduce(Money.zero) { $0 + $1.finding.saving }
        return "and \(rest.count.of("smaller finding")), \(saving.dollars) together; --format json lists all"
    }

    private var candidateTable: Table {
        let kinds = findings.flatMap { found in found.finding.candidates.map { ($0, found.finding.kind) } }
            .sorted { Candidate.isLarger($0.0, $1.0) }
        let shown = kinds.firstOfEach(Self.shownRows) { $0.1 }.map(\.0)
        let proposesModels = shown.contains { $0.target != nil }
        return Table(
            shown,
            fields: [
                Field(Table.Column("session", key: "session", shortening: .middle(atLeast: 13))) {
                    Table.Cell($0.session.name)
                },
                Field(Table.Column("unit", key: "unit", dropRank: 3)) { Table.Cell($0.unit.rawValue) },
                Field(
                    Table.Column(
                        proposesModels ? "model → target" : "model",
                        key: "model",
                        shortening: .middle(atLeast: 20),
                        dropRank: 2
                    )
                ) {
                    Table.Cell($0.model.replaced(by: $0.target))
                },
            ] + (proposesModels ? Self.shapeFields : []) + [
                Field(.figure("actual", key: "actualUSD", dropRank: 4)) { .money($0.actual) },
                Field(.figure("estimated", key: "estimatedUSD", dropRank: 5)) { .money($0.estimated) },
                Field(.figure("saving", key: "savingUSD")) { .money($0.saving, tone: .good) },
                Field(
                    Table.Column(
                        "why",
                        key: "reasons",
                        shortening: .end(atLeast: 24),
                        dropRank: proposesModels ? 9 : 1
                    )
                ) {
                    Table.Cell($0.reasons.joined(separator: "; "), tone: .dim)
                },
            ]
        )
    }

    /// The size of a piece of work: what speaks for another model.
    private static var shapeFields: [Field<Candidate>] {
        [
            Field(.figure("in", key: "inputTokens", dropRank: 6)) { .tokens($0.shape.inputTokens) },
            Field(.figure("out", key: "outputTokens", dropRank: 6)) { .tokens($0.shape.outputTokens) },
            Field(.figure("tools", key: "toolCalls", dropRank: 7)) { .count($0.shape.toolCalls) },
            Field(.figure("turns", key: "turns", dropRank: 8)) { .count($0.shape.turns) },
        ]
    }

    private func nearMissBlocks(_ misses: [NearMiss]) -> [Page.Block] {
        guard !misses.isEmpty else { return [.heading("Near misses"), .text("none")] }
        let table = Table(
            misses.prefix(Self.shownRows * 2).map { $0 },
            fields: [
                Field(Table.Column("session", key: "session", shortening: .middle(atLeast: 13))) {
                    Table.Cell($0.candidate.session.name)
                },
                Field(Table.Column("unit", key: "unit", dropRank: 3)) { Table.Cell($0.candidate.unit.rawValue) },
                Field(Table.Column("model → target", key: "model", shortening: .middle(atLeast: 20), dropRank: 4)) {
                    Table.Cell($0.candidate.model.replaced(by: $0.candidate.target))
                },
                Field(.figure("actual", key: "actualUSD", dropRank: 2)) { .money($0.candidate.actual) },
                Field(.figure("saving", key: "savingUSD", dropRank: 1)) { .money($0.candidate.saving) },
                Field(Table.Column("missed by", key: "missed", shortening: .end(atLeast: 16))) {
                    Table.Cell($0.missed)
                },
            ]
        )
        return [.heading("Near misses"), .table(table)]
    }

    /// What to do: the advice of each kind's largest finding, without what the next command says anyway.
    private var actions: [Page.Block] {
        found.prefix(5).compactMap { kind in
            guard let largest = kind.findings.first?.finding else { return nil }
            let place = largest.project.isEmpty ? "" : " in \(largest.project)"
            return .point("\(kind.kind)\(place): \(largest.action.text.firstSentence)")
        }
    }

    /// What the figures are, in a few lines; each finding's own caveats are on its page and in JSON.
    package var notes: [Page.Block] {
        var notes: [Page.Block] = []
        if unpricedCalls > 0 {
            notes.append(.warning("\(unpricedCalls.of("call")) of models without a price are in no figure of money"))
        }
        if findings.contains(where: { $0.finding.candidates.contains { $0.target != nil } }) {
            notes.append(
                .note(
                    "Other models are proposed by the size and course of the work: nothing was re-run, and that the cheaper "
                        + "model does the same is not proven. Estimated is the same tokens at today's list price, also "
                        + "where the work is older than the model."
                )
            )
        }
        if findings.reduce(.zero, { $0 + $1.finding.saving }) > recoverable.mid {
            notes.append(.note("Findings overlap: together they recover the amount on the first line, no more."))
        }
        if droppedForSwitching > 0 {
            notes.append(
                .note(
                    "\(droppedForSwitching.of("unit")) of \(droppedCost.dollars) left alone: moving would cost more than "
                        + "it saves."
                )
            )
        }
        if let headroom { notes.append(.note(headroom)) }
        return notes
    }

    /// On a flat plan nothing is saved in money.
    var headroom: String? { headroom(of: savingSplit) }

    /// ``headroom`` where it is already said that nobody knows how some of it was paid.
    var knownHeadroom: String? {
        var split = savingSplit
        split.unknown = .zero
        return headroom(of: split)
    }

    private func headroom(of split: BillingSplit) -> String? {
        var parts: [String] = []
        if split.subscription != .zero {
            parts.append("\(split.subscription.dollars) ran on a subscription: headroom under its limits, no money")
        }
        if split.unknown != .zero {
            parts.append(
                "how \(split.unknown.dollars) was paid is unknown (headroom, too, if on a subscription): "
                    + "say so once under [billing] in suffice.toml"
            )
        }
        return parts.isEmpty ? nil : "Of the saving, " + parts.joined(separator: "; ") + "."
    }

    private var nextSteps: [Page.Block] {
        guard let kind = found.first?.kind else {
            return [.next(command: "suffice optimize\(period.flags) --near-misses", brings: "what came close")]
        }
        let explain = Page.Block.next(
            command: "suffice optimize --explain \(kind)",
            brings: "how it was found and priced"
        )
        if kinds.count > 2 {
            return [
                .next(command: "suffice optimize\(period.flags) --finding \(kind)", brings: "session by session"),
                explain,
            ]
        }
        guard let largest = candidates.first else { return [explain] }
        return [
            .next(command: "suffice sessions \(largest.session.name)", brings: "the largest candidate, call by call"),
            explain,
        ]
    }
}

extension OptimizeReport.Found {
    /// What is to be replaced by what; of several pairs the one that saves most, and how many more there are.
    fileprivate var replacement: String {
        if let model, let target { return model.replaced(by: target) }
        var savings: [String: Money] = [:]
        for candidate in finding.candidates {
            savings[candidate.model.replaced(by: candidate.target), default: .zero] += candidate.saving
        }
        guard let largest = savings.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return "" }
        return savings.count == 1 ? largest.key : "\(largest.key) +\(savings.count - 1)"
    }
}

extension Array {
    /// So many from the front, but of each kind at least its part of them: no kind hides another.
    fileprivate func firstOfEach(_ count: Int, by kind: (Element) -> String) -> [Element] {
        guard self.count > count else { return self }
        let kinds = Set(map(kind)).count
        var ofKind: [String: Int] = [:]
        let granted = indices.filter { index in
            ofKind[kind(self[index]), default: 0] += 1
            return ofKind[kind(self[index]), default: 0] <= Swift.max(1, count / Swift.max(1, kinds))
        }
        let rest = Set(indices).subtracting(granted).sorted().prefix(Swift.max(0, count - granted.count))
        return (granted + rest).sorted().map { self[$0] }
    }
}

extension String {
    fileprivate var firstSentence: String {
        firstRange(of: ". ").map { String(self[..<$0.lowerBound]) + "." } ?? self
    }
}
