import Analysis
import Domain
import Testing

@Suite struct UnitShapeTests {
    /// The shape of the one candidate among three tasks, the middle one changed.
    private func shape(_ change: (inout SessionThread.Step) -> Void) -> Shape? {
        var session = Session.smallTask()
        change(&session.threads[0].steps[1])
        return analyse(session, thresholds: .anySaving).candidates.only?.shape
    }

    @Test func `what comes in is the growth of the prompt less the reply in between`() {
        // 2,100 tokens after 1,000 and a reply of 1,000.
        #expect(shape { _ in }?.inputTokens == 100)
    }

    @Test func `what the agent adds by itself is no text of the user's, but growth is`() {
        #expect(shape { $0.arrivals.append(.sample(.context, bytes: 90_000)) }?.inputTokens == 100)
        #expect(shape { $0.call.usage.inputTokens = 3000 }?.inputTokens == 3090)
    }

    @Test func `a prompt that shrank is sized by its text`() {
        #expect(shape { $0.call.usage.cacheWrite1hTokens = 900 }?.inputTokens == 10)
    }

    @Test func `text is a floor, since something may have left the prompt as it came`() {
        #expect(shape { $0.arrivals = [.sample(.prompt, bytes: 7200)] }?.inputTokens == 2000)
    }

    @Test func `after a switch of models the tokens of two tokenisers are not compared`() {
        var session = Session.smallTask()
        session.threads[0].steps[0].call.model = .haiku
        #expect(analyse(session, thresholds: .anySaving).candidates.only?.shape.inputTokens == 10)
    }

    @Test func `output that is only a placeholder is sized by what is visible`() {
        let shape = shape {
            $0.call.usage.outputTokens = 1
            $0.call.outputIsLowerBound = true
            $0.call.visibleOutputBytes = 360
        }
        #expect(shape?.outputTokens == 100)
    }

    @Test func `a file changed twice is one file changed`() {
        let edits: [ToolCall] = [.sample(.edit, target: 1), .sample(.edit, target: 1)]
        var session = Session.small()
        session.threads[0].steps[0].toolCalls = edits
        let shape = analyse(session, thresholds: .anySaving).candidates.only?.shape
        #expect(shape?.filesChanged == 1)
        #expect(shape?.toolCalls == 2)
    }
}
