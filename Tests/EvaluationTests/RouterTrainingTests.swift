import Domain
import Routing
import Statistics
import Testing

@testable import Evaluation

@Suite struct RouterTrainingTests {
    /// Expects that the strong model is needed where it was for the training prompt of the same first letter.
    private struct LetterScorer: Scorer {
        static let name = "letter"
        private var gains: [Float: (sum: Double, count: Double)] = [:]

        init?(fitting rows: TrainingRows, seed: UInt64) {
            for (prompt, scores) in zip(rows.prompts, rows.scores) {
                gains[prompt.surface[0], default: (0, 0)].sum += scores[1] - scores[0]
                gains[prompt.surface[0], default: (0, 0)].count += 1
            }
        }

        func expectedScores(for prompt: PromptFeatures) -> [Double] {
            [0, gains[prompt.surface[0]].map { $0.sum / $0.count } ?? 0]
        }
    }

    /// Of prompts that begin with `h` the weak model fails.
    private static func rows(_ count: Int, hard: Character = "h") -> [RatedPrompt] {
        (0..<count).map { index in
            let letter: Character = index % 2 == 0 ? "h" : "e"
            return .pair("\(letter)\(index)", weak: letter == hard ? 0 : 1, strong: 1)
        }
    }

    private func training(_ rows: [RatedPrompt], incumbent: RouterTraining.Incumbent? = nil) -> RouterTraining {
        RouterTraining(
            rows,
            scorer: LetterScorer.self,
            features: { text, _ in PromptFeatures(surface: [Float(text.utf8.first ?? 0)], terms: [], embedding: []) },
            incumbent: incumbent,
            bootstrap: Bootstrap(resamples: 20, seed: 1)
        )
    }

    private static let knowing = RouterTraining.Incumbent(models: ["strong", "weak"]) {
        $0.surface[0] == Float(UInt8(ascii: "h")) ? [1, 0] : [0, 0]
    }

    @Test(arguments: [(0, true), (49, true), (50, false)]) func `below fifty rows the patterns stay`(
        count: Int,
        isTooFew: Bool
    ) {
        #expect((training(Self.rows(count)).verdict == .tooFewRows) == isTooFew)
    }

    @Test func `the same row fifty times is one row`() {
        let row = RatedPrompt.pair("h", weak: 0, strong: 1)
        let found = training(Array(repeating: row, count: 50))
        #expect(found.verdict == .tooFewRows)
        #expect(found.rows == 1)
    }

    @Test func `rows of one model teach no choice`() {
        let rows = (0..<60).map {
            RatedPrompt(id: "\($0)", prompt: "h\($0)", results: [RatedPrompt.Result(model: "weak", score: 1)])
        }
        #expect(training(rows).verdict == .tooFewRows)
    }

    @Test func `a first router that beats chance is installed, and its learning is shown`() throws {
        let found = training(Self.rows(200))
        #expect(found.verdict == .installed)
        #expect(found.pair == ModelPair(weak: "weak", strong: "strong"))
        #expect(found.learnedRows + found.heldOutRows == 200)
        #expect((25...60).contains(found.heldOutRows))
        #expect(found.learningCurve.map(\.rows).first == 25)
        #expect(found.learningCurve.last?.rows == found.learnedRows)
        #expect(found.lesson?.prompts.count == found.learnedRows)
    }

    @Test func `one that learned the opposite of what holds is not installed`() {
        var rows = Self.rows(200)
        for index in rows.indices where !PromptKey(rows[index].prompt).isHeldOut {
            rows[index] = .pair(rows[index].prompt, weak: rows[index].prompt.first == "e" ? 0 : 1, strong: 1)
        }
        #expect(training(rows).verdict == .noBetterThanChance)
        #expect(training(rows, incumbent: Self.knowing).verdict == .noBetterThanChance)
    }

    @Test func `equal scores of both models install nothing`() {
        let rows = (0..<100).map { RatedPrompt.pair("h\($0)", weak: 1, strong: 1) }
        #expect(training(rows).verdict == .noBetterThanChance)
    }

    @Test func `a worse router does not replace a better one`() {
        // A third letter misleads: the strong model is needed where it is learned from, and not where it is judged.
        let rows =
            Self.rows(400)
            + (0..<100).map { index in
                let prompt = "x\(index)"
                return .pair(prompt, weak: PromptKey(prompt).isHeldOut ? 1 : 0, strong: 1)
            }
        let found = training(rows, incumbent: Self.knowing)
        #expect(found.verdict == .notBetterThanInstalled)
        #expect(found.incumbent != nil)
        #expect(training(rows).verdict == .installed)
    }

    @Test func `one as good as the installed one replaces it`() {
        #expect(training(Self.rows(200), incumbent: Self.knowing).verdict == .installed)
    }

    @Test func `one that knows other models stays until somebody says otherwise`() {
        let foreign = RouterTraining.Incumbent(models: ["a", "b"]) { _ in [0, 0] }
        #expect(training(Self.rows(200), incumbent: foreign).verdict == .notBetterThanInstalled)
    }

    @Test func `the record says what was learned from, and how good it is`() throws {
        let found = training(Self.rows(200))
        let record = try #require(
            RouterRecord(found, file: "router-1", at: Timestamp(milliseconds: 5), usesEmbeddings: false)
        )
        #expect(record.figure == "apgr")
        #expect(record.heldOut.map(\.name) == ["letter", "random", "promptLength", "zeroRouter"])
        #expect(record.learnedRows == found.learnedRows)
        let none = training(Self.rows(10))
        #expect(RouterRecord(none, file: "", at: Timestamp(milliseconds: 5), usesEmbeddings: false) == nil)
    }
}
