internal import Domain

/// Writes a stream of Responses: each part is an output item of its own, and the last event repeats them all.
struct ResponsesStreamWriter: ReplyStreamWriter {
    private let view: ClientView
    private(set) var loss = ConversionLoss()
    private var id: ReplyID
    private var hasStarted = false
    private var isOver = false
    private var hasRefusal = false
    private var usage: Usage?
    private var stop: ModelReply.Stop?
    private var sequenceNumber = 0
    private var open: [Int: OutputItem] = [:]
    /// The items that are whole, by their place; nil while one is open.
    private var output: [JSONFragment?] = []

    init(_ view: ClientView) {
        self.view = view
        id = ReplyID("", fallback: view.fallbackID)
    }

    mutating func write(_ event: ReplyEvent, to bytes: inout [UInt8]) {
        guard !isOver else { return }
        switch event {
        case .started(let upstreamID, _):
            guard !hasStarted else { return }
            hasStarted = true
            id = ReplyID(upstreamID, fallback: view.fallbackID)
            whole("response.created", "in_progress", to: &bytes)
            whole("response.in_progress", "in_progress", to: &bytes)
        case .partStarted(let index, let start): begin(index, start, to: &bytes)
        case .delta(let index, let delta):
            guard let text = open[index]?.take(delta) else { return }
            writeDelta(text, of: index, to: &bytes)
        case .partEnded(let index): end(index, to: &bytes)
        case .usage(let usage, _): self.usage = usage
        case .stopped(let stop): self.stop = stop
        case .failed(let failure):
            // The SDKs take no end of a response whose beginning they have not seen.
            write(.started(id: "", model: ""), to: &bytes)
            isOver = true
            let broken = BrokenResponse(
                id: id.name(in: .responses),
                model: view.model,
                createdAt: view.createdAt,
                sequenceNumber: sequenceNumber
            )
            bytes += failure.ending(in: .responses, of: broken)
        }
    }

    mutating func end(to bytes: inout [UInt8]) {
        guard !isOver else { return }
        guard hasStarted, let stop else { return write(.failed(.brokenOff(of: .openAI)), to: &bytes) }
        for index in open.keys.sorted() { end(index, to: &bytes) }
        isOver = true
        if let reason = stop.reason.incompleteReason(isWorded: hasRefusal) {
            whole("response.incomplete", "incomplete", because: reason, to: &bytes)
        } else {
            whole("response.completed", "completed", to: &bytes)
        }
    }

    private mutating func begin(_ index: Int, _ start: ReplyEvent.PartStart, to bytes: inout [UInt8]) {
        if case .redactedThinking = start { return loss.count(.thinking) }
        if case .refusal = start { hasRefusal = true }
        let item = OutputItem(start, at: output.count, of: id, tools: view.tools)
        open[index] = item
        output.append(nil)
        frame("response.output_item.added", to: &bytes) {
            $0.member("output_index", item.outputIndex)
            $0.key("item")
            item.write(isWhole: false, to: &$0)
        }
        guard let part = item.partEvents else { return }
        frame(part.added, to: &bytes) {
            item.place(to: &$0)
            $0.key("part")
            item.writePart(isWhole: false, to: &$0)
        }
    }

    private mutating func writeDelta(_ text: [UInt8], of index: Int, to bytes: inout [UInt8]) {
        guard let item = open[index] else { return }
        frame(item.deltaEvent, to: &bytes) {
            item.place(to: &$0)
            $0.key("delta")
            $0.string(holding: JSONFragment(bytes: text))
            if item.hasLogProbabilities { $0.array("logprobs") { _ in } }
        }
    }

    private mutating func end(_ index: Int, to bytes: inout [UInt8]) {
        if let rest = open[index]?.rest() { writeDelta(rest, of: index, to: &bytes) }
        guard let item = open.removeValue(forKey: index) else { return }
        frame(item.doneEvent, to: &bytes) {
            item.place(to: &$0)
            item.writeContent(to: &$0)
            if item.hasLogProbabilities { $0.array("logprobs") { _ in } }
        }
        if let part = item.partEvents {
            frame(part.done, to: &bytes) {
                item.place(to: &$0)
                $0.key("part")
                item.writePart(isWhole: true, to: &$0)
            }
        }
        var whole = JSONWriter()
        item.write(isWhole: true, to: &whole)
        output[item.outputIndex] = whole.fragment
        frame("response.output_item.done", to: &bytes) {
            $0.member("output_index", item.outputIndex)
            $0.member("item", whole.fragment)
        }
    }

    /// A frame about the whole response, with the output so far.
    private mutating func whole(
        _ type: StaticString,
        _ status: StaticString,
        because reason: StaticString? = nil,
        to bytes: inout [UInt8]
    ) {
        let head = ResponseHead(id: id.name(in: .responses), view: view, status: status, incompleteReason: reason)
        let output = output.compactMap(\.self)
        let usage = isOver ? usage ?? .zero : nil
        frame(type, to: &bytes) {
            $0.key("response")
            head.write(output: output, usage: usage, to: &$0)
        }
    }

    private mutating func frame(_ type: StaticString, to bytes: inout [UInt8], _ members: (inout JSONWriter) -> Void) {
        var json = JSONWriter(capacity: 256)
        json.object {
            $0.member("type", word: type)
            $0.member("sequence_number", sequenceNumber)
            members(&$0)
        }
        sequenceNumber += 1
        SSEFrame.append(type, json.bytes, to: &bytes)
    }
}
