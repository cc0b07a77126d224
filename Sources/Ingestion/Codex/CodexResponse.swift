internal import Domain
internal import JSONText

/// What a rollout has shown of a response whose token count has not come yet.
///
/// Codex logs a response's items as they stream in, runs its tools, logs their results, and only then its tokens.
struct CodexResponse {
    /// Where and when the first item stands: the call's own place, before the results of its tools.
    private(set) var begun: (time: Timestamp, position: LogPosition)?
    /// The id of an item, for a person to search the log for.
    private(set) var itemID = ""
    var visibleBytes = 0
    var webSearches = 0
    var hasMessage = false
    /// Of a call that is not yet known.
    var tools: [ToolCall] = []

    mutating func begin(with item: CodexPayload, time: Timestamp, at position: LogPosition) {
        if begun == nil { begun = (time, position) }
        if itemID.isEmpty { itemID = (item.id ?? item.callID)?.string ?? "" }
    }

    /// Why the response ended, as far as its items tell.
    var stopReason: StopReason { tools.isEmpty ? (hasMessage ? .endTurn : .unknown) : .toolUse }
}

extension CodexResponse {
    func write(to state: inout ResumeStateWriter) {
        state.write(begun != nil)
        if let begun {
            state.write(Int(begun.time.milliseconds))
            state.write(Int(begun.position.offset))
            state.write(begun.position.length)
        }
        state.write(itemID)
        state.write(visibleBytes)
        state.write(webSearches)
        state.write(hasMessage)
        state.write(tools.count)
        for tool in tools {
            state.write(tool.key)
            state.write(tool.name)
            state.write(UInt64(tool.kind.rawValue))
            state.write(UInt64(tool.action.rawValue))
            state.write(tool.command)
            state.write(tool.inputBytes)
            state.write(tool.actionHash)
            state.write(tool.targetHash)
        }
    }

    init(from state: inout ResumeStateReader) {
        if state.flag() {
            let time = Timestamp(milliseconds: Int64(state.integer()))
            begun = (time, LogPosition(offset: Int64(state.integer()), length: state.integer()))
        }
        itemID = state.text()
        visibleBytes = state.integer()
        webSearches = state.integer()
        hasMessage = state.flag()
        var left = state.integer()
        while left > 0, !state.isBroken {
            left -= 1
            tools.append(
                ToolCall(
                    key: state.number(),
                    call: CallKey(id: 0),
                    name: state.text(),
                    kind: ToolKind(rawValue: UInt8(truncatingIfNeeded: state.number())) ?? .other,
                    action: ActionKind(rawValue: UInt8(truncatingIfNeeded: state.number())) ?? .other,
                    command: state.text(),
                    inputBytes: state.integer(),
                    actionHash: state.number(),
                    targetHash: state.optionalNumber()
                )
            )
        }
    }
}
