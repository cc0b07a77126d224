/// What one side of a conversation says at once.
package struct Turn: Hashable, Sendable {
    package enum Role: Hashable, Sendable {
        case system
        /// OpenAI's word for what stands between system and user; Anthropic knows only system.
        case developer
        /// The human, and the tools that answer the model.
        case user
        case assistant
    }

    package var role: Role
    package var parts: [Part]

    package init(role: Role, parts: [Part]) {
        self.role = role
        self.parts = parts
    }

    package init(role: Role, text: String) { self.init(role: role, parts: [Part(.text(text))]) }
}

/// A piece of a turn or of a reply.
package struct Part: Hashable, Sendable {
    package var content: Content
    /// The client asks for the prompt up to here to be cached.
    package var cacheMarker: CacheMarker?

    package init(_ content: Content, cacheMarker: CacheMarker? = nil) {
        self.content = content
        self.cacheMarker = cacheMarker
    }

    package enum Content: Hashable, Sendable {
        case text(String)
        case image(Image)
        case document(Document)
        case thinking(Thinking)
        case toolUse(ToolUse)
        case toolResult(ToolResult)
        /// The model declined, in words (OpenAI's `refusal`).
        case refusal(String)
    }
}

/// How long a marked prompt prefix is to be kept.
package enum CacheMarker: Hashable, Sendable {
    case fiveMinutes
    case oneHour
}

/// Where the bytes of an image or a document are; never a file uploaded before, which only its provider can read.
package enum MediaSource: Hashable, Sendable {
    /// The bytes themselves in base 64.
    case base64(mediaType: String, data: String)
    case url(String)
    /// Plain text (a document's).
    case text(String)
}

package struct Image: Hashable, Sendable {
    package var source: MediaSource
    /// OpenAI's `detail`: `low`, `high`, `auto`, `original`.
    package var detail: String?

    package init(source: MediaSource, detail: String? = nil) {
        self.source = source
        self.detail = detail
    }
}

package struct Document: Hashable, Sendable {
    package var source: MediaSource
    /// Anthropic's `title`, OpenAI's `filename`.
    package var title: String?
    /// What the client says about it (Anthropic's `context`).
    package var context: String?

    package init(source: MediaSource, title: String? = nil, context: String? = nil) {
        self.source = source
        self.title = title
        self.context = context
    }
}

/// What the model thought; only the provider, and often only the model, that thought it can take it back.
package struct Thinking: Hashable, Sendable {
    package var text: String
    /// Anthropic's `signature` or `redacted_thinking.data`, OpenAI's `encrypted_content`.
    package var signature: String?
    /// The text was kept back (`redacted_thinking`).
    package var isRedacted: Bool

    package init(text: String, signature: String? = nil, isRedacted: Bool = false) {
        self.text = text
        self.signature = signature
        self.isRedacted = isRedacted
    }
}

/// The model calls a tool.
package struct ToolUse: Hashable, Sendable {
    package var id: String
    /// The tool's name as the other side of the gateway knows it; see ``ToolNames``.
    package var name: String
    /// A JSON object, as the model wrote it; OpenAI does not promise that it is well-formed.
    package var arguments: JSONFragment

    package init(id: String, name: String, arguments: JSONFragment) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}

/// What a tool answered.
package struct ToolResult: Hashable, Sendable {
    package var toolUseID: String
    /// Text, images and documents.
    package var parts: [Part]
    package var isError: Bool

    package init(toolUseID: String, parts: [Part], isError: Bool = false) {
        self.toolUseID = toolUseID
        self.parts = parts
        self.isError = isError
    }
}

/// A tool that the client runs.
package struct Tool: Hashable, Sendable {
    package var name: String
    package var description: String?
    /// JSON Schema of the arguments.
    package var inputSchema: JSONFragment
    package var isStrict: Bool?
    package var cacheMarker: CacheMarker?

    package init(
        name: String,
        description: String? = nil,
        inputSchema: JSONFragment,
        isStrict: Bool? = nil,
        cacheMarker: CacheMarker? = nil
    ) {
        self.name = name
        self.description = description
        self.inputSchema = inputSchema
        self.isStrict = isStrict
        self.cacheMarker = cacheMarker
    }
}
