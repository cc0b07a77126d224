package import Domain

/// What replays showed of findings and sessions, the newest first.
package struct ProofReport: Report {
    package var verdicts: [Verdict]
    package var zone: Zone

    package init(_ verdicts: [Verdict], zone: Zone) {
        self.verdicts = verdicts
        self.zone = zone
    }

    package var headline: String {
        let counts = Verdict.Outcome.allCases.compactMap { outcome in
            let count = verdicts.count { $0.outcome == outcome }
            return count > 0 ? "\(count) \(outcome.text)" : nil
        }
        return "\(verdicts.count.of("study", "studies")): \(counts.joined(separator: ", "))"
    }

    package var spent: Money { verdicts.reduce(.zero) { $0 + $1.spent } }

    /// How often each candidate agrees with history, beside the recorded model asked again.
    package var shares: [ComparedShare] { verdicts.compactMap(ComparedShare.init) }
}

extension ProofReport {
    package var json: JSON { ["schema": 1, "verdicts": .array(verdicts.map(\.json))] }

    package var sheet: Table {
        Table(
            verdicts,
            fields: [
                Field(Table.Column("about", key: "subject", shortening: .middle(atLeast: 16))) {
                    Table.Cell($0.subject.shortenedInMiddle(to: 22), exact: $0.subject)
                },
                Field(Table.Column("verdict", key: "outcome")) {
                    Table.Cell($0.outcome.text, exact: $0.outcome.rawValue, tone: $0.outcome.tone)
                },
                Field(Table.Column("models", key: "model", dropRank: 3)) {
                    Table.Cell($0.model.replaced(by: $0.target), exact: $0.model.rawValue)
                },
                Field(Table.Column("target", key: "target", isForProgramsOnly: true)) {
                    Table.Cell($0.target.rawValue)
                },
                Field(.figure("steps", key: "steps", dropRank: 5)) { .count($0.steps) },
                Field(.figure("agrees", key: "agreement", dropRank: 2)) { $0.agreement.map { .share($0) } ?? .empty },
                Field(.figure("recorded again", key: "floor", dropRank: 2)) { $0.floor.map { .share($0) } ?? .empty },
                Field(.figure("difference", key: "difference")) {
                    Table.Cell($0.difference?.points ?? "–", exact: $0.difference.map { "\($0)" } ?? "")
                },
                Field(.figure("95%", key: "differenceLow", dropRank: 4)) { verdict in
                    guard verdict.difference != nil else { return .empty }
                    return Table.Cell(
                        "\(verdict.differenceLow.points) to \(verdict.differenceHigh.points)",
                        exact: "\(verdict.differenceLow)"
                    )
                },
                Field(Table.Column("high", key: "differenceHigh", isForProgramsOnly: true)) {
                    Table.Cell($0.difference == nil ? "" : "\($0.differenceHigh)")
                },
                Field(.figure("spent", key: "spentUSD", dropRank: 6)) { .money($0.spent) },
                Field(Table.Column("when", key: "time", dropRank: 7)) { [zone] in
                    Table.Cell(zone.day(of: $0.time).description, exact: $0.time.description, tone: .dim)
                },
                Field(Table.Column("study", key: "study", isForProgramsOnly: true)) { Table.Cell($0.study) },
            ]
        )
    }

    package var page: Page {
        Page([
            .headline(headline), .table(sheet),
            .note(
                "Agreement with your history one step at a time, in points beside the recorded model asked again; not whether "
                    + "whole tasks come out right. \(spent.dollars) was spent."
            ),
        ])
    }
}

extension Verdict.Outcome {
    /// As people read it.
    package var text: String {
        switch self {
        case .supported: "supported"
        case .contradicted: "contradicted"
        case .inconclusive: "not decided"
        case .indicative: "an indication only"
        case .cannotTell: "cannot tell"
        }
    }

    package var tone: Tone {
        switch self {
        case .supported: .good
        case .contradicted: .warning
        case .inconclusive, .indicative, .cannotTell: .plain
        }
    }
}
