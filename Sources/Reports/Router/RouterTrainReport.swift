import Domain
package import Evaluation
import Statistics

/// What came of training a router: how good it is on rows it never saw, and whether it was installed.
package struct RouterTrainReport: Report {
    package var training: RouterTraining
    package var skipped: [SkippedRow]
    package var unused: [UnusedFile]
    package var notes: [String]
    /// Installed because the user said so, whatever the comparison says.
    package var isForced: Bool

    package init(
        _ training: RouterTraining,
        isForced: Bool = false,
        skipped: [SkippedRow] = [],
        unused: [UnusedFile] = [],
        notes: [String] = []
    ) {
        self.training = training
        self.isForced = isForced
        self.skipped = skipped
        self.unused = unused
        self.notes = notes
    }

    private var isInstalled: Bool { training.verdict == .installed || isForced }

    private var named: [(name: String, standing: Standing)] {
        let new = training.candidate.map { [("new", $0)] } ?? []
        let old = training.incumbent.map { [("installed", $0)] } ?? []
        return new + old + training.baselines.map { ($0.name, $0) }
    }
}

extension RouterTrainReport {
    package var json: JSON {
        [
            "schema": 1,
            "installed": .bool(isInstalled),
            "verdict": .string(training.verdict.rawValue),
            "rows": .integer(training.rows),
            "learnedRows": .integer(training.learnedRows),
            "heldOutRows": .integer(training.heldOutRows),
            "models": .array(training.models.map { .string($0.rawValue) }),
            "scorer": .optional(training.candidate?.name),
            "figure": .string(training.figure.rawValue),
            "heldOut": .array(
                named.map { name, standing in
                    [
                        "name": .string(name),
                        "value": standing.figures[training.figure].map { .figure($0) } ?? .null,
                        "low": standing.intervals[training.figure].map { .figure($0.low) } ?? .null,
                        "high": standing.intervals[training.figure].map { .figure($0.high) } ?? .null,
                    ]
                }
            ),
            "learningCurve": .array(
                training.learningCurve.map { ["rows": .integer($0.rows), "value": .figure($0.value)] }
            ),
            "skipped": .array(skipped.map(\.json)),
            "unusedFiles": .array(unused.map { ["file": .string($0.name), "reason": .string($0.reason)] }),
            "notes": .array(notes.map { .string($0) }),
        ]
    }

    package var sheet: Table {
        Table(
            training.learningCurve,
            fields: [
                Field(.figure("rows", key: "rows")) { .count($0.rows) },
                Field(.figure(training.figure.title, key: training.figure.rawValue)) { .figure($0.value) },
            ]
        )
    }

    package var page: Page {
        var page = Page([.headline(headline)])
        if training.candidate != nil {
            page.blocks += [
                .heading("On \(training.heldOutRows.of("row")) that no router learns from"), .table(heldOut),
            ]
        }
        if !training.learningCurve.isEmpty { page.blocks += [.heading("Learning curve"), .table(sheet)] }
        page.blocks += notes.map { .note($0) }
        page.blocks += Page.warnings(skipped: skipped, unused: unused)
        page.blocks.append(next)
        return page
    }

    private var headline: String {
        let name = training.figure.title
        let value = training.candidate?.figures[training.figure].map { "\(name) \($0.decimals(3))" } ?? name
        switch training.verdict {
        case _ where isForced: return "Installed as asked: \(value) after \(training.learnedRows.of("row"))"
        case .installed: return "Installed: \(value) after \(training.learnedRows.of("row"))"
        case .tooFewRows:
            return
                "Patterns kept: \(training.rows.of("rated prompt")) teach less than they know, "
                + "\(RouterTraining.leastRows) are needed"
        case .noBetterThanChance: return "Nothing installed: \(value) is no better than routing blindly"
        case .notBetterThanInstalled:
            let other = training.incumbent?.figures[training.figure].map { "; it reaches \($0.decimals(3))" }
            return "The installed router stays: the new one's \(value) is no better"
                + (other ?? ", or cannot be compared: it knows other models")
        }
    }

    private var heldOut: Table {
        Table(
            named,
            fields: [
                Field(Table.Column("router", key: "name")) { Table.Cell($0.name) },
                Field(.figure(training.figure.title, key: training.figure.rawValue)) { row in
                    row.standing.figures[training.figure].map { .figure($0) } ?? Table.Cell("–", exact: "", tone: .dim)
                },
                Field(.figure("95%", key: "interval")) { row in
                    row.standing.intervals[training.figure].map {
                        Table.Cell("[\($0.low.decimals(3)), \($0.high.decimals(3))]", tone: .dim)
                    } ?? .empty
                },
            ]
        )
    }

    private var next: Page.Block {
        switch training.verdict {
        case _ where isInstalled: .next(command: "suffice router show", brings: "what is installed")
        case .notBetterThanInstalled:
            .next(command: "suffice router train --replace FILE…", brings: "installs it all the same")
        default: .next(command: "suffice router train FILE…", brings: "tries again with more rated prompts")
        }
    }
}

extension Figure {
    /// As papers write it.
    package var title: String {
        switch self {
        case .apgr: "APGR"
        case .cpt50: "CPT(50)"
        case .cpt80: "CPT(80)"
        case .aiq: "AIQ"
        case .quality: "quality"
        case .costAt100: "cost at 100%"
        case .costAt99: "at 99%"
        case .costAt95: "at 95%"
        }
    }
}

extension Table.Cell {
    static func figure(_ value: Double) -> Table.Cell {
        Table.Cell(value.decimals(3), exact: "\((value * 1e6).rounded() / 1e6)")
    }
}
