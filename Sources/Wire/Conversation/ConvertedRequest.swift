package import Domain

/// A request written anew in another format, and what is needed to give its reply back in the client's.
package struct ConvertedRequest: Hashable, Sendable {
    /// Where a request is converted to.
    package struct Target: Hashable, Sendable {
        package var format: APIFormat
        package var model: ModelID
        /// What the model refuses; for one nobody knows, that of a plain chat model.
        package var limits: ModelLimits
        /// More output is not asked for, whatever the client says, such as by the phase of its work.
        package var outputCap: Int?

        /// Nothing but what every server takes.
        private static let unknown = ModelLimits(
            provider: nil,
            rejected: [.adaptiveThinking, .thinkingBudget, .effort, .lateSystem],
            formats: Set(APIFormat.allCases)
        )

        package init(format: APIFormat, model: ModelID, limits: ModelLimits?, outputCap: Int? = nil) {
            self.format = format
            self.model = model
            self.limits = limits ?? Target.unknown
            self.outputCap = outputCap
        }
    }

    package var body: [UInt8]
    /// Gives the reply's tool calls the names that the client knows.
    package var names: ToolNames
    package var loss: ConversionLoss
    /// What the request asks for, by which the reply is written: streaming, and whether the client wants usage in it.
    package var request: ModelRequest

    /// Converts a request's body; the formats differ.
    ///
    /// - Throws: ``ConversionError``: the request stays with the model that was asked for.
    package init(
        _ body: UnsafeRawBufferPointer,
        from format: APIFormat,
        to target: Target
    ) throws(ConversionError) {
        let reading = try RequestReading(body, format: format)
        try self.init(reading, from: format, to: target)
    }

    package init(_ reading: RequestReading, from format: APIFormat, to target: Target) throws(ConversionError) {
        var writing = RequestWriting(reading, from: format, to: target)
        self.body =
            switch target.format {
            case .messages: try writing.messagesBody()
            case .chatCompletions: try writing.chatBody()
            case .responses: try writing.responsesBody()
            }
        names = writing.names
        loss = writing.loss
        request = reading.request
    }
}

/// Why a request cannot be converted; the requested model serves it.
package enum ConversionError: Error, Hashable, Sendable, CustomStringConvertible {
    case unreadable(RequestError)
    case refused(Reason)

    /// What has no equivalent and would change the request's meaning if it were dropped; a row in `Docs/Formats.md`.
    package enum Reason: String, CaseIterable, Sendable, Codable {
        /// A conversation, prompt, container or item that is kept at the provider, or that only it can decrypt.
        case providerState = "provider-state"
        /// A file uploaded to the provider.
        case uploadedFile = "uploaded-file"
        /// `max_tokens: 0` fills the prompt cache and asks for nothing.
        case cacheWarming = "cache-warming"
        case audio
        /// Several answers at once (`n`).
        case severalChoices = "several-choices"
        /// The old `functions`, whose calls have no ids.
        case oldFunctions = "old-functions"
        /// An answer that is fetched later (`background`).
        case background
        /// The other API has no reference to a document by its address.
        case documentAddress = "document-address"
        /// The last message is the model's own, and the other model does not go on from it.
        case prefill
        /// The other model always thinks, and such a model cannot be forced to call a tool.
        case forcedTool = "forced-tool"
        case structuredOutput = "structured-output"
        case images
        case documents
        case tools
    }

    package var description: String {
        switch self {
        case .unreadable(let error): error.description
        case .refused(let reason):
            "The request cannot be put into another provider's format (\(reason.rawValue)); the requested model serves it."
        }
    }
}
