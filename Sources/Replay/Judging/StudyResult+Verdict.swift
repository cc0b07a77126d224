package import Domain
internal import Statistics

extension StudyResult {
    /// The verdict to be kept.
    package func verdict(of study: Study, spent: Money) -> Verdict {
        Verdict(
            subject: study.subject,
            study: study.id,
            time: study.time,
            outcome: outcome,
            model: study.original.model,
            target: study.candidate.model,
            steps: pairs,
            agreement: agreement?.value,
            floor: floor?.value,
            difference: difference,
            differenceLow: differenceInterval.low,
            differenceHigh: differenceInterval.high,
            extraCalls: extraCalls,
            spent: spent,
            text: text(of: study)
        )
    }

    /// What was shown, in words that say no more than that.
    package func text(of study: Study) -> String {
        guard let agreement, let floor, let difference else {
            return "No step was answered by both \(study.candidate.model) and \(study.original.model)."
        }
        let points = Int((difference * 100).rounded())
        let low = Int((differenceInterval.low * 100).rounded())
        let high = Int((differenceInterval.high * 100).rounded())
        func signed(_ number: Int) -> String { number > 0 ? "+\(number)" : "\(number)" }
        return "On \(pairs) of your recorded steps \(study.candidate.model) chose an equivalent action "
            + "\((agreement.value * 100).percent) of the time; \(study.original.model), asked again on the same steps, "
            + "agreed with its own record \((floor.value * 100).percent) (difference \(signed(points)) points, 95% interval "
            + "\(signed(low)) to \(signed(high))). This measures agreement with history one step at a time, not whether "
            + "whole tasks come out right."
    }

    /// What must be kept in mind, whatever the outcome.
    package var caveats: [String] {
        var caveats = [
            "One step at a time: what came before each was the recorded model's work, which guides the other.",
            "A step that differs need not be wrong: of such pairs elsewhere about a third were right on both sides.",
        ]
        for (change, count) in changes.sorted(by: { $0.key < $1.key }) {
            caveats.append("Asked \(change) in \(count.of("step")), both models alike.")
        }
        if fidelity[.snapshot] ?? 0 > 0 { caveats.append("Some requests were put together from the log's snapshots.") }
        if fidelity[.recaptured] ?? 0 > 0 {
            caveats.append(
                "Some requests carry the prompt or the tools of the agent that is installed, without the project's own files."
            )
        }
        return caveats
    }
}
