import Domain
import JSONText

extension RequestReading {
    private static let knownKeys: [StaticString] = [
        "model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "stream", "stream_options",
        "max_output_tokens", "temperature", "top_p", "top_k", "reasoning", "text", "user", "safety_identifier",
        "service_tier", "prompt_cache_key", "store", "include", "metadata", "background", "previous_response_id",
        "conversation", "prompt", "truncation", "top_logprobs", "client_metadata", "context_management",
        "max_tool_calls",
    ]

    mutating func readResponses(_ body: JSONMembers) throws(ConversionError) {
        guard body["previous_response_id"] == nil, body["conversation"] == nil, body["prompt"] == nil else {
            throw .refused(.providerState)
        }
        guard body.bool("background") != true else { throw .refused(.background) }
        loss.count(.unknownField, times: body.count(besides: RequestReading.knownKeys))
        if body["metadata"] != nil { loss.count(.metadata) }
        if (body.integer("top_logprobs") ?? 0) > 0 { loss.count(.logProbabilities) }
        if body["context_management"] != nil || body.text("truncation") == "auto" { loss.count(.contextManagement) }
        readCommon(body)
        request.reasoning = Self.reasoning(effort: body.members("reasoning")?.text("effort"))
        let text = body.members("text")
        request.verbosity = text?.text("verbosity")
        let format = text?.members("format")
        readOutputFormat(type: format?.text("type"), schema: format)
        for tool in body.elements("tools") { readResponsesTool(tool.members) }
        readOpenAIToolChoice(body["tool_choice"])
        if let instructions = body.text("instructions") {
            request.turns.append(Turn(role: .system, text: instructions))
        }
        guard let input = body["input"] else { return }
        if let text = input.text { request.turns.append(Turn(role: .user, text: text)) }
        for item in input.elements { try readItem(item.members) }
    }

    private mutating func readResponsesTool(_ tool: JSONMembers) {
        switch tool.text("type") {
        case "function": readFunction(tool)
        case "custom": readTextTool(tool)
        case "namespace":
            let namespace = tool.text("name")
            for inner in tool.elements("tools") { readFunction(inner.members, namespace: namespace) }
        default: loss.count(.serverTool)
        }
    }

    private mutating func readItem(_ item: JSONMembers) throws(ConversionError) {
        if item["phase"] != nil { loss.count(.phase) }
        switch item.text("type") ?? "message" {
        case "message": try readResponsesMessage(item)
        case "function_call":
            let name = item.text("name") ?? ""
            let known = item.text("namespace").map { names.keep(name, in: $0) } ?? name
            let arguments = arguments(item.text("arguments"))
            append(.toolUse(ToolUse(id: item.text("call_id") ?? "", name: known, arguments: arguments)))
        case "custom_tool_call":
            let arguments = RequestReading.object(["input": item.text("input") ?? ""])
            append(
                .toolUse(ToolUse(id: item.text("call_id") ?? "", name: item.text("name") ?? "", arguments: arguments))
            )
        case "function_call_output", "custom_tool_call_output":
            let parts = try responsesParts(item["output"])
            appendResult(ToolResult(toolUseID: item.text("call_id") ?? "", parts: parts))
        case "reasoning":
            guard item["encrypted_content"] == nil else { throw .refused(.providerState) }
            let thoughts = item.elements("summary").compactMap { $0.members.text("text") }
            append(.thinking(Thinking(text: thoughts.joined(separator: "\n"))))
        case "item_reference", "compaction", "compaction_summary", "context_compaction": throw .refused(.providerState)
        default: loss.count(.serverTool)
        }
    }

    private mutating func readResponsesMessage(_ item: JSONMembers) throws(ConversionError) {
        let parts = try responsesParts(item["content"])
        switch item.text("role") {
        case "system": request.turns.append(Turn(role: .system, parts: parts))
        case "developer": request.turns.append(Turn(role: .developer, parts: parts))
        case "assistant": for part in parts { append(part.content) }
        default: request.turns.append(Turn(role: .user, parts: parts))
        }
    }

    /// Items of the model's that follow one another are one turn.
    private mutating func append(_ content: Part.Content) {
        if let last = request.turns.indices.last, request.turns[last].role == .assistant {
            request.turns[last].parts.append(Part(content))
        } else {
            request.turns.append(Turn(role: .assistant, parts: [Part(content)]))
        }
    }

    private mutating func responsesParts(_ content: JSONView?) throws(ConversionError) -> [Part] {
        guard let content else { return [] }
        if let text = content.text { return [Part(.text(text))] }
        var parts: [Part] = []
        for part in content.elements {
            let part = part.members
            guard let content = try responsesContent(part) else { continue }
            parts.append(Part(content, cacheMarker: breakpoint(part)))
        }
        return parts
    }

    private mutating func responsesContent(_ part: JSONMembers) throws(ConversionError) -> Part.Content? {
        switch part.text("type") {
        case "input_text", "output_text", "text": return .text(part.text("text") ?? "")
        case "refusal": return .refusal(part.text("refusal") ?? "")
        case "input_image":
            guard let url = part.text("image_url") else { throw .refused(.uploadedFile) }
            return .image(Image(source: MediaSource(address: url), detail: part.text("detail")))
        case "input_file":
            guard let address = part.text("file_data") ?? part.text("file_url") else { throw .refused(.uploadedFile) }
            return .document(Document(source: MediaSource(address: address), title: part.text("filename")))
        case "input_audio": throw .refused(.audio)
        default:
            loss.count(.unknownPart)
            return nil
        }
    }
}
