import Domain

extension RequestWriting {
    /// Fewer tokens of output are refused.
    private static let leastOutput = 16

    mutating func responsesBody() throws(ConversionError) -> [UInt8] {
        try prepare()
        dropMarkers()
        loss.count(.stopSequences, times: request.stopSequences.count)
        var json = JSONWriter(capacity: 4096)
        json.object { json in
            json.member("model", target.model.rawValue)
            json.array("input") { json in
                for turn in turns { items(of: turn, into: &json) }
            }
            json.member("max_output_tokens", outputBound().map { max($0, RequestWriting.leastOutput) })
            json.member("stream", request.isStreaming ? true : nil)
            // The whole conversation is sent each time: nothing need be kept at the provider.
            json.member("store", false)
            if let effort = openAIEffort() { json.object("reasoning") { $0.member("effort", effort.name) } }
            openAISampling(into: &json)
            responsesTools(into: &json)
            responsesText(into: &json)
            openAIExtras(into: &json)
        }
        return json.bytes
    }

    private mutating func responsesTools(into json: inout JSONWriter) {
        guard !tools.isEmpty else { return }
        json.array("tools") { json in
            for tool in tools {
                json.object { json in
                    json.member("type", "function")
                    // Here a function is strict unless it says otherwise.
                    function(tool, into: &json, isStrictUnlessSaid: true)
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
                json.member("name", written(name: name))
            }
        case nil: break
        }
        json.member("parallel_tool_calls", request.allowsParallelTools)
    }

    private mutating func responsesText(into json: inout JSONWriter) {
        let verbosity = crossesProviders ? nil : request.verbosity
        guard request.outputFormat != nil || verbosity != nil else { return }
        json.object("text") { json in
            switch request.outputFormat {
            case .jsonObject: json.object("format") { $0.member("type", "json_object") }
            case .jsonSchema(let schema):
                json.object("format") { json in
                    json.member("type", "json_schema")
                    self.schema(schema, into: &json)
                }
            case nil: break
            }
            json.member("verbosity", verbosity)
        }
    }

    /// A turn is a message, but for tool calls and their results, which are items of their own.
    private mutating func items(of turn: Turn, into json: inout JSONWriter) {
        for result in turn.results { output(of: result, into: &json) }
        var message: [Part] = []
        for part in turn.parts {
            switch part.content {
            case .toolResult: continue
            case .toolUse(let use):
                self.message(message, role: turn.role, into: &json)
                message = []
                call(use, into: &json)
            case .text, .image, .document, .refusal, .thinking: message.append(part)
            }
        }
        self.message(message, role: turn.role, into: &json)
    }

    /// One message, but of the model's one for each text: as a string it needs neither the id nor the status that its
    /// parts would.
    private mutating func message(_ parts: [Part], role: Turn.Role, into json: inout JSONWriter) {
        guard role == .assistant else {
            guard !parts.isEmpty else { return }
            return json.object { json in
                json.member("type", "message")
                json.member("role", String(describing: role))
                json.array("content") { json in
                    for part in parts { content(part, isModels: false, into: &json) }
                }
            }
        }
        for part in parts {
            json.object { json in
                json.member("type", "message")
                json.member("role", "assistant")
                if case .text(let text) = part.content { return json.member("content", text) }
                json.array("content") { json in content(part, isModels: true, into: &json) }
            }
        }
    }

    private mutating func content(_ part: Part, isModels: Bool, into json: inout JSONWriter) {
        switch part.content {
        case .text(let text): self.text(text, into: &json)
        case .refusal(let text):
            guard isModels else { return self.text(text, into: &json) }
            json.object { json in
                json.member("type", "refusal")
                json.member("refusal", text)
            }
        case .image(let image):
            json.object { json in
                json.member("type", "input_image")
                json.member("image_url", image.source.address)
                // Demanded here, where Chat Completions takes it or leaves it.
                json.member("detail", image.detail ?? "auto")
            }
        case .document(let document):
            if let text = RequestWriting.text(of: document) {
                return self.text(text, into: &json)
            }
            if document.context != nil { loss.count(.documentDetail) }
            json.object { json in
                json.member("type", "input_file")
                if case .url(let url) = document.source {
                    json.member("file_url", url)
                } else {
                    json.member("filename", document.title ?? "document.pdf")
                    json.member("file_data", document.source.address)
                }
            }
        case .thinking, .toolUse, .toolResult: loss.count(.unknownPart)
        }
    }

    private func text(_ text: String, into json: inout JSONWriter) {
        json.object { json in
            json.member("type", "input_text")
            json.member("text", text)
        }
    }

    private mutating func call(_ use: ToolUse, into json: inout JSONWriter) {
        json.object { json in
            json.member("type", "function_call")
            json.member("call_id", ids.written(use.id))
            json.member("name", written(name: use.name))
            json.key("arguments")
            json.string(holding: use.arguments)
        }
    }

    private mutating func output(of result: ToolResult, into json: inout JSONWriter) {
        json.object { json in
            json.member("type", "function_call_output")
            json.member("call_id", ids.written(result.toolUseID))
            guard result.parts.contains(where: \.isMedia) else { return json.member("output", text(of: result)) }
            json.array("output") { json in
                if result.isError { text(RequestWriting.errorMark, into: &json) }
                for part in result.parts { content(part, isModels: false, into: &json) }
            }
        }
    }
}
