package import Domain

extension SubagentOversized {
    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let agents = Set(claims.map(\.candidate.session.agent))
        var texts: [String] = []
        if agents.contains(.claudeCode) {
            texts.append(
                "Claude Code: put \"model: haiku\" into the front matter of .claude/agents/NAME.md for subagents of your "
                    + "own; for built-in ones ask in CLAUDE.md that they be started with model haiku; or set "
                    + "CLAUDE_CODE_SUBAGENT_MODEL, which holds for every subagent, also those that change files."
            )
        }
        if agents.contains(.codex) {
            texts.append("Codex: name a cheaper \"model\" in .codex/agents/NAME.toml.")
        }
        if !agents.isSubset(of: [.claudeCode, .codex]) {
            texts.append("Name a cheaper model in the subagent's own definition.")
        }
        let targets = Set(claims.compactMap(\.candidate.target)).sorted().map(\.rawValue)
        texts.append("Priced on \(targets.joined(separator: ", ")). \(ProposedAction.lookFirst)")
        return ProposedAction(kind: "subagent-model", text: texts.joined(separator: " "))
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "Judged by what the tools did, whatever the question was: nothing was re-run, and that a cheaper model finds "
                + "the same is not proven."
        ]
    }
}
