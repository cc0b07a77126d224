internal import Domain
internal import JSONText

extension JSONTree {
    /// Puts a request of Anthropic's Messages into a model's terms.
    mutating func treatAsMessages(
        _ side: ReplayRequest.Side,
        _ treatment: ReplayRequest.Treatment,
        changes: inout [String]
    ) {
        drop(["stream", "metadata", "context_management", "betas", "service_tier", "speed", "container"])
        if self["thinking"] != nil { changes.append("without extended thinking") }
        drop(["thinking"])
        self = setting("max_tokens", to: .number(String(treatment.maxOutputTokens)))
        if !treatment.keepsSampling { drop(["temperature", "top_p", "top_k"]) }
        if let effort = self["output_config"]?["effort"]?.text,
            !(Effort(name: effort).map { treatment.efforts.contains($0) } ?? false)
        {
            changes.append("without effort \(effort)")
            let rest = self["output_config"]?.removing("effort")
            if let rest, rest.members?.isEmpty == false {
                self = setting("output_config", to: rest)
            } else {
                drop(["output_config"])
            }
        }
        if let system = self["system"] {
            self = setting("system", to: system.naming(side.model, insteadOf: treatment.recorded).keepingMarkers(2))
        }
        guard let messages = self["messages"]?.elements else { return }
        let withoutThoughts = messages.map(\.withoutThoughts)
        var treated = withoutThoughts.map { $0.withoutMarkers.naming(side.model, insteadOf: treatment.recorded) }
        // An entry of the cache is found only a few blocks before a marker: the prompt before this one needs its own.
        for count in [treatment.previousMessages, treated.count].compactMap({ $0 })
        where count > 0 && count <= treated.count {
            treated[count - 1] = treated[count - 1].markedForCache
        }
        // A reply that was nothing but thought leaves no message.
        self = setting("messages", to: .array(treated.filter { $0["content"]?.elements?.isEmpty != true }))
    }

    /// A request without marks for the cache: of the prompt, the tools and the conversation.
    var withoutCacheMarks: JSONTree {
        var tree = self
        for name in ["system", "tools"] {
            guard let blocks = tree[name]?.elements else { continue }
            tree = tree.setting(name, to: .array(blocks.map { $0.removing("cache_control") }))
        }
        guard let messages = tree["messages"]?.elements else { return tree }
        return tree.setting("messages", to: .array(messages.map(\.withoutMarkers)))
    }

    mutating func drop(_ names: [String]) {
        guard case .object(let members) = self else { return }
        self = .object(members.filter { !names.contains($0.name) })
    }

    /// A message without what its model thought.
    private var withoutThoughts: JSONTree {
        guard let blocks = self["content"]?.elements else { return self }
        let kept = blocks.filter { $0["type"]?.text != "thinking" && $0["type"]?.text != "redacted_thinking" }
        return kept.count == blocks.count ? self : setting("content", to: .array(kept))
    }

    /// A message without marks for the cache.
    private var withoutMarkers: JSONTree {
        guard let blocks = self["content"]?.elements else { return self }
        return setting("content", to: .array(blocks.map { $0.removing("cache_control") }))
    }

    /// A message whose last block is marked; a text becomes a block.
    private var markedForCache: JSONTree {
        let marker = JSONTree.object([Member("type", .string("ephemeral"))])
        if let text = self["content"]?.text, !text.isEmpty {
            let block = JSONTree.object([
                Member("type", .string("text")), Member("text", .string(text)), Member("cache_control", marker),
            ])
            return setting("content", to: .array([block]))
        }
        guard var blocks = self["content"]?.elements, let last = blocks.last, last["text"]?.text != "" else {
            return self
        }
        blocks[blocks.count - 1] = last.setting("cache_control", to: marker)
        return setting("content", to: .array(blocks))
    }

    /// Blocks of which the last so many marked ones stay marked: four are allowed in all.
    private func keepingMarkers(_ most: Int) -> JSONTree {
        guard let blocks = elements else { return self }
        let marked = blocks.indices.filter { blocks[$0]["cache_control"] != nil }
        let kept = Set(marked.suffix(most))
        return .array(blocks.indices.map { kept.contains($0) ? blocks[$0] : blocks[$0].removing("cache_control") })
    }

    /// Texts that tell the model its name tell the other's.
    func naming(_ model: ModelID, insteadOf recorded: ModelID) -> JSONTree {
        switch self {
        case .string(let text):
            guard text.contains("You are powered by the model") else { return self }
            return .string(text.naming(model, insteadOf: recorded))
        case .array(let elements): return .array(elements.map { $0.naming(model, insteadOf: recorded) })
        case .object(let members):
            // What a tool was given or answered stays as it was.
            guard self["type"]?.text != "tool_use", self["type"]?.text != "tool_result" else { return self }
            return .object(
                members.map { member in
                    ["content", "text"].contains(member.name)
                        ? Member(member.name, member.value.naming(model, insteadOf: recorded)) : member
                }
            )
        default: return self
        }
    }
}

extension String {
    /// The text with another model's name where Claude Code tells the model its own.
    ///
    /// It says: You are powered by the model named NAME. The exact model ID is ID.
    fileprivate func naming(_ model: ModelID, insteadOf recorded: ModelID) -> String {
        let start = "You are powered by the model"
        var result = ""
        var rest = self[...]
        while let range = rest.firstRange(of: start) {
            result += rest[..<range.upperBound]
            rest = rest[range.upperBound...]
            let end = rest.firstIndex(of: "\n") ?? rest.endIndex
            // The id stands behind its last words, the name before; whatever follows on the line stays.
            var sentence = rest[..<end]
            rest = rest[end...]
            if let id = sentence.firstRange(of: "The exact model ID is ") {
                let after = sentence[id.upperBound...]
                let stop =
                    after.firstRange(of: ".\u{20}")?.lowerBound
                    ?? (after.hasSuffix(".") ? after.index(before: after.endIndex) : after.endIndex)
                result += " \(model.rawValue). The exact model ID is \(model.rawValue)"
                sentence = after[stop...]
            } else if recorded.rawValue != "", let name = sentence.firstRange(of: recorded.rawValue) {
                result += sentence[..<name.lowerBound] + model.rawValue
                sentence = sentence[name.upperBound...]
            }
            result += sentence
        }
        return result + rest
    }
}
