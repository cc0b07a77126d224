import Domain
import Replay
import Statistics

extension StudyReport {
    package var json: JSON {
        let head: JSON = [
            "schema": 1, "study": .string(study.id), "subject": .string(study.subject),
            "outcome": .string(result.outcome.rawValue), "text": .string(result.text(of: study)),
            "doubts": .array(result.doubts.map { .string($0) }),
            "stepsNeeded": result.stepsNeeded.map { .integer($0) } ?? .null,
            "model": .string(study.original.model.rawValue), "target": .string(study.candidate.model.rawValue),
            "steps": .integer(result.pairs), "sessions": .integer(result.sessions),
            "effectiveSteps": .number(result.effectivePairs), "correlation": .number(result.correlation),
            "agreement": share(result.agreement), "floor": share(result.floor),
            "difference": [
                "value": number(result.difference), "low": .number(result.differenceInterval.low),
                "high": .number(result.differenceInterval.high), "level": .number(0.95),
                "margin": .number(study.margin), "pValue": .number(result.pValue),
            ],
        ]
        let measures: JSON = [
            "sameTools": number(result.sameTools), "canonicallyEqual": number(result.strict),
            "schemaValid": number(result.schemaValid), "stopMismatches": share(result.stopMismatches),
            "originalStopMismatches": share(result.originalStopMismatches),
            "extraCallRatio": .number(result.extraCalls),
            "differsOnStable": .integer(result.differsOnStable),
            "differsOnUnstable": .integer(result.differsOnUnstable),
            "outcomes": kinds(result.kinds), "originalOutcomes": kinds(result.originalKinds),
            "replies": [
                "candidate": endings(result.candidateEndings), "original": endings(result.originalEndings),
            ],
            "notAsked": .object(
                run.skipped.sorted { $0.key < $1.key }.map { (key: $0.key, value: .integer($0.value)) }
            ),
            "strata": .array(
                result.groups.map { group in
                    [
                        "by": .string(group.name), "value": .string(group.value), "steps": .integer(group.steps),
                        "agreement": .number(group.agreement), "floor": .number(group.floor),
                    ]
                }
            ),
            "fidelity": result.fidelity.json,
        ]
        let tail: JSON = [
            "ending": .string(endingName), "delivery": .string(study.delivery.rawValue),
            "spentUSD": .money(run.spent), "spentNowUSD": .money(run.spentNow),
            "lostUSD": .money(run.lost), "budgetUSD": .money(study.budget), "seed": .exact(String(study.sample.seed)),
            "stepIDs": .array(run.rows.map { .string($0.step.id) }),
            "savingUSD": saving.map { .money($0) } ?? .null,
            "savingAfterExtraCallsUSD": savingAfterExtraCalls.map { .money($0) } ?? .null,
            "caveats": .array(result.caveats.map { .string($0) }),
        ]
        guard showsPairs else { return head + measures + tail }
        return head + measures + tail + ["pairs": .array(comparedSteps.map(pairs))]
    }

    private var endingName: String {
        switch run.ending {
        case .complete: "complete"
        case .decided: "decided"
        case .budget: "budget"
        case .failing: "failing"
        }
    }

    private func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }

    private func share(_ share: StudyResult.Share?) -> JSON {
        guard let share else { return .null }
        return [
            "value": .number(share.value), "low": .number(share.interval.low), "high": .number(share.interval.high),
            "steps": .integer(share.count),
        ]
    }

    private func kinds(_ kinds: [StepVerdict.Kind: Int]) -> JSON {
        .object(StepVerdict.Kind.allCases.map { (key: $0.rawValue, value: .integer(kinds[$0] ?? 0)) })
    }

    private func endings(_ endings: StudyResult.Endings) -> JSON {
        [
            "answered": .integer(endings.answered), "truncated": .integer(endings.truncated),
            "refused": .integer(endings.refused), "failed": .integer(endings.failed),
        ]
    }

    private func pairs(_ step: ComparedStep) -> JSON {
        [
            "session": .string(step.session.name), "step": .string(step.id),
            "outcome": .string(step.outcome),
            "original": .optional(step.original), "fidelity": .string(step.fidelity.rawValue),
            "actions": .array(
                step.pairs.map { pair in
                    [
                        "recorded": .optional(pair.recorded?.line), "candidate": .optional(pair.candidate?.line),
                        "level": .string(pair.level), "reason": .string(pair.reason),
                    ]
                }
            ),
        ]
    }
}
