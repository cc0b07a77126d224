package import Domain
import GRDB

extension Store {
    /// Keeps what a study showed; the same study run further replaces what it showed before.
    package func keep(_ verdict: Verdict) throws {
        try write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO verdict (study, subject, time, outcome, model, target, steps, agreement, floor,
                    difference, differenceLow, differenceHigh, extraCalls, spentNanoUSD, text)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    verdict.study, verdict.subject, verdict.time.milliseconds, verdict.outcome.rawValue,
                    verdict.model.rawValue, verdict.target.rawValue, verdict.steps, verdict.agreement, verdict.floor,
                    verdict.difference, verdict.differenceLow, verdict.differenceHigh, verdict.extraCalls,
                    verdict.spent.nanoUSD, verdict.text,
                ]
            )
        }
    }

    /// The newest verdict on each subject.
    package func verdicts() throws -> [String: Verdict] {
        Dictionary(try everyVerdict().map { ($0.subject, $0) }) { newest, _ in newest }
    }

    /// What every study showed, the newest first.
    package func everyVerdict() throws -> [Verdict] {
        try read { db in
            var verdicts: [Verdict] = []
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM verdict ORDER BY time DESC, study DESC")
            while let row = try rows.next() {
                if let verdict = Verdict(row) { verdicts.append(verdict) }
            }
            return verdicts
        }
    }
}

extension Verdict {
    /// Nil for an outcome that a newer suffice may know.
    fileprivate init?(_ row: Row) {
        guard let outcome = Outcome(rawValue: row["outcome"]) else { return nil }
        self.init(
            subject: row["subject"],
            study: row["study"],
            time: Timestamp(milliseconds: row["time"]),
            outcome: outcome,
            model: ModelID(row["model"]),
            target: ModelID(row["target"]),
            steps: row["steps"],
            agreement: row["agreement"],
            floor: row["floor"],
            difference: row["difference"],
            differenceLow: row["differenceLow"],
            differenceHigh: row["differenceHigh"],
            extraCalls: row["extraCalls"],
            spent: Money(nanoUSD: row["spentNanoUSD"]),
            text: row["text"]
        )
    }
}
