package import Domain
internal import JSONText
package import Wire

/// A step's request as a model is to be asked it again: the recorded one in that model's own terms.
///
/// Both models are treated alike, so that what differs is the models: neither thinks at length, where it can be told not
/// to (signatures of thoughts belong to the model that thought them, and a prefix without them cannot be gone on with
/// while thinking is on); both get the same temperature, or none where one of them takes none; both are asked for one
/// whole reply of the same greatest length.
package struct ReplayRequest: Hashable, Sendable {
    package var model: ModelID
    package var format: APIFormat
    package var body: [UInt8]
    /// Sent as `anthropic-beta`.
    package var betas: [String]
    package var maxOutputTokens: Int
    /// What the request asks of tools, by their names: JSON Schema.
    package var tools: [String: String]
    /// What was changed or left out, in words.
    package var changes: [String]
    /// Gives the reply's tool calls the names of the recorded request.
    package var names: ToolNames?

    /// What a model is asked with.
    package struct Side: Hashable, Sendable {
        package var model: ModelID
        package var limits: ModelLimits?
        /// The API its server speaks; nil where it is that of the recorded request.
        package var format: APIFormat?

        package init(model: ModelID, limits: ModelLimits?, format: APIFormat? = nil) {
            self.model = model
            self.limits = limits
            self.format = format
        }
    }

    /// What both sides of a study share.
    package struct Treatment: Hashable, Sendable {
        /// The model that the record was made with.
        package var recorded: ModelID
        package var maxOutputTokens: Int
        /// Neither model refuses a temperature.
        package var keepsSampling: Bool
        /// Efforts that both models take.
        package var efforts: Set<Effort>
        /// The length in messages of the sampled prompt before this one of the same conversation, whose cache entry it
        /// is to read; nil for the first.
        package var previousMessages: Int?

        package init(
            recorded: ModelID,
            maxOutputTokens: Int,
            keepsSampling: Bool,
            efforts: Set<Effort>,
            previousMessages: Int? = nil
        ) {
            self.recorded = recorded
            self.maxOutputTokens = maxOutputTokens
            self.keepsSampling = keepsSampling
            self.efforts = efforts
            self.previousMessages = previousMessages
        }

        package init(of sides: [Side], recorded: ModelID, maxOutputTokens: Int, previousMessages: Int? = nil) {
            self.init(
                recorded: recorded,
                maxOutputTokens: sides.compactMap(\.limits?.maxOutputTokens).reduce(maxOutputTokens, min),
                keepsSampling: !sides.contains { $0.limits?.rejected.contains(.sampling) ?? false },
                efforts: sides.map { $0.limits?.efforts ?? [] }.reduce(Set(Effort.allCases)) { $0.intersection($1) },
                previousMessages: previousMessages
            )
        }
    }

    /// - Throws: ``ReplayRequestError``: the step cannot be asked of this model.
    package init(
        _ rebuilt: RebuiltRequest,
        for side: Side,
        treatment: Treatment
    ) throws(ReplayRequestError) {
        guard var tree = JSONTree(bytes: rebuilt.body), tree.members != nil else { throw .unreadable }
        var changes: [String] = []
        tools = tree.toolSchemas(in: rebuilt.format)
        tree = tree.setting("model", to: .string(side.model.rawValue))
        switch rebuilt.format {
        case .messages: tree.treatAsMessages(side, treatment, changes: &changes)
        case .chatCompletions: tree.treatAsChat(side, treatment, changes: &changes)
        case .responses: tree.treatAsResponses(side, treatment, changes: &changes)
        }
        model = side.model
        maxOutputTokens = treatment.maxOutputTokens
        let target = side.format ?? rebuilt.format
        if target == rebuilt.format {
            format = rebuilt.format
            body = tree.bytes
            betas = rebuilt.format == .messages ? rebuilt.betas.filter(Self.isKept) : []
        } else {
            do {
                let converted = try ConvertedRequest(
                    RequestReading(tree.bytes, format: rebuilt.format),
                    from: rebuilt.format,
                    to: ConvertedRequest.Target(format: target, model: side.model, limits: side.limits)
                )
                format = target
                body = converted.body
                names = converted.names
                betas = []
                changes.append("written anew as \(target.rawValue)")
            } catch {
                throw .unconvertible("\(error)")
            }
        }
        self.changes = changes
    }

    /// The body as it goes into a batch: without marks for the provider's cache, whose entries cost more to write and are
    /// rarely found again there.
    package var batchBody: [UInt8] {
        guard format == .messages, let tree = JSONTree(bytes: body) else { return body }
        return tree.withoutCacheMarks.bytes
    }

    /// Betas belong to a client, a login or a field that is left out; those of tools stay.
    private static func isKept(_ beta: String) -> Bool {
        let dropped = ["claude-code", "oauth", "interleaved-thinking", "context-management", "context-1m", "redact"]
        return !dropped.contains { beta.hasPrefix($0) }
    }
}

/// Why a step cannot be asked of a model.
package enum ReplayRequestError: Error, Hashable, Sendable, CustomStringConvertible {
    case unreadable
    case unconvertible(String)

    package var description: String {
        switch self {
        case .unreadable: "the recorded request is no JSON object"
        case .unconvertible(let reason): reason
        }
    }
}
