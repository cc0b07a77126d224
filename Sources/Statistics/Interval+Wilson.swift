extension Interval {
    /// Where a true share lies when so many of so many were counted; 95% unless another `z` is given.
    ///
    /// Wilson's score interval (1927): unlike the textbook one it stays inside 0...1 and holds for few trials and for
    /// shares near the ends. Without a trial everything is possible.
    package static func wilson(successes: Int, trials: Int, z: Double = 1.959_963_984_540_054) -> Interval {
        guard trials > 0 else { return Interval(low: 0, high: 1) }
        let share = Double(min(max(successes, 0), trials)) / Double(trials)
        return wilson(share: share, trials: Double(trials), z: z)
    }
}

extension Interval {
    /// The same for a share that is known of what is worth so many independent trials, which need not be whole.
    package static func wilson(share: Double, trials: Double, z: Double = 1.959_963_984_540_054) -> Interval {
        guard trials > 0 else { return Interval(low: 0, high: 1) }
        let scale = 1 + z * z / trials
        let center = (share + z * z / (2 * trials)) / scale
        let reach = z * (share * (1 - share) / trials + z * z / (4 * trials * trials)).squareRoot() / scale
        return Interval(low: max(0, center - reach), high: min(1, center + reach))
    }
}
