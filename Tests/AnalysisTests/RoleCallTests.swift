import Analysis
import Domain
import Testing

/// Calls inside a thread that did one small thing each.
@Suite struct RoleCallTests {
    /// A long call, three looks into files, and a long answer at the last minute.
    private func session(return minute: Double = 4, tool: ToolCall = .sample(action: .readFile)) -> Session {
        let looks: [SessionThread.Step] = [
            look("r1", minute: 1, read: 50_000, write: 3100, tool: tool),
            look("r2", minute: 2, read: 53_100, write: 150, tool: tool),
            look("r3", minute: 3, read: 53_250, write: 150, tool: tool),
        ]
        return .sample(
            steps: [
                .sample(
                    .sample("a", output: 3000, write1h: 50_000, stop: .toolUse),
                    after: [.sample(.prompt)],
                    tools: [.sample(.edit, name: "Edit")]
                )
            ] + looks + [
                .sample(
                    .sample("z", minute: minute, output: 3000, read: 53_400, write1h: 150),
                    after: [.sample(.toolResult)]
                )
            ]
        )
    }

    private func look(_ id: String, minute: Double, read: Int, write: Int, tool: ToolCall) -> SessionThread.Step {
        .sample(
            .sample(id, minute: minute, output: 50, read: read, write1h: write, stop: .toolUse),
            after: [.sample(.toolResult)],
            tools: [tool]
        )
    }

    @Test func `a run of them moves, and both caches are paid for`() throws {
        let candidate = try #require(analyse(session()).candidates(of: ModelDowngrade.kind).only)
        #expect(candidate.unit == .call)
        #expect(candidate.target == .haiku)
        #expect(candidate.evidence.calls == ["r1", "r2", "r3"])
        // 156,350 × 0.20 + 3,400 × 8 + 150 × 20
        #expect(candidate.actual == .micro(61_470))
        // (53,100 + 300) × 0.20 + 106,350 × 0.01 + 150 × 0.50, and 3,400 at 8 - 0.20 on the way back
        #expect(candidate.estimated == .micro(11_818.5 + 26_520))
        #expect(candidate.reasons.first == "3 calls that only read or searched files")
    }

    @Test func `where coming back costs more than they save they are left alone and counted`() throws {
        let result = analyse(session(return: 61))
        #expect(result.report(of: ModelDowngrade.kind)?.findings.isEmpty == true)
        #expect(result.report(of: ModelDowngrade.kind)?.dropped == Dropped(count: 1, actual: .micro(61_470)))
        #expect(result.report(of: ModelDowngrade.kind)?.summary.contains("of 3 other calls") == true)
    }

    @Test func `of what would cost more together the run that saves moves alone`() throws {
        var session = session()
        // A fourth look, after the original came back and long after everything expired.
        session.threads[0].steps += [
            .sample(
                .sample("r4", minute: 200, output: 50, read: 56_400, write1h: 150, stop: .toolUse),
                after: [.sample(.toolResult)],
                tools: [.sample(action: .readFile)]
            ),
            .sample(
                .sample("y", minute: 201, output: 3000, read: 56_550, write1h: 150),
                after: [.sample(.toolResult)]
            ),
        ]
        let candidate = try #require(analyse(session).candidates(of: ModelDowngrade.kind).only)
        #expect(candidate.evidence.calls == ["r1", "r2", "r3"])
        #expect(candidate.estimated == .micro(11_818.5 + 26_520))
    }

    @Test func `after a rewind the caches hold what was read then, no more`() throws {
        var session = session()
        session.threads[0].steps[4].call.usage = Usage(
            outputTokens: 3000,
            cacheReadTokens: 15_000,
            cacheWrite1hTokens: 5100
        )
        session.threads[0].steps += [
            look("r4", minute: 5, read: 20_100, write: 3100, tool: .sample(action: .readFile)),
            .sample(
                .sample("y", minute: 6, output: 3000, read: 23_200, write1h: 150),
                after: [.sample(.toolResult)]
            ),
        ]
        let candidate = try #require(analyse(session).candidates(of: ModelDowngrade.kind).first { $0.unit == .call })
        #expect(candidate.evidence.calls == ["r1", "r2", "r3", "r4"])
        // The fourth finds 15,000 of 20,100: 8,200 × 0.20 + 15,000 × 0.01 + 50 × 0.50.
        let fourth = 1815.0
        // The original finds 15,000 of 15,000 the first time and 20,100 of 23,200 the second.
        #expect(candidate.estimated == .micro(11_818.5 + fourth + 3100 * 7.8))
    }

    @Test(arguments: [
        (ActionKind.search, "only read or searched files"), (.list, "only read or searched files"),
        (.readGit, "only used git"), (.writeGit, "only used git"), (.format, "only formatted or linted"),
        (.lint, "only formatted or linted"), (.package, "only managed packages"), (.fetch, "only looked something up"),
        (.lookUp, "only looked something up"),
    ])
    func `the role is told by what the tools were for`(action: ActionKind, reason: String) throws {
        let candidate = try #require(
            analyse(session(tool: .sample(.execute, action: action, command: "git commit")))
                .candidates(of: ModelDowngrade.kind).first
        )
        #expect(candidate.reasons.first == "3 calls that \(reason)")
    }

    @Test(arguments: [ActionKind.edit, .test, .build, .run, .delegate, .plan, .ask, .arrangeFiles])
    func `other work is no role`(action: ActionKind) throws {
        let report = try #require(
            analyse(session(tool: .sample(.execute, action: action))).report(of: ModelDowngrade.kind)
        )
        #expect(report.findings.isEmpty)
        #expect(report.dropped.count == 0)
    }

    @Test func `a look into a file after an error is a look into the error`() throws {
        var session = session()
        session.threads[0].steps[1].arrivals = [.sample(.toolResult, isError: true)]
        let candidate = try #require(analyse(session).candidates(of: ModelDowngrade.kind).only)
        #expect(
            candidate.reasons.prefix(2) == [
                "2 calls that only read or searched files", "1 call that only looked up an error",
            ]
        )
    }

    @Test(arguments: ["gh pr merge", "gh workflow run", "glab mr merge", ""])
    func `what others see at a repository's host is no role`(command: String) {
        let tool = ToolCall.sample(.execute, action: .writeGit, command: command)
        #expect(analyse(session(tool: tool)).candidates(of: ModelDowngrade.kind).isEmpty)
    }

    @Test(arguments: [
        Case(testDescription: "the user broke in") { $0.arrivals = [.sample(.toolResult), .sample(.prompt)] },
        Case(testDescription: "the next response failed") { $0.call.stopReason = .error },
        Case(testDescription: "the next response was cut off") { $0.call.stopReason = .unknown },
    ])
    func `a call from which no work went on stays`(_ example: Case) {
        var session = session(tool: .sample(.execute, action: .format))
        example.change(&session.threads[0].steps[4])
        let calls = analyse(session).candidates(of: ModelDowngrade.kind).flatMap(\.evidence.calls)
        #expect(!calls.contains("r3"))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var change: @Sendable (inout SessionThread.Step) -> Void
    }

    @Test(arguments: [
        Case(testDescription: "tools of two roles") {
            $0.toolCalls.append(.sample(.execute, key: 2, action: .readGit))
        },
        Case(testDescription: "a prompt") { $0.arrivals = [.sample(.prompt)] },
        Case(testDescription: "a picture") { $0.arrivals = [.sample(.toolResult, attachments: 1)] },
        Case(testDescription: "a failed tool") { $0.arrivals = [.sample(.toolResult, isError: true)] },
        Case(testDescription: "a long text") { $0.call.usage.outputTokens = 200 },
        Case(testDescription: "a refusal") { $0.call.stopReason = .refusal },
        Case(testDescription: "effort at its highest") { $0.call.effort = .max },
    ])
    func `a doubtful one stays`(_ example: Case) throws {
        var session = session(tool: .sample(.execute, action: .format))
        example.change(&session.threads[0].steps[3])
        let calls = analyse(session).candidates(of: ModelDowngrade.kind).flatMap(\.evidence.calls)
        #expect(!calls.contains("r3"))
    }
}
