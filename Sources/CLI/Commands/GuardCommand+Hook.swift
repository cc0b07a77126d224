import ArgumentParser
import Reports

/// An agent whose hook protocol `guard` speaks.
enum HookAgent: String, CaseIterable, ExpressibleByArgument {
    case claudeCode = "claude-code"
}

extension GuardCommand {
    /// Answers Claude Code: says nothing while the budget holds, warns, or stops the agent.
    ///
    /// The answer is in JSON and the exit code 0: what code 2 does depends on the event, and on `Stop` it would make
    /// the agent go on. Any trouble of ours is code 1, which the agent shows and does not heed.
    func answerHook() async throws {
        // All of it: the agent would take a pipe that nobody empties for a failure.
        let event = HookEvent(json: Input.bytes(atMost: 32 << 20))
        if event.isPrompt { HookDeadline.tellUser() }
        let report = try await judgement().report
        HookDeadline.lift()
        guard let answer = event.answer(to: report) else { return }
        try Output.answer(answer.text + "\n")
    }
}
