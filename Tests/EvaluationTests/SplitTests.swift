import Domain
import Routing
import Testing

@testable import Evaluation

@Suite struct SplitTests {
    private static let keys = (0..<40).map { PromptKey("prompt \($0 % 30)") }

    @Test func `case and white space make no other prompt`() {
        #expect(PromptKey(" What\n is  it?") == PromptKey("what is it?"))
        #expect(PromptKey("what is it") != PromptKey("what is it?"))
    }

    @Test(arguments: 0..<5 as Range<UInt64>) func `no prompt is on both sides of a fold, and every row is judged once`(
        seed: UInt64
    ) {
        let folds = Split.folds(5, of: Self.keys, seed: seed)
        #expect(folds.count == 5)
        for fold in folds {
            #expect(Set(fold.training.map { Self.keys[$0] }).isDisjoint(with: fold.test.map { Self.keys[$0] }))
            #expect(fold.training.count + fold.test.count == Self.keys.count)
        }
        #expect(folds.flatMap(\.test).sorted() == Array(Self.keys.indices))
    }

    @Test func `labels are as many as asked for, or one prompt's duplicates more`() {
        let split = Split.labels(10, of: Self.keys, seed: 3)
        #expect((10...11).contains(split.training.count))
        #expect(Set(split.training.map { Self.keys[$0] }).isDisjoint(with: split.test.map { Self.keys[$0] }))
    }

    @Test func `the order of rows decides nothing`() {
        let split = Split.labels(10, of: Self.keys, seed: 1)
        let turned = Split.labels(10, of: Self.keys.reversed(), seed: 1)
        let last = Self.keys.count - 1
        #expect(Set(split.training) == Set(turned.training.map { last - $0 }))
    }

    @Test func `another seed draws other rows`() {
        #expect(Split.labels(10, of: Self.keys, seed: 1).training != Split.labels(10, of: Self.keys, seed: 2).training)
    }

    @Test func `rows of training that stand in the test are left out and counted`() throws {
        let test = (0..<20).map { RatedPrompt.pair("question \($0)", weak: Double($0 % 2), strong: 1) }
        let training = (15..<60).map { RatedPrompt.pair("Question  \($0)", weak: Double($0 % 2), strong: 1) }
        let comparison = try Comparison(
            Comparison.Plan(scorers: [Recorder.self], features: { text, _ in .key(text) }, division: .given),
            training: training,
            test: test
        )
        #expect(comparison.overlappingRows == 5)
        #expect(comparison.trainingRows == 40)
        let average = try #require(comparison.scorers[0].figures[.apgr])
        #expect(abs(average - 0.5) < 1e-9)
    }

    /// Knows nothing, and expects a score that is no number where it meets a prompt that it was trained on.
    private struct Recorder: Scorer {
        static let name = "recorder"
        private let seen: Set<PromptFeatures>

        init?(fitting rows: TrainingRows, seed: UInt64) { seen = Set(rows.prompts) }

        func expectedScores(for prompt: PromptFeatures) -> [Double] { seen.contains(prompt) ? [.nan, .nan] : [0, 0] }
    }

    @Test(arguments: [Division.folds(5), .folds(2), .labels(20)])
    func `no scorer is judged on a prompt it was trained on`(division: Division) throws {
        let rows = (0..<40).map { RatedPrompt.pair("question \($0 % 30)", weak: Double($0 % 2), strong: 1) }
        let comparison = try Comparison(
            Comparison.Plan(
                scorers: [Recorder.self],
                features: { text, _ in .key(text) },
                division: division,
                seeds: 3
            ),
            training: rows
        )
        let average = try #require(comparison.scorers[0].figures[.apgr])
        #expect(abs(average - 0.5) < 1e-9)
    }
}

extension PromptFeatures {
    /// Tells prompts apart as ``PromptKey`` does.
    static func key(_ prompt: String) -> PromptFeatures {
        let hash = PromptKey(prompt).hash
        let term = { (hash: UInt64) in PromptFeatures.Term(place: UInt32(truncatingIfNeeded: hash), weight: 1) }
        return PromptFeatures(surface: [], terms: [term(hash), term(hash >> 32)], embedding: [])
    }
}
