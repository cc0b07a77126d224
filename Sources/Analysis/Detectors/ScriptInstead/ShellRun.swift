import Domain

/// Shell commands that a thread ran one after the other, with nothing else in between.
struct ShellRun: Sendable {
    struct Command {
        /// Equal for the same command.
        var action: UInt64
        /// The place of the call that asked for it in ``ShellRun/calls``.
        var call: Int
        /// The program, for people.
        var label: String
    }

    struct Carrier {
        var key: CallKey
        var id: String
        var time: Timestamp
        var model: ModelID
        var offset: Int64
        /// Nil where it has no price, or did more than to carry commands.
        var cost: Money?
    }

    var session: SessionID
    var billing: Billing
    var file: String
    var commands: [Command] = []
    var calls: [Carrier] = []
}

extension PricedThread {
    /// The runs of shell commands of a session's own calls, each up to a prompt, another tool or an answer.
    func shellRuns(of session: PricedSession, textTokens: Int) -> [ShellRun] {
        var runs: [ShellRun] = []
        var isOpen = false
        for (index, step) in steps.enumerated() {
            guard isOwn[index], step.isShellOnly else {
                isOpen = false
                continue
            }
            if !isOpen || step.arrivals.contains(where: { $0.kind == .prompt }) {
                runs.append(ShellRun(session: session.id, billing: session.billing, file: step.file))
                isOpen = true
            }
            let last = runs.count - 1
            for tool in step.toolCalls {
                let command = ShellRun.Command(action: tool.actionHash, call: runs[last].calls.count, label: tool.head)
                runs[last].commands.append(command)
            }
            runs[last].calls.append(
                ShellRun.Carrier(
                    key: step.call.key,
                    id: step.call.id,
                    time: step.call.time,
                    model: step.call.model,
                    offset: step.call.position.offset,
                    cost: step.tokensBesidesTools <= textTokens ? costs[index] : nil
                )
            )
        }
        return runs
    }
}

extension ToolCall {
    fileprivate var head: String { command.isEmpty ? name : command }
}

extension SessionThread.Step {
    fileprivate var isShellOnly: Bool {
        !toolCalls.isEmpty && toolCalls.allSatisfy { $0.kind == .execute && $0.action != .edit }
    }

    /// What a call wrote besides its tool calls: text and thinking, hidden or not.
    ///
    /// Tool input comes down to about two bytes a token.
    var tokensBesidesTools: Int {
        call.estimatedOutputTokens - toolCalls.reduce(0) { $0 + $1.inputBytes } / 2
    }
}
