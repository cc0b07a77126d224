package import Domain
internal import JSONText
package import Pricing
package import Wire

/// What came back for a request.
package struct ReplayReply: Hashable, Sendable {
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        case answered
        /// Cut by the greatest length: what it would have done is not known.
        case truncated
        /// The model declined.
        case refused
        /// The provider answered with an error, or not at all.
        case failed
    }

    package var outcome: Outcome
    package var actions: [RecordedAction]
    package var text: String
    package var usage: Usage
    package var mode: ServingMode
    /// Of a failure, in words.
    package var trouble: String?

    package init(
        outcome: Outcome,
        actions: [RecordedAction] = [],
        text: String = "",
        usage: Usage = .zero,
        mode: ServingMode = .standard,
        trouble: String? = nil
    ) {
        self.outcome = outcome
        self.actions = actions
        self.text = text
        self.usage = usage
        self.mode = mode
        self.trouble = trouble
    }

    /// Reads a reply's bytes as its provider sent them.
    package init(status: Int, body: [UInt8], to request: ReplayRequest) {
        self.init(status: status, body: body, in: request.format, names: request.names)
    }

    /// Status 0 is a request that no provider came to.
    package init(status: Int, body: [UInt8], in format: APIFormat, names: ToolNames? = nil) {
        guard status == 200 else {
            let failure = body.withUnsafeBytes {
                ReplyFailure(status: status, body: $0, of: format.provider)
            }
            self.init(outcome: .failed, trouble: status == 0 ? failure.message : "\(status) \(failure.message)")
            return
        }
        var loss = ConversionLoss()
        guard let reply = body.withUnsafeBytes({ try? ModelReply($0, in: format, loss: &loss) }) else {
            self.init(outcome: .failed, trouble: "the reply is no \(format.rawValue)")
            return
        }
        var actions: [RecordedAction] = []
        var texts: [String] = []
        var declined = reply.stop.reason == .refusal
        for part in reply.parts {
            switch part.content {
            case .text(let text): texts.append(text)
            case .refusal(let text):
                declined = true
                texts.append(text)
            case .toolUse(let use):
                let name = names?.clientTool(named: use.name).name ?? use.name
                actions.append(RecordedAction(tool: name, input: use.arguments.string))
            default: break
            }
        }
        let outcome: Outcome = declined ? .refused : reply.stop.reason == .maxTokens ? .truncated : .answered
        self.init(
            outcome: outcome,
            actions: actions,
            text: texts.joined(separator: "\n"),
            usage: reply.usage ?? .zero,
            mode: reply.mode
        )
    }
}

extension Pricer {
    /// What a reply costs; one of a batch at a batch's price, whether or not it says so itself.
    package mutating func cost(of reply: ReplayReply, on model: ModelID, isBatched: Bool, at time: Timestamp) -> Money {
        var mode = reply.mode
        if isBatched { mode.serviceTier = .batch }
        return cost(of: reply.usage, on: model, mode: mode, at: time) ?? .zero
    }
}
