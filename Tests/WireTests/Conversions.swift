import Domain

@testable import Wire

/// A client's view as every test has it.
func view(includesUsage: Bool = true, tools: ToolNames = ToolNames()) -> ClientView {
    ClientView(
        model: "shown-model",
        createdAt: 1_700_000_000,
        fallbackID: "fallback",
        includesUsage: includesUsage,
        tools: tools
    )
}

/// A stream that comes in pieces, in the other format.
func converted(
    _ pieces: [[UInt8]],
    from upstream: APIFormat,
    to client: APIFormat,
    for view: ClientView = view()
) -> [UInt8] {
    var converter = StreamConverter(from: upstream, to: client, for: view)
    var bytes: [UInt8] = []
    for piece in pieces { piece.withUnsafeBytes { bytes += converter.read($0) } }
    return bytes + converter.end()
}

func converted(
    _ body: [UInt8],
    from upstream: APIFormat,
    to client: APIFormat,
    for view: ClientView = view()
) throws(ReplyFailure) -> ConvertedReply {
    try body.withUnsafeBufferPointer { body throws(ReplyFailure) in
        try ConvertedReply(UnsafeRawBufferPointer(body), from: upstream, to: client, for: view)
    }
}

func reply(_ body: [UInt8], in format: APIFormat) throws(ReplyFailure) -> ModelReply {
    var loss = ConversionLoss()
    return try body.withUnsafeBufferPointer { body throws(ReplyFailure) in
        try ModelReply(UnsafeRawBufferPointer(body), in: format, loss: &loss)
    }
}

/// What a stream says, as its format's own reader understands it.
func read(_ pieces: [[UInt8]], in format: APIFormat) -> [ReplyEvent] {
    struct Reading {
        var reader: any ReplyStreamReader
        var events: [ReplyEvent] = []
    }
    var reading = Reading(reader: format.streamReader())
    var parser = SSEParser()
    for piece in pieces {
        piece.withUnsafeBytes { try? parser.read($0, for: &reading) { $0.reader.read($1.data, into: &$0.events) } }
    }
    parser.end(for: &reading) { $0.reader.read($1.data, into: &$0.events) }
    return reading.events
}

/// What all formats can say of a reply: equal before and after a conversion under the tables of `Docs/Formats.md`.
struct SharedReply: Hashable {
    var text = ""
    var thinking = ""
    var refusal = ""
    /// Name and arguments.
    var calls: [[String]] = []
    var callIDs: [String] = []
    var stop: StopReason?
    var usage: Usage?
    var failure: ReplyFailure?

    init(_ events: [ReplyEvent]) {
        var calls: [Int: Int] = [:]
        for event in events {
            switch event {
            case .partStarted(let index, .toolUse(let id, let name)):
                calls[index] = self.calls.count
                self.calls.append([name, ""])
                callIDs.append(ToolIDs.fit(id))
            case .delta(_, .text(let more)): text += more
            case .delta(_, .thinking(let more)): thinking += more
            case .delta(_, .refusal(let more)): refusal += more
            case .delta(let index, .arguments(let more)):
                if let call = calls[index] { self.calls[call][1] += String(decoding: more, as: UTF8.self) }
            case .usage(let usage, _): self.usage = usage
            case .stopped(let stop): self.stop = stop.reason
            case .failed(let failure): self.failure = failure
            default: break
            }
        }
        for index in self.calls.indices where self.calls[index][1].isEmpty { self.calls[index][1] = "{}" }
    }

    init(_ reply: ModelReply) {
        for part in reply.parts {
            switch part.content {
            case .text(let more): text += more
            case .refusal(let more): refusal += more
            case .thinking(let thinking): if !thinking.isRedacted { self.thinking += thinking.text }
            case .toolUse(let use):
                calls.append([use.name, use.arguments.string])
                callIDs.append(ToolIDs.fit(use.id))
            default: break
            }
        }
        stop = reply.stop.reason
        usage = reply.usage
    }

    /// As it is after a way through a format, which has not every word.
    func through(_ format: APIFormat) -> SharedReply {
        var reply = self
        switch format {
        case .messages:
            // Anthropic refuses in plain text.
            reply.text += reply.refusal
            reply.refusal = ""
            if stop == .unknown { reply.stop = .endTurn }
        case .chatCompletions, .responses:
            if let stop, [.stopSequence, .pauseTurn, .unknown].contains(stop) { reply.stop = .endTurn }
            reply.usage?.webSearchRequests = 0
            if let usage {
                reply.usage?.cacheWrite5mTokens = usage.cacheWriteTokens
                reply.usage?.cacheWrite1hTokens = 0
            }
        }
        // Tools that were asked for and run by the provider leave nothing but the end of the turn.
        if reply.stop == .toolUse, reply.calls.isEmpty { reply.stop = .endTurn }
        reply.usage = reply.usage ?? .zero
        return reply
    }
}
