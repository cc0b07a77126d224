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
}
