import Domain

extension OptimizeReport {
    package var json: JSON {
        let window = period.json(firstCall: firstCall) + ["days": .rounded(days)]
        let head: JSON = [
            "schema": 1,
            "window": window,
            "sessionsAnalyzed": .integer(sessionsAnalyzed),
            "callsAnalyzed": .integer(callsAnalyzed),
            "sessionsFlagged": .integer(sessionsFlagged),
            "totalUSD": .money(total),
            "billing": billing.json,
            "recoverableUSD": recoverable.json,
            "kinds": .array(found.map(\.json) + quiet.map(\.line)),
            "findings": .array(findings.map(\.json) + quiet.map(\.json)),
            "droppedBecauseSwitchingCostsMore": .integer(droppedForSwitching),
            "droppedActualUSD": .money(droppedCost),
            "unpricedCalls": .integer(unpricedCalls),
        ]
        let silenced: JSON = contradicted.isEmpty ? [:] : ["contradicted": .array(contradicted.map(\.json))]
        guard let nearMisses else { return head + silenced }
        return head + silenced + ["nearMisses": .array(nearMisses.map(\.json))]
    }
}

extension MoneyInterval {
    package var json: JSON { ["low": .money(low), "mid": .money(mid), "high": .money(high)] }
}

extension OptimizeReport.Found {
    fileprivate var json: JSON {
        head + ["evidence": .array(finding.evidence.map(\.json)), "action": action] + [
            "caveats": .array(finding.caveats.map { .string($0) }),
            "candidates": .array(finding.candidates.map(\.json)),
        ]
    }

    /// What was found, without the places it was found in.
    var brief: JSON { head + ["action": action] }

    private var head: JSON {
        [
            "id": .string(finding.id),
            "kind": .string(finding.kind),
            "status": "found",
            "basis": .string(finding.basis.rawValue),
            "confidence": .string(finding.confidence.rawValue),
            "scope": scope,
            "sessionsFlagged": .integer(finding.sessionsFlagged),
            "actualUSD": .money(finding.actual),
            "estimatedUSD": .money(finding.estimated),
            "savingUSD": .money(finding.saving),
            "savingBilling": saving.json,
            "monthlySavingUSD": finding.monthlySaving.json,
        ] + (verdict.map { ["verdict": $0.json] } ?? [:])
    }

    private var action: JSON { ["kind": .string(finding.action.kind), "text": .string(finding.action.text)] }

    private var scope: JSON {
        var scope: JSON = ["project": .string(finding.project)]
        if let model { scope = scope + ["model": .string(model.rawValue)] }
        if let target { scope = scope + ["target": .string(target.rawValue)] }
        return scope
    }
}

extension Verdict {
    package var json: JSON {
        func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
        return [
            "subject": .string(subject), "study": .string(study), "time": .time(time),
            "outcome": .string(outcome.rawValue), "model": .string(model.rawValue),
            "target": .string(target.rawValue), "steps": .integer(steps), "agreement": number(agreement),
            "floor": number(floor),
            "difference": [
                "value": number(difference), "low": .number(differenceLow), "high": .number(differenceHigh),
            ],
            "extraCallRatio": .number(extraCalls), "spentUSD": .money(spent), "text": .string(text),
        ]
    }
}

extension Evidence {
    fileprivate var json: JSON {
        [
            "session": .string(session.name),
            "agent": .string(session.agent.rawValue),
            "calls": .array(calls.map { .string($0) }),
            "file": .string(file),
            "offset": .integer(Int(offset)),
        ]
    }
}

extension Shape {
    fileprivate var json: JSON {
        [
            "inputTokens": .integer(inputTokens),
            "outputTokens": .integer(outputTokens),
            "toolCalls": .integer(toolCalls),
            "filesChanged": .integer(filesChanged),
            "turns": .integer(turns),
        ]
    }
}

extension Candidate {
    fileprivate var json: JSON {
        [
            "session": .string(session.name),
            "agent": .string(session.agent.rawValue),
            "unit": .string(unit.rawValue),
            "project": .string(project),
            "model": .string(model.rawValue),
            "target": .optional(target?.rawValue),
            "shape": shape.json,
            "actualUSD": .money(actual),
            "estimatedUSD": .money(estimated),
            "savingUSD": .money(saving),
            "reasons": .array(reasons.map { .string($0) }),
            "calls": .array(evidence.calls.map { .string($0) }),
            "file": .string(evidence.file),
            "offset": .integer(Int(evidence.offset)),
        ]
    }
}

extension OptimizeReport.NearMiss {
    fileprivate var json: JSON { candidate.json + ["missed": .string(missed)] }
}

extension FoundKind {
    fileprivate var json: JSON {
        [
            "kind": .string(kind),
            "status": "found",
            "basis": .string(basis.rawValue),
            "findings": .integer(findings.count),
            "sessionsFlagged": .integer(sessions),
            "savingUSD": .money(saving),
            "text": .string(text),
        ]
    }
}

extension OptimizeReport.Kind {
    fileprivate var line: JSON {
        [
            "kind": .string(kind),
            "status": "quiet",
            "basis": .string(basis.rawValue),
            "findings": 0,
            "sessionsFlagged": 0,
            "savingUSD": 0,
            "text": .string(text),
        ]
    }

    /// A quiet kind with the keys of a finding, so that programs need no second shape.
    fileprivate var json: JSON {
        [
            "id": .string(kind),
            "kind": .string(kind),
            "status": "quiet",
            "text": .string(text),
            "basis": .string(basis.rawValue),
            "confidence": .string(Confidence.structural.rawValue),
            "scope": .object([]),
            "sessionsFlagged": 0,
            "actualUSD": 0,
            "estimatedUSD": 0,
            "savingUSD": 0,
            "monthlySavingUSD": MoneyInterval.zero.json,
            "evidence": [],
            "action": ["kind": "none", "text": ""],
            "caveats": [],
            "candidates": [],
        ]
    }
}
