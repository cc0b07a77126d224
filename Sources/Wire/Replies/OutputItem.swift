internal import Domain

/// One part of a reply as an output item of Responses, while it is written and when it is whole.
struct OutputItem {
    private enum Kind {
        case text
        case refusal
        case reasoning
        case functionCall
        /// A tool that takes a text, which stands within its arguments.
        case customToolCall
    }

    private let kind: Kind
    let outputIndex: Int
    private let id: String
    private var callID = ""
    private var tool = ToolNames.ClientTool(name: "")
    private var content: [UInt8] = []

    init(_ start: ReplyEvent.PartStart, at outputIndex: Int, of reply: ReplyID, tools: ToolNames) {
        self.outputIndex = outputIndex
        switch start {
        case .text:
            kind = .text
            id = reply.item("msg", outputIndex)
        case .refusal:
            kind = .refusal
            id = reply.item("msg", outputIndex)
        case .thinking, .redactedThinking:
            kind = .reasoning
            id = reply.item("rs", outputIndex)
        case .toolUse(let callID, let name):
            tool = tools.clientTool(named: name)
            kind = tool.takesText ? .customToolCall : .functionCall
            id = reply.item(tool.takesText ? "ctc" : "fc", outputIndex)
            self.callID = ToolIDs.fit(callID.isEmpty ? reply.toolCall(outputIndex) : callID)
        }
    }

    /// Adds more content, and answers what of it can be handed on at once.
    mutating func take(_ delta: ReplyEvent.Delta) -> [UInt8]? {
        switch delta {
        case .text(let text), .thinking(let text), .refusal(let text):
            content += text.utf8
            return Array(text.utf8)
        case .arguments(let bytes):
            content += bytes
            return kind == .customToolCall ? nil : bytes
        case .signature: return nil
        }
    }

    /// Ends the content, and answers what of it was not handed on: a call without arguments has empty ones.
    mutating func rest() -> [UInt8]? {
        switch kind {
        case .text, .refusal, .reasoning: return nil
        case .functionCall:
            let whole = ToolArguments.text(content)
            defer { content = whole }
            return whole == content ? nil : whole
        case .customToolCall:
            content = Array(ToolArguments.input(content).utf8)
            return content.isEmpty ? nil : content
        }
    }

    var hasLogProbabilities: Bool { kind == .text }

    var deltaEvent: StaticString {
        switch kind {
        case .text: "response.output_text.delta"
        case .refusal: "response.refusal.delta"
        case .reasoning: "response.reasoning_summary_text.delta"
        case .functionCall: "response.function_call_arguments.delta"
        case .customToolCall: "response.custom_tool_call_input.delta"
        }
    }

    var doneEvent: StaticString {
        switch kind {
        case .text: "response.output_text.done"
        case .refusal: "response.refusal.done"
        case .reasoning: "response.reasoning_summary_text.done"
        case .functionCall: "response.function_call_arguments.done"
        case .customToolCall: "response.custom_tool_call_input.done"
        }
    }

    /// The events round the part of an item that has parts.
    var partEvents: (added: StaticString, done: StaticString)? {
        switch kind {
        case .text, .refusal: ("response.content_part.added", "response.content_part.done")
        case .reasoning: ("response.reasoning_summary_part.added", "response.reasoning_summary_part.done")
        case .functionCall, .customToolCall: nil
        }
    }

    /// Where an event about the item belongs.
    func place(to json: inout JSONWriter) {
        json.member("item_id", id)
        json.member("output_index", outputIndex)
        switch kind {
        case .text, .refusal: json.member("content_index", 0)
        case .reasoning: json.member("summary_index", 0)
        case .functionCall, .customToolCall: break
        }
    }

    /// The content under the name that its `done` event has for it.
    func writeContent(to json: inout JSONWriter) {
        switch kind {
        case .text, .reasoning: json.key("text")
        case .refusal: json.key("refusal")
        case .functionCall:
            json.member("name", tool.name)
            json.key("arguments")
        case .customToolCall: json.key("input")
        }
        json.string(holding: JSONFragment(bytes: content))
    }

    func writePart(isWhole: Bool, to json: inout JSONWriter) {
        let text = JSONFragment(bytes: isWhole ? content : [])
        json.object {
            switch kind {
            case .refusal:
                $0.member("type", "refusal")
                $0.key("refusal")
                $0.string(holding: text)
            case .reasoning:
                $0.member("type", "summary_text")
                $0.key("text")
                $0.string(holding: text)
            case .text, .functionCall, .customToolCall:
                $0.member("type", "output_text")
                $0.array("annotations") { _ in }
                $0.array("logprobs") { _ in }
                $0.key("text")
                $0.string(holding: text)
            }
        }
    }

    func write(isWhole: Bool, to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            switch kind {
            case .text, .refusal:
                $0.member("type", "message")
                $0.member("role", "assistant")
                $0.member("status", isWhole ? "completed" : "in_progress")
                $0.array("content") { if isWhole { writePart(isWhole: true, to: &$0) } }
            case .reasoning:
                $0.member("type", "reasoning")
                $0.array("summary") { if isWhole { writePart(isWhole: true, to: &$0) } }
            case .functionCall, .customToolCall:
                let isText = kind == .customToolCall
                $0.member("type", isText ? "custom_tool_call" : "function_call")
                $0.member("status", isWhole ? "completed" : "in_progress")
                $0.member("call_id", callID)
                $0.member("name", tool.name)
                $0.member("namespace", tool.namespace)
                $0.key(isText ? "input" : "arguments")
                $0.string(holding: JSONFragment(bytes: isWhole ? content : []))
            }
        }
    }
}

/// A response object round its output.
struct ResponseHead {
    var id: String
    var view: ClientView
    var status: StaticString
    var incompleteReason: StaticString?

    func write(output: [JSONFragment], usage: Usage?, to json: inout JSONWriter) {
        json.object {
            $0.member("id", id)
            $0.member("object", "response")
            $0.member("created_at", view.createdAt)
            $0.member("status", word: status)
            $0.null("error")
            if let incompleteReason {
                $0.object("incomplete_details") { $0.member("reason", word: incompleteReason) }
            } else {
                $0.null("incomplete_details")
            }
            $0.null("instructions")
            $0.object("metadata") { _ in }
            $0.member("model", view.model)
            $0.array("output") { for item in output { $0.raw(item) } }
            $0.member("parallel_tool_calls", true)
            $0.member("tool_choice", "auto")
            $0.array("tools") { _ in }
            if let usage { $0.object("usage") { $0.responsesUsage(usage) } } else { $0.null("usage") }
        }
    }
}
