package import Domain

/// What a client asks of a model, in no provider's format: every format is read into it and written from it.
///
/// Only a request that changes its format is ever read whole; one that keeps it is passed on as bytes.
package struct ModelRequest: Hashable, Sendable {
    /// As the client spells it.
    package var model: String
    /// The system prompt is the leading run of system and developer turns.
    package var turns: [Turn] = []
    package var tools: [Tool] = []
    package var toolChoice: ToolChoice?
    /// Whether one reply may call several tools; nil leaves it to the provider (all: yes).
    package var allowsParallelTools: Bool?
    package var sampling = Sampling()
    package var maxOutputTokens: Int?
    package var stopSequences: [String] = []
    package var isStreaming = false
    /// A streaming Chat Completions client asked for the chunk with usage (`stream_options.include_usage`).
    package var wantsStreamUsage = false
    package var reasoning = Reasoning()
    package var outputFormat: OutputFormat?
    /// The end user the client acts for (`metadata.user_id`, `safety_identifier`, `user`).
    package var endUser: String?
    /// In the provider's words (`service_tier`): means nothing to another.
    package var serviceTier: String?
    /// The client leaves it to the provider where to cache (a `cache_control` of the whole request).
    package var cacheMarker: CacheMarker?
    /// OpenAI's `prompt_cache_key`.
    package var promptCacheKey: String?
    /// OpenAI's `verbosity`.
    package var verbosity: String?

    package init(model: String) { self.model = model }

    /// How the next token is picked; numbers as the client wrote them.
    package struct Sampling: Hashable, Sendable {
        package var temperature: JSONFragment?
        package var topP: JSONFragment?
        package var topK: JSONFragment?

        package init() {}

        package var isEmpty: Bool { temperature == nil && topP == nil && topK == nil }
    }

    /// How much the model is to think before it answers.
    package struct Reasoning: Hashable, Sendable {
        package enum Mode: Hashable, Sendable {
            case off
            /// The model chooses (`thinking: {"type": "adaptive"}`; OpenAI's reasoning).
            case adaptive
            /// At most so many tokens (`thinking: {"type": "enabled"}`).
            case budget(Int)
        }

        /// Nil leaves it to the model.
        package var mode: Mode?
        package var effort: Effort?

        package init(mode: Mode? = nil, effort: Effort? = nil) {
            self.mode = mode
            self.effort = effort
        }
    }

    package enum ToolChoice: Hashable, Sendable {
        case auto
        case none
        /// Some tool must be called.
        case any
        case tool(String)
    }

    /// What the text of the reply must look like.
    package enum OutputFormat: Hashable, Sendable {
        /// Any JSON object (`response_format: {"type": "json_object"}`).
        case jsonObject
        case jsonSchema(JSONSchema)
    }

    package struct JSONSchema: Hashable, Sendable {
        /// OpenAI wants one; Anthropic has none.
        package var name: String?
        package var schema: JSONFragment
        package var isStrict: Bool?

        package init(name: String? = nil, schema: JSONFragment, isStrict: Bool? = nil) {
            self.name = name
            self.schema = schema
            self.isStrict = isStrict
        }
    }
}
