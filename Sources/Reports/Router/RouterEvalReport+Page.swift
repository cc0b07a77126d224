import Domain
package import Evaluation
import Statistics

extension RouterEvalReport {
    /// A way to route, and what kind it is.
    private struct Row {
        var kind: String
        var standing: Standing
        var isDefault: Bool
    }

    package var sheet: Table { table }

    package var page: Page {
        var page = Page([.headline(headline), .table(table)])
        page.blocks += remarks.map { .note($0) }
        page.blocks += Page.warnings(skipped: skipped, unused: unused)
        return page
    }

    private var main: Figure { comparison.pair == nil ? .aiq : .apgr }

    /// The scorer that ships, beside what it must beat.
    private var headline: String {
        let name = main == .apgr ? "APGR" : "AIQ"
        func told(_ standing: Standing?) -> String? {
            standing.flatMap { standing in standing.figures[main].map { "\(standing.name) \($0.decimals(3))" } }
        }
        let shipped = comparison.scorers.first { $0.name == defaultScorer }
        let others = ["promptLength", main == .apgr ? "random" : "zeroRouter", "oracle"].compactMap { name in
            told(comparison.baselines.first { $0.name == name })
        }
        guard let shipped, let figure = told(shipped) else {
            return "\(name) of the baselines: \(others.joined(separator: ", "))"
        }
        let interval = shipped.intervals[main].map { " [\($0.low.decimals(3)), \($0.high.decimals(3))]" } ?? ""
        return "\(name) \(figure)\(interval): \(others.joined(separator: ", "))"
    }

    private var table: Table {
        let isPair = comparison.pair != nil
        let rows =
            comparison.scorers.sorted { ($0.figures[main] ?? -1) > ($1.figures[main] ?? -1) }.map {
                Row(kind: "scorer", standing: $0, isDefault: $0.name == defaultScorer)
            } + comparison.baselines.map { Row(kind: "baseline", standing: $0, isDefault: false) }
        func field(_ figure: Figure, _ title: String, dropRank: Int = 0, shown: Bool = true) -> [Field<Row>] {
            [
                Field(.figure(title, key: figure.rawValue, dropRank: dropRank)) { row in
                    row.standing.figures[figure].map { value in
                        Table.Cell(
                            figure.isShare ? value.percentText : value.decimals(3),
                            exact: "\((value * 1e6).rounded() / 1e6)",
                            tone: row.isDefault ? .strong : .plain
                        )
                    } ?? Table.Cell("–", exact: "", tone: .dim)
                }.shown(if: shown),
                Field(.figure("95%", key: figure.rawValue + "Interval", dropRank: dropRank + 4)) { row in
                    row.standing.intervals[figure].map { interval in
                        let text = "[\(interval.low.decimals(3)), \(interval.high.decimals(3))]"
                        return Table.Cell(text, exact: text, tone: .dim)
                    } ?? .empty
                }.shown(if: shown && figure == main),
            ]
        }
        let names: [Field<Row>] = [
            Field(Table.Column("kind", key: "kind", dropRank: 9)) { Table.Cell($0.kind, tone: .dim) },
            Field(Table.Column("name", key: "name")) { row in
                Table.Cell(
                    row.standing.name + (row.isDefault ? " *" : ""),
                    exact: row.standing.name,
                    tone: row.isDefault ? .strong : .plain
                )
            },
            Field(Table.Column("default", key: "default", isForProgramsOnly: true)) {
                Table.Cell($0.isDefault ? "true" : "false")
            },
        ]
        return Table(
            rows,
            fields: names + field(.apgr, "APGR", shown: isPair) + field(.cpt50, "CPT(50)", dropRank: 2, shown: isPair)
                + field(.cpt80, "CPT(80)", dropRank: 1, shown: isPair) + field(.aiq, "AIQ")
                + field(.quality, "quality", dropRank: 1, shown: !isPair)
                + field(.costAt100, "cost at 100%", dropRank: 7) + field(.costAt99, "at 99%", dropRank: 6)
                + field(.costAt95, "at 95%", dropRank: 5)
        )
    }

    /// What was compared on what.
    private var remarks: [String] {
        var remarks: [String] = []
        let seeds = comparison.seeds == 1 ? "one seed" : "\(comparison.seeds) seeds"
        let rows =
            "\(comparison.trainingRows.of("row")) learned from, \(comparison.testRows.grouped) judged on, \(seeds)"
        switch comparison.division {
        case .given: remarks.append("\(rows); files of their own.")
        case .folds(let count): remarks.append("\(rows), \(count.of("fold")).")
        case .labels: remarks.append("\(rows); the rest of the same files.")
        }
        if let pair = comparison.pair { remarks.append("Weak \(pair.weak), strong \(pair.strong).") }
        if defaultScorer != nil {
            remarks.append("* ships as the default, chosen without a look at the rows judged on.")
        }
        let flips = comparison.flips.compactMap { flips in
            flips.share.map { "\(($0 * 100).percent) under \(flips.paraphrase.words) (\(flips.prompts.grouped))" }
        }
        if !flips.isEmpty, let defaultScorer {
            remarks.append("Paraphrases that \(defaultScorer) sends elsewhere: \(flips.joined(separator: ", ")).")
        }
        if comparison.overlappingRows > 0 {
            remarks.append("\(comparison.overlappingRows.of("training row")) left out: their prompts are judged on.")
        }
        if comparison.incompleteRows > 0 {
            remarks.append("\(comparison.incompleteRows.of("row")) not judged on: a model has no result there.")
        }
        if !comparison.unfit.isEmpty {
            let names = comparison.unfit.joined(separator: ", ")
            remarks.append("Not fitted, for want of rows or of the embedding table: \(names).")
        }
        if !comparison.hasCosts {
            remarks.append(
                comparison.pair == nil
                    ? "The data has no costs: AIQ is the mean score of the models chosen."
                    : "The data has no costs: they are shares of calls to the strong model."
            )
        }
        return remarks + notes
    }
}

extension Page {
    private static let shownRows = 5

    /// Rows and files that could not be used.
    package static func warnings(skipped: [SkippedRow], unused: [UnusedFile]) -> [Block] {
        var blocks = skipped.prefix(shownRows).map { Block.warning("\($0.file):\($0.line) skipped: \($0.reason)") }
        if skipped.count > shownRows {
            blocks.append(.warning("\((skipped.count - shownRows).of("more row")) skipped; --format json lists all"))
        }
        if !unused.isEmpty {
            let named = unused.prefix(shownRows).map { "\($0.name) (\($0.reason))" }.joined(separator: ", ")
            let more = unused.count > shownRows ? " and \(unused.count - shownRows) more" : ""
            blocks.append(.note("Not used: \(named)\(more)."))
        }
        return blocks
    }
}

extension Figure {
    fileprivate var isShare: Bool {
        switch self {
        case .cpt50, .cpt80, .costAt100, .costAt99, .costAt95: true
        case .apgr, .aiq, .quality: false
        }
    }
}

extension Double {
    /// Rounded, as papers print figures; a router's figures stay far below a thousand.
    package func decimals(_ count: Int) -> String {
        let scale = (0..<count).reduce(1.0) { scale, _ in scale * 10 }
        guard isFinite, abs(self) < 1e9 else { return "–" }
        let digits = String(Int((abs(self) * scale).rounded()))
        let padded = String(repeating: "0", count: max(0, count + 1 - digits.count)) + digits
        return (self < 0 ? "-" : "") + padded.dropLast(count) + "." + padded.suffix(count)
    }

    fileprivate var percentText: String { (self * 100).decimals(1) + "%" }
}

extension Paraphrase {
    fileprivate var words: String {
        switch self {
        case .politeness: "politeness"
        case .wordOrder: "another order of sentences"
        case .synonyms: "synonyms"
        }
    }
}
