internal import Domain

/// Writes a stream of chat completions.
struct ChatCompletionStreamWriter: ReplyStreamWriter {
    private let view: ClientView
    private(set) var loss = ConversionLoss()
    private var id: ReplyID
    private var hasStarted = false
    private var isOver = false
    private var hasFinished = false
    private var hasRefusal = false
    private var usage: Usage?
    private var stop: ModelReply.Stop?
    /// The calls of tools, by part.
    private var calls: [Int: Call] = [:]

    private struct Call {
        var index: Int
        var hasArguments = false
        /// All arguments of a tool that takes a text: it is known only when they are whole.
        var held: [UInt8]?
        var isOpen = true
    }

    init(_ view: ClientView) {
        self.view = view
        id = ReplyID("", fallback: view.fallbackID)
    }

    mutating func write(_ event: ReplyEvent, to bytes: inout [UInt8]) {
        guard !isOver else { return }
        switch event {
        case .started(let upstreamID, _):
            guard !hasStarted else { return }
            hasStarted = true
            id = ReplyID(upstreamID, fallback: view.fallbackID)
            delta(to: &bytes) {
                $0.member("role", "assistant")
                $0.member("content", "")
            }
        case .partStarted(let index, let start): begin(index, start, to: &bytes)
        case .delta(let index, let delta): write(delta, of: index, to: &bytes)
        case .partEnded(let index): endCall(index, to: &bytes)
        case .usage(let usage, _): self.usage = usage
        case .stopped(let stop):
            self.stop = stop
            finish(to: &bytes)
        case .failed(let failure):
            isOver = true
            bytes += failure.ending(in: .chatCompletions)
        }
    }

    mutating func end(to bytes: inout [UInt8]) {
        guard !isOver else { return }
        guard hasStarted, stop != nil else { return write(.failed(.brokenOff(of: .openAI)), to: &bytes) }
        isOver = true
        if view.includesUsage, let usage {
            chunk(to: &bytes) {
                $0.array("choices") { _ in }
                $0.object("usage") { $0.chatCompletionUsage(usage) }
            }
        }
        bytes += SSEFrame.done
    }

    private mutating func finish(to bytes: inout [UInt8]) {
        guard !hasFinished, let stop else { return }
        hasFinished = true
        for index in calls.keys.sorted() { endCall(index, to: &bytes) }
        choice(to: &bytes, finishReason: stop.reason.chatCompletionName(isWorded: hasRefusal)) { _ in }
    }

    private mutating func begin(_ index: Int, _ start: ReplyEvent.PartStart, to bytes: inout [UInt8]) {
        switch start {
        case .text, .thinking: break
        case .refusal: hasRefusal = true
        case .redactedThinking: loss.count(.thinking)
        case .toolUse(let callID, let name):
            let tool = view.tools.clientTool(named: name)
            let call = Call(index: calls.count, held: tool.takesText ? [] : nil)
            calls[index] = call
            self.call(call.index, to: &bytes) {
                $0.member("id", ToolIDs.fit(callID.isEmpty ? id.toolCall(call.index) : callID))
                $0.member("type", tool.takesText ? "custom" : "function")
                $0.object(tool.takesText ? "custom" : "function") {
                    $0.member("name", tool.name)
                    $0.member(tool.takesText ? "input" : "arguments", "")
                }
            }
        }
    }

    private mutating func write(_ delta: ReplyEvent.Delta, of index: Int, to bytes: inout [UInt8]) {
        switch delta {
        case .text(let text): self.delta(to: &bytes) { $0.member("content", text) }
        // No word of OpenAI's own, but the one that other servers and agents share.
        case .thinking(let text): self.delta(to: &bytes) { $0.member("reasoning_content", text) }
        case .refusal(let text): self.delta(to: &bytes) { $0.member("refusal", text) }
        case .signature: break
        case .arguments(let arguments):
            guard let call = calls[index] else { return }
            calls[index]?.hasArguments = true
            if call.held != nil {
                calls[index]?.held? += arguments
            } else {
                self.call(call.index, to: &bytes) {
                    $0.object("function") {
                        $0.key("arguments")
                        $0.string(holding: JSONFragment(bytes: arguments))
                    }
                }
            }
        }
    }

    private mutating func endCall(_ index: Int, to bytes: inout [UInt8]) {
        guard let call = calls[index], call.isOpen else { return }
        calls[index]?.isOpen = false
        if let held = call.held {
            self.call(call.index, to: &bytes) {
                $0.object("custom") { $0.member("input", ToolArguments.input(held)) }
            }
        } else if !call.hasArguments {
            self.call(call.index, to: &bytes) { $0.object("function") { $0.member("arguments", "{}") } }
        }
    }

    private func call(_ index: Int, to bytes: inout [UInt8], _ members: (inout JSONWriter) -> Void) {
        delta(to: &bytes) {
            $0.array("tool_calls") {
                $0.object {
                    $0.member("index", index)
                    members(&$0)
                }
            }
        }
    }

    private func delta(to bytes: inout [UInt8], _ members: (inout JSONWriter) -> Void) {
        choice(to: &bytes, finishReason: nil, members)
    }

    private func choice(
        to bytes: inout [UInt8],
        finishReason: StaticString?,
        _ delta: (inout JSONWriter) -> Void
    ) {
        chunk(to: &bytes) {
            $0.array("choices") {
                $0.object {
                    $0.member("index", 0)
                    $0.object("delta", delta)
                    $0.null("logprobs")
                    if let finishReason {
                        $0.member("finish_reason", word: finishReason)
                    } else {
                        $0.null("finish_reason")
                    }
                }
            }
            if view.includesUsage { $0.null("usage") }
        }
    }

    private func chunk(to bytes: inout [UInt8], _ members: (inout JSONWriter) -> Void) {
        var json = JSONWriter(capacity: 256)
        json.object {
            $0.member("id", id.name(in: .chatCompletions))
            $0.member("object", "chat.completion.chunk")
            $0.member("created", view.createdAt)
            $0.member("model", view.model)
            members(&$0)
        }
        SSEFrame.append(nil, json.bytes, to: &bytes)
    }
}
