import Domain
import Replay
import Statistics

/// How often a candidate acts as was recorded, beside how often the recorded model does when it is asked again.
package struct ComparedShare: Sendable {
    package var name: String
    package var steps: Int
    /// In 0...1.
    package var candidate: Double
    package var floor: Double
    /// Where the candidate may lie, with 95%: the floor and the difference's interval; nil where it is not told.
    package var range: ClosedRange<Double>?

    package init(name: String, steps: Int, candidate: Double, floor: Double, range: ClosedRange<Double>? = nil) {
        self.name = name
        self.steps = steps
        self.candidate = candidate
        self.floor = floor
        self.range = range
    }

    /// In one sentence.
    package var text: String {
        var text = "\(name): \((candidate * 100).percent) beside \((floor * 100).percent)"
        if let range {
            text += ", with 95% from \((range.lowerBound * 100).percent) to \((range.upperBound * 100).percent)"
        }
        return text + ", \(steps.of("step"))"
    }

    init(name: String, steps: Int, candidate: Double, floor: Double, difference low: Double, _ high: Double) {
        let (low, high) = (min(max(floor + low, 0), 1), min(max(floor + high, 0), 1))
        self.init(name: name, steps: steps, candidate: candidate, floor: floor, range: min(low, high)...max(low, high))
    }

    init?(_ verdict: Verdict) {
        guard let agreement = verdict.agreement, let floor = verdict.floor else { return nil }
        self.init(
            name: verdict.model.replaced(by: verdict.target),
            steps: verdict.steps,
            candidate: agreement,
            floor: floor,
            difference: verdict.differenceLow,
            verdict.differenceHigh
        )
    }
}

extension StudyReport {
    /// All steps together, then by kind of step.
    package var shares: [ComparedShare] {
        guard let agreement = result.agreement?.value, let floor = result.floor?.value else { return [] }
        let all = ComparedShare(
            name: "all steps",
            steps: result.pairs,
            candidate: agreement,
            floor: floor,
            difference: result.differenceInterval.low,
            result.differenceInterval.high
        )
        return [all]
            + result.groups.map {
                ComparedShare(
                    name: "\($0.name): \($0.value)",
                    steps: $0.steps,
                    candidate: $0.agreement,
                    floor: $0.floor
                )
            }
    }
}
