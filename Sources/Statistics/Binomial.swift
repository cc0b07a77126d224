/// How often something happens in so many independent trials, each with the same probability.
package struct Binomial: Hashable, Sendable {
    package var trials: Int
    /// In 0...1.
    package var probability: Double

    package init(trials: Int, probability: Double) {
        self.trials = max(0, trials)
        self.probability = min(1, max(0, probability))
    }

    /// The chance of so many successes or fewer, exactly.
    package func chance(ofAtMost successes: Int) -> Double {
        guard successes >= 0 else { return 0 }
        guard successes < trials else { return 1 }
        return regularizedIncompleteBeta(Double(trials - successes), Double(successes + 1), at: 1 - probability)
    }

    /// The chance of so many successes or more, exactly.
    package func chance(ofAtLeast successes: Int) -> Double {
        guard successes > 0 else { return 1 }
        guard successes <= trials else { return 0 }
        return regularizedIncompleteBeta(Double(successes), Double(trials - successes + 1), at: probability)
    }
}
