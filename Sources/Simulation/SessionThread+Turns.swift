package import Domain

/// Reads back what was said, without what agents put round it; nil where its log is gone or has changed.
package typealias PromptReader = (_ arrival: Arrival, _ file: String) -> String?

extension SessionThread {
    /// The thread's calls with the requests that the gateway would have met, rebuilt from what a log keeps of them.
    ///
    /// Sizes in bytes come from the tokens that the provider counted. What agents do not log is taken as follows. An
    /// agent offers tools. A subagent may write files, unless its kind is known to look only. Which sort of thinking a
    /// request asks for, its limit of output and its system prompt are not known: what a cheaper model would refuse for
    /// them does not keep it from being chosen here.
    func turns(of session: SessionID, format: (ModelID) -> APIFormat?, read: PromptReader) -> [RecordedTurn] {
        var past = Past(thread: self, session: session)
        return steps.map { step in
            let format = format(step.call.model)
            past.take(step.arrivals, file: step.file, format: format, read: read)
            past.takeWork(before: step)
            defer { past.take(step) }
            return RecordedTurn(
                call: step.call,
                thread: id,
                isContext: step.isContext,
                facts: format.map { past.facts(of: step, in: $0) }
            )
        }
    }
}

/// What of a thread lies before a call.
private struct Past {
    private let thread: ThreadID
    private var sender = RequestFacts.Sender()
    private let tools: [String]
    private var assistantMessages = 0
    private var saysHumanText = ""
    private var answersToolCalls = false
    private var followsCompaction = false
    private var attachments = false
    private var hasReasoned = false
    private var begins = false
    private var gathering = WorkGathering()
    private var work = WorkSoFar()

    init(thread: SessionThread, session: SessionID) {
        self.thread = thread.id
        sender.agent = session.agent
        sender.session = session.name
        if thread.id.kind == .subagent { sender.subagent = thread.id.name }
        let looksOnly = thread.agentType == "Explore" || thread.agentType == "Plan"
        tools = thread.id.kind == .compaction ? [] : looksOnly ? ["Read", "Grep"] : ["Read", "Edit"]
    }

    mutating func take(_ arrivals: [Arrival], file: String, format: APIFormat?, read: PromptReader) {
        var said: [String] = []
        var lastIsPrompt = false
        for arrival in arrivals {
            switch arrival.kind {
            case .prompt, .delegation:
                let text = read(arrival, file) ?? Past.unread
                if !text.isEmpty { said.append(text) }
                lastIsPrompt = true
                begins = true
            case .toolResult:
                answersToolCalls = true
                lastIsPrompt = false
            case .compactSummary:
                followsCompaction = true
                answersToolCalls = false
                assistantMessages = 0
                (attachments, hasReasoned) = (false, false)
                begins = true
                saysHumanText = ""
            case .context: break
            }
            attachments = attachments || arrival.attachments > 0
        }
        if !said.isEmpty { saysHumanText = said.joined(separator: "\n") }
        // Messages carries a prompt that cuts in beside the tools' answers; Responses lists it behind them.
        if lastIsPrompt, format?.provider == .openAI { answersToolCalls = false }
    }

    mutating func takeWork(before step: SessionThread.Step) { work = gathering.next(step) }

    mutating func take(_ step: SessionThread.Step) {
        assistantMessages += 1
        // Where the answer is not logged the model waited for it all the same.
        answersToolCalls = !step.toolCalls.isEmpty
        hasReasoned = hasReasoned || step.call.usage.reasoningTokens > 0
    }

    func facts(of step: SessionThread.Step, in format: APIFormat) -> RequestFacts {
        let usage = step.call.usage
        var facts = RequestFacts(format: format, model: step.call.model)
        facts.sender = sender
        facts.sender.path = format.path
        facts.promptBytes = Int(Double(max(0, usage.promptTokens)) * Call.bytesPerToken)
        // A thread that begins without a word said to it goes on with something that its log does not show.
        facts.assistantMessages = assistantMessages > 0 || begins ? assistantMessages : 1
        facts.messages = assistantMessages * 2 + 1
        facts.lastHumanText = thread.kind == .compaction ? Past.compaction : saysHumanText
        facts.answersToolCalls = answersToolCalls
        facts.followsCompaction = followsCompaction
        facts.toolNames = tools
        facts.work = work
        facts.effort = step.call.effort
        facts.isStreaming = true
        facts.cacheMarkers = usage.cacheReadTokens > 0 || usage.cacheWriteTokens > 0 ? 1 : 0
        if !tools.isEmpty { facts.demands.insert(.tools) }
        if attachments { facts.demands.insert(.images) }
        if step.call.effort != nil { facts.demands.insert(.effort) }
        if format == .responses, hasReasoned { facts.demands.formUnion([.signedThinking, .providerState]) }
        return facts
    }

    /// A prompt that is no more in its log: no pattern knows it.
    private static let unread = "a prompt that could not be read"

    private static let compaction = "Your task is to create a detailed summary of the conversation so far"
}
