import Domain
package import Routing

/// Rated prompts read from files, whatever form each is in; a file's form is told from its content, never from its name.
package struct DataSet: Sendable {
    package var rows: [RatedPrompt] = []
    package var skipped: [SkippedRow] = []
    package var unused: [UnusedFile] = []
    package var scale = ScoreScale.unit
    /// Rows that a list of contaminated prompts names, left out or not.
    package var contaminatedRows = 0

    package init(reading files: [DataFile], droppingContaminated drops: Bool = false) {
        var contaminated: Set<PromptKey> = []
        var raw: [(file: String, rows: [RawRow])] = []
        for file in files {
            guard let found = RawRows(json: file.bytes) ?? RawRows(table: file.bytes) else {
                unused.append(
                    UnusedFile(
                        name: file.name,
                        reason: file.bytes.isEmpty ? "empty" : "no rated prompts in a known form"
                    )
                )
                continue
            }
            contaminated.formUnion(found.contaminated.map(PromptKey.init))
            skipped += found.skipped.map { SkippedRow(file: file.name, line: $0.line, reason: $0.reason) }
            raw.append((file.name, found.rows))
        }
        let highest = raw.lazy.flatMap(\.rows).flatMap(\.results).map(\.score).filter {
            $0 <= ScoreScale.percent.rawValue
        }
        scale = ScoreScale(highest: highest.max() ?? 0) ?? .unit
        for (file, rows) in raw {
            for row in rows { keep(row, of: file) }
        }
        let isContaminated = { (row: RatedPrompt) in contaminated.contains(PromptKey(row.prompt)) }
        contaminatedRows = contaminated.isEmpty ? 0 : rows.count(where: isContaminated)
        if drops, contaminatedRows > 0 { rows.removeAll(where: isContaminated) }
    }

    /// Takes over the results that are on the scale; of several of one model, as a judge gives one a turn, the mean.
    private mutating func keep(_ row: RawRow, of file: String) {
        var results: [RatedPrompt.Result] = []
        for (model, found) in Dictionary(grouping: row.results, by: \.model).sorted(by: { $0.key < $1.key }) {
            let good = found.filter { $0.score >= 0 && $0.score <= scale.rawValue }
            if good.count < found.count {
                let score = found.lazy.map(\.score).first { $0 < 0 || $0 > scale.rawValue } ?? 0
                skipped.append(
                    SkippedRow(
                        file: file,
                        line: row.line,
                        reason: "the score \(score) of \(model) is on no scale from 0 up"
                    )
                )
            }
            guard let first = good.first else { continue }
            let costs = good.compactMap(\.cost)
            results.append(
                RatedPrompt.Result(
                    model: model,
                    score: good.map(\.score).reduce(0, +) / Double(good.count) / scale.rawValue,
                    cost: costs.isEmpty
                        ? nil : Money(nanoUSD: costs.reduce(.zero, +).nanoUSD / Int64(costs.count)),
                    response: first.response
                )
            )
        }
        guard !results.isEmpty else { return }
        rows.append(RatedPrompt(id: row.id ?? "\(file):\(row.line)", prompt: row.prompt, results: results))
    }
}
