import ArgumentParser
import Domain
import Reports

/// What the plugin's hooks start: tells, and never blocks.
///
/// Any trouble of ours is exit code 1, which the agent shows and does not heed.
struct HookCommand: AsyncParsableCommand {
    static let name = "hook"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Answers an agent's event on stdin: a line as a session starts, a hint as a subagent does.",
        shouldDisplay: false
    )

    @Argument(help: ArgumentHelp("The agent whose protocol is spoken.", valueName: "agent"))
    var agent: HookAgent

    func run() async throws {
        let event = AgentEvent(json: Input.bytes(atMost: 32 << 20))
        let answer: JSON?
        switch event.kind {
        case .sessionStart:
            let bench = try Workbench(OutputOptions(format: nil))
            // Nobody waits for old logs as a session starts.
            let yesterday = bench.world.now.advanced(byMilliseconds: -86_400_000)
            if bench.settings.ingestsFirst { _ = try await bench.ingest(bench.discovery(since: yesterday)) }
            answer = try bench.sessionStartAnswer(in: event.folder ?? bench.world.workingFolder)
        case .subagentStart(let subagent):
            answer = try Workbench(lookingWith: OutputOptions(format: nil)).subagentStartAnswer(subagent, of: event)
        case .other: answer = nil
        }
        HookDeadline.lift()
        if let answer { try Output.answer(answer.line + "\n") }
    }
}
