package import Domain
internal import JSONText

/// Reads from a copy of a reply's bytes what it costs and how it goes; never in the way of the bytes themselves.
package struct UsageMeter: Sendable {
    /// More than any reply that is not streamed.
    private static let mostBytes = 64 << 20
    /// Of a stream, before it is read: some twenty events, whose reading finds its own code in the processor's cache
    /// from the second on.
    private static let mostGathered = 4 << 10

    private var parser = SSEParser()
    private let isStream: Bool
    private var body: [UInt8] = []
    private var reading: Reading
    /// Whole events that are read with those to come.
    private var gathered: [UInt8] = []
    /// The rest of the body is not read: it is nothing that the format allows.
    private var isLost = false

    /// - Parameters:
    ///   - format: what the upstream answers in.
    ///   - isStream: the reply is an event stream; any other is one JSON text.
    package init(format: APIFormat, isStream: Bool) {
        self.isStream = isStream
        reading = Reading(format: format)
    }

    /// All but what ``gather(_:)`` has put off.
    package var reply: MeteredReply { reading.reply }

    /// Nothing of an event has come since the last one ended.
    package var isBetweenEvents: Bool { !gathered.isEmpty || parser.isBetweenEvents }

    /// The format's last event, where the relayed stream is over without it although the model has said why it stopped.
    ///
    /// All of the reply is there: an error would make its client ask, and pay, once more.
    package var missingEnd: [UInt8] {
        guard isStream, reply.ending == .stopped else { return [] }
        switch reading.format {
        case .messages: return Array("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n".utf8)
        case .chatCompletions: return SSEFrame.done
        // Its stop reason comes with the last event.
        case .responses: return []
        }
    }

    /// What ends the relayed stream with an error, in the words of the provider whose stream it is; behind a whole event.
    package func ending(with failure: ReplyFailure) -> [UInt8] {
        var broken = reading.broken
        broken.id = reply.id ?? ""
        broken.model = reply.model?.rawValue ?? ""
        return failure.told(by: .anthropic, to: reading.format.provider).ending(in: reading.format, of: broken)
    }

    /// Takes a piece of a body of which nothing must be known before ``end()``, and answers ``isBetweenEvents``.
    ///
    /// An event that ends where the piece ends, as nearly all do, is read together with later ones.
    package mutating func gather(_ chunk: UnsafeRawBufferPointer) -> Bool {
        // An empty line ends an event wherever it stands.
        guard isStream, 2...UsageMeter.mostGathered ~= chunk.count, chunk[chunk.count - 1] == 0x0A,
            chunk[chunk.count - 2] == 0x0A
        else { return read(chunk) }
        if gathered.count + chunk.count > UsageMeter.mostGathered { readGathered() }
        gathered.append(contentsOf: chunk)
        return true
    }

    private mutating func readGathered() {
        guard !gathered.isEmpty else { return }
        var events: [UInt8] = []
        swap(&events, &gathered)
        _ = events.withUnsafeBytes { readNow($0) }
        events.removeAll(keepingCapacity: true)
        swap(&events, &gathered)
    }

    /// Reads a piece of the body, and answers ``isBetweenEvents``.
    @discardableResult
    package mutating func read(_ chunk: UnsafeRawBufferPointer) -> Bool {
        readGathered()
        return readNow(chunk)
    }

    private mutating func readNow(_ chunk: UnsafeRawBufferPointer) -> Bool {
        guard !isLost else { return parser.isBetweenEvents }
        if isStream {
            do throws(SSEError) {
                try readEvents(chunk)
            } catch {
                isLost = true
            }
        } else if body.count + chunk.count <= UsageMeter.mostBytes {
            body.append(contentsOf: chunk)
        } else {
            isLost = true
            body = []
        }
        return parser.isBetweenEvents
    }

    private mutating func readEvents(_ chunk: UnsafeRawBufferPointer) throws(SSEError) {
        var rest = chunk
        if reading.format == .messages {
            while parser.isBetweenEvents {
                rest = reading.takeUsualDeltas(in: rest)
                if rest.isEmpty { return }
                // One event of another kind, since usual ones may follow it.
                guard let end = endOfEvent(in: rest) else { break }
                try readEvent(UnsafeRawBufferPointer(rebasing: rest[..<end]))
                rest = UnsafeRawBufferPointer(rebasing: rest[end...])
            }
        }
        try readEvent(rest)
    }

    private mutating func readEvent(_ bytes: UnsafeRawBufferPointer) throws(SSEError) {
        try parser.read(bytes, for: &reading) { $0.take(event: $1.data) }
    }

    /// The body is over, however it came to that.
    package mutating func end() {
        readGathered()
        guard !isLost else { return }
        isLost = true
        if isStream {
            parser.end(for: &reading) { $0.take(event: $1.data) }
        } else {
            body.withUnsafeBytes { reading.take(body: $0) }
            body = []
        }
        reading.failIfEmpty()
    }
}

/// What the meter knows, format by format.
struct Reading: Sendable {
    let format: APIFormat
    var reply = MeteredReply()
    var messagesUsage = MessagesUsage()
    var hasToolCalls = false
    var hasRefusal = false
    var streamedSearches = 0
    var usualOpening = UsualOpening()
    /// The head that an ending of our own must have.
    var broken = BrokenResponse()

    init(format: APIFormat) { self.format = format }

    mutating func take(event: UnsafeRawBufferPointer) {
        switch format {
        case .messages: takeMessages(event: event)
        case .chatCompletions: takeChatCompletion(event)
        case .responses: takeResponses(event: event)
        }
    }

    mutating func take(body: UnsafeRawBufferPointer) {
        guard !body.isEmpty else { return }
        switch format {
        case .messages: takeMessages(body: body)
        case .chatCompletions: takeChatCompletion(body)
        case .responses: takeResponses(body: body)
        }
        if reply.beginning == .content { complete() }
    }

    /// Real content has come.
    mutating func begin() {
        if reply.beginning == .nothing { reply.beginning = .content }
    }

    mutating func fail(_ failure: ReplyFailure) {
        if reply.beginning == .nothing { reply.beginning = .failed }
        reply.failure = failure
        reply.ending = .failed
        reply.stopReason = .error
    }

    /// Garbage where the reply should begin is as good as an error; later on it is left to the client.
    mutating func failUnlessBegun() {
        guard reply.beginning == .nothing else { return }
        fail(.api, "the provider's reply is no JSON")
    }

    /// A reply that is over before it began.
    mutating func failIfEmpty() {
        guard reply.beginning == .nothing else { return }
        fail(.overloaded, "the provider's reply was empty")
    }

    /// What the provider did not say itself, in its words.
    mutating func fail(_ kind: ErrorKind, _ message: String) {
        fail(ReplyFailure(kind, message).told(by: .anthropic, to: format.provider))
    }

    mutating func stop(_ reason: StopReason) {
        reply.stopReason = reason
        if reply.ending == .open { reply.ending = .stopped }
    }

    mutating func complete() {
        if reply.ending != .failed { reply.ending = .complete }
    }
}

/// Behind the first empty line that two line feeds make.
private func endOfEvent(in bytes: UnsafeRawBufferPointer) -> Int? {
    var place = 0
    while let feed = firstIndex(of: 0x0A, in: UnsafeRawBufferPointer(rebasing: bytes[place...])) {
        place += feed + 1
        if place < bytes.count, bytes[place] == 0x0A { return place + 1 }
    }
    return nil
}
