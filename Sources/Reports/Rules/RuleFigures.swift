package import Domain

extension Rule {
    /// How sure it is that the rule saves: applied and kept is not yet measured.
    package var confidence: Confidence { status == .promoted ? .userValidated : .structural }

    /// Where it holds, for people.
    var place: String { project ?? "everywhere" }

    /// The rule as programs read it.
    package var json: JSON {
        [
            "id": .string(id),
            "finding": .string(finding),
            "kind": .string(kind),
            "action": .string(action.rawValue),
            "agent": .string(agent.rawValue),
            "scope": ["project": .optional(project)],
            "model": .optional(model?.rawValue),
            "target": .optional(target?.rawValue),
            "subagents": .array(subagents.map { .string($0) }),
            "text": .string(text),
            "status": .string(status.rawValue),
            "confidence": .string(confidence.rawValue),
            "applied": .time(applied),
            "changed": .time(changed),
            "forecast": forecast.json,
            "outcome": outcome?.json ?? .null,
        ]
    }
}

extension Rule.Forecast {
    package var json: JSON {
        [
            "basis": .string(isSimulated ? Basis.priced.rawValue : Basis.estimated.rawValue),
            "sessions": .integer(sessions),
            "spendUSD": .money(spend),
            "flaggedSessions": .integer(flaggedSessions),
            "flaggedUSD": .money(flaggedSpend),
            "flaggedShare": .number((flaggedShare * 10_000).rounded() / 10_000),
            "unflaggedSessions": .integer(unflaggedSessions),
            "movedUSD": .money(moved),
            "savingUSD": .money(saving),
            "unflaggedSavingUSD": .money(unflaggedSaving),
            "unservedCalls": .integer(unservedCalls),
        ]
    }

    /// What it would have done, in sentences.
    func sentences(on action: Rule.Action) -> [String] {
        let scope = "In all history there are \(sessions.of("session")) of this scope, which cost \(spend.dollars)."
        guard isSimulated else {
            return [
                scope,
                "What an instruction would have changed cannot be played through: had it been followed, the finding's "
                    + "\(flaggedSessions.of("session")) would have cost \(saving.dollars) less.",
            ]
        }
        var sentences = [
            scope,
            saving < .zero
                ? "The rule would have cost \((.zero - saving).dollars) more."
                : "The rule would have saved \(saving.dollars).",
            "The finding is about \(flaggedSessions.of("session")) with \(flaggedSpend.dollars), "
                + "\((flaggedShare * 100).percent) of the spend.",
        ]
        if unflaggedSessions > 0 {
            let share =
                unflaggedSaving < .zero
                ? "which would have cost \((.zero - unflaggedSaving).dollars) more"
                : "\(unflaggedSaving.dollars) of the saving"
            sentences.append(
                "It would also have touched \(unflaggedSessions.of("session")) in which nothing was flagged (\(share))"
                    + (action == .cacheLifetime ? "." : ": nothing speaks for another model there.")
            )
        }
        if unservedCalls > 0 {
            sentences.append("\(unservedCalls.of("call")) would not have fitted the cheaper model.")
        }
        return sentences
    }
}

extension Rule.Outcome {
    package var json: JSON {
        [
            "verdict": .string(verdict.rawValue),
            "reason": .string(reason),
            "looked": .time(looked),
            "tasksBefore": .integer(tasksBefore),
            "tasksAfter": .integer(tasksAfter),
            "sessionsBefore": .integer(sessionsBefore),
            "sessionsAfter": .integer(sessionsAfter),
            "actualUSD": .money(actual),
            "expectedUSD": .money(expected),
            "realisedSavingUSD": saving?.json ?? .null,
            "realisedSavingShare": savingShare.map { share in
                ["low": .number(share.low), "mid": .number(share.mid), "high": .number(share.high)]
            } ?? .null,
            "harms": .array(harms.map(\.json)),
        ]
    }

    /// What was measured, in a line.
    var sentence: String {
        guard let saving, let savingShare else { return "\(verdict.rawValue): \(reason)" }
        return
            "\(verdict.rawValue): \(reason). Measured on \(tasksAfter.of("task")) since, beside \(tasksBefore) like ones "
            + "before: \((savingShare.low * 100).percent) to \((savingShare.high * 100).percent) saved, \(saving.dollars) in all."
    }
}

extension Rule.Outcome.Harm {
    fileprivate var json: JSON {
        [
            "kind": .string(kind.rawValue),
            "before": .number(before),
            "after": .number(after),
            "increase": low.flatMap { low in high.map { ["low": .number(low), "high": .number($0)] } } ?? .null,
        ]
    }
}
