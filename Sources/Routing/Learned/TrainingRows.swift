package import Domain
package import Similarity

/// Rated prompts as a table: a row a prompt, a column a model.
package struct TrainingRows: Sendable {
    package var models: [ModelID]
    package var prompts: [PromptFeatures]
    /// By prompt, then model; NaN where a model was not asked.
    package var scores: [[Double]]
    /// By model: the mean cost of a call, where the data says it.
    package var meanCost: [Money?]
    /// By model: what a call costs by the length of its prompt, where the data says it.
    package var expectedCosts: [ExpectedCost?]

    /// Without expected costs given, a call costs its mean whatever its length.
    package init(
        models: [ModelID],
        prompts: [PromptFeatures],
        scores: [[Double]],
        meanCost: [Money?],
        expectedCosts: [ExpectedCost?]? = nil
    ) {
        self.models = models
        self.prompts = prompts
        self.scores = scores
        self.meanCost = meanCost
        self.expectedCosts =
            expectedCosts ?? meanCost.map { $0.map { ExpectedCost(perCall: Double($0.nanoUSD), perByte: 0) } }
    }

    /// The rows of rated prompts, models in the order of their names unless told otherwise.
    ///
    /// Prompts that differ only in case and white space become one row with the mean of their scores, so that none is
    /// learned from twice, nor found on both sides of a split. A score that is no number counts as missing; a row
    /// without scores is left out.
    package init(_ rated: [RatedPrompt], models: [ModelID]? = nil, embedding: StaticEmbedding?) {
        let names = models ?? Set(rated.flatMap { $0.results.map(\.model) }).sorted()
        let column = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        var places: [FoldedText: Int] = [:]
        var merged: [Merged] = []
        var calls: [[(bytes: Double, cost: Double)]] = names.map { _ in [] }
        for row in rated {
            let text = FoldedText(row.prompt)
            let place: Int
            if let known = places[text] {
                place = known
            } else {
                place = merged.count
                places[text] = place
                merged.append(Merged(text: text, work: row.work, scores: names.map { _ in Mean() }))
            }
            for result in row.results {
                guard let model = column[result.model] else { continue }
                if result.score.isFinite { merged[place].scores[model].add(result.score) }
                if let cost = result.cost { calls[model].append((Double(text.utf8.count), Double(cost.nanoUSD))) }
            }
        }
        merged.removeAll { row in row.scores.allSatisfy { $0.value == nil } }
        self.init(
            models: names,
            prompts: merged.map { PromptFeatures(of: $0.text, embedding: embedding, action: ActionFeatures($0.work)) },
            scores: merged.map { $0.scores.map { $0.value ?? .nan } },
            meanCost: calls.map { calls in
                calls.isEmpty
                    ? nil : Money(nanoUSD: Int64((calls.reduce(0) { $0 + $1.cost } / Double(calls.count)).rounded()))
            },
            expectedCosts: calls.map { ExpectedCost(of: $0) }
        )
    }

    /// Some of the rows, in the order named.
    package func rows(_ indices: [Int]) -> TrainingRows {
        TrainingRows(
            models: models,
            prompts: indices.map { prompts[$0] },
            scores: indices.map { scores[$0] },
            meanCost: meanCost
        )
    }

    private struct Merged {
        var text: FoldedText
        /// Of the first prompt of this text.
        var work: WorkSoFar
        var scores: [Mean]
    }

    private struct Mean {
        private var sum = 0.0
        private var count = 0

        mutating func add(_ value: Double) {
            sum += value
            count += 1
        }

        var value: Double? { count == 0 ? nil : sum / Double(count) }
    }
}
