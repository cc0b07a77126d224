extension Interval {
    /// Where a true share lies when so many of so many were counted: wrong at most as often as it says, for any share.
    ///
    /// Clopper and Pearson's exact interval (1934). Wider than ``wilson(successes:trials:z:)``, which holds on average
    /// only: this one is for promises, that one for display. Each end is wrong with at most half of `1 - level`.
    package static func clopperPearson(successes: Int, trials: Int, level: Double = 0.95) -> Interval {
        let confidence = (1 + level) / 2
        return Interval(
            low: lowerBound(successes: successes, trials: trials, confidence: confidence),
            high: upperBound(successes: successes, trials: trials, confidence: confidence)
        )
    }

    /// The share that the true one is below with at least this confidence; 1 without a trial.
    package static func upperBound(successes: Int, trials: Int, confidence: Double) -> Double {
        guard successes < trials else { return 1 }
        return share { Binomial(trials: trials, probability: $0).chance(ofAtMost: successes) > 1 - confidence }
    }

    /// The share that the true one is above with at least this confidence; 0 without a trial.
    package static func lowerBound(successes: Int, trials: Int, confidence: Double) -> Double {
        guard successes > 0 else { return 0 }
        return share { Binomial(trials: trials, probability: $0).chance(ofAtLeast: successes) < 1 - confidence }
    }

    /// The share up to which something holds, by halving until no number lies between.
    private static func share(upTo holds: (Double) -> Bool) -> Double {
        var (low, high) = (0.0, 1.0)
        while true {
            let middle = (low + high) / 2
            guard low < middle, middle < high else { return high }
            if holds(middle) { low = middle } else { high = middle }
        }
    }
}
