internal import Domain
internal import JSONText

extension ClaudeCodeTranscript {
    /// The request put together from the conversation: with the prompt of a snapshot, or of an agent of the same version,
    /// or else one that is made up.
    func conversationRequest(of message: String, with prompt: StandingPrompt?) -> RebuiltRequest? {
        guard let first = answers[message]?.first.flatMap({ records[$0]?.tree }) else { return nil }
        let messages = messages(before: message)
        guard messages.first?["role"]?.text == "user" else { return nil }
        let system: JSONTree
        let tools: JSONTree
        let fidelity: Fidelity
        if let snapshot = snapshot(before: message) {
            (system, tools, fidelity) = (Self.system(snapshot), Self.tools(snapshot), .snapshot)
        } else if let prompt, prompt.version == version(of: message) {
            (system, tools, fidelity) = (prompt.system(in: first["cwd"]?.text ?? ""), prompt.tools, .recaptured)
        } else {
            (system, tools, fidelity) = (Self.madeUpSystem, inferredTools, .inferred)
        }
        let body = JSONTree.object([
            JSONTree.Member("model", first["message"]?["model"] ?? .string("")),
            JSONTree.Member("messages", .array(messages)), JSONTree.Member("system", system),
            JSONTree.Member("tools", tools), JSONTree.Member("max_tokens", .number("32000")),
        ])
        return RebuiltRequest(format: .messages, body: body.bytes, fidelity: fidelity)
    }

    /// What was said before a response, one message for each side's turn.
    ///
    /// The pieces of a response are one message again; what people, tools and the agent said between two responses is
    /// one too.
    func messages(before message: String) -> [JSONTree] {
        var messages: [JSONTree] = []
        var blocks: [JSONTree] = []
        var seen: Set<String> = []
        func close() {
            guard !blocks.isEmpty else { return }
            messages.append(
                .object([
                    JSONTree.Member("role", .string("user")), JSONTree.Member("content", .array(blocks)),
                ])
            )
            blocks = []
        }
        for record in conversation(before: message) {
            switch record.type {
            case "assistant":
                guard let id = record.message, id != message, seen.insert(id).inserted,
                    record.tree["isApiErrorMessage"] != .bool(true)
                else { continue }
                close()
                messages.append(self.message(of: id))
            case "user":
                if record.tree["isVisibleInTranscriptOnly"] == .bool(true) { continue }
                blocks += Self.blocks(record.tree["message"]?["content"])
            case "attachment":
                guard let text = record.tree["attachment"]?["rendered"] ?? record.tree["rendered"] else { continue }
                blocks += Self.blocks(text)
            default: continue
            }
        }
        close()
        return messages
    }

    private static func blocks(_ content: JSONTree?) -> [JSONTree] {
        if let text = content?.text { return text.isEmpty ? [] : [textBlock(text)] }
        return content?.elements ?? []
    }

    private static func textBlock(_ text: String) -> JSONTree {
        .object([JSONTree.Member("type", .string("text")), JSONTree.Member("text", .string(text))])
    }

    private static func system(_ snapshot: JSONTree) -> JSONTree {
        let parts = snapshot["systemPrompt"]?.elements ?? snapshot["systemPrompt"].map { [$0] } ?? []
        let prefix = snapshot["cliPrefix"]?.text.map { [textBlock($0)] } ?? []
        return .array(prefix + parts.compactMap { $0.text.map(textBlock) ?? ($0.members == nil ? nil : $0) })
    }

    private static func tools(_ snapshot: JSONTree) -> JSONTree {
        .array(
            (snapshot["tools"]?.elements ?? []).map { tool in
                .object([
                    JSONTree.Member("name", tool["name"] ?? .string("")),
                    JSONTree.Member("description", tool["description"] ?? .string("")),
                    JSONTree.Member("input_schema", tool["input_schema"] ?? tool["schema"] ?? .object([])),
                ])
            }
        )
    }

    private static let madeUpSystem = JSONTree.array([
        textBlock("You are a coding agent. Use the tools to do what the user asks, one step at a time.")
    ])

    /// Tools as far as the log's calls show them.
    private var inferredTools: JSONTree {
        var inputs: [String: [JSONTree]] = [:]
        for message in order {
            for block in blocks(of: message) where block["type"]?.text == "tool_use" {
                guard let name = block["name"]?.text else { continue }
                inputs[name, default: []].append(block["input"] ?? .object([]))
            }
        }
        return .array(
            inputs.sorted { $0.key < $1.key }.map { name, inputs in
                .object([
                    JSONTree.Member("name", .string(name)),
                    JSONTree.Member("input_schema", JSONTree(schemaOf: inputs)),
                ])
            }
        )
    }
}
