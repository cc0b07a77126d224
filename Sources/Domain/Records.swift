/// What a log says of one tool call of a model, without its text.
package struct ToolCall: Hashable, Sendable {
    /// A hash of the provider's tool-call id; the result carries the same.
    package var key: UInt64
    /// The call that asked for it.
    package var call: CallKey
    package var name: String
    package var kind: ToolKind
    /// What it was for.
    package var action: ActionKind
    /// For a shell call the program and its subcommand, such as `git commit` or `npm run test`; else empty.
    package var command: String
    /// Bytes of the input as logged.
    package var inputBytes: Int
    /// Equal for the same action: a hash of name and input, for a shell call of its command without what only trims.
    package var actionHash: UInt64
    /// A hash of the path the action is about, where it names one.
    package var targetHash: UInt64?

    package init(
        key: UInt64,
        call: CallKey,
        name: String,
        kind: ToolKind,
        action: ActionKind = .other,
        command: String = "",
        inputBytes: Int,
        actionHash: UInt64,
        targetHash: UInt64? = nil
    ) {
        self.key = key
        self.call = call
        self.name = name
        self.kind = kind
        self.action = action
        self.command = command
        self.inputBytes = inputBytes
        self.actionHash = actionHash
        self.targetHash = targetHash
    }
}

/// What a tool does to the world, coarsely.
package enum ToolKind: UInt8, Sendable, CaseIterable, Codable {
    case other
    case read
    case search
    case edit
    case execute
    case web
    case subagent
    case plan
    case question
}

/// Something that entered the prompt between two calls of a thread.
package struct Arrival: Hashable, Sendable {
    package enum Kind: UInt8, Sendable, CaseIterable, Codable {
        /// A person typed it (or a script, through the agent's print mode): it starts a task.
        case prompt
        /// What a tool answered.
        case toolResult
        /// What the agent added by itself: reminders, hook output, command echoes.
        case context
        /// The summary that replaces a compacted conversation.
        case compactSummary
        /// The prompt that another thread gave this subagent.
        case delegation
    }

    package var kind: Kind
    /// For what the agent added by itself, what it calls it (`skill_listing`, `deferred_tools_delta`); else empty.
    package var label: String
    package var time: Timestamp
    /// Bytes of text as logged.
    package var bytes: Int
    /// Images and documents that came with it.
    package var attachments: Int
    /// For a tool result: the ``ToolCall/key`` it answers.
    package var tool: UInt64?
    package var isError: Bool
    /// A hash of the content.
    package var contentHash: UInt64
    /// For a prompt: a MinHash sketch of its words, to find near repeats without keeping the text.
    package var sketch: [UInt32]
    package var position: LogPosition

    package init(
        kind: Kind,
        label: String = "",
        time: Timestamp,
        bytes: Int,
        attachments: Int = 0,
        tool: UInt64? = nil,
        isError: Bool = false,
        contentHash: UInt64 = 0,
        sketch: [UInt32] = [],
        position: LogPosition
    ) {
        self.kind = kind
        self.label = label
        self.time = time
        self.bytes = bytes
        self.attachments = attachments
        self.tool = tool
        self.isError = isError
        self.contentHash = contentHash
        self.sketch = sketch
        self.position = position
    }
}
