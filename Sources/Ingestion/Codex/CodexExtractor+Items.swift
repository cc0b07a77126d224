internal import Actions
internal import Domain
internal import JSONText

extension CodexExtractor {
    /// A `response_item`: a part of a response, a tool's result, or a message the agent or the user added.
    mutating func keepItem(_ item: CodexPayload, time: Timestamp, at position: LogPosition) {
        guard let type = item.type else { return }
        switch type.count {
        case 7 where type.is("message"): keepMessage(item, time: time, at: position)
        case 9 where type.is("reasoning"):
            state.response.begin(with: item, time: time, at: position)
            state.response.visibleBytes += item.summary.map(textBytes) ?? 0
        case 13 where type.is("function_call"):
            keepTool(item, named: item.name, input: item.arguments, time: time, at: position)
        case 16 where type.is("custom_tool_call"):
            keepTool(item, named: item.name, input: item.input, time: time, at: position)
        case 16 where type.is("local_shell_call"), 21 where type.is("image_generation_call"):
            keepTool(item, named: type, input: item.action, time: time, at: position)
        case 15 where type.is("web_search_call"):
            keepTool(item, named: type, input: item.action, time: time, at: position)
            if item.isSearch { state.response.webSearches += 1 }
        case 16 where type.is("tool_search_call"):
            keepTool(item, named: type, input: item.arguments, time: time, at: position)
        case 20 where type.is("function_call_output"), 23 where type.is("custom_tool_call_output"),
            23 where type.is("local_shell_call_output"):
            keepResult(item, item.output, time: time, at: position)
        case 18 where type.is("tool_search_output"): keepResult(item, item.tools, time: time, at: position)
        default: break
        }
    }

    private mutating func keepTool(
        _ item: CodexPayload,
        named name: RawText?,
        input: UnsafeRawBufferPointer?,
        time: Timestamp,
        at position: LogPosition
    ) {
        guard let name else { return }
        state.response.begin(with: item, time: time, at: position)
        let plain = toolCalls.tool(name)
        let tool =
            item.namespace.map { ToolCalls.tool(named: $0.qualifying(plain.name), hash: plain.nameHash) } ?? plain
        let input = input ?? UnsafeRawBufferPointer(start: nil, count: 0)
        // Searches on the provider's side carry no call id, and no result answers them.
        let key = (item.callID ?? item.id)?.hash() ?? stableHash(input, seed: UInt64(bitPattern: position.offset))
        state.response.visibleBytes += input.count
        toolCalls.enter(thread.project)
        state.response.tools.append(toolCall(key, to: tool, isPatch: plain.name == "apply_patch", with: input))
    }

    /// A call of a response that is not yet known.
    private mutating func toolCall(
        _ key: UInt64,
        to tool: ToolCalls.Tool,
        isPatch: Bool,
        with input: UnsafeRawBufferPointer
    ) -> ToolCall {
        let unknown = CallKey(id: 0)
        if isPatch {
            let target = CodexToolText.patchTargetHash(input)
            return toolCalls.call(key, of: unknown, to: tool, with: input, target: target)
        }
        let isShell = tool.dialect != nil
        guard isShell || tool.kind == .read || tool.kind == .edit || tool.kind == .search else {
            return toolCalls.call(key, of: unknown, to: tool, with: input, target: nil)
        }
        // Arguments are JSON in a string, except those of the first shell tool.
        var outer = JSONScanner(input, layout: .document)
        guard outer.nextKind() == .string else {
            let command = isShell ? outer.shellCommand() : nil
            return toolCalls.call(key, of: unknown, to: tool, with: input, target: nil, command: command)
        }
        let arguments = outer.text()?.unescaped ?? []
        return arguments.withUnsafeBytes { bytes in
            var inner = JSONScanner(bytes, layout: .document)
            let command = isShell ? inner.shellCommand() : nil
            let target = isShell ? nil : inner.targetPath()?.textHash
            return toolCalls.call(key, of: unknown, to: tool, with: input, target: target, command: command)
        }
    }

    private mutating func keepResult(
        _ item: CodexPayload,
        _ output: UnsafeRawBufferPointer?,
        time: Timestamp,
        at position: LogPosition
    ) {
        let output = output ?? UnsafeRawBufferPointer(start: nil, count: 0)
        let strand = strand(at: time)
        strands[strand].arrivals.append(
            Arrival(
                kind: .toolResult,
                time: time,
                bytes: output.count,
                attachments: imageCount(in: output),
                tool: item.callID?.hash(),
                isError: CodexToolText.saysFailed(output),
                contentHash: stableHash(CodexToolText.body(of: output)),
                position: position
            )
        )
    }

    private mutating func keepMessage(_ item: CodexPayload, time: Timestamp, at position: LogPosition) {
        guard let content = item.content, let role = item.role else { return }
        if role.is("assistant") {
            state.response.begin(with: item, time: time, at: position)
            state.response.hasMessage = true
            state.response.visibleBytes += textBytes(content)
            return
        }
        var texts: [RawText] = []
        var scanner = JSONScanner(content)
        scanner.eachElement { scanner in
            if let text = scanner.text(under: "text") { texts.append(text) }
        }
        let images = imageCount(in: content)
        for text in texts {
            if role.is("user"), !text.isAgentsOwn {
                keepPrompt(text, images: images, time: time, at: position)
            } else {
                keepText(text, kind: .context, label: label(of: text), images: 0, time: time, at: position)
            }
        }
    }

    /// A prompt, which older versions log twice: as the model sees it and as it was typed.
    mutating func keepPrompt(_ text: RawText, images: Int, time: Timestamp, at position: LogPosition) {
        let hash = text.textHash
        if hash == state.lastPrompt {
            state.lastPrompt = 0
            return
        }
        state.lastPrompt = hash
        keepText(text, kind: thread.isSubagent ? .delegation : .prompt, images: images, time: time, at: position)
    }

    /// A `compacted` record: what the model was left with.
    mutating func keepCompaction(_ record: CodexPayload, time: Timestamp, at position: LogPosition) {
        if let latest = record.latestUsage {
            var scanner = JSONScanner(latest)
            state.recorded = scanner.codexPayload()?.codexUsage ?? state.recorded
        }
        let summary = record.history ?? record.message?.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)
        let strand = strand(at: time)
        strands[strand].arrivals.append(
            Arrival(
                kind: .compactSummary,
                time: time,
                bytes: summary.count,
                contentHash: stableHash(summary),
                position: position
            )
        )
    }

    /// What Codex wraps a text of its own in.
    private mutating func label(of text: RawText) -> String {
        if text.starts(with: "# AGENTS.md") { return "AGENTS.md" }
        return labels.tag(of: text)
    }

    mutating func keepText(
        _ text: RawText,
        kind: Arrival.Kind,
        label: String = "",
        images: Int,
        time: Timestamp,
        at position: LogPosition
    ) {
        let strand = strand(at: time)
        strands[strand].arrivals.append(
            Arrival(
                kind: kind,
                label: label,
                time: time,
                bytes: text.count,
                attachments: images,
                contentHash: text.textHash,
                sketch: kind == .context ? [] : PromptSketch.of(text),
                position: position
            )
        )
    }

    private func textBytes(_ content: UnsafeRawBufferPointer) -> Int {
        var count = 0
        var scanner = JSONScanner(content)
        scanner.eachElement { scanner in count += scanner.text(under: "text")?.count ?? 0 }
        return count
    }

    private func imageCount(in content: UnsafeRawBufferPointer) -> Int {
        var count = 0
        var scanner = JSONScanner(content)
        guard scanner.nextKind() == .array else { return 0 }
        scanner.eachElement { scanner in
            if scanner.text(under: "type")?.is("input_image") == true { count += 1 }
        }
        return count
    }
}

extension CodexPayload {
    /// A web search the provider bills; opening a page it found is none.
    fileprivate var isSearch: Bool {
        guard let action else { return false }
        var scanner = JSONScanner(action)
        return scanner.text(under: "type")?.is("search") ?? false
    }
}

extension RawText {
    /// The name of a tool within this namespace, such as an MCP server's.
    fileprivate func qualifying(_ name: String) -> String {
        let space = string
        return space.hasSuffix("_") || name.hasPrefix("_") ? space + name : space + "__" + name
    }

    /// A text in a user's message that the agent put there itself.
    ///
    /// Only the wrappers Codex uses: a person may well begin a prompt with some tag.
    fileprivate var isAgentsOwn: Bool {
        guard let first = bytes.first, first == UInt8(ascii: "<") || first == UInt8(ascii: "#") else {
            return starts(with: "Warning: apply_patch was requested")
                || starts(with: "Warning: Your account was flagged")
        }
        return RawText.wrappers.contains { starts(with: $0) }
    }

    private static let wrappers: [StaticString] = [
        "# AGENTS.md instructions", "<environment_context>", "<user_instructions>", "<INSTRUCTIONS>", "<skill>",
        "<turn_aborted>", "<subagent_notification>", "<user_shell_command>", "<goal_context>", "<recommended_plugins>",
        "<codex_internal_context", "<hook_prompt", "<external_", "<permissions instructions>", "<collaboration_mode>",
        "<apps_instructions>", "<model_switch>", "<personality_spec>",
    ]
}
