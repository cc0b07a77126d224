import Domain
package import Evaluation
import Statistics

/// How good every way to route is on rated prompts, scorers beside baselines.
package struct RouterEvalReport: Report {
    package var comparison: Comparison
    /// The scorer that ships, chosen on the rows learned from alone; nil where none could learn.
    package var defaultScorer: String?
    package var skipped: [SkippedRow]
    package var unused: [UnusedFile]
    /// What else the reader should know, a sentence each.
    package var notes: [String]

    package init(
        _ comparison: Comparison,
        defaultScorer: String?,
        skipped: [SkippedRow] = [],
        unused: [UnusedFile] = [],
        notes: [String] = []
    ) {
        self.comparison = comparison
        self.defaultScorer = defaultScorer
        self.skipped = skipped
        self.unused = unused
        self.notes = notes
    }
}

extension RouterEvalReport {
    package var json: JSON {
        [
            "schema": 1,
            "models": .array(comparison.models.map { .string($0.rawValue) }),
            "default": .optional(defaultScorer),
            "weak": .optional(comparison.pair?.weak.rawValue),
            "strong": .optional(comparison.pair?.strong.rawValue),
            "trainingRows": .integer(comparison.trainingRows),
            "testRows": .integer(comparison.testRows),
            "seeds": .integer(comparison.seeds),
            "overlappingRows": .integer(comparison.overlappingRows),
            "incompleteRows": .integer(comparison.incompleteRows),
            "costs": .optional(comparison.costBasis),
            "scorers": .array(comparison.scorers.map(\.json)),
            "unfitScorers": .array(comparison.unfit.map { .string($0) }),
            "baselines": .array(comparison.baselines.map(\.json)),
            "paraphraseFlips": .array(comparison.flips.map(\.json)),
            "skipped": .array(skipped.map(\.json)),
            "unusedFiles": .array(unused.map { ["file": .string($0.name), "reason": .string($0.reason)] }),
            "notes": .array(notes.map { .string($0) }),
        ]
    }
}

extension Comparison {
    /// What costs are: dollars, or shares of calls to the stronger model; nil where nobody knows.
    fileprivate var costBasis: String? { hasCosts ? "usd" : pair == nil ? nil : "strongCallShare" }
}

extension Standing {
    fileprivate var json: JSON {
        var members: [(key: String, value: JSON)] = []
        var ends: [(key: String, value: JSON)] = []
        for figure in Figure.allCases {
            members.append((figure.rawValue, figures[figure].map { JSON.figure($0) } ?? .null))
            guard let interval = intervals[figure] else { continue }
            ends.append((figure.rawValue, ["low": .figure(interval.low), "high": .figure(interval.high)]))
        }
        return ["name": .string(name)] + .object(members) + ["interval": .object(ends)]
    }
}

extension ParaphraseFlips {
    fileprivate var json: JSON {
        [
            "rule": .string(paraphrase.rawValue), "prompts": .integer(prompts), "flipped": .integer(flipped),
            "share": share.map { .figure($0) } ?? .null,
        ]
    }
}

extension SkippedRow {
    package var json: JSON { ["file": .string(file), "line": .integer(line), "reason": .string(reason)] }
}

extension JSON {
    /// A measured figure: six decimals say more than any test does.
    package static func figure(_ value: Double) -> JSON { .number((value * 1e6).rounded() / 1e6) }
}
