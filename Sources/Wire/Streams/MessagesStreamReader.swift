internal import Domain
internal import JSONText

/// Reads a stream of Anthropic's Messages.
struct MessagesStreamReader: ReplyStreamReader {
    private(set) var isOver = false
    private(set) var loss = ConversionLoss()
    private var usage = MessagesUsage()
    /// The neutral index of each block that is handed on, by Anthropic's.
    private var parts: [Int: Int] = [:]
    private var nextPart = 0

    mutating func read(_ data: UnsafeRawBufferPointer, into events: inout [ReplyEvent]) {
        guard !isOver else { return }
        var scanner = JSONScanner(data, layout: .document)
        var event = Event()
        scanner.eachMember { key, scanner in
            if key.is("type") {
                event.type = scanner.text()
            } else if key.is("index") {
                event.index = scanner.integer()
            } else if key.is("message") {
                event.message = scanner.rawValue()
            } else if key.is("content_block") || key.is("delta") {
                event.content = scanner.rawValue()
            } else if key.is("usage"), scanner.nextKind() == .object {
                usage.read(&scanner)
                event.hasUsage = true
            } else if key.is("error") {
                event.failure = ReplyFailure(error: &scanner, of: .anthropic)
            } else {
                scanner.skipValue()
            }
        }
        guard !scanner.isBroken, let type = event.type else { return }
        if type.is("content_block_delta") {
            readDelta(event, into: &events)
        } else if type.is("content_block_start") {
            readStart(event, into: &events)
        } else if type.is("content_block_stop") {
            if let index = event.index, let part = parts.removeValue(forKey: index) {
                events.append(.partEnded(index: part))
            }
        } else if type.is("message_start") {
            readMessage(event, into: &events)
        } else if type.is("message_delta") {
            if event.hasUsage { events.append(.usage(usage.usage, usage.mode)) }
            readStop(event, into: &events)
        } else if type.is("message_stop") {
            isOver = true
        } else if type.is("error") {
            isOver = true
            events.append(.failed(event.failure ?? .brokenOff(of: .anthropic)))
        }
    }

    private struct Event {
        var type: RawText?
        var index: Int?
        var message: UnsafeRawBufferPointer?
        /// Of a block's start, or of a delta.
        var content: UnsafeRawBufferPointer?
        var hasUsage = false
        var failure: ReplyFailure?
    }

    private mutating func readMessage(_ event: Event, into events: inout [ReplyEvent]) {
        guard let message = event.message else { return }
        var scanner = JSONScanner(message, layout: .document)
        var id = ""
        var model = ""
        scanner.eachMember { key, scanner in
            if key.is("id") {
                id = scanner.text()?.string ?? ""
            } else if key.is("model") {
                model = scanner.text()?.string ?? ""
            } else if key.is("usage"), scanner.nextKind() == .object {
                usage.read(&scanner)
            } else {
                scanner.skipValue()
            }
        }
        events.append(.started(id: id, model: model))
        events.append(.usage(usage.usage, usage.mode))
    }

    private mutating func readStart(_ event: Event, into events: inout [ReplyEvent]) {
        guard let index = event.index, let content = event.content else { return }
        var scanner = JSONScanner(content, layout: .document)
        guard let block = MessagesBlock(&scanner, loss: &loss) else { return }
        let part = nextPart
        nextPart += 1
        parts[index] = part
        events.append(.partStarted(index: part, block.start))
        for delta in block.deltas { events.append(.delta(index: part, delta)) }
    }

    private mutating func readDelta(_ event: Event, into events: inout [ReplyEvent]) {
        guard let index = event.index, let content = event.content else { return }
        guard let part = parts[index] else { return }
        var scanner = JSONScanner(content, layout: .document)
        scanner.eachMember { key, scanner in
            let delta: ReplyEvent.Delta?
            switch key.count {
            case 4 where key.is("text"): delta = scanner.text().map { .text($0.string) }
            case 8 where key.is("thinking"): delta = scanner.text().map { .thinking($0.string) }
            case 9 where key.is("signature"): delta = scanner.text().map { .signature($0.string) }
            case 12 where key.is("partial_json"): delta = scanner.text().map { .arguments($0.unescaped) }
            case 8 where key.is("citation"):
                loss.count(.citations)
                scanner.skipValue()
                delta = nil
            default:
                scanner.skipValue()
                delta = nil
            }
            if let delta, !delta.isEmpty { events.append(.delta(index: part, delta)) }
        }
    }

    private func readStop(_ event: Event, into events: inout [ReplyEvent]) {
        guard let content = event.content else { return }
        var scanner = JSONScanner(content, layout: .document)
        var reason: StopReason?
        var sequence: String?
        scanner.eachMember { key, scanner in
            if key.is("stop_reason") {
                reason = scanner.text().map(StopReason.init(messages:))
            } else if key.is("stop_sequence") {
                sequence = scanner.text()?.string
            } else {
                scanner.skipValue()
            }
        }
        if let reason { events.append(.stopped(ModelReply.Stop(reason, sequence: sequence))) }
    }
}

/// A content block of Anthropic's, whole or as it begins.
struct MessagesBlock {
    var start = ReplyEvent.PartStart.text
    var deltas: [ReplyEvent.Delta] = []

    /// Reads the next value; nil, and counted, where there is no word for it: what tools at the provider said.
    init?(_ scanner: inout JSONScanner, loss: inout ConversionLoss) {
        var type: RawText?
        var id = ""
        var name = ""
        var text = ""
        var thinking = ""
        var signature = ""
        var data = ""
        var input: [UInt8] = []
        var citations = 0
        scanner.eachMember { key, scanner in
            switch key.count {
            case 4 where key.is("type"): type = scanner.text()
            case 2 where key.is("id"): id = scanner.text()?.string ?? ""
            case 4 where key.is("name"): name = scanner.text()?.string ?? ""
            case 4 where key.is("text"): text = scanner.text()?.string ?? ""
            case 8 where key.is("thinking"): thinking = scanner.text()?.string ?? ""
            case 9 where key.is("signature"): signature = scanner.text()?.string ?? ""
            case 4 where key.is("data"): data = scanner.text()?.string ?? ""
            case 5 where key.is("input"): input = Array(scanner.rawValue())
            case 9 where key.is("citations"):
                scanner.eachElement {
                    citations += 1
                    $0.skipValue()
                }
            default: scanner.skipValue()
            }
        }
        guard let type else { return nil }
        loss.count(.citations, times: citations)
        switch type.count {
        case 4 where type.is("text"):
            if !text.isEmpty { deltas.append(.text(text)) }
        case 8 where type.is("thinking"):
            start = .thinking
            if !thinking.isEmpty { deltas.append(.thinking(thinking)) }
            if !signature.isEmpty { deltas.append(.signature(signature)) }
        case 17 where type.is("redacted_thinking"): start = .redactedThinking(data: data)
        case 8 where type.is("tool_use"):
            start = .toolUse(id: id, name: name)
            if input != JSONFragment.emptyObject.bytes, !input.isEmpty { deltas.append(.arguments(input)) }
        case 15 where type.is("server_tool_use"):
            loss.count(.serverTool)
            return nil
        default:
            // Results of those tools belong to their uses, which were counted.
            if !type.string.hasSuffix("_tool_result") { loss.count(.unknownPart) }
            return nil
        }
    }
}

extension ReplyEvent.Delta {
    var isEmpty: Bool {
        switch self {
        case .text(let text), .thinking(let text), .signature(let text), .refusal(let text): text.isEmpty
        case .arguments(let bytes): bytes.isEmpty
        }
    }
}
