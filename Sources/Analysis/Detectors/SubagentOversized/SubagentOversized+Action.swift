package import Domain

extension SubagentOversized {
    package func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction {
        let agents = Set(claims.map(\.candidate.session.agent))
        var texts: [String] = []
        let targets = Set(claims.compactMap(\.candidate.target)).sorted()
        if agents.contains(.claudeCode) {
            let names = Set(targets.map(\.alias)).sorted().joined(separator: " or ")
            // code.claude.com/docs/en/sub-agents and env-vars.
            texts.append(
                "Claude Code: put \"model:\" with \(names) into the front matter of .claude/agents/NAME.md for subagents of "
                    + "your own; for built-in ones ask in CLAUDE.md that they be started with model \(names). Since 2.1.251 "
                    + "CLAUDE_CODE_SUBAGENT_MODEL holds only where neither Claude nor the definition names a model; since "
                    + "2.1.257 CLAUDE_CODE_SUBAGENT_MODEL_FORCE=1 makes it hold for every subagent, also those that change "
                    + "files."
            )
        }
        if agents.contains(.codex) {
            texts.append("Codex: name a cheaper \"model\" in .codex/agents/NAME.toml.")
        }
        if !agents.isSubset(of: [.claudeCode, .codex]) {
            texts.append("Name a cheaper model in the subagent's own definition.")
        }
        texts.append("Priced on \(targets.map(\.rawValue).joined(separator: ", ")). \(ProposedAction.lookFirst)")
        return ProposedAction(kind: "subagent-model", text: texts.joined(separator: " "))
    }

    package func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String] {
        [
            "Judged by what the tools did, whatever the question was: nothing was re-run, and that a cheaper model finds "
                + "the same is not proven."
        ]
    }
}

extension ModelID {
    /// What Claude Code calls the current model of a line, else its own name.
    fileprivate var alias: String {
        ["haiku", "sonnet", "opus"].first { rawValue.hasPrefix("claude-\($0)-") } ?? rawValue
    }
}
