package import Domain

extension EffortBeyondUsual {
    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let agents = Set(claims.map(\.candidate.session.agent))
        var texts: [String] = []
        if agents.contains(.claudeCode) {
            texts.append(
                "Claude Code: \"/effort low\" or \"/effort medium\" before small tasks, or \"effortLevel\" in "
                    + "settings.json as the usual level, raised where a task is hard."
            )
        }
        if agents.contains(.codex) {
            texts.append("Codex: a lower \"model_reasoning_effort\" in config.toml, or in a profile for small tasks.")
        }
        if !agents.isSubset(of: [.claudeCode, .codex]) {
            texts.append("Ask the agent for less thinking before small tasks.")
        }
        texts.append(ProposedAction.lookFirst)
        return ProposedAction(kind: "effort", text: texts.joined(separator: " "))
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "A short answer may need long thought: what is over the usual was not shown to be needless, and nothing was "
                + "re-run with less effort.",
            "Where the log does not count thinking it is taken to be the output beyond the visible text, at least.",
        ]
    }
}
