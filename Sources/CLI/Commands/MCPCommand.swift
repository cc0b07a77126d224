import ArgumentParser
import Foundation
import Reports

/// Answers one agent over stdin and stdout for as long as that lasts.
///
/// Stdout holds the protocol alone; trouble and warnings go to stderr. Questions that take milliseconds are answered one
/// after the other; what takes longer is worked out beside them.
struct MCPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Lets an agent ask: an MCP server on stdin and stdout.",
        discussion: """
            claude mcp add --scope user suffice -- suffice mcp
            codex mcp add suffice -- suffice mcp

            It reads what other commands keep, and answers while they or the gateway run. What it finds it keeps for its \
            next start; an answer that is older than the history says so in asOf, one that is about more than was asked \
            in a note, and one that is not known yet is pending: ask again.
            """
    )

    func run() throws {
        if isatty(STDIN_FILENO) == 1 {
            Output.trouble("this is for an agent to start: see suffice mcp --help; Ctrl-D ends")
        }
        let bell = try Bell()
        var conversation = MCPConversation(version: Suffice.version)
        var desk = MCPDesk(bell: bell)
        var input = LineInput(until: bell)
        desk.prepareForAll()
        while !input.isOver || !conversation.calls.isEmpty {
            let lines = input.lines(waiting: desk.patience(with: conversation.calls))
            if lines.isEmpty { desk.prepare() }
            for line in lines { try say(conversation.take(line)) }
            for call in conversation.calls {
                // Whoever asked may have taken it back meanwhile.
                for line in input.lines(waiting: 0) { try say(conversation.take(line)) }
                guard conversation.calls.contains(where: { $0.id == call.id }) else { continue }
                if let answer = desk.answer(call) { try say(conversation.finish(call, with: answer)) }
            }
            desk.stop(exceptFor: conversation.calls)
        }
    }

    private func say(_ message: JSON?) throws(CommandError) {
        if let message { try Output.answer(message.line + "\n") }
    }
}
