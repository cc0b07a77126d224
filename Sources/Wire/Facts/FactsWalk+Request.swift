import Domain
import JSONText

/// The top level of a body, whichever format it is in: no key means one thing here and another there.
extension FactsWalk {
    private static let keys = KeySet([
        "system", "instructions", "messages", "input", "tools", "tool_choice", "thinking", "output_config",
        "temperature", "top_p", "top_k", "cache_control", "mcp_servers", "container", "reasoning", "reasoning_effort",
        "response_format", "text", "previous_response_id", "conversation", "web_search_options", "functions",
        "function_call", "thread", "prompt",
    ])

    private enum Key: Int {
        case system, instructions, messages, input, tools, toolChoice, thinking, outputConfig
        case temperature, topP, topK, cacheControl, mcpServers, container, reasoning, reasoningEffort
        case responseFormat, text, previousResponseID, conversation, webSearchOptions, functions
        case functionCall, thread, prompt
    }

    mutating func request() {
        guard scanner.enterObject() else { return }
        while let number = scanner.nextKey(in: FactsWalk.keys) {
            guard let key = Key(rawValue: number) else { continue }
            read(key)
        }
        finish()
    }

    private mutating func read(_ key: Key) {
        let start = scanner.offset
        switch key {
        case .system, .instructions:
            texts { walk, text in walk.keepSystem(text) }
            facts.promptBytes += scanner.offset - start
            facts.work.standingBytes += scanner.offset - start
        case .messages, .input:
            conversation()
            facts.promptBytes += scanner.offset - start
            facts.work.taskBytes += scanner.offset - start
        case .tools, .functions:
            tools()
            facts.promptBytes += scanner.offset - start
            facts.work.standingBytes += scanner.offset - start
        case .toolChoice, .functionCall: toolChoice()
        case .thinking: thinking()
        case .outputConfig: outputConfig()
        case .temperature, .topP, .topK: demand(.sampling)
        case .cacheControl: if isPresent() { facts.cacheMarkers += 1 }
        case .mcpServers, .webSearchOptions: demand(.serverTools)
        // A prompt kept at the provider, a conversation kept there, or a machine.
        case .container, .previousResponseID, .conversation, .thread, .prompt: demand(.providerState)
        case .reasoning: reasoning()
        case .reasoningEffort: effort()
        case .responseFormat: structuredOutput()
        case .text: textFormat()
        }
    }

    /// Whether the next value is something; null is nothing.
    mutating func isPresent() -> Bool {
        let kind = scanner.nextKind()
        scanner.skipValue()
        return kind != .null && kind != .none
    }

    private mutating func demand(_ demand: RequestFacts.Demands) {
        if isPresent() { facts.demands.insert(demand) }
    }

    /// The members of the object that comes next; any other value is skipped.
    mutating func members(_ body: (inout FactsWalk, RawText) -> Void) {
        guard scanner.enterObject() else { return scanner.skipValue() }
        while let key = scanner.nextKey() { body(&self, key) }
    }

    /// The elements of the array that comes next; any other value is skipped.
    mutating func elements(_ body: (inout FactsWalk) -> Void) {
        guard scanner.enterArray() else { return scanner.skipValue() }
        while scanner.nextElement() { body(&self) }
    }

    /// A text, or the texts of an array of parts.
    private mutating func texts(_ body: (inout FactsWalk, RawText) -> Void) {
        if scanner.nextKind() == .string {
            if let text = scanner.text() { body(&self, text) }
            return
        }
        elements { walk in
            walk.members { walk, key in
                if key.is("text") {
                    if let text = walk.scanner.text() { body(&walk, text) }
                } else if key.is("cache_control") {
                    if walk.isPresent() { walk.facts.cacheMarkers += 1 }
                } else {
                    walk.scanner.skipValue()
                }
            }
        }
    }

    private mutating func tools() {
        elements { walk in walk.tool() }
    }

    private mutating func tool() {
        var name: RawText?
        var type: RawText?
        var isGroup = false
        members { walk, key in
            if key.is("name") {
                name = walk.scanner.text()
            } else if key.is("type") {
                type = walk.scanner.text()
            } else if key.is("function") || key.is("custom") {
                walk.members { walk, key in
                    if key.is("name") { name = walk.scanner.text() } else { walk.scanner.skipValue() }
                }
            } else if key.is("tools") {
                isGroup = true
                walk.tools()
            } else if key.is("cache_control") {
                if walk.isPresent() { walk.facts.cacheMarkers += 1 }
            } else {
                walk.scanner.skipValue()
            }
        }
        guard !isGroup else { return }
        let isClients = type.map { $0.is("function") || $0.is("custom") } ?? true
        facts.demands.insert(isClients ? .tools : .serverTools)
        if let name = name ?? type { facts.toolNames.append(name.string) }
    }

    private mutating func toolChoice() {
        if scanner.nextKind() == .string {
            if scanner.text()?.is("required") == true { facts.demands.insert(.forcedTool) }
            return
        }
        members { walk, key in
            guard key.is("type") || key.is("mode") || key.is("name") else { return walk.scanner.skipValue() }
            // `{"name": …}` alone is the old `function_call`.
            guard let value = walk.scanner.text() else { return }
            let isForced =
                key.is("name")
                || ["any", "tool", "function", "custom", "required"].contains { (kind: StaticString) in value.is(kind) }
            if isForced { walk.facts.demands.insert(.forcedTool) }
        }
    }

    private mutating func thinking() {
        members { walk, key in
            guard key.is("type") else { return walk.scanner.skipValue() }
            guard let type = walk.scanner.text() else { return }
            walk.facts.demands.insert(
                type.is("enabled") ? .thinkingBudget : type.is("disabled") ? .thinkingOff : .adaptiveThinking
            )
        }
    }

    private mutating func outputConfig() {
        members { walk, key in
            if key.is("effort") {
                walk.effort()
            } else if key.is("format") {
                walk.demand(.structuredOutput)
            } else {
                walk.scanner.skipValue()
            }
        }
    }

    private mutating func reasoning() {
        members { walk, key in
            if key.is("effort") { walk.effort() } else { walk.scanner.skipValue() }
        }
    }

    private mutating func effort() {
        guard let name = scanner.text() else { return }
        facts.effort = Effort(name: name.string)
        facts.demands.insert(.effort)
        guard facts.format != .messages else { return }
        facts.demands.insert(facts.effort == Effort.none ? .thinkingOff : .adaptiveThinking)
    }

    private mutating func structuredOutput() {
        members { walk, key in
            guard key.is("type") else { return walk.scanner.skipValue() }
            if walk.scanner.text()?.is("text") == false { walk.facts.demands.insert(.structuredOutput) }
        }
    }

    private mutating func textFormat() {
        members { walk, key in
            if key.is("format") { walk.structuredOutput() } else { walk.scanner.skipValue() }
        }
    }
}
