package import Domain

/// What a model made of a request, as a cascade looks at it before it is given to the client.
package struct Answer: Hashable, Sendable {
    package var model: ModelID
    package var text: String
    package var stopReason: StopReason
    package var toolCalls: [ToolCall]

    package init(model: ModelID, text: String, stopReason: StopReason = .unknown, toolCalls: [ToolCall] = []) {
        self.model = model
        self.text = text
        self.stopReason = stopReason
        self.toolCalls = toolCalls
    }

    package struct ToolCall: Hashable, Sendable {
        package var name: String
        /// The arguments, as JSON text.
        package var input: String

        package init(name: String, input: String) {
            self.name = name
            self.input = input
        }
    }
}
