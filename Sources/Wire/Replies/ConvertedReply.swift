package import Domain

/// A reply that is not streamed, in the client's format.
package struct ConvertedReply: Hashable, Sendable {
    package let body: [UInt8]
    /// The reply's id as the client is given it.
    package let id: String
    /// What was dropped by rule.
    package let loss: ConversionLoss

    init(body: [UInt8], id: String, loss: ConversionLoss) {
        self.body = body
        self.id = id
        self.loss = loss
    }

    /// Converts an upstream's whole reply.
    ///
    /// Throws, in the client's provider's words, where the reply is an error inside a 200 or is no reply at all.
    package init(
        _ body: UnsafeRawBufferPointer,
        from upstream: APIFormat,
        to client: APIFormat,
        for view: ClientView
    ) throws(ReplyFailure) {
        var loss = ConversionLoss()
        let reply = try ModelReply(body, from: upstream, for: client.provider, loss: &loss)
        self.body =
            switch client {
            case .messages: reply.messages(for: view, loss: &loss)
            case .chatCompletions: reply.chatCompletion(for: view, loss: &loss)
            case .responses: reply.response(for: view, loss: &loss)
            }
        id = ReplyID(reply.id, fallback: view.fallbackID).name(in: client)
        self.loss = loss
    }
}

extension ModelReply {
    /// Reads an upstream's whole reply; throws, in the client's provider's words, the error that stands in its place.
    init(
        _ body: UnsafeRawBufferPointer,
        from upstream: APIFormat,
        for client: Provider,
        loss: inout ConversionLoss
    ) throws(ReplyFailure) {
        do throws(ReplyFailure) {
            try self.init(body, in: upstream, loss: &loss)
        } catch {
            throw error.told(by: upstream.provider, to: client)
        }
    }

    /// Reads an upstream's whole reply; throws the error that stands in its place.
    package init(
        _ body: UnsafeRawBufferPointer,
        in format: APIFormat,
        loss: inout ConversionLoss
    ) throws(ReplyFailure) {
        let reply: ModelReply? =
            switch format {
            case .messages: ModelReply(messages: body, loss: &loss)
            case .chatCompletions: ModelReply(chatCompletion: body, loss: &loss)
            case .responses: try ModelReply(response: body, loss: &loss)
            }
        if let reply {
            self = reply
            return
        }
        if let failure = ReplyFailure(body: body, of: format.provider) { throw failure }
        let kind = ErrorKind.api
        throw ReplyFailure(
            status: 502,
            type: format.provider == .anthropic ? kind.messagesType : kind.openAIType,
            message: "the provider's reply cannot be read"
        )
    }
}
