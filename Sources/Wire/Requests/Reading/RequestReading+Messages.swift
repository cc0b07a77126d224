import Domain
import JSONText

extension RequestReading {
    private static let knownKeys: [StaticString] = [
        "model", "messages", "system", "max_tokens", "stop_sequences", "stream", "temperature", "top_p", "top_k",
        "tools", "tool_choice", "thinking", "output_config", "output_format", "metadata", "service_tier", "speed",
        "cache_control", "context_management", "mcp_servers", "container", "thread",
    ]

    mutating func readMessages(_ body: JSONMembers) throws(ConversionError) {
        guard request.maxOutputTokens != 0 else { throw .refused(.cacheWarming) }
        guard body["container"] == nil, body["thread"] == nil else { throw .refused(.providerState) }
        loss.count(.serverTool, times: body.elements("mcp_servers").count)
        loss.count(.unknownField, times: body.count(besides: RequestReading.knownKeys))
        if body["context_management"] != nil { loss.count(.contextManagement) }
        request.cacheMarker = marker(body)
        request.serviceTier = body.text("service_tier")
        if body["speed"] != nil { loss.count(.serviceTier) }
        request.stopSequences = body.elements("stop_sequences").compactMap(\.text)
        request.sampling.temperature = body.fragment("temperature")
        request.sampling.topP = body.fragment("top_p")
        request.sampling.topK = body.fragment("top_k")
        readThinking(body)
        for tool in body.elements("tools") { readTool(tool.members) }
        readToolChoice(body.members("tool_choice"))
        if let system = body["system"] {
            let parts = try parts(of: system).filter { !isAttribution($0) }
            if !parts.isEmpty { request.turns.append(Turn(role: .system, parts: parts)) }
        }
        for message in body.elements("messages") { try readMessage(message.members) }
    }

    private mutating func isAttribution(_ part: Part) -> Bool {
        guard case .text(let text) = part.content, Attribution.begins(text), Attribution.removed(from: text).isEmpty
        else { return false }
        loss.count(.attribution)
        return true
    }

    private mutating func readThinking(_ body: JSONMembers) {
        let thinking = body.members("thinking")
        switch thinking?.text("type") {
        case "enabled": request.reasoning.mode = .budget(thinking?.integer("budget_tokens") ?? 1024)
        case "disabled": request.reasoning.mode = .off
        case .some: request.reasoning.mode = .adaptive
        case nil: break
        }
        let config = body.members("output_config")
        request.reasoning.effort = config?.text("effort").flatMap { Effort(name: $0) }
        if config?["task_budget"] != nil { loss.count(.unknownField) }
        guard let format = config?.members("format") ?? body.members("output_format"),
            let schema = format.fragment("schema")
        else { return }
        request.outputFormat = .jsonSchema(ModelRequest.JSONSchema(schema: schema))
    }

    private mutating func readTool(_ tool: JSONMembers) {
        guard let name = tool.text("name"), tool.text("type").map({ $0 == "custom" }) ?? true else {
            return loss.count(.serverTool)
        }
        request.tools.append(
            Tool(
                name: name,
                description: tool.text("description"),
                inputSchema: tool.fragment("input_schema") ?? JSONFragment(#"{"type":"object"}"#),
                isStrict: tool.bool("strict"),
                cacheMarker: marker(tool)
            )
        )
    }

    private mutating func readToolChoice(_ choice: JSONMembers?) {
        guard let choice else { return }
        switch choice.text("type") {
        case "auto": request.toolChoice = .auto
        case "none": request.toolChoice = ModelRequest.ToolChoice.none
        case "any": request.toolChoice = .any
        case "tool": request.toolChoice = choice.text("name").map { .tool($0) }
        default: loss.count(.unknownField)
        }
        request.allowsParallelTools = choice.bool("disable_parallel_tool_use").map { !$0 }
    }

    private mutating func readMessage(_ message: JSONMembers) throws(ConversionError) {
        let role: Turn.Role
        switch message.text("role") {
        case "assistant": role = .assistant
        case "system": role = .system
        default: role = .user
        }
        loss.count(.unknownField, times: message.count(besides: ["role", "content"]))
        guard let content = message["content"] else { return }
        request.turns.append(Turn(role: role, parts: try parts(of: content)))
    }

    private mutating func parts(of content: JSONView) throws(ConversionError) -> [Part] {
        if let text = content.text { return [Part(.text(text))] }
        var parts: [Part] = []
        for block in content.elements {
            let block = block.members
            guard let content = try self.content(of: block) else { continue }
            parts.append(Part(content, cacheMarker: marker(block)))
        }
        return parts
    }

    private mutating func content(of block: JSONMembers) throws(ConversionError) -> Part.Content? {
        let type = block.text("type") ?? "text"
        if !block.elements("citations").isEmpty { loss.count(.citations) }
        switch type {
        case "text": return .text(block.text("text") ?? "")
        case "image": return .image(Image(source: try source(block.members("source"))))
        case "document": return try document(block)
        case "search_result": return .text(searchResult(block))
        case "thinking":
            return .thinking(Thinking(text: block.text("thinking") ?? "", signature: block.text("signature")))
        case "redacted_thinking":
            return .thinking(Thinking(text: "", signature: block.text("data"), isRedacted: true))
        case "tool_use":
            let input = block.fragment("input") ?? .emptyObject
            return .toolUse(ToolUse(id: block.text("id") ?? "", name: block.text("name") ?? "", arguments: input))
        case "tool_result":
            var parts: [Part] = []
            if let content = block["content"] { parts = try self.parts(of: content) }
            let id = block.text("tool_use_id") ?? ""
            return .toolResult(ToolResult(toolUseID: id, parts: parts, isError: block.bool("is_error") ?? false))
        case "container_upload": throw .refused(.uploadedFile)
        case "compaction":
            guard let summary = block.text("content") else { throw .refused(.providerState) }
            return .text(summary)
        default:
            // Calls and results of tools that ran at the provider.
            let isServerTool = type.hasSuffix("_tool_use") || type.hasSuffix("_tool_result") || type == "tool_reference"
            loss.count(isServerTool ? .serverTool : .unknownPart)
            return nil
        }
    }

    private mutating func document(_ block: JSONMembers) throws(ConversionError) -> Part.Content {
        if block.members("citations")?.bool("enabled") == true { loss.count(.citations) }
        let source = block.members("source")
        // A document may be made of parts of its own.
        if source?.text("type") == "content", let content = source?["content"] {
            let texts = try parts(of: content).compactMap { part in
                if case .text(let text) = part.content { text } else { nil }
            }
            return .document(Document(source: .text(texts.joined(separator: "\n")), title: block.text("title")))
        }
        return .document(
            Document(source: try self.source(source), title: block.text("title"), context: block.text("context"))
        )
    }

    private func source(_ source: JSONMembers?) throws(ConversionError) -> MediaSource {
        switch source?.text("type") {
        case "url": return .url(source?.text("url") ?? "")
        case "text": return .text(source?.text("data") ?? "")
        case "file": throw .refused(.uploadedFile)
        default:
            return .base64(
                mediaType: source?.text("media_type") ?? "application/octet-stream",
                data: source?.text("data") ?? ""
            )
        }
    }

    private func searchResult(_ block: JSONMembers) -> String {
        let texts = block.elements("content").compactMap { $0.members.text("text") }
        return ([block.text("title"), block.text("source")].compactMap { $0 } + texts).joined(separator: "\n")
    }

    private func marker(_ members: JSONMembers) -> CacheMarker? {
        guard let control = members.members("cache_control") else { return nil }
        return control.text("ttl") == "1h" ? .oneHour : .fiveMinutes
    }
}
