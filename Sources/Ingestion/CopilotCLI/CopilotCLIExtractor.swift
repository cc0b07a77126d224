internal import Domain
internal import JSONText

/// Reads the events of one Copilot CLI session.
struct CopilotCLIExtractor: LogExtractor {
    private var state: CopilotCLIState
    private var strands = StrandSet()
    private var toolCalls = ToolCalls()
    private var labels = Labels()
    private var models: [UInt64: ModelID] = [:]

    init(file: LogFile, resuming bytes: [UInt8]) {
        state = CopilotCLIState(bytes: bytes) ?? CopilotCLIState(session: file.copilotSession)
    }

    mutating func read(_ scanner: inout JSONScanner, at offset: Int64) -> String? {
        let start = scanner.offset
        let event = scanner.copilotCLIEvent()
        guard !scanner.isBroken, let type = event.type, let data = event.data else { return nil }
        let position = LogPosition(offset: offset, length: scanner.offset - start)
        let time = event.time.flatMap(Timestamp.init)
        switch type.string {
        case "session.start": enter(data)
        case "session.resume":
            // What came before ended without a word on its cost, or has been settled.
            keepSegment()
            state.segment = CopilotCLISegment()
            enter(data)
        case "session.context_changed": enter(data)
        case "session.model_change": state.effort = data.effort.flatMap { Effort(name: $0.string) } ?? state.effort
        case "assistant.message": return keepMessage(event, data, time: time, at: position)
        case "session.shutdown": settle(event, data, time: time, at: position)
        case "user.message": keepPrompt(event, data, time: time ?? .unknown, at: position)
        case "system.message", "system.notification":
            keepText(
                data.text,
                kind: .context,
                label: labels.label(type),
                attachments: 0,
                in: strand(of: event, data),
                time: time,
                at: position
            )
        case "session.compaction_complete":
            keepText(
                data.summary,
                kind: .compactSummary,
                attachments: 0,
                in: strand(of: event, data),
                time: time,
                at: position
            )
        case "tool.execution_complete": keepResult(event, data, time: time ?? .unknown, at: position)
        case "subagent.started":
            if let call = data.toolCall?.string, let name = data.agentName?.nonEmptyString {
                state.agentTypes[call] = name
            }
        default: break
        }
        return nil
    }

    mutating func finish() -> (strands: [Reading.Strand], state: [UInt8]) {
        // Kept as far as they are known; told again with their tokens once a shutdown says them.
        keepSegment()
        return (strands.take(), state.bytes)
    }

    private mutating func enter(_ data: CopilotCLIEvent.Data) {
        if let session = data.session?.nonEmptyString { state.session = session }
        state.effort = data.effort.flatMap { Effort(name: $0.string) } ?? state.effort
        guard let context = data.context else { return }
        var scanner = JSONScanner(context)
        if let folder = scanner.text(under: "cwd")?.nonEmptyString { state.project = folder }
    }

    private mutating func keepMessage(
        _ event: CopilotCLIEvent,
        _ data: CopilotCLIEvent.Data,
        time: Timestamp?,
        at position: LogPosition
    ) -> String? {
        guard let id = data.apiCall ?? data.message ?? event.id, id.count > 0 else { return "message without an id" }
        guard let name = data.model, name.count > 0 else { return "message without a model" }
        guard let time else { return "message without a time" }
        let key = CallKey(id: id.hash())
        let strand = strand(of: event, data)
        var visible = (data.text?.count ?? 0) + (data.reasoning?.count ?? 0)
        let tools = data.toolRequests.map { keepTools($0, of: key, in: strand, visible: &visible) } ?? 0
        let call = Call(
            key: key,
            id: id.string,
            time: time,
            model: model(name),
            usage: Usage(outputTokens: data.outputTokens),
            effort: state.effort,
            stopReason: tools > 0 ? .toolUse : .endTurn,
            visibleOutputBytes: visible,
            position: position
        )
        let (thread, agentType) = (strands[strand].thread, strands[strand].agentType)
        if let last = state.segment.responses.indices.last, state.segment.responses[last].call.key == key {
            // One response in two messages.
            state.segment.responses[last].call.join(call)
        } else {
            state.segment.responses.append(.init(call: call, thread: thread, agentType: agentType))
        }
        return nil
    }

    private mutating func keepTools(
        _ requests: UnsafeRawBufferPointer,
        of call: CallKey,
        in strand: Int,
        visible: inout Int
    ) -> Int {
        var tools: [ToolCall] = []
        var made = ToolCalls()
        // Out of the extractor while the requests are scanned, not copied.
        swap(&made, &toolCalls)
        made.enter(state.project)
        var scanner = JSONScanner(requests)
        scanner.eachElement { scanner in
            var id: RawText?
            var name: RawText?
            var input = UnsafeRawBufferPointer(start: nil, count: 0)
            scanner.eachField { key, scanner in
                switch key.count {
                case 4 where key.is("name"): name = scanner.text()
                case 9 where key.is("arguments"): input = scanner.rawValue()
                case 10 where key.is("toolCallId"): id = scanner.text()
                default: scanner.skipValue()
                }
            }
            guard let id, let name else { return }
            tools.append(made.call(id.hash(), of: call, to: made.tool(name), with: input))
        }
        swap(&made, &toolCalls)
        visible += tools.reduce(0) { $0 + $1.inputBytes }
        strands[strand].toolCalls.append(contentsOf: tools)
        return tools.count
    }

    private mutating func settle(
        _ event: CopilotCLIEvent,
        _ data: CopilotCLIEvent.Data,
        time: Timestamp?,
        at position: LogPosition
    ) {
        // Without metrics the next shutdown's may still cover these responses.
        guard let raw = data.modelMetrics else { return }
        var scanner = JSONScanner(raw)
        let metrics = scanner.copilotCLIMetrics()
        guard !metrics.isEmpty else { return }
        state.segment.settle(metrics, shutdown: event.id, time: time ?? .unknown, at: position)
        keepSegment()
        state.segment = CopilotCLISegment()
    }

    private mutating func keepSegment() {
        for response in state.segment.responses {
            let strand = strand(for: response.thread, agentType: response.agentType)
            if strands.place(of: response.call.key) == nil { strands.add(response.call, to: strand) }
        }
    }

    private mutating func keepPrompt(
        _ event: CopilotCLIEvent,
        _ data: CopilotCLIEvent.Data,
        time: Timestamp,
        at position: LogPosition
    ) {
        let strand = strand(of: event, data)
        let isPersons = data.source.map { $0.is("user") } ?? true
        let kind: Arrival.Kind = strands[strand].thread != .main ? .delegation : isPersons ? .prompt : .context
        let label = kind == .context ? data.source.map { labels.label($0) } ?? "" : ""
        keepText(
            data.text,
            kind: kind,
            label: label,
            attachments: data.attachments,
            in: strand,
            time: time,
            at: position
        )
    }

    private mutating func keepText(
        _ text: RawText?,
        kind: Arrival.Kind,
        label: String = "",
        attachments: Int,
        in strand: Int,
        time: Timestamp?,
        at position: LogPosition
    ) {
        guard let text else { return }
        strands[strand].arrivals.append(
            Arrival(
                kind: kind,
                label: label,
                time: time ?? .unknown,
                bytes: text.count,
                attachments: attachments,
                contentHash: text.textHash,
                sketch: kind == .prompt || kind == .delegation ? PromptSketch.of(text) : [],
                position: position
            )
        )
    }

    private mutating func keepResult(
        _ event: CopilotCLIEvent,
        _ data: CopilotCLIEvent.Data,
        time: Timestamp,
        at position: LogPosition
    ) {
        let raw = data.result ?? data.error ?? UnsafeRawBufferPointer(start: nil, count: 0)
        var scanner = JSONScanner(raw)
        // `detailedContent` beside it is for the screen.
        let content = scanner.text(under: "content")?.bytes ?? raw
        let strand = strand(of: event, data)
        strands[strand].arrivals.append(
            Arrival(
                kind: .toolResult,
                time: time,
                bytes: content.count,
                tool: data.toolCall?.hash(),
                isError: data.hasSucceeded == false,
                contentHash: stableHash(content),
                position: position
            )
        )
    }

    /// A subagent's events name the tool call that started it.
    private mutating func strand(of event: CopilotCLIEvent, _ data: CopilotCLIEvent.Data) -> Int {
        guard let name = (data.parentToolCall ?? event.agent)?.nonEmptyString else {
            return strand(for: .main, agentType: nil)
        }
        return strand(for: ThreadID(kind: .subagent, name: name), agentType: state.agentTypes[name])
    }

    private mutating func strand(for thread: ThreadID, agentType: String?) -> Int {
        let session = SessionID(agent: .copilotCLI, name: state.session)
        let project = state.project
        let index = strands.strand(session: session, thread: thread) {
            Reading.Strand(
                session: session,
                thread: thread,
                agentType: agentType,
                project: project,
                billing: .subscription
            )
        }
        if strands[index].project.isEmpty { strands[index].project = project }
        return index
    }

    private mutating func model(_ name: RawText) -> ModelID {
        let hash = name.hash()
        if let known = models[hash] { return known }
        let model = ModelID(copilot: name)
        models[hash] = model
        return model
    }
}

/// What a Copilot CLI extractor remembers from one look at a growing file to the next.
struct CopilotCLIState {
    var session: String
    var project = ""
    var effort: Effort?
    /// What subagents are called, by the tool call that started them.
    var agentTypes: [String: String] = [:]
    var segment = CopilotCLISegment()

    init(session: String) { self.session = session }

    var bytes: [UInt8] {
        var state = ResumeStateWriter()
        state.write(1)
        state.write(session)
        state.write(project)
        state.write(effort.map { UInt64($0.rawValue) })
        state.write(agentTypes.count)
        for (call, name) in agentTypes.sorted(by: { $0.key < $1.key }) {
            state.write(call)
            state.write(name)
        }
        segment.write(to: &state)
        return state.bytes
    }

    init?(bytes: [UInt8]) {
        var state = ResumeStateReader(bytes)
        guard state.integer() == 1 else { return nil }
        session = state.text()
        project = state.text()
        effort = state.optionalNumber().flatMap { Effort(rawValue: UInt8(truncatingIfNeeded: $0)) }
        var left = state.integer()
        while left > 0, !state.isBroken {
            left -= 1
            let call = state.text()
            agentTypes[call] = state.text()
        }
        segment = CopilotCLISegment(from: &state)
        if state.isBroken { return nil }
    }
}

extension LogFile {
    /// The session's id as the file's place has it.
    fileprivate var copilotSession: String {
        let parts = relativePath.split(separator: "/")
        return parts.count > 1 ? String(parts[parts.count - 2]) : stem
    }
}
