package import Domain

/// The models a client is shown at `/v1/models`, in the shape its provider would answer in.
package struct ModelList: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        /// The name the client may ask for: a provider's id, dated or not, or an alias of the user's.
        package var id: String
        package var displayName: String
        package var provider: Provider
        /// Where nobody knows, both shapes say 1970: they demand a time.
        package var created: Timestamp?
        package var maxInputTokens: Int?
        package var maxOutputTokens: Int?

        package init(
            id: String,
            displayName: String? = nil,
            provider: Provider,
            created: Timestamp? = nil,
            maxInputTokens: Int? = nil,
            maxOutputTokens: Int? = nil
        ) {
            self.id = id
            self.displayName = displayName ?? id
            self.provider = provider
            self.created = created
            self.maxInputTokens = maxInputTokens
            self.maxOutputTokens = maxOutputTokens
        }
    }

    package private(set) var entries: [Entry]

    /// Each id once, the first entry of it.
    package init(_ entries: [Entry]) {
        var seen: Set<String> = []
        self.entries = entries.filter { seen.insert($0.id).inserted }
    }

    /// Which shape a client expects: Anthropic's clients name their API version.
    package static func provider(anthropicVersion: String?) -> Provider {
        anthropicVersion == nil ? .openAI : .anthropic
    }

    package func written(for provider: Provider) -> [UInt8] {
        provider == .anthropic ? anthropicShape() : openAIShape()
    }

    /// One model, as its provider answers at `/v1/models/ID`; nil for one that is not listed.
    package func written(id: String, for provider: Provider) -> [UInt8]? {
        guard let entry = entries.first(where: { $0.id == id }) else { return nil }
        var json = JSONWriter()
        if provider == .anthropic { json.anthropicModel(entry) } else { json.openAIModel(entry) }
        return json.bytes
    }

    /// Claude Code asks for a thousand at once and shows only ids that begin with `claude` or `anthropic`; other
    /// clients page, and are told that this is all there is.
    private func anthropicShape() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.array("data") { json in
                for entry in entries {
                    json.anthropicModel(entry)
                }
            }
            json.member("has_more", false)
            json.edge("first_id", entries.first?.id)
            json.edge("last_id", entries.last?.id)
        }
        return json.bytes
    }

    private func openAIShape() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("object", "list")
            json.array("data") { json in
                for entry in entries {
                    json.openAIModel(entry)
                }
            }
        }
        return json.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func anthropicModel(_ entry: ModelList.Entry) {
        object { json in
            json.member("type", "model")
            json.member("id", entry.id)
            json.member("display_name", entry.displayName)
            json.member("created_at", (entry.created ?? .unknown).description)
            json.member("max_input_tokens", entry.maxInputTokens)
            json.member("max_tokens", entry.maxOutputTokens)
        }
    }

    fileprivate mutating func openAIModel(_ entry: ModelList.Entry) {
        object { json in
            json.member("id", entry.id)
            json.member("object", "model")
            json.member("created", Int((entry.created ?? .unknown).milliseconds / 1000))
            json.member("owned_by", entry.provider.rawValue)
        }
    }

    fileprivate mutating func edge(_ key: StaticString, _ id: String?) {
        self.key(key)
        if let id { string(id) } else { null() }
    }
}
