internal import Domain
internal import JSONText

/// Reads a stream of OpenAI's Responses.
struct ResponsesStreamReader: ReplyStreamReader {
    private(set) var isOver = false
    private(set) var loss = ConversionLoss()
    private var hasStarted = false
    private var hasToolCalls = false
    private var hasRefusal = false
    private var nextPart = 0
    private var parts: [Place: OpenPart] = [:]

    /// The output items of which something was handed on, or counted as lost.
    private var told: Set<Int> = []

    private typealias Place = ResponsesEvent.Place

    private struct OpenPart {
        var part: Int
        var start: ReplyEvent.PartStart
        var hasContent = false
        /// Of a reasoning item's summaries.
        var summary = 0
        /// A tool that takes a text: its arguments are put together as an object.
        var takesText = false
    }

    mutating func read(_ data: UnsafeRawBufferPointer, into events: inout [ReplyEvent]) {
        guard !isOver else { return }
        guard let event = ResponsesEvent(data) else { return }
        switch event.kind {
        case .response: start(event, into: &events)
        case .itemAdded: addItem(event, into: &events)
        case .textDelta: write(event, .text, into: &events) { .text($0) }
        case .refusalDelta:
            hasRefusal = true
            write(event, .refusal, into: &events) { .refusal($0) }
        case .reasoningDelta: writeThinking(event, into: &events)
        case .argumentsDelta: writeArguments(event, event.delta?.unescaped ?? [], into: &events)
        case .inputDelta: writeInput(event, event.delta, into: &events)
        case .contentDone: end(event.place, into: &events)
        case .itemDone: endItem(event, into: &events)
        case .annotation: loss.count(.citations)
        case .ended: finish(event, into: &events)
        case .error:
            isOver = true
            events.append(.failed(event.failure(in: data)))
        case .other: break
        }
    }

    private mutating func start(_ event: ResponsesEvent, into events: inout [ReplyEvent]) {
        guard !hasStarted, let response = event.response else { return }
        hasStarted = true
        let head = ResponseObject(response)
        events.append(.started(id: head.id, model: head.model))
    }

    private mutating func addItem(_ event: ResponsesEvent, into events: inout [ReplyEvent]) {
        guard let item = event.item.map({ ResponseItem($0) }) else { return }
        if item.kind != .message, item.kind != .reasoning { told.insert(event.outputIndex) }
        switch item.kind {
        case .message, .reasoning: break
        case .functionCall, .customToolCall:
            hasToolCalls = true
            let start = ReplyEvent.PartStart.toolUse(id: item.callID, name: item.name)
            open(start, at: Place(output: event.outputIndex), into: &events)
            parts[Place(output: event.outputIndex)]?.takesText = item.kind == .customToolCall
        case .serverTool: loss.count(.serverTool)
        case .other: loss.count(.unknownPart)
        }
    }

    @discardableResult
    private mutating func open(
        _ start: ReplyEvent.PartStart,
        at place: Place,
        into events: inout [ReplyEvent]
    ) -> Int {
        if let open = parts[place] { return open.part }
        told.insert(place.output)
        parts[place] = OpenPart(part: nextPart, start: start)
        events.append(.partStarted(index: nextPart, start))
        nextPart += 1
        return nextPart - 1
    }

    private mutating func write(
        _ event: ResponsesEvent,
        _ start: ReplyEvent.PartStart,
        into events: inout [ReplyEvent],
        _ delta: (String) -> ReplyEvent.Delta
    ) {
        guard let text = event.delta, text.count > 0 else { return }
        let place = event.place
        let part = open(start, at: place, into: &events)
        parts[place]?.hasContent = true
        events.append(.delta(index: part, delta(text.string)))
    }

    private mutating func writeThinking(_ event: ResponsesEvent, into events: inout [ReplyEvent]) {
        guard let text = event.delta, text.count > 0 else { return }
        let place = Place(output: event.outputIndex)
        let part = open(.thinking, at: place, into: &events)
        // The summaries of one item are paragraphs of one thought.
        if parts[place]?.hasContent == true, parts[place]?.summary != event.summaryIndex {
            events.append(.delta(index: part, .thinking("\n\n")))
        }
        parts[place]?.summary = event.summaryIndex
        parts[place]?.hasContent = true
        events.append(.delta(index: part, .thinking(text.string)))
    }

    private mutating func writeArguments(
        _ event: ResponsesEvent,
        _ arguments: [UInt8],
        into events: inout [ReplyEvent]
    ) {
        let place = Place(output: event.outputIndex)
        guard !arguments.isEmpty, let open = parts[place] else { return }
        parts[place]?.hasContent = true
        events.append(.delta(index: open.part, .arguments(arguments)))
    }

    /// The text of a tool that takes one, as the value of `input`.
    private mutating func writeInput(_ event: ResponsesEvent, _ text: RawText?, into events: inout [ReplyEvent]) {
        let place = Place(output: event.outputIndex)
        guard let open = parts[place], let text, text.count > 0 else { return }
        let opening = open.hasContent ? [] : Array("{\"input\":\"".utf8)
        // As escaped as it came: it goes from one string into another.
        writeArguments(event, opening + text.bytes, into: &events)
    }

    private mutating func end(_ place: Place, into events: inout [ReplyEvent]) {
        guard let open = parts.removeValue(forKey: place) else { return }
        if open.takesText {
            let closing = open.hasContent ? "\"}" : "{\"input\":\"\"}"
            events.append(.delta(index: open.part, .arguments(Array(closing.utf8))))
        }
        events.append(.partEnded(index: open.part))
    }

    /// Ends what is open of an item, and hands on what no delta has told.
    private mutating func endItem(_ event: ResponsesEvent, into events: inout [ReplyEvent]) {
        guard let raw = event.item else { return }
        let item = ResponseItem(raw)
        let place = Place(output: event.outputIndex)
        if told.insert(event.outputIndex).inserted { return tell(item, into: &events) }
        switch item.kind {
        case .functionCall:
            if parts[place]?.hasContent == false {
                writeArguments(event, item.arguments?.unescaped ?? [], into: &events)
            }
        case .customToolCall:
            if parts[place]?.hasContent == false { writeInput(event, item.input, into: &events) }
        case .message, .reasoning, .serverTool, .other: break
        }
        let ended = parts.keys.filter { $0.output == event.outputIndex }.sorted { $0.content < $1.content }
        for place in ended { end(place, into: &events) }
    }

    /// Hands on an item that comes whole, as some servers send them.
    private mutating func tell(_ item: ResponseItem, into events: inout [ReplyEvent]) {
        for part in item.parts(loss: &loss) {
            guard let (start, content) = part.asEvents else { continue }
            switch start {
            case .toolUse: hasToolCalls = true
            case .refusal: hasRefusal = true
            default: break
            }
            events += [.partStarted(index: nextPart, start), .delta(index: nextPart, content)]
            events.append(.partEnded(index: nextPart))
            nextPart += 1
        }
    }

    private mutating func finish(_ event: ResponsesEvent, into events: inout [ReplyEvent]) {
        isOver = true
        guard let response = event.response else { return }
        let told = ResponseObject(response)
        start(event, into: &events)
        let open = parts.keys.sorted { ($0.output, $0.content) < ($1.output, $1.content) }
        for place in open { end(place, into: &events) }
        if let usage = told.usage { events.append(.usage(usage, told.mode)) }
        switch told.fate {
        case .failed(let failure): events.append(.failed(failure))
        case .incomplete(let reason): events.append(.stopped(ModelReply.Stop(reason)))
        case .completed:
            let reason: StopReason = hasToolCalls ? .toolUse : hasRefusal ? .refusal : .endTurn
            events.append(.stopped(ModelReply.Stop(reason)))
        }
    }
}
