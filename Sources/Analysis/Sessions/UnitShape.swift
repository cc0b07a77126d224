package import Domain

extension PricedSession {
    /// The size of a unit: what came in, what was written, what was done.
    package func shape(of unit: WorkUnit) -> Shape {
        var shape = Shape()
        var changed: Set<UInt64> = []
        for run in unit.runs {
            let steps = threads[run.thread].steps
            for index in run.steps {
                shape.inputTokens += steps.tokensBroughtIn(at: index)
                shape.outputTokens += steps[index].call.estimatedOutputTokens
                shape.toolCalls += steps[index].toolCalls.count
                shape.turns += 1
                for tool in steps[index].toolCalls where tool.kind == .edit { changed.insert(tool.changedFile) }
            }
        }
        shape.filesChanged = changed.count
        return shape
    }
}

extension [SessionThread.Step] {
    /// What the user and the tools added to the prompt before a call, in tokens.
    ///
    /// The provider counted both prompts, so their difference less the reply in between is exact where a text's length
    /// is a guess: in real logs tool output comes to 2.2 bytes a token, not 3.6. It also holds what the agent itself
    /// added (a changed file, a finished background task, a skill's text): the model had to read that too, and a limit
    /// on it would only call more work small. The text decides where there is no such difference: for the first call of
    /// a thread and after a switch of models, which count tokens differently. It is a floor elsewhere, because a
    /// compaction, a rewind, an edited cache or dropped reasoning takes away at the same moment.
    func tokensBroughtIn(at index: Int) -> Int {
        let text = self[index].textTokens
        guard index > 0, self[index - 1].call.model == self[index].call.model else {
            return text + self[index].attachmentTokens
        }
        let before = self[index - 1].call.usage.promptTokens + self[index - 1].call.estimatedOutputTokens
        let growth = self[index].call.usage.promptTokens - before
        return growth < 0 ? text + self[index].attachmentTokens : Swift.max(growth, text)
    }
}

extension SessionThread.Step {
    fileprivate var textTokens: Int {
        arrivals.reduce(0) { $0 + ($1.isWork ? max(0, $1.bytes) : 0) }.tokensByLength
    }

    /// About 1,600 tokens for an image at the size Anthropic scales it down to; the log has no better figure.
    fileprivate var attachmentTokens: Int { arrivals.reduce(0) { $0 + ($1.isWork ? $1.attachments : 0) } * 1600 }

    /// The files that this call's tools changed, by hashes of their paths (of the action, where no path is named).
    var changedFiles: some Sequence<UInt64> {
        toolCalls.lazy.filter { $0.kind == .edit }.map(\.changedFile)
    }
}

extension ToolCall {
    fileprivate var changedFile: UInt64 { targetHash ?? actionHash }
}

extension Arrival {
    /// Whether a user, a tool or the thread that delegated brought it, not the agent on its own.
    var isWork: Bool {
        switch kind {
        case .prompt, .toolResult, .delegation: true
        case .context, .compactSummary: false
        }
    }
}
