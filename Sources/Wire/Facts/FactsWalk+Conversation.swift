import Domain
import JSONText

/// Messages of either Messages or Chat Completions, and the items of Responses: their keys do not clash.
extension FactsWalk {
    private static let itemKeys = KeySet([
        "role", "type", "content", "tool_calls", "output", "encrypted_content", "function_call", "name", "arguments",
        "input",
    ])

    private enum ItemKey: Int {
        case role, type, content, toolCalls, output, encryptedContent, functionCall, name, arguments, input
    }

    mutating func conversation() {
        if scanner.nextKind() == .string {
            let start = scanner.offset
            guard let text = scanner.text() else { return }
            texts = [text]
            return keep(Item(role: .user), bytes: scanner.offset - start)
        }
        elements { walk in
            var item = Item()
            walk.texts.removeAll(keepingCapacity: true)
            let start = walk.scanner.offset
            guard walk.scanner.enterObject() else { return walk.scanner.skipValue() }
            while let number = walk.scanner.nextKey(in: FactsWalk.itemKeys) {
                guard let key = ItemKey(rawValue: number) else { continue }
                walk.read(key, into: &item)
            }
            if item.isCall { walk.keepCall(of: item.name, item.input) }
            walk.keep(item, bytes: walk.scanner.offset - start)
        }
    }

    private mutating func read(_ key: ItemKey, into item: inout Item) {
        switch key {
        case .role: item.role = scanner.text().flatMap { FactsWalk.role($0) }
        case .type: if let type = scanner.text() { itemType(type, of: &item) }
        case .content:
            let start = scanner.offset
            content(of: &item)
            item.contentBytes = scanner.offset - start
        case .toolCalls:
            guard scanner.nextKind() == .array else { return scanner.skipValue() }
            item.isModelsOwn = true
            toolCalls()
        case .functionCall:
            guard scanner.nextKind() == .object else { return scanner.skipValue() }
            item.isModelsOwn = true
            function()
        case .name: item.name = scanner.text()
        case .arguments, .input: item.input = scanner.rawValue()
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

    /// Chat Completions' calls, each with its function inside.
    private mutating func toolCalls() {
        elements { walk in
            walk.members { walk, key in
                if key.is("function") || key.is("custom") {
                    walk.function()
                } else {
                    walk.scanner.skipValue()
                }
            }
        }
    }

    private mutating func function() {
        var name: RawText?
        var input: UnsafeRawBufferPointer?
        members { walk, key in
            if key.is("name") {
                name = walk.scanner.text()
            } else if key.is("arguments") || key.is("input") {
                input = walk.scanner.rawValue()
            } else {
                walk.scanner.skipValue()
            }
        }
        keepCall(of: name, input)
    }

    /// A call of a tool: its name, and the file it names.
    private mutating func keepCall(of name: RawText?, _ input: UnsafeRawBufferPointer?) {
        guard let name else { return }
        if calledTools.insert(name.hash()).inserted { facts.work.tools.insert(name.string) }
        guard let input else { return }
        var scanner = JSONScanner(input, layout: .document)
        if scanner.nextKind() != .string {
            if let file = FactsWalk.file(in: input) { files.insert(file) }
        } else if let text = scanner.text(), text.starts(with: "{") {
            // JSON of its own, as OpenAI writes arguments.
            let count = text.unescape(into: &unescaped)
            let file = unescaped.withUnsafeBytes { FactsWalk.file(in: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            if let file { files.insert(file) }
        }
    }

    /// Those by which logs tell a call's file too: a router learns from these and is asked with those.
    private static let pathKeys = KeySet([
        "path", "filePath", "filename", "dir_path", "file_path", "absolutePath", "absolute_path", "notebook_path",
    ])

    /// A hash of the file that a tool's input names.
    private static func file(in input: UnsafeRawBufferPointer) -> UInt64? {
        var scanner = JSONScanner(input, layout: .document)
        guard scanner.enterObject(), scanner.nextKey(in: pathKeys) != nil, let path = scanner.text(), path.count > 0
        else { return nil }
        return path.hash()
    }

    /// What the type of a Responses item says.
    private mutating func itemType(_ type: RawText, of item: inout Item) {
        if type.is("message") { return }
        if type.is("function_call") || type.is("custom_tool_call") {
            item.isModelsOwn = true
            item.isCall = true
        } else if type.is("reasoning") {
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
            if type.ends(with: "_output") { item.hasToolResult = true } else { item.isModelsOwn = true }
        }
    }

    private mutating func content(of item: inout Item) {
        if scanner.nextKind() == .string {
            if let text = scanner.text() { texts.append(text) }
            return
        }
        elements { walk in walk.part(of: &item) }
    }

    /// What a tool answered: text is of no interest, images are.
    private mutating func result(of item: inout Item) {
        var inner = Item()
        let (start, said) = (scanner.offset, texts.count)
        content(of: &inner)
        texts.removeLast(texts.count - said)
        item.resultBytes += scanner.offset - start
    }

    private static let partKeys = KeySet([
        "type", "text", "cache_control", "content", "source", "file_id", "prompt_cache_breakpoint", "name", "input",
        "is_error",
    ])

    private enum PartKey: Int {
        case type, text, cacheControl, content, source, fileID, breakpoint, name, input, isError
    }

    private mutating func part(of item: inout Item) {
        guard scanner.enterObject() else { return scanner.skipValue() }
        var text: RawText?
        var type: RawText?
        var name: RawText?
        var input: UnsafeRawBufferPointer?
        var isError = false
        while let number = scanner.nextKey(in: FactsWalk.partKeys) {
            switch PartKey(rawValue: number) {
            case .type: type = scanner.text()
            case .text: text = scanner.text()
            case .cacheControl, .breakpoint: if isPresent() { facts.cacheMarkers += 1 }
            case .content: result(of: &item)
            case .source: source()
            case .fileID: if isPresent() { facts.demands.insert(.providerState) }
            case .name: name = scanner.text()
            case .input: input = scanner.rawValue()
            case .isError: isError = scanner.bool() ?? false
            case nil: scanner.skipValue()
            }
        }
        guard let type else { return }
        if let text, type.is("text") || type.is("input_text") || type.is("output_text") { texts.append(text) }
        if type.is("tool_use") { keepCall(of: name, input) }
        if isError {
            item.hasError = true
            facts.work.errors += 1
        }
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
