import Domain
import Testing

@Suite struct CallTests {
    private func call(
        output: Int = 10,
        mode: ServingMode = .standard,
        stop: StopReason = .unknown,
        visible: Int = 0,
        isLowerBound: Bool = false,
        offset: Int64 = 0,
        time: Int64 = 0
    ) -> Call {
        Call(
            key: CallKey(id: 1),
            id: "msg_1",
            time: Timestamp(milliseconds: time),
            model: ModelID("m"),
            mode: mode,
            usage: Usage(outputTokens: output),
            stopReason: stop,
            visibleOutputBytes: visible,
            outputIsLowerBound: isLowerBound,
            position: LogPosition(offset: offset, length: 1)
        )
    }

    @Test func `of two records the larger usage counts, with its mode, and what is visible adds up`() {
        let first = call(output: 1, visible: 5, isLowerBound: true, offset: 0, time: 1)
        let last = call(
            output: 9,
            mode: ServingMode(isFast: true),
            stop: .endTurn,
            visible: 7,
            offset: 100,
            time: 2
        )
        let both = call(output: 9, mode: ServingMode(isFast: true), stop: .endTurn, visible: 12, offset: 0, time: 1)
        var joined = first
        joined.join(last)
        #expect(joined == both)
        joined = last
        joined.join(first)
        #expect(joined == both, "whichever comes first")
    }

    @Test(arguments: [(10, 100, false, 10), (1, 36, true, 10), (50, 36, true, 50), (0, 0, true, 0)])
    func `a placeholder is estimated from what is visible, never below what is logged`(
        output: Int,
        visible: Int,
        isLowerBound: Bool,
        estimate: Int
    ) {
        #expect(call(output: output, visible: visible, isLowerBound: isLowerBound).estimatedOutputTokens == estimate)
    }

    @Test func `what was billed includes earlier attempts`() {
        var fallen = call(output: 3)
        fallen.earlierAttempts = [Attempt(model: ModelID("other"), usage: Usage(inputTokens: 2, outputTokens: 4))]
        #expect(fallen.billedUsage == Usage(inputTokens: 2, outputTokens: 7))
    }

    @Test(arguments: Effort.allCases)
    func `an effort is found by its name`(effort: Effort) {
        #expect(Effort(name: "\(effort)") == effort)
        #expect(Effort(name: "\(effort)".uppercased()) == nil)
    }

    @Test func `models, sessions and threads sort by name, a main thread first`() {
        #expect(ModelID("a") < ModelID("b"))
        #expect("\(ModelID("claude-x"))" == "claude-x")
        #expect(SessionID(agent: .pi, name: "a") < SessionID(agent: .amp, name: "b"))
        #expect(SessionID(agent: .amp, name: "a") < SessionID(agent: .pi, name: "a"))
        #expect(ThreadID(kind: .main, name: "z") < ThreadID(kind: .subagent, name: "a"))
    }
}
