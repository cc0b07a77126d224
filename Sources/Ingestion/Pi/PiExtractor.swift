internal import Domain
internal import JSONText

/// Reads one Pi session file.
struct PiExtractor: LogExtractor {
    private let file: LogFile
    private var head: Head
    private var strands = StrandSet()
    private var toolCalls = ToolCalls()
    private var labels = Labels()
    private var models: [UInt64: ModelID] = [:]
    private var ownStrand: Int?
    private var copiedStrand: Int?

    /// What the first line says, and the level of thinking since.
    fileprivate struct Head {
        var session: String
        var project = ""
        /// Messages older than this are the session's this one was forked from.
        var forked: Int64?
        var effort: Effort?
    }

    init(file: LogFile, resuming bytes: [UInt8]) {
        self.file = file
        head = Head(bytes: bytes) ?? Head(session: file.stem)
    }

    mutating func read(_ scanner: inout JSONScanner, at offset: Int64) -> String? {
        let start = scanner.offset
        let record = scanner.piRecord()
        guard !scanner.isBroken, let type = record.type else { return nil }
        let position = LogPosition(offset: offset, length: scanner.offset - start)
        if type.is("message") { return keepMessage(record, at: position) }
        if type.is("session") {
            readHead(record)
        } else if type.is("thinking_level_change") {
            head.effort = record.thinkingLevel.flatMap(Effort.init(pi:))
        } else if type.is("compaction") {
            keepSummary(record, kind: .compactSummary, at: position)
        } else if type.is("branch_summary") {
            keepSummary(record, kind: .context, label: labels.label(type), at: position)
        } else if type.is("custom_message"), let content = record.content {
            let time = record.time.flatMap(Timestamp.init) ?? .unknown
            let label = (record.customType ?? record.type).map { labels.label($0) } ?? ""
            keepTexts(content, kind: .context, label: label, time: time, at: position)
        }
        return nil
    }

    mutating func finish() -> (strands: [Reading.Strand], state: [UInt8]) {
        (ownStrand, copiedStrand) = (nil, nil)
        return (strands.take(), head.bytes)
    }

    private mutating func readHead(_ record: PiRecord) {
        head.session = record.id?.nonEmptyString ?? file.stem
        head.project = record.cwd?.string ?? ""
        head.effort = record.thinkingLevel.flatMap(Effort.init(pi:)) ?? head.effort
        head.forked = record.parentSession == nil ? nil : record.time.flatMap(Timestamp.init)?.milliseconds
        (ownStrand, copiedStrand) = (nil, nil)
    }

    private mutating func keepMessage(_ record: PiRecord, at position: LogPosition) -> String? {
        guard let message = record.message, let role = message.role else { return nil }
        let stated = message.time.map { Timestamp(milliseconds: $0) }
        let time = stated ?? record.time.flatMap(Timestamp.init)
        if role.is("assistant") { return keepResponse(message, time: time, at: position) }
        guard let content = message.content else { return nil }
        if role.is("toolResult") {
            keepResult(message, content, time: time ?? .unknown, at: position)
        } else {
            let isPrompt = role.is("user")
            keepTexts(
                content,
                kind: isPrompt ? .prompt : .context,
                label: isPrompt ? "" : labels.label(role),
                time: time ?? .unknown,
                at: position
            )
        }
        return nil
    }

    private mutating func keepResponse(_ message: PiMessage, time: Timestamp?, at position: LogPosition) -> String? {
        guard let read = message.usage else { return "assistant message without usage" }
        guard let name = message.model, name.count > 0 else { return "assistant message without a model" }
        guard let time else { return "assistant message without a time" }
        let content = PiContent(message.content)
        let usage = read.usage
        // An aborted or failed request that cost and showed nothing was no response.
        if usage.totalTokens == 0, content.visibleBytes == 0 { return nil }
        let key: CallKey
        if let response = message.response, response.count > 0 {
            key = CallKey(id: response.hash())
        } else {
            let words = [
                Int(time.milliseconds), usage.inputTokens, usage.outputTokens, usage.cacheReadTokens,
                usage.cacheWriteTokens,
            ]
            key = CallKey(id: words.withUnsafeBytes { stableHash($0, seed: name.hash()) })
        }
        let wasCut = message.stopReason.map { $0.is("aborted") || $0.is("error") } ?? false
        let strand = strand(at: time)
        note(Billing(piProvider: message.provider), in: strand)
        strands.add(
            Call(
                key: key,
                id: message.response?.nonEmptyString ?? content.firstToolID ?? "",
                time: time,
                model: model(name),
                usage: usage,
                effort: head.effort,
                stopReason: message.stopReason.map(StopReason.init(pi:)) ?? .unknown,
                visibleOutputBytes: content.visibleBytes,
                // Providers tell the output at the end, which a cut response never reaches.
                outputIsLowerBound: wasCut && content.visibleBytes > 0,
                loggedCost: read.cost,
                position: position
            ),
            to: strand
        )
        toolCalls.enter(head.project)
        for tool in content.tools {
            strands[strand].toolCalls.append(
                toolCalls.call(tool.id.hash(), of: key, to: toolCalls.tool(tool.name), with: tool.input)
            )
        }
        return nil
    }

    private mutating func keepResult(
        _ message: PiMessage,
        _ content: UnsafeRawBufferPointer,
        time: Timestamp,
        at position: LogPosition
    ) {
        let strand = strand(at: time)
        strands[strand].arrivals.append(
            Arrival(
                kind: .toolResult,
                time: time,
                bytes: content.count,
                attachments: PiContent(content).images,
                tool: message.toolCall?.hash(),
                isError: message.isError,
                contentHash: stableHash(content),
                position: position
            )
        )
    }

    private mutating func keepTexts(
        _ raw: UnsafeRawBufferPointer,
        kind: Arrival.Kind,
        label: String,
        time: Timestamp,
        at position: LogPosition
    ) {
        let content = PiContent(raw)
        let strand = strand(at: time)
        for (place, text) in content.texts.enumerated() {
            strands[strand].arrivals.append(
                Arrival(
                    kind: kind,
                    label: label,
                    time: time,
                    bytes: text.count,
                    attachments: place == 0 ? content.images : 0,
                    contentHash: text.textHash,
                    sketch: kind == .prompt ? PromptSketch.of(text) : [],
                    position: position
                )
            )
        }
    }

    private mutating func keepSummary(
        _ record: PiRecord,
        kind: Arrival.Kind,
        label: String = "",
        at position: LogPosition
    ) {
        guard let summary = record.summary else { return }
        let time = record.time.flatMap(Timestamp.init) ?? .unknown
        let strand = strand(at: time)
        strands[strand].arrivals.append(
            Arrival(
                kind: kind,
                label: label,
                time: time,
                bytes: summary.count,
                contentHash: summary.textHash,
                position: position
            )
        )
    }

    private mutating func strand(at time: Timestamp) -> Int {
        let isCopy = head.forked.map { time.milliseconds < $0 } ?? false
        if let known = isCopy ? copiedStrand : ownStrand { return known }
        let session = SessionID(agent: .pi, name: head.session)
        let project = head.project
        let index = strands.strand(session: session, thread: .main, isEcho: isCopy) {
            Reading.Strand(session: session, thread: .main, project: project, isEcho: isCopy)
        }
        if isCopy { copiedStrand = index } else { ownStrand = index }
        return index
    }

    /// A strand whose calls were paid for in two ways is unknown.
    private mutating func note(_ billing: Billing, in strand: Int) {
        let isFirst = strands[strand].calls.isEmpty
        strands[strand].billing = isFirst || strands[strand].billing == billing ? billing : .unknown
    }

    private mutating func model(_ name: RawText) -> ModelID {
        let hash = name.hash()
        if let known = models[hash] { return known }
        let model = ModelID(name.string)
        models[hash] = model
        return model
    }
}

extension PiExtractor.Head {
    fileprivate var bytes: [UInt8] {
        var state = ResumeStateWriter()
        state.write(1)
        state.write(session)
        state.write(project)
        state.write(forked.map { UInt64(bitPattern: $0) })
        state.write(effort.map { UInt64($0.rawValue) })
        return state.bytes
    }

    fileprivate init?(bytes: [UInt8]) {
        var state = ResumeStateReader(bytes)
        guard state.integer() == 1 else { return nil }
        session = state.text()
        project = state.text()
        forked = state.optionalNumber().map { Int64(bitPattern: $0) }
        effort = state.optionalNumber().flatMap { Effort(rawValue: UInt8(truncatingIfNeeded: $0)) }
        if state.isBroken { return nil }
    }
}

extension Effort {
    /// Pi's thinking levels; `off` asks for none.
    fileprivate init?(pi level: RawText) {
        if level.is("off") { self = .none } else { self.init(name: level.string) }
    }
}

extension StopReason {
    fileprivate init(pi name: RawText) {
        switch name.string {
        case "stop": self = .endTurn
        case "toolUse": self = .toolUse
        case "length": self = .maxTokens
        case "error": self = .error
        default: self = .unknown
        }
    }
}

extension Billing {
    /// How calls are paid for at a provider Pi talks to; Anthropic takes keys and subscriptions alike.
    fileprivate init(piProvider provider: RawText?) {
        switch provider?.string ?? "" {
        case "openai-codex", "github-copilot", "google-gemini-cli", "google-antigravity": self = .subscription
        case "", "anthropic": self = .unknown
        default: self = .api
        }
    }
}
