internal import Domain

/// Writes a stream of Anthropic's Messages: one block is open at a time, so that parts which begin meanwhile wait.
struct MessagesStreamWriter: ReplyStreamWriter {
    private let view: ClientView
    /// Messages has a word for everything.
    var loss: ConversionLoss { ConversionLoss() }
    private var hasStarted = false
    private var isOver = false
    private var usage: Usage?
    private var stop: ModelReply.Stop?
    private var nextBlock = 0
    /// The part whose block is open.
    private var open: Int?
    private var waiting: [Waiting] = []
    private var id = ReplyID("", fallback: "")
    private var calls = 0

    /// A part that began while another's block was open.
    private struct Waiting {
        var index: Int
        var start: ReplyEvent.PartStart
        var deltas: [ReplyEvent.Delta] = []
        var hasEnded = false
    }

    init(_ view: ClientView) { self.view = view }

    mutating func write(_ event: ReplyEvent, to bytes: inout [UInt8]) {
        guard !isOver else { return }
        switch event {
        case .started(let id, _): start(id, to: &bytes)
        case .partStarted(let index, let kind):
            if open == nil {
                begin(index, kind, to: &bytes)
            } else {
                waiting.append(Waiting(index: index, start: kind))
            }
        case .delta(let index, let delta):
            if index == open {
                write(delta, to: &bytes)
            } else if let place = waiting.firstIndex(where: { $0.index == index }) {
                waiting[place].deltas.append(delta)
            }
        case .partEnded(let index):
            if index == open {
                endBlock(to: &bytes)
                beginWaiting(to: &bytes)
            } else if let place = waiting.firstIndex(where: { $0.index == index }) {
                waiting[place].hasEnded = true
            }
        case .usage(let usage, _): self.usage = usage
        case .stopped(let stop): self.stop = stop
        case .failed(let failure):
            isOver = true
            bytes += failure.ending(in: .messages)
        }
    }

    mutating func end(to bytes: inout [UInt8]) {
        guard !isOver else { return }
        guard hasStarted, let stop else { return write(.failed(.brokenOff(of: .anthropic)), to: &bytes) }
        isOver = true
        if open != nil { endBlock(to: &bytes) }
        for index in waiting.indices { waiting[index].hasEnded = true }
        beginWaiting(to: &bytes)
        frame("message_delta", to: &bytes) {
            $0.object("delta") {
                $0.member("stop_reason", word: stop.reason.messagesName)
                if let sequence = stop.sequence {
                    $0.member("stop_sequence", sequence)
                } else {
                    $0.null("stop_sequence")
                }
            }
            $0.object("usage") { $0.messagesUsage(usage ?? .zero) }
        }
        frame("message_stop", to: &bytes) { _ in }
    }

    private func frame(_ type: StaticString, to bytes: inout [UInt8], _ members: (inout JSONWriter) -> Void) {
        var json = JSONWriter(capacity: 256)
        json.object {
            $0.member("type", word: type)
            members(&$0)
        }
        SSEFrame.append(type, json.bytes, to: &bytes)
    }

    private mutating func start(_ upstreamID: String, to bytes: inout [UInt8]) {
        guard !hasStarted else { return }
        hasStarted = true
        id = ReplyID(upstreamID, fallback: view.fallbackID)
        frame("message_start", to: &bytes) {
            $0.object("message") {
                $0.member("id", id.name(in: .messages))
                $0.member("type", "message")
                $0.member("role", "assistant")
                $0.member("model", view.model)
                $0.array("content") { _ in }
                $0.null("stop_reason")
                $0.null("stop_sequence")
                // What the prompt cost is known only at the end.
                $0.object("usage") { $0.messagesUsage(usage ?? .zero) }
            }
        }
    }

    private mutating func begin(_ index: Int, _ start: ReplyEvent.PartStart, to bytes: inout [UInt8]) {
        open = index
        let call = calls
        if case .toolUse = start { calls += 1 }
        frame("content_block_start", to: &bytes) {
            $0.member("index", nextBlock)
            $0.object("content_block") {
                switch start {
                case .text, .refusal:
                    $0.member("type", "text")
                    $0.member("text", "")
                case .thinking:
                    $0.member("type", "thinking")
                    $0.member("thinking", "")
                    // Never made up: Anthropic takes its own only, and the request's conversion drops an empty one.
                    $0.member("signature", "")
                case .redactedThinking(let data):
                    $0.member("type", "redacted_thinking")
                    $0.member("data", data)
                case .toolUse(let callID, let name):
                    $0.member("type", "tool_use")
                    $0.member("id", ToolIDs.fit(callID.isEmpty ? id.toolCall(call) : callID))
                    $0.member("name", view.tools.clientTool(named: name).name)
                    $0.object("input") { _ in }
                }
            }
        }
    }

    private func write(_ delta: ReplyEvent.Delta, to bytes: inout [UInt8]) {
        frame("content_block_delta", to: &bytes) {
            $0.member("index", nextBlock)
            $0.object("delta") {
                switch delta {
                case .text(let text), .refusal(let text):
                    $0.member("type", "text_delta")
                    $0.member("text", text)
                case .thinking(let text):
                    $0.member("type", "thinking_delta")
                    $0.member("thinking", text)
                case .signature(let signature):
                    $0.member("type", "signature_delta")
                    $0.member("signature", signature)
                case .arguments(let bytes):
                    $0.member("type", "input_json_delta")
                    $0.key("partial_json")
                    $0.string(holding: JSONFragment(bytes: bytes))
                }
            }
        }
    }

    private mutating func endBlock(to bytes: inout [UInt8]) {
        frame("content_block_stop", to: &bytes) { $0.member("index", nextBlock) }
        open = nil
        nextBlock += 1
    }

    /// Writes what waited, up to the first part that has not ended.
    private mutating func beginWaiting(to bytes: inout [UInt8]) {
        while open == nil, !waiting.isEmpty {
            let next = waiting.removeFirst()
            begin(next.index, next.start, to: &bytes)
            for delta in next.deltas { write(delta, to: &bytes) }
            if next.hasEnded { endBlock(to: &bytes) }
        }
    }
}
