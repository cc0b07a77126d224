import Domain

/// A call of a log as a turn of the conversation it belongs to.
struct RecordedTurn {
    var call: Call
    var thread: ThreadID
    /// Another session's call, or one outside the window: it happens as it did and costs nothing here.
    var isContext: Bool
    /// The request as far as the log tells; nil for a provider that the gateway does not speak to.
    var facts: RequestFacts?
}

extension Session {
    /// The session's conversations: its main thread with the calls that compact it, and each subagent's.
    func conversations(format: (ModelID) -> APIFormat?, read: PromptReader) -> [[RecordedTurn]] {
        var main: [RecordedTurn] = []
        var subagents: [[RecordedTurn]] = []
        for thread in threads {
            let turns = thread.turns(of: id, format: format, read: read)
            if thread.id.kind == .subagent { subagents.append(turns) } else { main += turns }
        }
        let isMixed = main.contains { $0.thread != main.first?.thread }
        let inOrder = main.enumerated().sorted { ($0.element.call.time, $0.offset) < ($1.element.call.time, $1.offset) }
        return [isMixed ? inOrder.map(\.element) : main] + subagents
    }
}
