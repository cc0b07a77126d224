import Foundation
import Statistics

/// A made-up study whose truth is known: sessions of steps that differ to the worse, to the better, or not.
///
/// Within a session steps are drawn from Pólya's urn, which gives every step the same shares and any two of a session
/// the same correlation.
struct ClusteredStudy {
    var sessions: Int
    var steps: Int
    var worse: Double
    var better: Double
    var correlation: Double

    /// How many studies to simulate: `SUFFICE_STUDIES`, or so many.
    static func count(usually count: Int) -> Int {
        ProcessInfo.processInfo.environment["SUFFICE_STUDIES"].flatMap { Int($0) } ?? count
    }

    var truth: Double { better - worse }

    func session(using generator: inout SeededGenerator) -> [ClusteredSample.Value] {
        let mass = correlation > 0 ? (1 - correlation) / correlation : 1e12
        var urn = [worse * mass, better * mass, (1 - worse - better) * mass]
        return (0..<steps).map { _ in
            var place = generator.nextUnit() * (urn[0] + urn[1] + urn[2])
            var kind = 2
            for candidate in 0..<2 {
                place -= urn[candidate]
                if place < 0 {
                    kind = candidate
                    break
                }
            }
            urn[kind] += 1
            return ClusteredSample.Value([-1, 1, 0][kind])
        }
    }

    func differences(using generator: inout SeededGenerator) -> PairedDifference {
        var sample = ClusteredSample()
        for _ in 0..<sessions { sample.add(session(using: &generator)) }
        return PairedDifference(sample)
    }

    /// How often an interval made of such a study holds what is true of it.
    func coverage(
        seed: UInt64,
        _ interval: (ClusteredStudy, inout SeededGenerator) -> Interval
    ) -> Double {
        var generator = SeededGenerator(seed: seed)
        let studies = Self.count(usually: 200)
        let covered = (0..<studies).count { _ in
            let interval = interval(self, &generator)
            return interval.low <= truth && truth <= interval.high
        }
        return Double(covered) / Double(studies)
    }

    /// Shares that a promise leaves room for; fewer studies than 2,000 need some for chance, three standard errors.
    func room(about share: Double, points: Double) -> ClosedRange<Double> {
        let studies = Self.count(usually: 200)
        let chance = studies < 2000 ? 3 * (share * (1 - share) / Double(studies)).squareRoot() : 0
        return share - points - chance...min(1, share + points + chance)
    }
}
