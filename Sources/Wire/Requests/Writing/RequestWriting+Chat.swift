import Domain

extension RequestWriting {
    mutating func chatBody() throws(ConversionError) -> [UInt8] {
        try prepare()
        dropMarkers()
        var json = JSONWriter(capacity: 4096)
        try json.object { json throws(ConversionError) in
            json.member("model", target.model.rawValue)
            try json.array("messages") { json throws(ConversionError) in
                for turn in turns { try chatMessages(of: turn, into: &json) }
            }
            json.member("max_completion_tokens", outputBound())
            json.member("stream", request.isStreaming ? true : nil)
            // Whether the client sees the chunk with usage is another matter: the gateway meters by it.
            if request.isStreaming { json.object("stream_options") { $0.member("include_usage", true) } }
            json.member("reasoning_effort", openAIEffort()?.name)
            openAISampling(into: &json)
            chatStop(into: &json)
            chatTools(into: &json)
            chatFormat(into: &json)
            if crossesProviders, request.verbosity != nil { loss.count(.verbosity) }
            if !crossesProviders { json.member("verbosity", request.verbosity) }
            openAIExtras(into: &json)
        }
        return json.bytes
    }

    /// What the client and the gateway's user ask for at most, and no more than the model gives.
    func outputBound() -> Int? {
        let asked = [request.maxOutputTokens, target.outputCap].compactMap { $0 }.min()
        return asked.map { min($0, target.limits.maxOutputTokens ?? $0) }
    }

    /// At most four, and none for a model that thinks.
    private mutating func chatStop(into json: inout JSONWriter) {
        let asked = request.stopSequences
        guard !asked.isEmpty else { return }
        let kept = target.limits.efforts.isEmpty ? Array(asked.prefix(4)) : []
        loss.count(.stopSequences, times: asked.count - kept.count)
        guard !kept.isEmpty else { return }
        json.array("stop") { json in for sequence in kept { json.string(sequence) } }
    }

    private mutating func chatTools(into json: inout JSONWriter) {
        guard !tools.isEmpty else { return }
        json.array("tools") { json in
            for tool in tools {
                json.object { json in
                    json.member("type", "function")
                    json.object("function") { function(tool, into: &$0, isStrictUnlessSaid: false) }
                }
            }
        }
        switch request.toolChoice {
        case .auto: json.member("tool_choice", "auto")
        case ModelRequest.ToolChoice.none?: json.member("tool_choice", "none")
        case .any: json.member("tool_choice", "required")
        case .tool(let name):
            json.object("tool_choice") { json in
                json.member("type", "function")
                json.object("function") { $0.member("name", written(name: name)) }
            }
        case nil: break
        }
        json.member("parallel_tool_calls", request.allowsParallelTools)
    }

    private mutating func chatFormat(into json: inout JSONWriter) {
        switch request.outputFormat {
        case .jsonObject: json.object("response_format") { $0.member("type", "json_object") }
        case .jsonSchema(let schema):
            json.object("response_format") { json in
                json.member("type", "json_schema")
                json.object("json_schema") { self.schema(schema, into: &$0) }
            }
        case nil: break
        }
    }

    private mutating func chatMessages(of turn: Turn, into json: inout JSONWriter) throws(ConversionError) {
        switch turn.role {
        case .system, .developer:
            // Servers other than OpenAI's may not know the developer.
            let role = turn.role == .developer && target.limits.provider == .openAI ? "developer" : "system"
            let texts = turn.parts.compactMap { part in
                if case .text(let text) = part.content { text } else { nil }
            }
            loss.count(.unknownPart, times: turn.parts.count - texts.count)
            json.object { json in
                json.member("role", role)
                chatTexts(texts, into: &json)
            }
        case .assistant: chatAssistant(turn, into: &json)
        case .user: try chatUser(turn, into: &json)
        }
    }

    /// One text as a string, which every server takes; several as parts.
    private func chatTexts(_ texts: [String], into json: inout JSONWriter) {
        if texts.count == 1 { return json.member("content", texts[0]) }
        json.array("content") { json in
            for text in texts { chatText(text, into: &json) }
        }
    }

    private func chatText(_ text: String, into json: inout JSONWriter) {
        json.object { json in
            json.member("type", "text")
            json.member("text", text)
        }
    }

    private mutating func chatAssistant(_ turn: Turn, into json: inout JSONWriter) {
        var texts: [String] = []
        var refusal: String?
        var uses: [ToolUse] = []
        for part in turn.parts {
            switch part.content {
            case .text(let text): texts.append(text)
            case .refusal(let text): refusal = (refusal ?? "") + text
            case .toolUse(let use): uses.append(use)
            case .image, .document, .toolResult, .thinking: loss.count(.unknownPart)
            }
        }
        json.object { json in
            json.member("role", "assistant")
            if texts.isEmpty {
                json.key("content")
                json.null()
            } else {
                chatTexts(texts, into: &json)
            }
            json.member("refusal", refusal)
            guard !uses.isEmpty else { return }
            json.array("tool_calls") { json in
                for use in uses {
                    json.object { json in
                        json.member("id", ids.written(use.id))
                        json.member("type", "function")
                        json.object("function") { json in
                            json.member("name", written(name: use.name))
                            json.key("arguments")
                            json.string(holding: use.arguments)
                        }
                    }
                }
            }
        }
    }

    /// Results first, each a message of its own in order; images cannot stand in them and follow as the user's.
    private mutating func chatUser(_ turn: Turn, into json: inout JSONWriter) throws(ConversionError) {
        var rest: [Part] = []
        for result in turn.results {
            json.object { json in
                json.member("role", "tool")
                json.member("tool_call_id", ids.written(result.toolUseID))
                json.member("content", text(of: result))
            }
            let media = result.parts.filter(\.isMedia)
            if !media.isEmpty { rest.append(Part(.text("Result of the tool call \(ids.written(result.toolUseID)):"))) }
            rest += media
        }
        for part in turn.parts {
            if case .toolResult = part.content { continue }
            rest.append(part)
        }
        guard !rest.isEmpty else { return }
        let texts = rest.compactMap { part in
            if case .text(let text) = part.content { text } else { nil }
        }
        try json.object { json throws(ConversionError) in
            json.member("role", "user")
            guard texts.count < rest.count else { return chatTexts(texts, into: &json) }
            try json.array("content") { json throws(ConversionError) in
                for part in rest { try chatPart(part, into: &json) }
            }
        }
    }

    private mutating func chatPart(_ part: Part, into json: inout JSONWriter) throws(ConversionError) {
        switch part.content {
        case .text(let text): chatText(text, into: &json)
        case .image(let image):
            json.object { json in
                json.member("type", "image_url")
                json.object("image_url") { json in
                    json.member("url", image.source.address)
                    json.member("detail", image.detail)
                }
            }
        case .document(let document):
            if let text = RequestWriting.text(of: document) { return chatText(text, into: &json) }
            guard case .base64 = document.source else { throw .refused(.documentAddress) }
            if document.context != nil { loss.count(.documentDetail) }
            json.object { json in
                json.member("type", "file")
                json.object("file") { json in
                    json.member("filename", document.title ?? "document.pdf")
                    json.member("file_data", document.source.address)
                }
            }
        case .refusal, .thinking, .toolUse, .toolResult: loss.count(.unknownPart)
        }
    }
}

extension Part {
    /// An image or a document.
    var isMedia: Bool {
        switch content {
        case .image, .document: true
        case .text, .thinking, .toolUse, .toolResult, .refusal: false
        }
    }
}
