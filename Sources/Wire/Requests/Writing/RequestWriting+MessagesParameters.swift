import Domain

extension RequestWriting {
    /// How a Claude model is told to think.
    struct ThinkingPlan {
        enum Mode {
            case off
            case adaptive
            case budget(Int)
        }

        /// Nil says nothing of it.
        var mode: Mode?
        var effort: Effort?

        var isThinking: Bool {
            switch mode {
            case .adaptive, .budget: true
            case .off, nil: false
            }
        }
    }

    /// OpenAI's one effort in Claude's terms.
    ///
    /// A model that thinks by a budget wants its last thoughts back within a tool loop, and they are not there in a
    /// converted conversation: there it does not think. No model may think and be forced to call a tool.
    mutating func thinkingPlan() -> ThinkingPlan {
        let rejected = target.limits.rejected
        guard let effort = request.reasoning.effort else { return ThinkingPlan() }
        if effort == .none {
            guard rejected.contains(.thinkingOff) else { return ThinkingPlan(mode: .off) }
            loss.count(.effort)
            return ThinkingPlan(effort: nearest(to: .low))
        }
        guard !request.forcesTool else {
            loss.count(.effort)
            return ThinkingPlan()
        }
        if !rejected.contains(.adaptiveThinking) {
            let nearest = nearest(to: effort)
            if nearest != effort { loss.count(.effort) }
            return ThinkingPlan(mode: .adaptive, effort: nearest)
        }
        guard !rejected.contains(.thinkingBudget), turns.last?.results.isEmpty ?? true,
            let budget = thinkingBudget(for: effort)
        else {
            loss.count(.effort)
            return ThinkingPlan()
        }
        return ThinkingPlan(mode: .budget(budget))
    }

    /// At least 1024, and less than the reply may have; nil where that leaves no room.
    private func thinkingBudget(for effort: Effort) -> Int? {
        let bound = outputBound() ?? target.limits.maxOutputTokens ?? 8192
        let wanted =
            switch effort {
            case .none, .minimal: 0
            case .low: 2048
            case .medium: 8192
            case .high: 16_384
            case .xhigh, .max: 32_768
            }
        let budget = min(wanted, bound / 2)
        return budget >= 1024 ? budget : nil
    }

    mutating func messagesThinking(_ plan: ThinkingPlan, into json: inout JSONWriter) {
        switch plan.mode {
        case .off: json.object("thinking") { $0.member("type", "disabled") }
        case .adaptive: json.object("thinking") { $0.member("type", "adaptive") }
        case .budget(let tokens):
            json.object("thinking") { json in
                json.member("type", "enabled")
                json.member("budget_tokens", tokens)
            }
        case nil: break
        }
        var schema: JSONFragment?
        switch request.outputFormat {
        case .jsonSchema(let format): schema = format.schema
        // That the reply is JSON stands in the prompt: OpenAI demands that it does.
        case .jsonObject: loss.count(.jsonMode)
        case nil: break
        }
        guard plan.effort != nil || schema != nil else { return }
        json.object("output_config") { json in
            json.member("effort", plan.effort?.name)
            guard let schema else { return }
            json.object("format") { json in
                json.member("type", "json_schema")
                json.member("schema", schema)
            }
        }
    }

    /// Temperatures reach to 1 here and to 2 at OpenAI; of temperature and `top_p` a Claude model takes one.
    mutating func messagesSampling(isThinking: Bool, into json: inout JSONWriter) {
        let sampling = sampling(isThinking: isThinking)
        if let temperature = sampling.temperature {
            let isHot = Double(temperature.string).map { $0 > 1 } ?? false
            if isHot { loss.count(.sampling) }
            json.member("temperature", isHot ? JSONFragment("1") : temperature)
            if sampling.topP != nil { loss.count(.sampling) }
        } else {
            json.member("top_p", sampling.topP)
        }
        json.member("top_k", sampling.topK)
    }

    /// Sequences of nothing but white space are refused.
    mutating func messagesStop(into json: inout JSONWriter) {
        let kept = request.stopSequences.filter { !$0.allSatisfy(\.isWhitespace) }
        loss.count(.stopSequences, times: request.stopSequences.count - kept.count)
        guard !kept.isEmpty else { return }
        json.array("stop_sequences") { json in for sequence in kept { json.string(sequence) } }
    }

    /// The client's tools, or, where the conversation holds calls and the client declares none, the tools called:
    /// without any Anthropic refuses the calls.
    mutating func messagesTools(into json: inout JSONWriter) {
        let declared = tools.isEmpty ? calledTools() : tools
        guard !declared.isEmpty else { return }
        json.array("tools") { json in
            for tool in declared {
                if tool.isStrict == true { loss.count(.strictness) }
                json.object { json in
                    json.member("name", written(name: tool.name))
                    json.member("description", tool.description)
                    json.member("input_schema", tool.inputSchema)
                }
            }
        }
        let isSerial = request.allowsParallelTools == false
        let choice = tools.isEmpty ? ModelRequest.ToolChoice.none : request.toolChoice ?? (isSerial ? .auto : nil)
        guard let choice else { return }
        json.object("tool_choice") { json in
            switch choice {
            case .auto: json.member("type", "auto")
            case .none: json.member("type", "none")
            case .any: json.member("type", "any")
            case .tool(let name):
                json.member("type", "tool")
                json.member("name", written(name: name))
            }
            if isSerial, choice != .none { json.member("disable_parallel_tool_use", true) }
        }
    }

    private func calledTools() -> [Tool] {
        var names: [String] = []
        for part in turns.flatMap(\.parts) {
            if case .toolUse(let use) = part.content, !names.contains(use.name) { names.append(use.name) }
        }
        return names.map { Tool(name: $0, inputSchema: JSONFragment(#"{"type":"object"}"#)) }
    }
}
