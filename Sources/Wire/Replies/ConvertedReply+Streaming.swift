package import Domain

extension ConvertedReply {
    /// Converts an upstream's whole reply to the stream that its client asked for; some servers answer a request for a
    /// stream with a whole reply.
    ///
    /// Throws as ``init(_:from:to:for:)`` does.
    package init(
        streaming body: UnsafeRawBufferPointer,
        from upstream: APIFormat,
        to client: APIFormat,
        for view: ClientView
    ) throws(ReplyFailure) {
        var loss = ConversionLoss()
        let reply = try ModelReply(body, from: upstream, for: client.provider, loss: &loss)
        var writer = client.streamWriter(for: view)
        var bytes: [UInt8] = []
        for event in reply.events { writer.write(event, to: &bytes) }
        writer.end(to: &bytes)
        loss.add(writer.loss)
        self.init(body: bytes, id: ReplyID(reply.id, fallback: view.fallbackID).name(in: client), loss: loss)
    }
}

extension ModelReply {
    /// The reply as if it had come bit by bit, each part in one piece.
    var events: [ReplyEvent] {
        var events: [ReplyEvent] = [.started(id: id, model: model)]
        for (index, part) in parts.enumerated() {
            guard let (start, deltas) = part.content.streamed else { continue }
            events.append(.partStarted(index: index, start))
            events += deltas.map { .delta(index: index, $0) }
            events.append(.partEnded(index: index))
        }
        if let usage { events.append(.usage(usage, mode)) }
        return events + [.stopped(stop)]
    }
}

extension Part.Content {
    /// Nil for what models do not answer.
    fileprivate var streamed: (start: ReplyEvent.PartStart, deltas: [ReplyEvent.Delta])? {
        switch self {
        case .text(let text): (.text, [.text(text)])
        case .refusal(let text): (.refusal, [.refusal(text)])
        case .thinking(let thinking) where thinking.isRedacted:
            (.redactedThinking(data: thinking.signature ?? thinking.text), [])
        case .thinking(let thinking):
            (.thinking, [.thinking(thinking.text)] + (thinking.signature.map { [.signature($0)] } ?? []))
        case .toolUse(let use): (.toolUse(id: use.id, name: use.name), [.arguments(use.arguments.bytes)])
        case .image, .document, .toolResult: nil
        }
    }
}
