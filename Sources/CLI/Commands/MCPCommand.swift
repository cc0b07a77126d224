import ArgumentParser
import Foundation
import Reports

/// Answers one agent over stdin and stdout for as long as that lasts.
///
/// Stdout holds the protocol alone; trouble and warnings go to stderr. Questions are answered one after the other: each
/// takes milliseconds once the reports are made.
struct MCPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Lets an agent ask: an MCP server on stdin and stdout.",
        discussion: """
            claude mcp add --scope user suffice -- suffice mcp
            codex mcp add suffice -- suffice mcp

            It only reads what other commands keep, and answers while they or the gateway run.
            """
    )

    func run() throws {
        if isatty(STDIN_FILENO) == 1 {
            Output.trouble("this is for an agent to start: see suffice mcp --help; Ctrl-D ends")
        }
        var conversation = MCPConversation(version: Suffice.version)
        var desk = MCPDesk()
        var input = LineInput()
        var isWarm = false
        while !input.isOver || conversation.hasCalls {
            let hasWork = conversation.hasCalls || !isWarm
            let lines = input.lines(waiting: !hasWork)
            for line in lines { try say(conversation.take(line)) }
            if let call = conversation.next() {
                let answer = desk.answer(call.tool, call.arguments)
                // Whoever asked may have taken it back meanwhile.
                for line in input.lines(waiting: false) { try say(conversation.take(line)) }
                try say(conversation.finish(call, with: answer))
            } else if lines.isEmpty, !isWarm {
                // Nobody says anything: time for what the first question needs.
                desk.warm()
                isWarm = true
            }
        }
    }

    private func say(_ message: JSON?) throws(CommandError) {
        if let message { try Output.answer(message.line + "\n") }
    }
}
