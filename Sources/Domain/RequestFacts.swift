/// What routing may know of a request: its shape and who sent it, and as much of its text as a pattern needs.
///
/// Made once for a request whose model is open; one of a pinned conversation is not looked at so closely.
package struct RequestFacts: Hashable, Sendable {
    package var sender = Sender()
    package var format: APIFormat
    /// The model asked for, without decorations such as `[1m]`.
    package var model: ModelID
    /// The prompt in bytes of JSON.
    package var promptBytes = 0
    /// The most the client takes (`max_tokens`, `max_completion_tokens`, `max_output_tokens`).
    package var maxOutputTokens: Int?
    /// Messages or items of the conversation, the system prompt not counted.
    package var messages = 0
    /// Messages the model wrote; none in a conversation's first request.
    package var assistantMessages = 0
    /// What the human said last, without what the agent put around it; at most 16 KiB.
    package var lastHumanText = ""
    /// The beginning of the system prompt, or of OpenAI's `instructions`; at most 4 KiB.
    package var systemText = ""
    /// The last message answers tool calls: the model is in the middle of its work.
    package var answersToolCalls = false
    /// The conversation begins with the summary that a compaction left.
    package var followsCompaction = false
    package var toolNames: [String] = []
    package var work = WorkSoFar()
    /// What the model must be able to do to serve this.
    package var demands = Demands()
    package var effort: Effort?
    /// Places that the client marked for the prompt cache.
    package var cacheMarkers = 0
    package var isStreaming = false

    package init(format: APIFormat, model: ModelID) {
        self.format = format
        self.model = model
    }

    /// Who sent a request and for what, as its headers say.
    package struct Sender: Hashable, Sendable {
        package var path = ""
        package var agent: Agent?
        /// The agent's own id of its session.
        package var session: String?
        /// The agent's own id of the subagent; nil on a session's main thread.
        package var subagent: String?
        /// The client a local key was minted for.
        package var app: String?
        package var project: String?
        package var ticket: String?
        package var phase: Phase?
        /// Header fields by name in lower case: only those that a `[[route]]` asks for.
        package var headers: [String: String] = [:]

        package init() {}
    }

    /// Parameters and content that not every model takes.
    package struct Demands: OptionSet, Hashable, Sendable {
        package let rawValue: UInt16

        package init(rawValue: UInt16) { self.rawValue = rawValue }

        package static let tools = Demands(rawValue: 1)
        package static let images = Demands(rawValue: 1 << 1)
        package static let documents = Demands(rawValue: 1 << 2)
        /// Thinking with a budget of its own.
        package static let thinkingBudget = Demands(rawValue: 1 << 3)
        /// `thinking: {"type": "adaptive"}`, or OpenAI's reasoning.
        package static let adaptiveThinking = Demands(rawValue: 1 << 4)
        package static let effort = Demands(rawValue: 1 << 5)
        /// `temperature`, `top_p` or `top_k`.
        package static let sampling = Demands(rawValue: 1 << 6)
        /// `tool_choice` names a tool, or demands any.
        package static let forcedTool = Demands(rawValue: 1 << 7)
        /// The last message is the assistant's, to be gone on with.
        package static let prefill = Demands(rawValue: 1 << 8)
        package static let structuredOutput = Demands(rawValue: 1 << 9)
        /// Tools that run at the provider, such as web search.
        package static let serverTools = Demands(rawValue: 1 << 10)
        /// State that only this provider and account can read (`previous_response_id`, encrypted reasoning).
        package static let providerState = Demands(rawValue: 1 << 11)
        /// A context window of a million tokens (`[1m]`, or its beta header).
        package static let longContext = Demands(rawValue: 1 << 12)
        /// Thinking blocks of an earlier reply stand in the conversation.
        package static let signedThinking = Demands(rawValue: 1 << 13)
        /// `thinking: {"type": "disabled"}`, or OpenAI's effort `none`.
        package static let thinkingOff = Demands(rawValue: 1 << 14)
        /// A system or developer message stands behind the conversation's first.
        package static let lateSystem = Demands(rawValue: 1 << 15)
    }
}

/// A part of the user's work, such as `refinement`, named by the header `x-suffice-phase` or told from the request.
package struct Phase: Hashable, Sendable, RawRepresentable, Codable {
    package var rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
}
