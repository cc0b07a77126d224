/// Draws how many of `trials` succeed when each does with the same probability, in the time of one binary search.
struct BinomialSampler {
    /// The number of successes of the first entry of ``cumulative``.
    private let first: Int
    /// What lies outside of it has together less than one in 10^15.
    private let cumulative: [Double]

    init(trials: Int, probability: Double) {
        precondition(trials >= 0 && (0...1).contains(probability), "a share of a count")
        guard probability > 0, probability < 1 else {
            first = probability > 0 ? trials : 0
            cumulative = [1]
            return
        }
        // Weights relative to the mode's need no factorials and cannot underflow where it matters.
        let odds = probability / (1 - probability)
        let mode = min(trials, Int(Double(trials + 1) * probability))
        let negligible = 1e-18
        var below: [Double] = []
        var weight = 1.0
        for successes in stride(from: mode, to: 0, by: -1) {
            weight *= Double(successes) / (Double(trials - successes + 1) * odds)
            if weight < negligible { break }
            below.append(weight)
        }
        var weights = Array(below.reversed())
        weights.append(1)
        weight = 1
        for successes in mode..<trials {
            weight *= Double(trials - successes) * odds / Double(successes + 1)
            if weight < negligible { break }
            weights.append(weight)
        }
        first = mode - below.count
        let total = weights.reduce(0, +)
        var sum = 0.0
        cumulative = weights.map { weight in
            sum += weight
            return sum / total
        }
    }

    func draw(using generator: inout SeededGenerator) -> Int {
        let unit = generator.nextUnit()
        var range = 0..<(cumulative.count - 1)
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = cumulative[middle] > unit ? range.lowerBound..<middle : (middle + 1)..<range.upperBound
        }
        return first + range.lowerBound
    }
}
