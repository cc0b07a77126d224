internal import Domain
internal import JSONText

/// Reads one Qwen Code recording.
///
/// Each line tells its own session, thread and folder, so nothing is remembered from line to line.
struct QwenCodeExtractor: LogExtractor {
    private let file: LogFile
    private var strands = StrandSet()
    private var toolCalls = ToolCalls()
    private var labels = Labels()

    private struct Record {
        var id: RawText?
        var session: RawText?
        var time: RawText?
        var type: RawText?
        var subtype: RawText?
        var cwd: RawText?
        var model: RawText?
        var agent: RawText?
        var agentName: RawText?
        var status: RawText?
        var tokens: GeminiTokens?
        var parts: UnsafeRawBufferPointer?
        var payload: UnsafeRawBufferPointer?
        var isSidechain = false
        var isCopy = false
    }

    init(file: LogFile) { self.file = file }

    mutating func read(_ scanner: inout JSONScanner, at offset: Int64) -> String? {
        let start = scanner.offset
        let record = scan(&scanner)
        guard !scanner.isBroken, let type = record.type else { return nil }
        let position = LogPosition(offset: offset, length: scanner.offset - start)
        let time = record.time.flatMap(Timestamp.init)
        if type.is("assistant") { return keepResponse(record, time: time, at: position) }
        if type.is("user") {
            keepPrompt(record, time: time ?? .unknown, at: position)
        } else if type.is("tool_result") {
            keepResults(record, time: time ?? .unknown, at: position)
        } else if type.is("system"), record.subtype?.is("chat_compression") == true, let payload = record.payload {
            let strand = strand(of: record)
            strands[strand].arrivals.append(
                Arrival(
                    kind: .compactSummary,
                    time: time ?? .unknown,
                    bytes: payload.count,
                    contentHash: stableHash(payload),
                    position: position
                )
            )
        }
        return nil
    }

    mutating func finish() -> (strands: [Reading.Strand], state: [UInt8]) { (strands.take(), []) }

    private func scan(_ scanner: inout JSONScanner) -> Record {
        var record = Record()
        scanner.eachField { key, scanner in
            switch key.count {
            case 3 where key.is("cwd"): record.cwd = scanner.text()
            case 4 where key.is("uuid"): record.id = scanner.text()
            case 4 where key.is("type"): record.type = scanner.text()
            case 5 where key.is("model"): record.model = scanner.text()
            case 7 where key.is("subtype"): record.subtype = scanner.text()
            case 7 where key.is("agentId"): record.agent = scanner.text()
            case 7 where key.is("message"):
                scanner.eachField { key, scanner in
                    if key.is("parts") { record.parts = scanner.rawValue() } else { scanner.skipValue() }
                }
            case 9 where key.is("sessionId"): record.session = scanner.text()
            case 9 where key.is("timestamp"): record.time = scanner.text()
            case 9 where key.is("agentName"): record.agentName = scanner.text()
            case 10 where key.is("forkedFrom"): record.isCopy = scanner.container() != nil
            case 11 where key.is("isSidechain"): record.isSidechain = scanner.bool() ?? false
            case 13 where key.is("usageMetadata"): record.tokens = scanner.geminiTokens()
            case 13 where key.is("systemPayload"): record.payload = scanner.container()
            case 14 where key.is("toolCallResult"): record.status = scanner.text(under: "status")
            default: scanner.skipValue()
            }
        }
        return record
    }

    private mutating func keepResponse(_ record: Record, time: Timestamp?, at position: LogPosition) -> String? {
        let parts = GeminiParts(record.parts)
        // A response's parts may come in several lines, of which one has the counts.
        guard let usage = record.tokens?.usage else { return nil }
        guard let id = record.id, id.count > 0 else { return "response without an id" }
        guard let model = record.model, model.count > 0 else { return "response without a model" }
        guard let time else { return "response without a time" }
        let key = CallKey(id: id.hash())
        let strand = strand(of: record)
        strands.add(
            Call(
                key: key,
                id: id.string,
                time: time,
                model: ModelID(model.string),
                usage: usage,
                stopReason: parts.functionCalls.isEmpty ? .endTurn : .toolUse,
                visibleOutputBytes: parts.visibleBytes,
                position: position
            ),
            to: strand
        )
        toolCalls.enter(strands[strand].project)
        for function in parts.functionCalls {
            strands[strand].toolCalls.append(
                toolCalls.call(
                    function.id?.hash() ?? stableHash(function.input, seed: key.id),
                    of: key,
                    to: toolCalls.tool(function.name),
                    with: function.input
                )
            )
        }
        return nil
    }

    private mutating func keepPrompt(_ record: Record, time: Timestamp, at position: LogPosition) {
        let parts = GeminiParts(record.parts)
        let strand = strand(of: record)
        // Notifications, scheduled prompts and the like are user records of a subtype.
        let isPersons = record.subtype == nil || record.subtype?.is("mid_turn_user_message") == true
        let isMain = strands[strand].thread == .main
        let kind: Arrival.Kind = !isPersons ? .context : isMain ? .prompt : .delegation
        for (place, text) in parts.texts.enumerated() {
            strands[strand].arrivals.append(
                Arrival(
                    kind: kind,
                    label: isPersons ? "" : record.subtype.map { labels.label($0) } ?? "",
                    time: time,
                    bytes: text.count,
                    attachments: place == 0 ? parts.attachments : 0,
                    contentHash: text.textHash,
                    sketch: kind == .context ? [] : PromptSketch.of(text),
                    position: position
                )
            )
        }
    }

    private mutating func keepResults(_ record: Record, time: Timestamp, at position: LogPosition) {
        let parts = GeminiParts(record.parts)
        let strand = strand(of: record)
        for response in parts.functionResponses {
            strands[strand].arrivals.append(
                Arrival(
                    kind: .toolResult,
                    time: time,
                    bytes: response.content.count,
                    attachments: parts.attachments,
                    tool: response.id?.hash(),
                    isError: record.status?.is("error") ?? false,
                    contentHash: stableHash(response.content),
                    position: position
                )
            )
        }
    }

    private mutating func strand(of record: Record) -> Int {
        let session = SessionID(agent: .qwenCode, name: record.session?.nonEmptyString ?? file.stem)
        let agent = record.agent?.nonEmptyString
        let isMain = agent == nil && !record.isSidechain
        let thread = isMain ? ThreadID.main : ThreadID(kind: .subagent, name: agent ?? file.stem)
        let project = record.cwd?.string ?? ""
        let agentType = isMain ? nil : record.agentName?.nonEmptyString
        let index = strands.strand(session: session, thread: thread, isEcho: record.isCopy) {
            Reading.Strand(
                session: session,
                thread: thread,
                agentType: agentType,
                project: project,
                isEcho: record.isCopy
            )
        }
        if strands[index].project.isEmpty { strands[index].project = project }
        return index
    }
}
