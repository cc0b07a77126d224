#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Says whether a share has risen above what was promised, however often and for however long one looks.
///
/// A test that is repeated every week finds drift some week by luck alone; this one raises a false alarm with at most
/// its level over all weeks together. It multiplies likelihood ratios of higher shares against the promised one, whose
/// product exceeds 1/level with at most that chance at any time (Ville, 1939; Robbins, 1970). A share below the
/// promised one only makes that rarer. So that a good year does not hide a bad month, the product starts anew every
/// week beside the older ones, the k-th with weight 1/(k(k + 1)); the weights sum to one, which keeps the bound.
package struct DriftTest: Hashable, Sendable, Codable {
    /// What a period brought.
    package struct Tally: Hashable, Sendable, Codable {
        package var trials: Int
        package var successes: Int

        package init(trials: Int, successes: Int) {
            self.trials = max(0, trials)
            self.successes = min(max(0, successes), self.trials)
        }
    }

    /// The largest share that was promised, in 0..<1.
    package let promised: Double
    /// The chance of a false alarm over all periods together.
    package let level: Double
    package private(set) var tallies: [Tally] = []
    /// The highest that the evidence ever stood; an alarm does not take itself back.
    package private(set) var highestEvidence = 1.0

    /// Odds of the higher shares that are looked for, as multiples of the promised one's.
    private static let oddsRatios = [1.25, 1.5, 2, 3, 6]

    package init(promised: Double, level: Double) {
        self.promised = min(0.999_999, max(1e-6, promised))
        self.level = level
    }

    package var isAlarming: Bool { highestEvidence >= 1 / level }

    package mutating func add(_ tally: Tally) {
        tallies.append(tally)
        highestEvidence = max(highestEvidence, evidence)
    }

    /// How many times likelier the results are under risen shares than under the promised one.
    package var evidence: Double {
        // What is set aside for starts still to come.
        var evidence = 1 / Double(tallies.count + 1)
        var (trials, successes) = (0, 0)
        for index in tallies.indices.reversed() {
            trials += tallies[index].trials
            successes += tallies[index].successes
            let start = Double(index + 1)
            evidence += likelihoodRatio(trials: trials, successes: successes) / (start * (start + 1))
        }
        return evidence
    }

    private func likelihoodRatio(trials: Int, successes: Int) -> Double {
        let ratios = Self.oddsRatios.map { ratio in
            let scale = log1p(promised * (ratio - 1))
            // Beyond this no level asks; and infinity cannot be stored.
            return exp(min(500, Double(successes) * log(ratio) - Double(trials) * scale))
        }
        return ratios.reduce(0, +) / Double(ratios.count)
    }
}
