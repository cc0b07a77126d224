internal import Domain
internal import JSONText

/// Reads one recording of Gemini CLI: a document, or lines in which a message is told again whenever it grows.
struct GeminiCLIExtractor: LogExtractor {
    private let file: LogFile
    private var state: State
    private var strands = StrandSet()
    private var toolCalls = ToolCalls()
    private var labels = Labels()

    /// What is remembered from one look at a growing file to the next.
    fileprivate struct State {
        var session: String
        var thread = ThreadID.main
        var project: String
        /// Hashes of prompts, tool calls and results that were kept already.
        var kept: Set<UInt64> = []
    }

    init(file: LogFile, resuming bytes: [UInt8]) {
        self.file = file
        state = State(bytes: bytes) ?? State(file: file)
    }

    mutating func read(_ scanner: inout JSONScanner, at offset: Int64) -> String? {
        let start = scanner.offset
        guard scanner.nextKind() == .object else {
            scanner.skipValue()
            return nil
        }
        var head = GeminiCLIHead()
        var messages: [(message: GeminiCLIMessage, offset: Int, length: Int)] = []
        scanner.geminiCLIRecord(head: &head) { message, offset, length in
            messages.append((message, offset, length))
        }
        guard !scanner.isBroken else { return nil }
        enter(head)
        var reason: String?
        for (message, place, length) in messages {
            let base = offset + Int64(place - start)
            // Tools know their place from the start of what is scanned.
            let shift = offset - Int64(start)
            reason = keep(message, at: LogPosition(offset: base, length: length), shift: shift) ?? reason
        }
        return reason
    }

    mutating func finish() -> (strands: [Reading.Strand], state: [UInt8]) { (strands.take(), state.bytes) }

    private mutating func enter(_ head: GeminiCLIHead) {
        if head.kind?.is("subagent") == true, state.thread == .main, let name = head.session?.nonEmptyString {
            state.thread = ThreadID(kind: .subagent, name: name)
        } else if state.thread == .main, let session = head.session?.nonEmptyString {
            state.session = session
        }
        if let folder = head.folder?.nonEmptyString { state.project = folder }
    }

    private mutating func keep(_ message: GeminiCLIMessage, at position: LogPosition, shift: Int64) -> String? {
        guard let type = message.type else { return nil }
        let time = message.time.flatMap(Timestamp.init)
        if type.is("user") {
            keepPrompt(message, time: time ?? .unknown, at: position)
        } else if type.is("gemini") || type.is("qwen") {
            return keepResponse(message, time: time, at: position, shift: shift)
        }
        return nil
    }

    private mutating func keepResponse(
        _ message: GeminiCLIMessage,
        time: Timestamp?,
        at position: LogPosition,
        shift: Int64
    ) -> String? {
        guard let id = message.id, id.count > 0 else { return "response without an id" }
        guard let time else { return "response without a time" }
        let content = GeminiParts(message.content)
        let visible =
            content.visibleBytes + (message.thoughts?.count ?? 0)
            + message.toolCalls.reduce(0) { $0 + ($1.input?.count ?? 0) }
        let usage = message.tokens?.usage
        // A line that only opens a response, or a text the agent put in the model's mouth.
        if usage == nil, message.model == nil || visible == 0 { return nil }
        let key = CallKey(id: id.hash())
        let strand = strand()
        let call = Call(
            key: key,
            id: id.string,
            time: time,
            model: ModelID(message.model?.nonEmptyString ?? "unknown"),
            usage: usage ?? .zero,
            stopReason: message.toolCalls.isEmpty ? .endTurn : .toolUse,
            visibleOutputBytes: visible,
            // Some versions lose the counts of responses that only call tools.
            outputIsLowerBound: usage == nil,
            position: position
        )
        if let place = strands.place(of: key) {
            strands[place.strand].calls[place.call].replace(with: call)
        } else {
            strands.add(call, to: strand)
        }
        for tool in message.toolCalls { keepTool(tool, of: key, time: time, in: strand, shift: shift) }
        return nil
    }

    private mutating func keepTool(
        _ tool: GeminiCLIMessage.ToolRecord,
        of call: CallKey,
        time: Timestamp,
        in strand: Int,
        shift: Int64
    ) {
        guard let id = tool.id, let name = tool.name else { return }
        let input = tool.input ?? UnsafeRawBufferPointer(start: nil, count: 0)
        let key = id.hash(seed: call.id)
        if state.kept.insert(key).inserted {
            toolCalls.enter(state.project)
            strands[strand].toolCalls.append(toolCalls.call(key, of: call, to: toolCalls.tool(name), with: input))
        }
        guard let result = tool.result, result.first == UInt8(ascii: "[") || result.first == UInt8(ascii: "{"),
            state.kept.insert(~key).inserted
        else { return }
        let content = GeminiParts(result).functionResponses.first?.content ?? result
        strands[strand].arrivals.append(
            Arrival(
                kind: .toolResult,
                time: tool.time.flatMap(Timestamp.init) ?? time,
                bytes: content.count,
                tool: key,
                isError: tool.status?.is("error") ?? false,
                contentHash: stableHash(content),
                position: LogPosition(offset: shift + Int64(tool.offset), length: tool.length)
            )
        )
    }

    private mutating func keepPrompt(_ message: GeminiCLIMessage, time: Timestamp, at position: LogPosition) {
        guard let id = message.id, state.kept.insert(id.hash()).inserted else { return }
        let content = GeminiParts(message.content)
        let strand = strand()
        for (place, text) in content.texts.enumerated() {
            // The CLI itself says "System: Please continue." when a response was cut off.
            let isContext =
                text.starts(with: "<session_context>") || text.starts(with: "<hook_context>")
                || text.is("System: Please continue.")
            let kind: Arrival.Kind = isContext ? .context : state.thread == .main ? .prompt : .delegation
            strands[strand].arrivals.append(
                Arrival(
                    kind: kind,
                    label: isContext ? labels.tag(of: text) : "",
                    time: time,
                    bytes: text.count,
                    attachments: place == 0 ? content.attachments : 0,
                    contentHash: text.textHash,
                    sketch: isContext ? [] : PromptSketch.of(text),
                    position: position
                )
            )
        }
    }

    private mutating func strand() -> Int {
        let session = SessionID(agent: file.agent, name: state.session)
        let (thread, project) = (state.thread, state.project)
        return strands.strand(session: session, thread: thread) {
            Reading.Strand(session: session, thread: thread, project: project)
        }
    }
}

extension Call {
    /// Takes over a later record of the whole response, which may know more of it.
    fileprivate mutating func replace(with later: Call) {
        if later.usage.totalTokens >= usage.totalTokens { usage = later.usage }
        visibleOutputBytes = max(visibleOutputBytes, later.visibleOutputBytes)
        if later.stopReason == .toolUse { stopReason = .toolUse }
        outputIsLowerBound = outputIsLowerBound && later.outputIsLowerBound
    }
}

extension GeminiCLIExtractor.State {
    /// As the file's place has it: `PROJECT/chats/session-….json`, or `PROJECT/chats/SESSION/SUBAGENT.jsonl`.
    fileprivate init(file: LogFile) {
        let parts = file.relativePath.split(separator: "/").map(String.init)
        project = parts.first ?? ""
        session = file.stem
        if parts.count > 3 {
            session = parts[2]
            thread = ThreadID(kind: .subagent, name: file.stem)
        }
    }

    fileprivate var bytes: [UInt8] {
        var state = ResumeStateWriter()
        state.write(1)
        state.write(session)
        state.write(UInt64(thread.kind.rawValue))
        state.write(thread.name)
        state.write(project)
        state.write(kept.count)
        for hash in kept.sorted() { state.write(hash) }
        return state.bytes
    }

    fileprivate init?(bytes: [UInt8]) {
        var state = ResumeStateReader(bytes)
        guard state.integer() == 1 else { return nil }
        session = state.text()
        let kind = ThreadID.Kind(rawValue: UInt8(truncatingIfNeeded: state.number())) ?? .main
        thread = ThreadID(kind: kind, name: state.text())
        project = state.text()
        var left = state.integer()
        while left > 0, !state.isBroken {
            left -= 1
            kept.insert(state.number())
        }
        if state.isBroken { return nil }
    }
}
