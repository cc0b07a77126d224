import ArgumentParser
import Foundation
import JSONText
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
        HookDeadline.set(seconds: 5)
        // All of it: the agent would take a pipe that nobody empties for a failure.
        let event = HookEvent(json: Input.bytes(atMost: 32 << 20))
        let report = try await judgement().report
        guard let answer = event.answer(to: report) else { return }
        try Output.answer(answer.text + "\n")
    }
}

/// What the agent is about to do; other events, or none that can be read, are ``other``.
enum HookEvent: String {
    case userPromptSubmit = "UserPromptSubmit"
    case userPromptExpansion = "UserPromptExpansion"
    case preToolUse = "PreToolUse"
    case postToolUse = "PostToolUse"
    case postToolUseFailure = "PostToolUseFailure"
    case postToolBatch = "PostToolBatch"
    case other

    init(json bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes, layout: .document)
            guard scanner.enterObject() else { return .other }
            while let key = scanner.nextKey() {
                if key.is("hook_event_name") {
                    return scanner.text().flatMap { HookEvent(rawValue: $0.string) } ?? .other
                }
                scanner.skipValue()
            }
            return .other
        }
    }

    /// Nil where the agent may go on in silence.
    func answer(to report: GuardReport) -> JSON? {
        let verdict = "Suffice: " + report.verdict
        switch report.state {
        case .ok: return nil
        case .stop:
            return stop(verdict + ". To go on, raise --budget in the hook, or take the hook out of settings.json.")
        case .warn, .unknown: return isOfTool ? nil : ["systemMessage": .string(verdict)]
        }
    }

    /// They come many times a turn; a warning with each would drown what the agent says.
    private var isOfTool: Bool {
        switch self {
        case .preToolUse, .postToolUse, .postToolUseFailure, .postToolBatch: true
        case .userPromptSubmit, .userPromptExpansion, .other: false
        }
    }

    private func stop(_ reason: String) -> JSON {
        let reason = JSON.string(reason)
        switch self {
        case .userPromptSubmit, .userPromptExpansion: return ["decision": "block", "reason": reason]
        case .preToolUse:
            // Denied alone, the agent would ask for another tool, and another call of the model.
            return [
                "continue": .bool(false),
                "stopReason": reason,
                "hookSpecificOutput": [
                    "hookEventName": .string(rawValue),
                    "permissionDecision": "deny",
                    "permissionDecisionReason": reason,
                ],
            ]
        // On `Stop`, a decision to block would keep the agent going; this outweighs another hook that does.
        case .postToolUse, .postToolUseFailure, .postToolBatch, .other:
            return ["continue": .bool(false), "stopReason": reason]
        }
    }
}

/// Ends a hook that takes too long, whatever it waits for: a lock, a first run's logs, a home on a network.
///
/// What was kept so far stays: the store is whole whenever a process ends.
enum HookDeadline {
    static func set(seconds: UInt32) {
        signal(SIGALRM) { _ in
            // Only what is safe in a signal handler.
            let text: StaticString = "suffice: guard took too long and was given up; nothing is blocked\n"
            _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
            _exit(ExitStatus.failed.rawValue)
        }
        alarm(seconds)
    }
}

/// Tells what an agent started as its hook, also where the flags cannot be understood.
enum HookCall {
    static func isMeant(by arguments: some Collection<String>, environment: [String: String]) -> Bool {
        // Claude Code sets the variable for its hooks: there even `--hok` cannot block every prompt.
        if arguments.first == GuardCommand.configuration.commandName, environment["CLAUDE_PROJECT_DIR"] != nil {
            return true
        }
        return arguments.contains { $0.isHookFlag }
    }
}

extension String {
    /// Editors and chats make one long dash of two.
    fileprivate var isHookFlag: Bool {
        let name = drop { "-–—".contains($0) }
        return name.startIndex > startIndex && name.hasPrefix("hook")
    }
}
