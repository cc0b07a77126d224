package import Domain

/// Turns one format's event stream into another's as it comes.
///
/// Nothing is held back but what the client's format cannot say yet: a tool call that runs beside another waits for
/// Anthropic's blocks, and the stop reason waits for the tokens.
package struct StreamConverter: Sendable {
    private let client: Provider
    private var parser = SSEParser()
    private var conversion: Conversion
    /// The reply's id as the client was given it; nil before the reply begins.
    package var replyID: String? { conversion.replyID }

    package init(from upstream: APIFormat, to client: APIFormat, for view: ClientView) {
        self.client = client.provider
        conversion = Conversion(from: upstream, to: client, for: view)
    }

    /// What was dropped by rule so far.
    package var loss: ConversionLoss {
        var loss = conversion.reader.loss
        loss.add(conversion.writer.loss)
        return loss
    }

    /// The client's stream has had its end.
    package var isOver: Bool { conversion.isOver }

    /// The client's bytes for more of the upstream's.
    package mutating func read(_ chunk: UnsafeRawBufferPointer) -> [UInt8] {
        do throws(SSEError) {
            try parser.read(chunk, for: &conversion) { $0.read($1.data) }
        } catch {
            return fail(ReplyFailure(.api, error.description))
        }
        return conversion.takeBytes()
    }

    /// The client's last bytes when the upstream's stream is over, whether it ended well or broke off.
    package mutating func end() -> [UInt8] {
        parser.end(for: &conversion) { $0.read($1.data) }
        conversion.end()
        return conversion.takeBytes()
    }

    /// The client's last bytes where the gateway itself gives the reply up, such as after too long a silence.
    package mutating func fail(_ failure: ReplyFailure) -> [UInt8] {
        conversion.fail(failure.told(by: .anthropic, to: client))
        return conversion.takeBytes()
    }
}

/// The two halves of a conversion and what goes between them.
private struct Conversion: Sendable {
    private(set) var reader: any ReplyStreamReader
    private(set) var writer: any ReplyStreamWriter
    private(set) var isOver = false
    private(set) var replyID: String?
    private let upstream: APIFormat
    private let client: APIFormat
    private let fallbackID: String
    private var events: [ReplyEvent] = []
    private var bytes: [UInt8] = []

    init(from upstream: APIFormat, to client: APIFormat, for view: ClientView) {
        self.upstream = upstream
        self.client = client
        fallbackID = view.fallbackID
        reader = upstream.streamReader()
        writer = client.streamWriter(for: view)
    }

    mutating func read(_ data: UnsafeRawBufferPointer) {
        guard !isOver else { return }
        reader.read(data, into: &events)
        for event in events {
            switch event {
            case .started(let id, _): replyID = replyID ?? ReplyID(id, fallback: fallbackID).name(in: client)
            case .failed(let failure):
                fail(failure.told(by: upstream.provider, to: client.provider))
                continue
            default: break
            }
            writer.write(event, to: &bytes)
        }
        events.removeAll(keepingCapacity: true)
        if reader.isOver { end() }
    }

    mutating func end() {
        guard !isOver else { return }
        isOver = true
        writer.end(to: &bytes)
    }

    mutating func fail(_ failure: ReplyFailure) {
        guard !isOver else { return }
        isOver = true
        writer.write(.failed(failure), to: &bytes)
    }

    mutating func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }
}

extension APIFormat {
    func streamReader() -> any ReplyStreamReader {
        switch self {
        case .messages: MessagesStreamReader()
        case .chatCompletions: ChatCompletionStreamReader()
        case .responses: ResponsesStreamReader()
        }
    }

    func streamWriter(for view: ClientView) -> any ReplyStreamWriter {
        switch self {
        case .messages: MessagesStreamWriter(view)
        case .chatCompletions: ChatCompletionStreamWriter(view)
        case .responses: ResponsesStreamWriter(view)
        }
    }
}
