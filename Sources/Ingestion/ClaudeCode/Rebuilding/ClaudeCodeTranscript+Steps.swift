package import Domain
internal import JSONText

extension ClaudeCodeTranscript {
    /// The steps of the log in its order; answers that the agent wrote itself are none.
    package func steps(of session: SessionID) -> [RecordedStep] {
        let steps = order.compactMap { step($0, of: session) }
        return steps.indices.map { place in
            var step = steps[place]
            step.place = place
            step.upcoming = steps[(place + 1)...].prefix(3).map(\.actions)
            return step
        }
    }

    private func step(_ message: String, of session: SessionID) -> RecordedStep? {
        guard let lines = answers[message], let first = lines.first.flatMap({ records[$0]?.tree }),
            let answer = first["message"], let model = answer["model"]?.text, model != "<synthetic>",
            first["isApiErrorMessage"] != .bool(true)
        else { return nil }
        let blocks = blocks(of: message)
        let wired = lines.compactMap { records[$0]?.tree["wireToolInputs"]?.members }.joined()
        let asSent = Dictionary(wired.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let usages = lines.compactMap { records[$0]?.tree["message"]?["usage"].map(Usage.init(logged:)) }
        return RecordedStep(
            id: message,
            session: session,
            place: 0,
            time: first["timestamp"]?.text.flatMap { Timestamp(logged: $0) } ?? .unknown,
            model: ModelID(model.hasSuffix("[1m]") ? String(model.dropLast(4)) : model),
            usage: usages.max { $0.totalTokens < $1.totalTokens } ?? .zero,
            text: blocks.compactMap { $0["type"]?.text == "text" ? $0["text"]?.text : nil }.joined(separator: "\n"),
            actions: blocks.compactMap { action($0, asSent) },
            folder: first["cwd"]?.text ?? "",
            followsError: followsError(message)
        )
    }

    private func action(_ block: JSONTree, _ asSent: [String: JSONTree]) -> RecordedAction? {
        guard block["type"]?.text == "tool_use", let name = block["name"]?.text, let id = block["id"]?.text else {
            return nil
        }
        let input = asSent[id] ?? block["input"] ?? .object([])
        let result = results[id]
        return RecordedAction(
            tool: name,
            input: String(decoding: input.bytes, as: UTF8.self),
            originalFile: result?["originalFile"]?.text,
            totalLines: result?["file"]?["totalLines"].flatMap(\.count)
        )
    }

    private func followsError(_ message: String) -> Bool {
        let last = conversation(before: message).last { $0.type == "user" }
        return (last?.tree["message"]?["content"]?.elements ?? []).contains { $0["is_error"] == .bool(true) }
    }
}

extension Usage {
    fileprivate init(logged usage: JSONTree) {
        func tokens(_ name: String, of tree: JSONTree?) -> Int { tree?[name]?.count ?? 0 }
        let split = usage["cache_creation"]
        let hour = tokens("ephemeral_1h_input_tokens", of: split)
        self.init(
            inputTokens: tokens("input_tokens", of: usage),
            outputTokens: tokens("output_tokens", of: usage),
            cacheReadTokens: tokens("cache_read_input_tokens", of: usage),
            cacheWrite5mTokens: max(0, tokens("cache_creation_input_tokens", of: usage) - hour),
            cacheWrite1hTokens: hour
        )
    }
}
