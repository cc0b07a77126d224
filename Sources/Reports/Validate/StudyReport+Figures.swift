import Domain
import Replay
import Statistics

extension StudyReport {
    /// What answers at a glance, each with what it is.
    package var figures: [(name: String, value: String, note: String?)] {
        func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
        var figures: [(name: String, value: String, note: String?)] = [
            ("Verdict", result.outcome.text, "\(study.candidate.model.short) for \(study.original.model.short)")
        ]
        if let agreement = result.agreement {
            let range = "\(percent(agreement.interval.low)) to \(percent(agreement.interval.high))"
            figures.append(("Agrees with history", percent(agreement.value), "95% interval \(range)"))
        }
        if let floor = result.floor {
            let range = "\(percent(floor.interval.low)) to \(percent(floor.interval.high))"
            figures.append(("Recorded model again", percent(floor.value), "the floor; 95% interval \(range)"))
        }
        if let difference = result.difference {
            let range = "\(result.differenceInterval.low.points) to \(result.differenceInterval.high.points)"
            figures.append(("Difference", "\(difference.points) points", "paired; 95% interval \(range)"))
        }
        figures.append(("Steps", result.pairs.grouped, "\(result.sessions.of("session")); requests \(fidelityText)"))
        figures.append(("Spent", run.spent.dollars, "of at most \(study.budget.dollars)"))
        return figures
    }

    /// How well the requests are known, such as `12 exact, 3 snapshot`.
    private var fidelityText: String {
        result.fidelity.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
    }
}

extension Double {
    /// A difference of shares as people read it, such as `-12` points.
    var points: String {
        let points = Int((self * 100).rounded())
        return points > 0 ? "+\(points)" : "\(points)"
    }
}
