import Domain
import JSONText

extension RequestReading {
    private static let knownKeys: [StaticString] = [
        "model", "messages", "tools", "tool_choice", "parallel_tool_calls", "stream", "stream_options", "max_tokens",
        "max_completion_tokens", "temperature", "top_p", "top_k", "stop", "reasoning_effort", "response_format", "user",
        "safety_identifier", "service_tier", "prompt_cache_key", "verbosity", "n", "store", "logprobs", "top_logprobs",
        "logit_bias", "presence_penalty", "frequency_penalty", "seed", "metadata", "modalities", "audio", "functions",
        "function_call", "web_search_options",
    ]

    mutating func readChat(_ body: JSONMembers) throws(ConversionError) {
        guard body["functions"] == nil, body["function_call"] == nil else { throw .refused(.oldFunctions) }
        guard (body.integer("n") ?? 1) == 1 else { throw .refused(.severalChoices) }
        guard body["audio"] == nil else { throw .refused(.audio) }
        loss.count(.unknownField, times: body.count(besides: RequestReading.knownKeys))
        if body["web_search_options"] != nil { loss.count(.serverTool) }
        if body["metadata"] != nil { loss.count(.metadata) }
        if body.bool("logprobs") == true || body["top_logprobs"] != nil { loss.count(.logProbabilities) }
        for key: StaticString in ["logit_bias", "presence_penalty", "frequency_penalty", "seed"] where body[key] != nil
        {
            loss.count(.sampling)
        }
        readCommon(body)
        if let stop = body["stop"] {
            request.stopSequences = stop.text.map { [$0] } ?? stop.elements.compactMap(\.text)
        }
        request.reasoning = Self.reasoning(effort: body.text("reasoning_effort"))
        request.verbosity = body.text("verbosity")
        if let format = body.members("response_format") {
            readOutputFormat(type: format.text("type"), schema: format.members("json_schema"))
        }
        for tool in body.elements("tools") { readChatTool(tool.members) }
        readOpenAIToolChoice(body["tool_choice"])
        for message in body.elements("messages") { try readChatMessage(message.members) }
    }

    /// What Chat Completions and Responses spell alike.
    mutating func readCommon(_ body: JSONMembers) {
        request.sampling.temperature = body.fragment("temperature")
        request.sampling.topP = body.fragment("top_p")
        request.sampling.topK = body.fragment("top_k")
        request.allowsParallelTools = body.bool("parallel_tool_calls")
        request.serviceTier = body.text("service_tier")
        request.promptCacheKey = body.text("prompt_cache_key")
    }

    static func reasoning(effort name: String?) -> ModelRequest.Reasoning {
        guard let effort = name.flatMap({ Effort(name: $0) }) else { return ModelRequest.Reasoning() }
        return ModelRequest.Reasoning(mode: effort == .none ? .off : .adaptive, effort: effort)
    }

    mutating func readOutputFormat(type: String?, schema: JSONMembers?) {
        switch type {
        case "json_object": request.outputFormat = .jsonObject
        case "json_schema":
            guard let fragment = schema?.fragment("schema") else { return loss.count(.unknownField) }
            request.outputFormat = .jsonSchema(
                ModelRequest.JSONSchema(
                    name: schema?.text("name"),
                    schema: fragment,
                    isStrict: schema?.bool("strict")
                )
            )
        default: break
        }
    }

    private mutating func readChatTool(_ tool: JSONMembers) {
        if let function = tool.members("function") {
            readFunction(function)
        } else if let custom = tool.members("custom") {
            readTextTool(custom)
        } else {
            loss.count(.serverTool)
        }
    }

    /// A function, as Chat Completions nests it and Responses does not.
    mutating func readFunction(_ function: JSONMembers, namespace: String? = nil) {
        guard let name = function.text("name") else { return loss.count(.unknownPart) }
        let qualified = names.keep(name, in: namespace)
        request.tools.append(
            Tool(
                name: qualified,
                description: function.text("description"),
                inputSchema: function.fragment("parameters") ?? JSONFragment(#"{"type":"object","properties":{}}"#),
                isStrict: function.bool("strict")
            )
        )
    }

    /// A tool that takes a text, perhaps of some grammar: that it must be of it cannot be said elsewhere.
    mutating func readTextTool(_ tool: JSONMembers) {
        guard let name = tool.text("name") else { return loss.count(.unknownPart) }
        if tool["format"] != nil { loss.count(.strictness) }
        names.keep(ToolNames.ClientTool(name: name, takesText: true), as: name)
        request.tools.append(
            Tool(name: name, description: tool.text("description"), inputSchema: RequestReading.textSchema)
        )
    }

    mutating func readOpenAIToolChoice(_ choice: JSONView?) {
        guard let choice else { return }
        if let word = choice.text {
            switch word {
            case "none": request.toolChoice = ModelRequest.ToolChoice.none
            case "required": request.toolChoice = .any
            default: request.toolChoice = .auto
            }
            return
        }
        let members = choice.members
        switch members.text("type") {
        case "function", "custom":
            let tool = members.members("function") ?? members.members("custom") ?? members
            request.toolChoice = tool.text("name").map { .tool($0) }
        case "allowed_tools":
            let allowed = members.members("allowed_tools") ?? members
            request.toolChoice = allowed.text("mode") == "required" ? .any : .auto
            keepTools(allowed.elements("tools").map(\.members))
        default: loss.count(.serverTool)
        }
    }

    /// Only these of the declared tools may be called: the others are not declared to the other provider.
    private mutating func keepTools(_ allowed: [JSONMembers]) {
        let names = Set(allowed.compactMap { $0.text("name") ?? $0.members("function")?.text("name") })
        request.tools.removeAll { !names.contains($0.name) }
    }

    private mutating func readChatMessage(_ message: JSONMembers) throws(ConversionError) {
        if message["name"] != nil { loss.count(.metadata) }
        switch message.text("role") {
        case "system": request.turns.append(Turn(role: .system, parts: try chatParts(message["content"])))
        case "developer": request.turns.append(Turn(role: .developer, parts: try chatParts(message["content"])))
        case "assistant": try readChatAssistant(message)
        case "tool":
            let result = ToolResult(
                toolUseID: message.text("tool_call_id") ?? "",
                parts: try chatParts(message["content"])
            )
            appendResult(result)
        case "function": throw .refused(.oldFunctions)
        default: request.turns.append(Turn(role: .user, parts: try chatParts(message["content"])))
        }
    }

    /// Results that follow one another are one turn.
    mutating func appendResult(_ result: ToolResult) {
        let part = Part(.toolResult(result))
        if let last = request.turns.indices.last, request.turns[last].role == .user,
            case .toolResult? = request.turns[last].parts.last?.content
        {
            request.turns[last].parts.append(part)
        } else {
            request.turns.append(Turn(role: .user, parts: [part]))
        }
    }

    private mutating func readChatAssistant(_ message: JSONMembers) throws(ConversionError) {
        guard message["audio"] == nil else { throw .refused(.audio) }
        guard message["function_call"] == nil else { throw .refused(.oldFunctions) }
        var parts: [Part] = []
        if let thought = message.text("reasoning_content") { parts.append(Part(.thinking(Thinking(text: thought)))) }
        parts += try chatParts(message["content"])
        if let refusal = message.text("refusal") { parts.append(Part(.refusal(refusal))) }
        for call in message.elements("tool_calls") {
            let call = call.members
            let id = call.text("id") ?? ""
            if let function = call.members("function") {
                let arguments = arguments(function.text("arguments"))
                parts.append(Part(.toolUse(ToolUse(id: id, name: function.text("name") ?? "", arguments: arguments))))
            } else if let custom = call.members("custom") {
                let arguments = RequestReading.object(["input": custom.text("input") ?? ""])
                parts.append(Part(.toolUse(ToolUse(id: id, name: custom.text("name") ?? "", arguments: arguments))))
            }
        }
        request.turns.append(Turn(role: .assistant, parts: parts))
    }

    private mutating func chatParts(_ content: JSONView?) throws(ConversionError) -> [Part] {
        guard let content else { return [] }
        if let text = content.text { return [Part(.text(text))] }
        var parts: [Part] = []
        for part in content.elements {
            let part = part.members
            guard let content = try chatContent(part) else { continue }
            parts.append(Part(content, cacheMarker: breakpoint(part)))
        }
        return parts
    }

    private mutating func chatContent(_ part: JSONMembers) throws(ConversionError) -> Part.Content? {
        switch part.text("type") {
        case "text": return .text(part.text("text") ?? "")
        case "refusal": return .refusal(part.text("refusal") ?? "")
        case "image_url":
            let image = part.members("image_url")
            return .image(Image(source: MediaSource(address: image?.text("url") ?? ""), detail: image?.text("detail")))
        case "file":
            let file = part.members("file")
            guard let data = file?.text("file_data") else { throw .refused(.uploadedFile) }
            return .document(Document(source: MediaSource(address: data), title: file?.text("filename")))
        case "input_audio": throw .refused(.audio)
        default:
            loss.count(.unknownPart)
            return nil
        }
    }

    func breakpoint(_ part: JSONMembers) -> CacheMarker? { part["prompt_cache_breakpoint"].map { _ in .fiveMinutes } }
}

extension MediaSource {
    /// A `data:` address is the bytes themselves.
    init(address: String) {
        guard address.hasPrefix("data:"), let comma = address.firstIndex(of: ",") else {
            self = .url(address)
            return
        }
        let head = address[..<comma].dropFirst(5)
        let type = head.split(separator: ";").first.map { String($0) } ?? "text/plain"
        self = .base64(mediaType: type, data: String(address[address.index(after: comma)...]))
    }

    /// As OpenAI takes it.
    var address: String {
        switch self {
        case .base64(let mediaType, let data): "data:\(mediaType);base64,\(data)"
        case .url(let url): url
        case .text(let text): text
        }
    }
}
