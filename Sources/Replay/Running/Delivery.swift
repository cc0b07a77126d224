internal import Statistics

/// How the requests of a study go out.
package enum Delivery: String, Sendable, Codable {
    /// One after the other, each reading what the one before it left in the provider's cache.
    case oneByOne = "one-by-one"
    /// As providers' batches: at half the price, without a cache, and within a day.
    case batches
}

extension Study {
    /// All of a round lies in memory.
    private static let mostStepsAtOnce = 256

    /// Sessions that are asked before the test is looked at, and the study may stop early.
    ///
    /// One by one, that is after each session. A round of batches may take hours: there are about three, and none is smaller
    /// than the test needs to say anything: a candidate that is no good mostly costs a third of the sample.
    var rounds: [[[Sampler.Candidate]]] {
        guard delivery == .batches else { return sample.batches.map { [$0] } }
        let test = MarginTest(margin: margin)
        let enough = max(test.leastValues, (sample.count + 2) / 3)
        var rounds: [[[Sampler.Candidate]]] = []
        var steps = Int.max
        for session in sample.batches {
            let isFull = steps >= enough && (rounds.last?.count ?? .max) >= test.leastClusters
            if isFull || steps >= Self.mostStepsAtOnce {
                rounds.append([])
                steps = 0
            }
            rounds[rounds.count - 1].append(session)
            steps += session.count
        }
        return rounds
    }
}
