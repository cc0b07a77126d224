package import Domain
package import Replay
import Statistics

/// What a study showed: agreement with history, one step at a time.
package struct StudyReport: Report {
    package var study: Study
    package var run: Study.Run
    package var result: StudyResult
    /// What the finding is taken to save as found; nil for sessions that were named by hand.
    package var saving: Money?
    /// And what it would cost on the candidate.
    package var estimated: Money?
    /// The pairs are shown too.
    package var showsPairs: Bool

    package init(
        study: Study,
        run: Study.Run,
        result: StudyResult,
        saving: Money? = nil,
        estimated: Money? = nil,
        showsPairs: Bool = false
    ) {
        self.study = study
        self.run = run
        self.result = result
        self.saving = saving
        self.estimated = estimated
        self.showsPairs = showsPairs
    }

    /// The saving less what the candidate's additional calls would cost.
    package var savingAfterExtraCalls: Money? {
        guard let saving, let estimated else { return nil }
        return saving - Money(approximatingUSD: estimated.usd * (result.extraCalls - 1))
    }
}

extension StudyReport {
    package var page: Page { showsPairs ? summary + Page(pairBlocks) : summary }

    /// The page without the pairs.
    package var summary: Page {
        var page = Page([.headline(headline), .text(result.text(of: study))])
        page.blocks += result.doubts.map { .point($0) }
        if let needed = result.stepsNeeded {
            page.blocks.append(.note("About \(needed.grouped) more steps would decide it (--samples, --budget)."))
        }
        page.blocks.append(.table(sheet))
        page.blocks.append(.text(splitText))
        if !result.groups.isEmpty { page.blocks += [.heading("By kind of step"), .table(groupTable)] }
        if let saving, let after = savingAfterExtraCalls, result.extraCalls > 1 {
            page.blocks.append(
                .note(
                    "It makes \(Self.rounded(result.extraCalls)) calls of tools for one of the recorded model's: the saving is "
                        + "\(after.dollars) rather than \(saving.dollars)."
                )
            )
        }
        page.blocks += troubles.map { .warning($0) }
        page.blocks += result.caveats.map { .note($0) }
        page.blocks.append(.note(spendText))
        return page
    }

    private var headline: String {
        let pair = "\(study.candidate.model) in place of \(study.original.model)"
        return switch result.outcome {
        case .supported: "Supported: \(pair)"
        case .contradicted: "Contradicted: \(pair)"
        case .inconclusive: "Not decided: \(pair)"
        case .indicative: "An indication only: \(pair)"
        case .cannotTell: "Cannot tell: \(pair)"
        }
    }

    private var splitText: String {
        let agreed = (result.kinds[.agree] ?? 0) + (result.kinds[.covers] ?? 0)
        return
            "Of \(result.pairs.of("step")): \(agreed) agree, \(result.differsOnStable) differ where the recorded model "
            + "repeats itself, \(result.differsOnUnstable) where it does not. Worth \(Int(result.effectivePairs)) "
            + "independent steps in \(result.sessions.of("session"))."
    }

    private var spendText: String {
        let ids = "study \(study.id.prefix(12)), seed \(study.sample.seed)"
        let ending =
            switch run.ending {
            case .complete: "the whole sample was asked"
            case .decided: "it stopped early: it knew"
            case .budget: "it stopped at the budget"
            case .failing(let trouble): "it gave up: \(trouble)"
            }
        let lost = run.lost > .zero ? ", at most \(run.lost.dollars) more on what was out when a run was killed" : ""
        return
            "\(run.spent.dollars) spent of \(study.budget.dollars), \(run.spentNow.dollars) of it now\(lost); "
            + "\(ending) (\(ids))."
    }

    private var troubles: [String] {
        var troubles = run.skipped.sorted { $0.key < $1.key }.map { "\($0.value.of("step")) not asked: \($0.key)." }
        for (model, endings) in [
            (study.candidate.model, result.candidateEndings), (study.original.model, result.originalEndings),
        ] {
            var parts: [String] = []
            if endings.truncated > 0 { parts.append("\(endings.truncated) cut by their length") }
            if endings.refused > 0 { parts.append("\(endings.refused) declined") }
            if endings.failed > 0 {
                parts.append("\(endings.failed) failed\(endings.trouble.map { " (\($0))" } ?? "")")
            }
            guard !parts.isEmpty else { continue }
            troubles.append("\(model): \(parts.joined(separator: ", ")); these count neither way.")
        }
        return troubles
    }

    static func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

    private struct Line {
        var title: String
        var key: String
        var candidate: Double?
        var original: Double?
        var share: StudyResult.Share?
    }

    /// The measures, one a row.
    package var sheet: Table {
        func range(_ interval: Interval) -> String {
            "\(Int((interval.low * 100).rounded()))–\(Int((interval.high * 100).rounded()))%"
        }
        let lines = [
            Line(
                title: "equivalent action",
                key: "agreement",
                candidate: result.agreement?.value,
                original: result.floor?.value,
                share: result.agreement
            ),
            Line(title: "same tools", key: "sameTools", candidate: result.sameTools),
            Line(title: "canonically equal", key: "strict", candidate: result.strict),
            Line(title: "valid calls", key: "schemaValid", candidate: result.schemaValid),
            Line(
                title: "stops elsewhere",
                key: "stopMismatches",
                candidate: result.stopMismatches?.value,
                original: result.originalStopMismatches?.value,
                share: result.stopMismatches
            ),
        ]
        func share(_ value: Double?) -> Table.Cell {
            value.map { .share($0) } ?? .empty
        }
        return Table(
            lines,
            fields: [
                Field(Table.Column("measure", key: "measure")) { Table.Cell($0.title, exact: $0.key) },
                Field(.figure(study.candidate.model.rawValue, key: "candidate")) { share($0.candidate) },
                Field(.figure("95%", key: "interval", dropRank: 1)) { line in
                    Table.Cell(line.share.map { range($0.interval) } ?? "")
                },
                Field(.figure("low", key: "low")) { share($0.share?.interval.low) }.shown(if: false),
                Field(.figure("high", key: "high")) { share($0.share?.interval.high) }.shown(if: false),
                Field(.figure("\(study.original.model) again", key: "original")) { share($0.original) },
            ]
        )
    }

    private var groupTable: Table {
        Table(
            result.groups,
            fields: [
                Field(Table.Column("steps by", key: "group")) { Table.Cell("\($0.name): \($0.value)") },
                Field(.figure("steps", key: "steps")) { .count($0.steps) },
                Field(.figure("agree", key: "agreement")) { .share($0.agreement) },
                Field(.figure("again", key: "floor")) { .share($0.floor) },
            ]
        )
    }
}
