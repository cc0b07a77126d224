internal import Domain

/// What a Codex extractor remembers from line to line, and from one look at a growing file to the next.
struct CodexState {
    /// Nil until the file's own `session_meta`.
    var thread: CodexThread?
    var turn = CodexTurn()
    var turnID = ""
    var model = ""
    var effort: Effort?
    var mode = ServingMode.standard
    var billing: Billing?
    /// The running total of the last token count.
    var totals: CodexUsage?
    /// What a usage record has counted already: the token count behind it repeats it.
    var recorded: CodexUsage?
    var response = CodexResponse()
    /// A hash of the prompt that came last, which two kinds of record show.
    var lastPrompt: UInt64 = 0
}

extension CodexState {
    private static let format = 1

    var bytes: [UInt8] {
        var state = ResumeStateWriter()
        state.write(CodexState.format)
        state.write(thread != nil)
        thread?.write(to: &state)
        turn.write(to: &state)
        state.write(turnID)
        state.write(model)
        state.write(effort.map { UInt64($0.rawValue) })
        state.write(UInt64(mode.serviceTier.rawValue))
        state.write(mode.isFast)
        state.write(billing?.rawValue)
        totals.write(to: &state)
        recorded.write(to: &state)
        response.write(to: &state)
        state.write(lastPrompt)
        return state.bytes
    }

    /// Nil for bytes of another format, and for a fresh start.
    init?(bytes: [UInt8]) {
        var state = ResumeStateReader(bytes)
        guard state.integer() == CodexState.format else { return nil }
        thread = state.flag() ? CodexThread(from: &state) : nil
        turn = CodexTurn(from: &state)
        turnID = state.text()
        model = state.text()
        effort = state.optionalNumber().flatMap { Effort(rawValue: UInt8(truncatingIfNeeded: $0)) }
        mode.serviceTier = ServingMode.ServiceTier(rawValue: UInt8(truncatingIfNeeded: state.number())) ?? .standard
        mode.isFast = state.flag()
        billing = state.optionalText().flatMap { Billing(rawValue: $0) }
        totals = CodexUsage?(from: &state)
        recorded = CodexUsage?(from: &state)
        response = CodexResponse(from: &state)
        lastPrompt = state.number()
        if state.isBroken { return nil }
    }
}

extension CodexUsage? {
    fileprivate func write(to state: inout ResumeStateWriter) {
        state.write(self != nil)
        guard let usage = self else { return }
        for count in [usage.input, usage.cached, usage.cacheWrite, usage.output, usage.reasoning, usage.total] {
            state.write(count)
        }
    }

    fileprivate init(from state: inout ResumeStateReader) {
        guard state.flag() else {
            self = nil
            return
        }
        self = CodexUsage(
            input: state.integer(),
            cached: state.integer(),
            cacheWrite: state.integer(),
            output: state.integer(),
            reasoning: state.integer(),
            total: state.integer()
        )
    }
}
