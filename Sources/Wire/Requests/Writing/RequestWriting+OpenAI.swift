import Domain

/// What Chat Completions and Responses have in common.
extension RequestWriting {
    /// The effort that comes closest to what the client said of thinking; nil leaves it to the model.
    mutating func openAIEffort() -> Effort? {
        let reasoning = request.reasoning
        let wanted: Effort?
        switch (reasoning.mode, reasoning.effort) {
        case (.off, _): wanted = Effort.none
        case (_, let effort?): wanted = effort
        case (.budget(let tokens), nil):
            loss.count(.thinkingBudget)
            wanted = tokens < 4096 ? .low : tokens < 16_384 ? .medium : .high
        case (.adaptive, nil): wanted = nil
        // Who says nothing to Anthropic gets no thinking, but OpenAI's models would think before a title of ten words.
        case (nil, nil): wanted = source == .messages ? Effort.none : nil
        }
        guard let wanted else { return nil }
        guard let nearest = nearest(to: wanted) else {
            // A model that does not think is told nothing of it.
            if wanted != .none { loss.count(.effort) }
            return nil
        }
        if nearest != wanted, request.reasoning != ModelRequest.Reasoning() { loss.count(.effort) }
        return nearest
    }

    mutating func openAISampling(into json: inout JSONWriter) {
        let sampling = sampling(isThinking: false)
        json.member("temperature", sampling.temperature)
        json.member("top_p", sampling.topP)
        if sampling.topK != nil { loss.count(.topK) }
    }

    /// Fields that only OpenAI's own clients send, and those that name the end user: an id of one provider's account
    /// is no business of another's.
    mutating func openAIExtras(into json: inout JSONWriter) {
        guard crossesProviders else {
            json.member("service_tier", request.serviceTier)
            json.member("prompt_cache_key", request.promptCacheKey)
            json.member("safety_identifier", request.endUser)
            return
        }
        if request.serviceTier.map({ $0 != "auto" }) ?? false { loss.count(.serviceTier) }
        if request.endUser != nil { loss.count(.metadata) }
    }

    /// A function's schema in full; `strict` only where the client's own provider means the same by it.
    mutating func function(_ tool: Tool, into json: inout JSONWriter, isStrictUnlessSaid: Bool) {
        json.member("name", written(name: tool.name))
        json.member("description", tool.description)
        json.member("parameters", tool.inputSchema)
        if !crossesProviders, let isStrict = tool.isStrict {
            json.member("strict", isStrict)
        } else {
            if tool.isStrict == true { loss.count(.strictness) }
            if isStrictUnlessSaid { json.member("strict", false) }
        }
    }

    mutating func schema(_ schema: ModelRequest.JSONSchema, into json: inout JSONWriter) {
        json.member("name", schema.name ?? "output")
        json.member("schema", schema.schema)
        json.member("strict", schema.isStrict)
    }

    /// The text of a result, marked where the tool failed: OpenAI has no field for that.
    func text(of result: ToolResult) -> String {
        let text = result.parts.compactMap { part in
            if case .text(let text) = part.content { text } else { nil }
        }.joined(separator: "\n")
        return result.isError ? RequestWriting.errorMark + text : text
    }

    static let errorMark = "Error: "

    /// A document as text, where it is one.
    static func text(of document: Document) -> String? {
        guard case .text(let text) = document.source else { return nil }
        return [document.title, document.context, text].compactMap { $0 }.joined(separator: "\n")
    }
}
