internal import Domain
internal import JSONText

/// Reads one Codex rollout file.
struct CodexExtractor: LogExtractor {
    let file: LogFile
    var state: CodexState
    var strands = StrandSet()
    var toolCalls = ToolCalls()
    var labels = Labels()
    private var ownStrand: Int?
    private var replayedStrand: Int?
    private var models: [String: ModelID] = [:]

    init(file: LogFile, resuming bytes: [UInt8]) {
        self.file = file
        state = CodexState(bytes: bytes) ?? CodexState()
    }

    mutating func read(_ scanner: inout JSONScanner, at offset: Int64) -> String? {
        let start = scanner.offset
        let record = scanner.codexRecord()
        guard !scanner.isBroken, let payload = record.payload else { return nil }
        let position = LogPosition(offset: offset, length: scanner.offset - start)
        let time = record.time.flatMap(Timestamp.init)
        switch record.kind {
        case .sessionMeta: readMeta(payload, time: time)
        case .turnContext: readTurn(payload)
        case .responseItem: keepItem(payload, time: time ?? .unknown, at: position)
        case .event: return readEvent(payload, time: time, at: position)
        case .compacted: keepCompaction(payload, time: time ?? .unknown, at: position)
        case .usageRecord: return keepUsageRecord(payload, time: time, at: position)
        case .other: break
        }
        return nil
    }

    mutating func finish() -> (strands: [Reading.Strand], state: [UInt8]) {
        (ownStrand, replayedStrand) = (nil, nil)
        return (strands.take(), state.bytes)
    }

    // Who and what: records that say of which thread, turn and model the next ones are.

    private mutating func readMeta(_ meta: CodexPayload, time: Timestamp?) {
        let isFirst = state.thread == nil
        var thread = state.thread ?? CodexThread(fileStem: file.stem)
        thread.read(meta, isFirst: isFirst, time: time)
        state.thread = thread
    }

    private mutating func readTurn(_ context: CodexPayload) {
        if let turn = context.turn { enter(turn) }
        if let model = context.model, model.count > 0 { state.model = model.string }
        state.effort = context.effort.flatMap { Effort(name: $0.string) } ?? state.effort
        if let tier = context.serviceTier { state.mode = ServingMode(codexTier: tier) }
        if thread.project.isEmpty, let cwd = context.cwd { setProject(cwd.string) }
    }

    private mutating func readSettings(_ raw: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(raw)
        guard let settings = scanner.codexPayload(), !scanner.isBroken else { return }
        if let model = settings.model, model.count > 0 { state.model = model.string }
        state.effort = settings.effort.flatMap { Effort(name: $0.string) } ?? state.effort
        // No tier here is the standard one: these are all settings, not changes.
        state.mode = ServingMode(codexTier: settings.serviceTier)
    }

    private mutating func enter(_ turn: RawText) {
        state.turn = CodexTurn(turn.bytes)
        state.turnID = turn.string
    }

    private mutating func readEvent(_ event: CodexPayload, time: Timestamp?, at position: LogPosition) -> String? {
        guard let type = event.type else { return nil }
        switch type.count {
        case 11 where type.is("token_count"): return keepTokenCount(event, time: time, at: position)
        case 12 where type.is("user_message"):
            if let message = event.message {
                keepPrompt(message, images: event.images, time: time ?? .unknown, at: position)
            }
        case 12 where type.is("task_started"), 12 where type.is("turn_started"):
            // What an interrupted response showed has no tokens to go with.
            state.response = CodexResponse()
            if let turn = event.turn { enter(turn) }
        case 17 where type.is("context_compacted"):
            keepText(.empty, kind: .context, label: labels.label(type), images: 0, time: time ?? .unknown, at: position)
        case 23 where type.is("thread_settings_applied"):
            if let settings = event.settings { readSettings(settings) }
        default: break
        }
        return nil
    }

    // Strands: the thread's own records, and those it replays of another.

    var thread: CodexThread {
        mutating get {
            if let thread = state.thread { return thread }
            let thread = CodexThread(fileStem: file.stem)
            state.thread = thread
            return thread
        }
    }

    private mutating func setProject(_ path: String) {
        var thread = thread
        thread.project = path
        state.thread = thread
        for index in [ownStrand, replayedStrand] {
            if let index { strands[index].project = path }
        }
    }

    mutating func strand(isReplayed: Bool) -> Int {
        if let known = isReplayed ? replayedStrand : ownStrand { return known }
        let thread = thread
        let billing = state.billing ?? thread.billingWithoutPlan
        let index = strands.strand(session: thread.sessionID, thread: thread.threadID, isEcho: isReplayed) {
            Reading.Strand(
                session: thread.sessionID,
                thread: thread.threadID,
                agentType: thread.agentType,
                project: thread.project,
                billing: billing,
                isHeadless: thread.isHeadless,
                isEcho: isReplayed
            )
        }
        if isReplayed { replayedStrand = index } else { ownStrand = index }
        return index
    }

    mutating func strand(at time: Timestamp) -> Int {
        strand(isReplayed: thread.isReplayed(state.turn, time: time))
    }

    mutating func setBilling(_ billing: Billing) {
        guard state.billing != billing else { return }
        state.billing = billing
        for index in [ownStrand, replayedStrand] {
            if let index { strands[index].billing = billing }
        }
    }

    mutating func model(_ name: String) -> ModelID {
        if let known = models[name] { return known }
        // A call whose model the log does not name is shown as unpriced, under this name.
        let model = ModelID(name.isEmpty ? "unknown" : name)
        models[name] = model
        return model
    }
}
