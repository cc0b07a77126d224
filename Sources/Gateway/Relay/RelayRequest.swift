import Domain
import NIOCore
import Pricing
import Providers
import Routing
import Wire

/// A request to a model, as far as it is read before its model is decided.
///
/// A class for the same reason as ``RelayPlan``.
final class RelayRequest {
    let envelope: Envelope
    let sender: RequestFacts.Sender
    let access: Access
    let time: Timestamp
    /// Another provider's model may have written some of the conversation.
    var mayHoldForeignThoughts = false

    init(envelope: Envelope, sender: RequestFacts.Sender, access: Access, time: Timestamp) {
        self.envelope = envelope
        self.sender = sender
        self.access = access
        self.time = time
    }

    /// Its conversation in the gateway's memory; nil for a client that names none.
    var conversation: ConversationTable.Key? {
        sender.session.map { ConversationTable.Key(session: $0, subagent: sender.subagent) }
    }
}

extension GatewaySetup {
    /// The upstreams that can serve a model for a client, in the order of the settings.
    func targets(for model: ModelID, of provider: Provider?, _ request: RelayRequest) -> [RelayTarget] {
        let provider = provider ?? request.envelope.format.provider
        return upstreams.lazy
            .filter {
                $0.upstream.provider == provider && $0.upstream.serves(model) && request.access.allows($0.upstream)
            }
            .map { RelayTarget(upstream: $0.upstream, address: $0.address) }
    }

    /// Whose a model is; nil for names that nobody knows, which stay with the provider that was asked.
    func provider(of model: ModelID) -> Provider? { configuration.router.book.limits(of: model)?.provider }

    /// The format a model is asked in: the client's own where its provider speaks it.
    func format(for model: ModelID, of provider: Provider, asked: APIFormat) -> APIFormat {
        if asked.provider == provider { return asked }
        let formats = configuration.router.book.limits(of: model)?.formats ?? []
        switch provider {
        case .anthropic: return .messages
        case .openAI: return formats.isEmpty || formats.contains(.chatCompletions) ? .chatCompletions : .responses
        }
    }
}

extension Upstream {
    func serves(_ model: ModelID) -> Bool { models.isEmpty || models.contains { Glob($0).matches(model.rawValue) } }
}

extension ByteBuffer {
    /// ``withUnsafeReadableBytes(_:)`` with typed errors.
    func withBytes<Answer, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        let result = withUnsafeReadableBytes { bytes -> Result<Answer, Failure> in
            do throws(Failure) { return .success(try body(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
