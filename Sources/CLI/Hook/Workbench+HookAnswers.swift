import Analysis
import Domain
import Ingestion
import Pricing
import Reports
import Routing

extension Workbench {
    /// A line for the user as a session starts; nil where there is nothing to say.
    func sessionStartAnswer(in folder: String) throws -> JSON? {
        var options = SelectionOptions(since: .days(30))
        options.project = folder
        let report = try optimize(in: selection(options, default: .days(30)))
        guard let largest = report.found.first, report.recoverable.mid > .zero else { return nil }
        return [
            "systemMessage": .string(
                "Suffice: \(report.total.dollars) \(report.billing.noun) here in 30 days, \(report.recoverable.mid.dollars) "
                    + "of it looks recoverable, mostly by \(largest.kind); /suffice:savings says how."
            )
        ]
    }

    /// A hint for the agent and its user where a cheaper model would do for a subagent; nil where none is known to.
    ///
    /// It only proposes: what was asked for starts as it was asked for.
    func subagentStartAnswer(_ subagent: AgentEvent.Subagent, of event: AgentEvent) throws -> JSON? {
        let own = event.transcript.flatMap { TranscriptTail(path: $0).lastCall?.model } ?? frontierModel
        let asked = subagent.model.map { model(named: $0) } ?? own
        guard let proposal = try proposal(for: subagent, asked: asked, in: event.folder),
            let line = proposal.target.line,
            line != asked.line
        else { return nil }
        return [
            "systemMessage": .string("Suffice: \(line) would do for this subagent: \(proposal.why)"),
            "hookSpecificOutput": [
                "hookEventName": "PreToolUse",
                "additionalContext": .string(
                    "Suffice: \(proposal.why) The model \"\(line)\" would do for a subagent like this one: start the next one "
                        + "like it with model \"\(line)\"."
                ),
            ],
        ]
    }

    private func proposal(
        for subagent: AgentEvent.Subagent,
        asked: ModelID,
        in folder: String?
    ) throws -> (target: ModelID, why: String)? {
        var facts = facts(ofPrompt: subagent.prompt, askedOf: asked)
        facts.sender.subagent = "started"
        // Of others it is not known that they cannot write.
        let onlyLooks = ["Explore", "Plan"].contains(subagent.type)
        facts.toolNames = onlyLooks ? ["Read", "Grep"] : ["Read", "Edit"]
        let report = try Decider(self).decision(on: facts, at: world.now)
        if report.decision.chosen != asked { return (report.decision.chosen, report.explanation) }
        guard onlyLooks, let folder else { return nil }
        var options = SelectionOptions(since: .all)
        options.project = folder
        let past = try optimize(in: selection(options, default: .all), showing: [SubagentOversized.kind]).findings
            .flatMap(\.finding.candidates).filter { $0.model == asked }
        guard past.count >= 3, let target = past.first?.target else { return nil }
        return (target, "\(past.count) here have only read and searched.")
    }
}
