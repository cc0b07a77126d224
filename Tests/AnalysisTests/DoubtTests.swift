import Analysis
import Domain
import Testing

/// Work that is small by its numbers and still stays on the model that was asked for.
@Suite struct DoubtTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var reason: String
        var change: @Sendable (inout SessionThread) -> Void
        var testDescription: String { reason }
    }

    static let cases: [Case] = [
        Case(reason: "its prompt is not in the log") { $0.steps[0].arrivals = [.sample(.context)] },
        Case(reason: "it was cut off before its answer") { $0.steps[1].toolCalls = [.sample()] },
        Case(reason: "it was cut off before its answer") { $0.steps[1].call.stopReason = .maxTokens },
        Case(reason: "it was cut off before its answer") { $0.steps[1].call.stopReason = .unknown },
        Case(reason: "the model refused or failed in it") { $0.steps[1].call.stopReason = .refusal },
        Case(reason: "the model refused or failed in it") {
            $0.steps[1].call.earlierAttempts = [Attempt(model: .opus, usage: Usage(outputTokens: 1))]
        },
        Case(reason: "a tool failed or was denied in it") {
            $0.steps[1].arrivals = [.sample(.toolResult, isError: true)]
        },
        Case(reason: "it handed work to a subagent") { $0.steps[0].toolCalls = [.sample(.subagent, name: "Task")] },
        Case(reason: "it made a plan or asked the user back") {
            $0.steps[0].toolCalls = [.sample(.plan, name: "ExitPlanMode")]
        },
        Case(reason: "it made a plan or asked the user back") {
            $0.steps[0].toolCalls = [.sample(.question, name: "AskUserQuestion")]
        },
        Case(reason: "it went on by itself after its answer") { $0.steps[0].toolCalls = [] },
        Case(reason: "the conversation was compacted in it") { $0.steps[1].arrivals.append(.sample(.compactSummary)) },
        Case(reason: "it continues work under way") { $0.steps[0].arrivals.append(.sample(.toolResult)) },
        Case(reason: "it is about an image or a document") {
            $0.steps[0].arrivals = [.sample(.prompt, attachments: 1)]
        },
        Case(reason: "it changed models") { $0.steps[1].call.model = .olderOpus },
        Case(reason: "high effort was asked for on purpose") { $0.steps[0].call.effort = .max },
        Case(reason: "most of what it wrote was hidden thinking") {
            $0.steps[1].call.usage.outputTokens = 600
            $0.steps[1].call.usage.reasoningTokens = 400
        },
        Case(reason: "most of what it wrote was hidden thinking") {
            $0.steps[1].call.usage.outputTokens = 600
            $0.steps[1].call.visibleOutputBytes = 360
        },
        Case(reason: "its prompt was asked again") {
            let sketch: [UInt32] = [1, 2, 3, 4]
            $0.steps[0].arrivals = [.sample(.prompt, bytes: 60, sketch: sketch)]
            $0.trailing = [.sample(.prompt, bytes: 60, sketch: [1, 2, 9, 9])]
        },
    ]

    @Test(arguments: cases) func `small work is kept where there is a doubt`(_ example: Case) {
        // A long task stands behind it, so that the small one is judged as a task, and as a session without it.
        for isPartOfLonger in [false, true] {
            var session = Session.small()
            if isPartOfLonger, !example.reason.contains("prompt was asked") {
                session.threads[0].steps.append(.sample(Self.longCall, after: [.sample(.prompt)]))
            }
            example.change(&session.threads[0])
            let result = analyse(session, thresholds: .anySaving)
            #expect(result.candidates(of: ModelDowngrade.kind).allSatisfy { $0.unit == .call })
            // As tasks go the last one's prompt may be the one not seen.
            guard !example.reason.contains("not in the log") else { continue }
            #expect(result.report(of: ModelDowngrade.kind)?.summary.contains(example.reason) == true)
        }
    }

    @Test func `without any of them it moves`() throws {
        var session = Session.small()
        session.threads[0].steps.append(.sample(Self.longCall, after: [.sample(.prompt)]))
        session.threads[0].steps[0].call.usage.cacheWrite1hTokens = 200
        session.threads[0].steps[1].call.usage.cacheReadTokens = 200
        session.threads[0].steps[2].call.usage.cacheReadTokens = 605
        #expect(analyse(session, thresholds: .anySaving).candidates.map(\.unit) == [.task])
    }

    @Test(arguments: [(100, 0, 1), (101, 0, 0), (200, 1, 1), (201, 1, 0)])
    func `a long answer late in a long conversation rests on it`(output: Int, tools: Int, count: Int) {
        // 20,000 tokens of conversation stand between the first call and the task.
        var session = Session.smallTask(prefix: 19_000, output: output)
        session.threads[0].steps[0].call.usage.cacheWrite1hTokens = 1000
        session.threads[0].steps.insert(
            .sample(.sample("more", minute: 1, input: 17_000, output: 1000, read: 1000, write1h: 18_000)),
            at: 1
        )
        session.threads[0].steps[2].call.usage = Usage(
            inputTokens: 10,
            outputTokens: output,
            cacheReadTokens: 20_990,
            cacheWrite1hTokens: 16_010
        )
        session.threads[0].steps.removeLast()
        if tools > 0 {
            session.threads[0].steps[2].toolCalls = [.sample()]
            session.threads[0].steps[2].call.stopReason = .toolUse
            session.threads[0].steps[2].call.usage.outputTokens = 30
            let answer = Call.sample("answer", minute: 6, input: 10, output: output, read: 37_000, write1h: 50)
            session.threads[0].steps.append(.sample(answer, after: [.sample(.toolResult)]))
        }
        expectOnly(count, .task, in: session, besides: [CacheLifetimeChoice.kind])
    }

    @Test(
        arguments: [
            (Effort.high, [Effort.xhigh], 0), (.minimal, [.high], 0), (.medium, [.high, .xhigh], 0),
            (.xhigh, [.xhigh], 1), (.minimal, [.medium], 1), (.minimal, [.high, .minimal], 1), (.high, [.low], 1),
        ]
    )
    func `effort raised to high for a task shows it was thought hard, a usual or a passing level does not`(
        before: Effort,
        own: [Effort],
        count: Int
    ) {
        var session = Session.smallTask(output: 300)
        session.threads[0].steps[0].call.effort = before
        session.threads[0].steps[1].call.effort = own[0]
        if own.count > 1 {
            session.threads[0].steps[1].call.stopReason = .toolUse
            session.threads[0].steps[1].toolCalls = [.sample()]
            var answer = Call.sample("answer", minute: 5.1, input: 10, output: 20, read: 2090, write1h: 400)
            answer.effort = own[1]
            session.threads[0].steps.insert(.sample(answer, after: [.sample(.toolResult)]), at: 2)
        }
        expectOnly(count, .task, in: session)
    }

    @Test func `files changed again in the next task were not changed well`() {
        for (target, count) in [(UInt64(1), 0), (2, 1)] {
            var session = Session.smallTask()
            session.threads[0].steps[1].toolCalls = [.sample(.edit, name: "Edit", target: 1)]
            session.threads[0].steps[1].call.stopReason = .toolUse
            var answer = session.threads[0].steps[1]
            answer.call = .sample("answer", minute: 5.1, input: 10, output: 20, read: 2090, write1h: 800)
            answer.arrivals = [.sample(.toolResult)]
            answer.toolCalls = []
            session.threads[0].steps.insert(answer, at: 2)
            session.threads[0].steps[3].toolCalls = [.sample(.edit, name: "Edit", target: target)]
            expectOnly(count, .task, in: session)
        }
    }

    @Test(arguments: [(StopReason.error, 0), (.unknown, 0), (.endTurn, 1)])
    func `a task that was broken off is no next task`(stop: StopReason, count: Int) {
        var session = Session.smallTask()
        session.threads[0].steps[1].toolCalls = [.sample(.edit, name: "Edit", target: 1)]
        session.threads[0].steps[1].call.stopReason = .toolUse
        var answer = session.threads[0].steps[1]
        answer.call = .sample("answer", minute: 5.1, input: 10, output: 20, read: 2090, write1h: 800)
        answer.arrivals = [.sample(.toolResult)]
        answer.toolCalls = []
        var between = answer
        between.call = .sample("between", minute: 6, input: 10, output: 900, read: 2890, write1h: 30, stop: stop)
        between.arrivals = [.sample(.prompt)]
        session.threads[0].steps.insert(contentsOf: [answer, between], at: 2)
        session.threads[0].steps[4].toolCalls = [.sample(.edit, name: "Edit", target: 1)]
        expectOnly(count, .task, in: session)
    }

    @Test func `a compaction makes the whole session more than small`() {
        var session = Session.small()
        session.threads.append(
            SessionThread(
                id: ThreadID(kind: .compaction, name: "c"),
                steps: [.sample(.sample("compaction", input: 10, output: 10))]
            )
        )
        #expect(!analyse(session, thresholds: .anySaving).candidates.contains { $0.unit == .session })
    }

    private static let longCall = Call.sample("long", minute: 2, output: 5000, read: 20_405, write1h: 100)
}
