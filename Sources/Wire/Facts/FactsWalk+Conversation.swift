import Domain
import JSONText

/// Messages of either Messages or Chat Completions, and the items of Responses: their keys do not clash.
extension FactsWalk {
    private static let itemKeys = KeySet([
        "role", "type", "content", "tool_calls", "output", "encrypted_content", "function_call",
    ])

    private enum ItemKey: Int {
        case role, type, content, toolCalls, output, encryptedContent, functionCall
    }

    mutating func conversation() {
        if scanner.nextKind() == .string {
            if let text = scanner.text() { keep(Item(role: .user, texts: [text])) }
            return
        }
        elements { walk in
            var item = Item()
            guard walk.scanner.enterObject() else { return walk.scanner.skipValue() }
            while let number = walk.scanner.nextKey(in: FactsWalk.itemKeys) {
                guard let key = ItemKey(rawValue: number) else { continue }
                walk.read(key, into: &item)
            }
            walk.keep(item)
        }
    }

    private mutating func read(_ key: ItemKey, into item: inout Item) {
        switch key {
        case .role: item.role = scanner.text().flatMap { FactsWalk.role($0) }
        case .type: if let type = scanner.text() { itemType(type, of: &item) }
        case .content: content(of: &item)
        case .toolCalls, .functionCall: if isPresent() { item.isModelsOwn = true }
        case .output: result(of: &item)
        case .encryptedContent:
            // Reasoning, or a compacted conversation, that only this provider and account can open.
            if isPresent() { facts.demands.formUnion([.signedThinking, .providerState]) }
        }
    }

    private static func role(_ name: RawText) -> Role? {
        if name.is("user") { return .user }
        if name.is("assistant") { return .assistant }
        if name.is("system") || name.is("developer") { return .system }
        if name.is("tool") || name.is("function") { return .tool }
        return nil
    }

    /// What the type of a Responses item says.
    private mutating func itemType(_ type: RawText, of item: inout Item) {
        if type.is("message") { return }
        if type.is("function_call") || type.is("custom_tool_call") || type.is("reasoning") {
            item.isModelsOwn = true
        } else if type.is("function_call_output") || type.is("custom_tool_call_output") {
            item.hasToolResult = true
        } else if type.starts(with: "compaction") || type.starts(with: "context_compaction") {
            facts.followsCompaction = true
            facts.demands.insert(.providerState)
            item.isModelsOwn = true
        } else if type.is("item_reference") {
            facts.demands.insert(.providerState)
        } else {
            // Tools whose calls only the provider's own models know.
            facts.demands.insert(.serverTools)
            let name = type.string
            if name.hasSuffix("_output") { item.hasToolResult = true } else { item.isModelsOwn = true }
        }
    }

    private mutating func content(of item: inout Item) {
        if scanner.nextKind() == .string {
            if let text = scanner.text() { item.texts.append(text) }
            return
        }
        elements { walk in walk.part(of: &item) }
    }

    /// What a tool answered: text is of no interest, images are.
    private mutating func result(of item: inout Item) {
        var inner = Item()
        content(of: &inner)
    }

    private static let partKeys = KeySet([
        "type", "text", "cache_control", "content", "source", "file_id", "prompt_cache_breakpoint",
    ])

    private enum PartKey: Int {
        case type, text, cacheControl, content, source, fileID, breakpoint
    }

    private mutating func part(of item: inout Item) {
        guard scanner.enterObject() else { return scanner.skipValue() }
        var text: RawText?
        var type: RawText?
        while let number = scanner.nextKey(in: FactsWalk.partKeys) {
            switch PartKey(rawValue: number) {
            case .type: type = scanner.text()
            case .text: text = scanner.text()
            case .cacheControl, .breakpoint: if isPresent() { facts.cacheMarkers += 1 }
            case .content: result(of: &item)
            case .source: source()
            case .fileID: if isPresent() { facts.demands.insert(.providerState) }
            case nil: scanner.skipValue()
            }
        }
        guard let type else { return }
        if let text, type.is("text") || type.is("input_text") || type.is("output_text") { item.texts.append(text) }
        partType(type, of: &item)
    }

    private mutating func source() {
        members { walk, key in
            guard key.is("type") else { return walk.scanner.skipValue() }
            if walk.scanner.text()?.is("file") == true { walk.facts.demands.insert(.providerState) }
        }
    }

    private mutating func partType(_ type: RawText, of item: inout Item) {
        if type.is("text") || type.is("input_text") || type.is("output_text") || type.is("refusal") { return }
        if type.is("tool_result") {
            item.hasToolResult = true
        } else if type.is("tool_use") {
            item.isModelsOwn = true
        } else if type.is("image") || type.is("image_url") || type.is("input_image") {
            facts.demands.insert(.images)
        } else if type.is("document") || type.is("file") || type.is("input_file") {
            facts.demands.insert(.documents)
        } else if type.is("thinking") || type.is("redacted_thinking") {
            facts.demands.insert(.signedThinking)
        } else if type.is("compaction") {
            facts.followsCompaction = true
            facts.demands.insert(.providerState)
        } else if type.is("input_audio") || type.is("container_upload") {
            facts.demands.insert(.providerState)
        } else if type.is("server_tool_use") || type.is("mcp_tool_use") || type.ends(with: "_tool_result") {
            facts.demands.insert(.serverTools)
        }
    }
}
