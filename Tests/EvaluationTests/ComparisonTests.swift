import Domain
import Routing
import Statistics
import Testing

@testable import Evaluation

@Suite struct ComparisonTests {
    /// Sees a prompt's length, and expects that the strong model is needed for long ones.
    private struct LengthScorer: Scorer {
        static let name = "length"
        init?(fitting rows: TrainingRows, seed: UInt64) {}
        func expectedScores(for prompt: PromptFeatures) -> [Double] {
            [0] + Array(repeating: Double(prompt.surface[0]), count: 1)
        }
    }

    private static let rows = (0..<60).map { index in
        RatedPrompt.pair(String(repeating: "x", count: index + 1), weak: index < 40 ? 1 : 0, strong: 1)
    }

    private func plan(_ division: Division, pair: ModelPair? = nil, seeds: Int = 1) -> Comparison.Plan {
        Comparison.Plan(
            scorers: [LengthScorer.self],
            features: { text, _ in PromptFeatures(surface: [Float(text.utf8.count)], terms: [], embedding: []) },
            pair: pair,
            division: division,
            seeds: seeds
        )
    }

    @Test func `two models are a pair, the better one strong`() throws {
        let comparison = try Comparison(plan(.folds(5)), training: Self.rows)
        #expect(comparison.pair == ModelPair(weak: "weak", strong: "strong"))
        #expect(comparison.models == ["weak", "strong"])
    }

    @Test func `a scorer that sees what the baseline sees comes to the same`() throws {
        let comparison = try Comparison(plan(.folds(5), seeds: 2), training: Self.rows)
        let length = comparison.baselines.first { $0.name == "promptLength" }
        #expect(length?.figures[.apgr] == comparison.scorers[0].figures[.apgr])
        #expect(comparison.baselines.map(\.name) == ["random", "promptLength", "zeroRouter", "bestSingle", "oracle"])
    }

    @Test func `intervals hold their figure and are the same for the same seed`() throws {
        let first = try Comparison(plan(.labels(20), seeds: 3), training: Self.rows).scorers[0]
        let second = try Comparison(plan(.labels(20), seeds: 3), training: Self.rows.reversed()).scorers[0]
        let figure = try #require(first.figures[.cpt50])
        let interval = try #require(first.intervals[.cpt50])
        #expect(interval.low <= figure && figure <= interval.high)
        #expect(first.intervals == second.intervals)
    }

    @Test func `equal scores of both models leave nothing to recover`() throws {
        let rows = (0..<20).map { RatedPrompt.pair("\($0)", weak: 1, strong: 1) }
        let comparison = try Comparison(plan(.folds(2)), training: rows)
        #expect(comparison.scorers[0].figures[.apgr] == nil)
        #expect(comparison.scorers[0].figures[.aiq] == 1)
    }

    @Test func `what cannot be compared says why`() {
        #expect(throws: ComparisonError.noRows) { try Comparison(plan(.folds(5)), training: []) }
        #expect(throws: ComparisonError.unknownModel("x", known: ["strong", "weak"])) {
            try Comparison(plan(.folds(5), pair: ModelPair(weak: "x", strong: "strong")), training: Self.rows)
        }
        #expect(throws: ComparisonError.samePair("weak")) {
            try Comparison(plan(.folds(5), pair: ModelPair(weak: "weak", strong: "weak")), training: Self.rows)
        }
        #expect(throws: ComparisonError.tooFewRows(3)) {
            try Comparison(plan(.folds(5)), training: Array(Self.rows.prefix(3)))
        }
        #expect(throws: ComparisonError.tooManyLabels(59, rows: 60)) {
            try Comparison(plan(.labels(59)), training: Self.rows)
        }
        let single = [RatedPrompt(id: "1", prompt: "p", results: [RatedPrompt.Result(model: "weak", score: 1)])]
        #expect(throws: ComparisonError.oneModel("weak")) { try Comparison(plan(.folds(5)), training: single) }
        let foreign = [RatedPrompt(id: "1", prompt: "p", results: [RatedPrompt.Result(model: "else", score: 1)])]
        #expect(throws: ComparisonError.nothingInCommon) {
            try Comparison(plan(.given), training: foreign, test: Self.rows)
        }
    }

    @Test func `rows without every model are not judged on, and counted`() throws {
        let half = RatedPrompt(id: "h", prompt: "h", results: [RatedPrompt.Result(model: "weak", score: 1)])
        let comparison = try Comparison(plan(.folds(5)), training: Self.rows + [half])
        #expect(comparison.incompleteRows == 1)
        #expect(comparison.testRows == 60)
    }

    @Test func `more than two models are compared by the dial`() throws {
        let rows = (0..<40).map { index in
            RatedPrompt(
                id: "\(index)",
                prompt: String(repeating: "x", count: index + 1),
                results: ["a", "b", "c"].enumerated().map { place, model in
                    RatedPrompt.Result(
                        model: ModelID(model),
                        score: Double((index + place) % 3) / 2,
                        cost: Money(approximatingUSD: Double(place + 1))
                    )
                }
            )
        }
        let comparison = try Comparison(
            Comparison.Plan(scorers: [], features: { _, _ in .key("") }, division: .folds(4)),
            training: rows
        )
        #expect(comparison.pair == nil)
        #expect(comparison.hasCosts)
        let oracle = comparison.baselines[4].figures
        #expect(oracle[.quality] == 1)
        let (known, blind) = (try #require(oracle[.aiq]), try #require(comparison.baselines[2].figures[.aiq]))
        #expect(known > blind)
    }

    @Test func `the published baselines are met`() throws {
        guard let training = sharedData("paretobandit/val.jsonl"),
            let test = sharedData("paretobandit/test_holdout.jsonl")
        else { return }
        var plan = Comparison.Plan(scorers: [], features: { _, _ in .key("") }, division: .given)
        plan.bootstrap.resamples = 0
        let comparison = try Comparison(
            plan,
            training: DataSet(reading: [training]).rows,
            test: DataSet(reading: [test]).rows
        )
        let aiq = comparison.baselines.map { $0.figures[.aiq].map { ($0 * 10_000).rounded() / 10_000 } }
        #expect(aiq[2] == 0.9253)
        #expect(aiq[4] == 0.9603)
    }
}
