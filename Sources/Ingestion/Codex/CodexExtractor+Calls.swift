internal import Domain
internal import JSONText

extension CodexExtractor {
    /// A `token_count`: the tokens of the response that just ended, unless it only repeats the last one's.
    mutating func keepTokenCount(_ event: CodexPayload, time: Timestamp?, at position: LogPosition) -> String? {
        if let limits = event.rateLimits { readPlan(limits) }
        // Without it the event only tells how far the plan's limits are used up.
        guard let raw = event.info else { return nil }
        var scanner = JSONScanner(raw)
        let info = scanner.codexTokenInfo()
        guard info.total != nil || info.last != nil else { return "token count without usage" }
        let earlier = state.totals
        state.totals = info.total ?? earlier
        if let total = info.total, total == earlier { return nil }
        guard let usage = info.last ?? info.total?.beyond(earlier), !usage.isEmpty else { return nil }
        if let recorded = state.recorded, usage.isSameResponse(as: recorded) { return nil }
        state.recorded = nil
        // A thread that inherits its parent's context may first report where the parent stood.
        if earlier == nil, thread.mayReplay, state.response.begun == nil, let total = info.total, total != usage {
            return nil
        }
        guard let time else { return "token count without a time" }
        if let model = info.model ?? event.model, model.count > 0 { state.model = model.string }
        let isReplayed = thread.isReplayed(state.turn, time: time)
        let key: UInt64
        if state.turn.isUnique {
            key = usage.hash(seed: state.turn.hash)
        } else if let total = info.total, !thread.isNameless {
            key = usage.hash(seed: total.hash(seed: thread.origin(isReplayed: isReplayed)))
        } else {
            // Nothing says where the record is from: copies at least keep its time.
            let seed = usage.hash(seed: UInt64(bitPattern: time.milliseconds))
            key = info.total?.hash(seed: seed) ?? seed
        }
        keepCall(usage, key: CallKey(id: key), id: nil, time: time, at: position, isReplayed: isReplayed)
        return nil
    }

    /// A `token_usage_record`, which newer versions write for each response before its token count.
    mutating func keepUsageRecord(_ record: CodexPayload, time: Timestamp?, at position: LogPosition) -> String? {
        guard let usage = record.codexUsage else { return "usage record without usage" }
        state.recorded = usage
        guard !usage.isEmpty else { return nil }
        guard let time else { return "usage record without a time" }
        if let model = record.model, model.count > 0 { state.model = model.string }
        let turn = record.turn.map { CodexTurn($0.bytes) } ?? state.turn
        let key: UInt64
        if turn.isUnique {
            key = usage.hash(seed: turn.hash)
        } else if let response = record.response, response.count > 0 {
            key = response.hash()
        } else {
            key = usage.hash(seed: thread.origin(isReplayed: false) &+ UInt64(bitPattern: time.milliseconds))
        }
        let isForeign = record.thread.map { $0.count > 0 && $0.string != thread.id } ?? false
        keepCall(
            usage,
            key: CallKey(id: key),
            id: record.response?.nonEmptyString,
            time: time,
            at: position,
            isReplayed: isForeign
        )
        return nil
    }

    private mutating func keepCall(
        _ usage: CodexUsage,
        key: CallKey,
        id: String?,
        time: Timestamp,
        at position: LogPosition,
        isReplayed: Bool
    ) {
        let response = state.response
        state.response = CodexResponse()
        let strand = strand(isReplayed: isReplayed)
        var billed = usage.usage
        billed.webSearchRequests = response.webSearches
        let fallbackID = response.itemID.isEmpty ? state.turnID : response.itemID
        strands.add(
            Call(
                key: key,
                id: id ?? fallbackID,
                time: response.begun?.time ?? time,
                model: model(state.model),
                mode: state.mode,
                usage: billed,
                effort: state.effort,
                stopReason: response.stopReason,
                visibleOutputBytes: response.visibleBytes,
                position: response.begun?.position ?? position
            ),
            to: strand
        )
        for tool in response.tools {
            var tool = tool
            tool.call = key
            strands[strand].toolCalls.append(tool)
        }
    }

    private mutating func readPlan(_ limits: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(limits)
        if let billing = scanner.text(under: "plan_type").flatMap({ Billing(codexPlan: $0) }) { setBilling(billing) }
    }
}

extension CodexPayload {
    /// The usage of a usage record.
    var codexUsage: CodexUsage? {
        guard let usage else { return nil }
        var scanner = JSONScanner(usage)
        return scanner.codexUsage()
    }
}

extension CodexUsage {
    /// Whether two records tell of one response; older ones leave out some counts.
    func isSameResponse(as other: CodexUsage) -> Bool {
        input == other.input && cached == other.cached && output == other.output && reasoning == other.reasoning
    }
}
