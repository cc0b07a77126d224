import Domain

extension OptimizeReport {
    /// The findings with the keys of ``json``, for a reader that pays by the word: no candidates, no evidence, the largest
    /// savings alone.
    package func brief(showing count: Int) -> JSON {
        [
            "schema": 1,
            "window": period.json(firstCall: firstCall) + ["days": .rounded(days)],
            "sessionsAnalyzed": .integer(sessionsAnalyzed),
            "callsAnalyzed": .integer(callsAnalyzed),
            "totalUSD": .money(total),
            "billing": billing.json,
            "recoverableUSD": recoverable.json,
            "findings": .array(findings.prefix(count).map(\.brief)),
            "findingsLeftOut": .integer(max(0, findings.count - count)),
        ] + (callsAnalyzed == 0 ? ["note": .string(period.emptyText(newest: newestCall))] : [:])
    }
}

extension SpendReport {
    /// The report as ``json`` has it with the first rows alone; the totals are those of all.
    package func brief(showing count: Int) -> JSON {
        var report = self
        // Rows in time are asked for their end.
        report.rows = Array(grouping.isChronological ? rows.suffix(count) : rows.prefix(count))
        return report.json + ["rowsLeftOut": .integer(max(0, rows.count - count))]
    }
}
