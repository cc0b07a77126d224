import Domain

/// Rated prompts in a comma-separated table, in one of three layouts that its header and cells tell apart.
///
/// - A row a result: `prompt,model,score`, and `id`, `cost`, `response` where there are any.
/// - RouterBench: a row a prompt; a model has the columns `MODEL`, `MODEL|model_response`, `MODEL|total_cost`.
/// - RouteLLM: a row a prompt; a model has a column of its scores, and `MODEL_response` perhaps.
struct TableForm {
    private struct ModelColumn {
        var model: ModelID
        var score: Int
        var cost: Int?
        var response: Int?
    }

    private enum Layout {
        case long(model: Int, score: Int, cost: Int?, response: Int?)
        case wide([ModelColumn])
    }

    private static let promptNames = ["prompt", "question", "query", "input", "instruction"]
    private static let idNames = ["id", "sample_id", "question_id"]
    private static let costSuffixes = ["|total_cost", "_cost"]
    private static let responseSuffixes = ["|model_response", "_response"]
    /// Numbers that are no scores.
    private static let otherNames: Set<String> = [
        "", "index", "unnamed: 0", "label", "answer", "cluster_id", "turn", "fold",
    ]

    private let prompt: Int
    private let id: Int?
    private let layout: Layout
    private let width: Int

    /// Nil where no prompts, or no scores of models, stand in the table.
    init?(header: [String], sample: [[String]]) {
        let names = header.map { $0.lowercased() }
        func column(_ candidates: [String]) -> Int? { candidates.lazy.compactMap { names.firstIndex(of: $0) }.first }
        guard let prompt = column(Self.promptNames) else { return nil }
        self.prompt = prompt
        id = column(Self.idNames)
        width = header.count
        if let model = column(["model", "model_name", "model_id"]),
            let score = column(["score", "performance", "reward", "correct"])
        {
            layout = .long(
                model: model,
                score: score,
                cost: column(["costusd", "cost", "cost_usd", "total_cost"]),
                response: column(["response"])
            )
            return
        }
        let models = TableForm.modelColumns(header, sample: sample, besides: [prompt] + [id].compactMap { $0 })
        guard !models.isEmpty else { return nil }
        layout = .wide(models)
    }

    private static func modelColumns(_ header: [String], sample: [[String]], besides taken: [Int]) -> [ModelColumn] {
        func companion(of name: String, _ suffixes: [String]) -> Int? {
            suffixes.lazy.compactMap { header.firstIndex(of: name + $0) }.first
        }
        let suffixes = costSuffixes + responseSuffixes
        let all = header.indices.compactMap { index -> ModelColumn? in
            let name = header[index]
            let isCompanion = suffixes.contains { suffix in
                name.hasSuffix(suffix) && header.contains(String(name.dropLast(suffix.count)))
            }
            guard !taken.contains(index), !isCompanion, !otherNames.contains(name.lowercased()) else { return nil }
            return ModelColumn(
                model: ModelID(name),
                score: index,
                cost: companion(of: name, costSuffixes),
                response: companion(of: name, responseSuffixes)
            )
        }
        // Columns of their own for costs or responses are the surest sign of a model, then verdicts, then numbers.
        let accompanied = all.filter { $0.cost != nil || $0.response != nil }
        if !accompanied.isEmpty { return accompanied }
        func mostly(_ isScore: (String) -> Bool) -> [ModelColumn] {
            all.filter { column in
                let cells = sample.compactMap { column.score < $0.count ? $0[column.score] : nil }.filter {
                    !$0.isEmpty
                }
                return !cells.isEmpty && cells.count(where: isScore) * 10 >= cells.count * 9
            }
        }
        let verdicts = mostly { Double($0) == nil && Double(score: $0) != nil }
        return verdicts.isEmpty ? mostly { Double(score: $0) != nil } : verdicts
    }

    /// The row that a record stands for; why it cannot be used where it cannot.
    func row(_ record: CSVReader.Record) -> Result<RawRow, RowTrouble> {
        guard !record.isUnclosed else { return .failure("a quote is opened and never closed") }
        guard record.fields.count == width else {
            return .failure("\(record.fields.count) fields where the header has \(width)")
        }
        let fields = record.fields
        func text(_ column: Int?) -> String? { column.map { fields[$0] }.flatMap { $0.isEmpty ? nil : $0 } }
        guard let prompt = text(prompt) else { return .failure("no prompt") }
        var row = RawRow(id: text(id), prompt: prompt, results: [], line: record.line)
        switch layout {
        case .long(let model, let score, let cost, let response):
            guard let name = text(model) else { return .failure("no model") }
            guard let value = Double(score: fields[score]) else {
                return .failure("the score '\(fields[score].prefix(20))' is no number")
            }
            row.results = [
                RawRow.Result(
                    model: ModelID(name),
                    score: value,
                    cost: text(cost).flatMap { Money(dollars: $0) },
                    response: text(response)
                )
            ]
        case .wide(let models):
            for column in models where !fields[column.score].isEmpty {
                guard let value = Double(score: fields[column.score]) else {
                    return .failure("the score '\(fields[column.score].prefix(20))' of \(column.model) is no number")
                }
                row.results.append(
                    RawRow.Result(
                        model: column.model,
                        score: value,
                        cost: text(column.cost).flatMap { Money(dollars: $0) },
                        response: text(column.response)
                    )
                )
            }
            guard !row.results.isEmpty else { return .failure("no model has a score") }
        }
        return .success(row)
    }

    /// Several records may stand for one prompt.
    var isLong: Bool {
        if case .long = layout { true } else { false }
    }
}

/// Why a row cannot be used, in words for its owner.
struct RowTrouble: Error, ExpressibleByStringInterpolation {
    var text: String

    init(stringLiteral text: String) { self.text = text }
}

extension RawRows {
    /// Nil where the bytes are no table of rated prompts.
    init?(table bytes: [UInt8]) {
        var reader = CSVReader(bytes)
        guard let header = reader.next(), !header.isUnclosed else { return nil }
        var records: [CSVReader.Record] = []
        while let record = reader.next() { records.append(record) }
        let sample = records.lazy.filter { $0.fields.count == header.fields.count }.prefix(500).map(\.fields)
        guard let form = TableForm(header: header.fields, sample: Array(sample)) else { return nil }
        self.init()
        for record in records {
            switch form.row(record) {
            case .success(let row): rows.append(row)
            case .failure(let trouble): skip(record.line, trouble.text)
            }
        }
        if form.isLong { join() }
    }
}
