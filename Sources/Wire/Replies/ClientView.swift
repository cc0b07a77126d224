package import Domain

/// What a client is shown of a converted reply, whoever gave it.
package struct ClientView: Hashable, Sendable {
    /// The name that the client asked for.
    package var model: String
    /// Seconds since 1970, for OpenAI's formats.
    package var createdAt: Int
    /// Stands for the reply's id where the upstream gives none; letters and digits.
    package var fallbackID: String
    /// The client asked for the tokens of a streamed chat completion (`stream_options.include_usage`).
    package var includesUsage: Bool
    package var tools: ToolNames

    package init(
        model: String,
        createdAt: Int,
        fallbackID: String,
        includesUsage: Bool = false,
        tools: ToolNames = ToolNames()
    ) {
        self.model = model
        self.createdAt = createdAt
        self.fallbackID = fallbackID
        self.includesUsage = includesUsage
        self.tools = tools
    }
}

/// The id of one reply, the same behind each format's prefix.
package struct ReplyID: Hashable, Sendable {
    private let stem: String

    /// Takes an id as the provider gave it, or the fallback where that is empty.
    package init(_ upstream: String, fallback: String) {
        let prefix = ["msg_", "chatcmpl-", "resp_", "gen-"].first { upstream.hasPrefix($0) }
        let rest = upstream.dropFirst(prefix?.count ?? 0)
        stem = rest.isEmpty ? fallback : String(rest)
    }

    /// The reply's id as a client of the format knows it.
    package func name(in format: APIFormat) -> String {
        switch format {
        case .messages: "msg_\(stem)"
        case .chatCompletions: "chatcmpl-\(stem)"
        case .responses: "resp_\(stem)"
        }
    }

    /// The id of an output item of Responses.
    func item(_ prefix: StaticString, _ index: Int) -> String { "\(prefix)_\(stem)_\(index)" }

    /// The id of a tool call that the upstream gave none.
    func toolCall(_ index: Int) -> String { "call_\(stem)_\(index)" }
}
