import Analysis
import Domain
import Testing

@Suite struct StandingPromptTests {
    /// So many calls that read what the first one wrote; the prompt's 360 bytes come to 100 tokens.
    private func session(
        _ name: String,
        project: String,
        standing: Int,
        calls: Int = 10,
        model: ModelID = .opus,
        day: Double = 0,
        labels: [Arrival] = [],
        tools: [ToolCall] = []
    ) -> Session {
        let steps = (0..<calls).map { index in
            SessionThread.Step.sample(
                .sample(
                    "\(name)-\(index)",
                    minute: day * 1440 + Double(index),
                    model: model,
                    read: index == 0 ? 0 : standing + 100,
                    write5m: index == 0 ? standing + 100 : 0,
                    effort: .max,
                    stop: index + 1 < calls ? .toolUse : .endTurn
                ),
                after: index == 0 ? labels + [.sample(.prompt, bytes: 360)] : [],
                tools: index == 0 ? tools : []
            )
        }
        return .sample(name, project: project, steps: steps)
    }

    private func sessions(
        _ project: String,
        standing: Int,
        count: Int = 3,
        model: ModelID = .opus,
        day: Double = 0,
        labels: [Arrival] = [],
        tools: [ToolCall] = []
    ) -> [Session] {
        (0..<count).map {
            session(
                "\(project)\($0)",
                project: project,
                standing: standing,
                model: model,
                day: day,
                labels: labels,
                tools: tools
            )
        }
    }

    private func findings(in sessions: [Session], thresholds: [String: Double] = [:]) -> [ScopedFinding] {
        analyse(sessions, thresholds: Thresholds(["standing-prompt": thresholds])).findings
            .filter { $0.finding.kind == "standing-prompt" }
    }

    @Test func `what a project sends on top of the leanest is priced in every call`() throws {
        let finding = try #require(findings(in: sessions("a", standing: 10_000) + sessions("b", standing: 20_000)).only)
        #expect(finding.scope.project == "b")
        #expect(finding.finding.candidates.count == 3)
        // 10,000 tokens written at $5 and read nine times at $0.20 a million.
        #expect(finding.finding.candidates.allSatisfy { $0.saving == .micro(10_000 * 5 + 90_000 * 0.20) })
        let candidate = finding.finding.candidates[0]
        #expect(candidate.shape == Shape(inputTokens: 10_000, turns: 10))
        #expect(candidate.evidence.calls == ["b0-0"])
        #expect(
            candidate.reasons == [
                "20,000 tokens before the first word, in 10 calls",
                "10,000 more than the leanest project then on this agent and model (10,000)",
            ]
        )
    }

    @Test(arguments: [(11_999, 0), (12_000, 1)])
    func `a page more is no finding`(standing: Int, count: Int) {
        #expect(findings(in: sessions("a", standing: 10_000) + sessions("b", standing: standing)).count == count)
    }

    @Test(arguments: [(2, 3), (3, 2)])
    func `too few sessions are no measure, on either side`(lean: Int, heavy: Int) {
        let all = sessions("a", standing: 10_000, count: lean) + sessions("b", standing: 20_000, count: heavy)
        #expect(findings(in: all).isEmpty)
        #expect(findings(in: all, thresholds: ["sessions": 2]).count == 1)
    }

    @Test func `another model counts tokens differently`() {
        let other = sessions("b", standing: 20_000, model: .sonnet)
        #expect(findings(in: sessions("a", standing: 10_000) + other).isEmpty)
    }

    @Test func `another week may be another version of the agent`() {
        let other = sessions("b", standing: 20_000, day: 7)
        let all = sessions("a", standing: 10_000) + other
        #expect(findings(in: all).isEmpty)
        #expect(findings(in: all, thresholds: ["days": 365]).count == 1)
    }

    @Test func `headless sessions have other system prompts`() {
        var other = sessions("b", standing: 20_000)
        for index in other.indices { other[index].isHeadless = true }
        #expect(findings(in: sessions("a", standing: 10_000) + other).isEmpty)
    }

    @Test func `a file that the user names is not the standing prompt`() {
        let file = Arrival.sample(.context, label: "file", bytes: 36_000)
        let all = sessions("a", standing: 10_000) + sessions("b", standing: 20_000, labels: [file])
        #expect(findings(in: all).isEmpty)
    }

    @Test func `skills and hooks are, and are named`() throws {
        let listing = [
            Arrival.sample(.context, label: "skill_listing", bytes: 27_000),
            .sample(.context, label: "hook_additional_context", bytes: 3600),
        ]
        let all = sessions("a", standing: 10_000) + sessions("b", standing: 20_000, labels: listing)
        let candidate = try #require(findings(in: all).only?.finding.candidates.first)
        #expect(candidate.reasons.last == "of it skill_listing 7,500, hook_additional_context 1,000")
    }

    @Test func `a session that goes on from a summary has no start to measure`() {
        var all = sessions("a", standing: 10_000) + sessions("b", standing: 20_000)
        for index in all.indices { all[index].threads[0].steps[0].arrivals.append(.sample(.compactSummary)) }
        #expect(findings(in: all).isEmpty)
    }

    @Test func `servers that announce themselves and are never called are claimed without a comparison`() throws {
        let announced = [Arrival.sample(.context, label: "mcp_instructions_delta", bytes: 7200)]
        let all = sessions("a", standing: 10_000, labels: announced)
        let candidate = try #require(findings(in: all).only?.finding.candidates.first)
        #expect(candidate.saving == .micro(2000 * 5 + 18_000 * 0.20))
        #expect(candidate.reasons[1].contains("2,000 tokens; no session of the project calls one"))
    }

    @Test func `one call of a server in one session of the project is use`() {
        let announced = [Arrival.sample(.context, label: "mcp_instructions_delta", bytes: 7200)]
        var all = sessions("a", standing: 10_000, labels: announced)
        let call = ToolCall.sample(.other, name: "mcp__tracker__find")
        // Its own start cannot be measured.
        all.append(session("b", project: "a", standing: 10_000, labels: [.sample(.compactSummary)], tools: [call]))
        #expect(findings(in: all).isEmpty)
    }

    @Test func `calls of another session and calls with a smaller prompt are not claimed`() throws {
        var heavy = sessions("b", standing: 20_000)
        heavy[0].threads[0].steps[2].isContext = true
        heavy[0].threads[0].steps[1].call.usage.cacheReadTokens = 5000
        let finding = try #require(findings(in: sessions("a", standing: 10_000) + heavy).only?.finding)
        let candidate = try #require(finding.candidates.first { $0.session.name == "b0" })
        #expect(candidate.saving == .micro(10_000 * 5 + 70_000 * 0.20))
        #expect(candidate.calls.count == 8)
    }

    @Test func `forks of one session are one start, told by its own call`() throws {
        var forks = sessions("b", standing: 20_000)
        for index in 1..<3 { forks[index].threads[0].steps[0].isContext = true }
        #expect(findings(in: sessions("a", standing: 10_000) + forks).isEmpty)
        let others = sessions("b", standing: 20_000, count: 5).suffix(2)
        let candidates = try #require(
            findings(in: sessions("a", standing: 10_000) + forks + others).only?.finding.candidates
        )
        #expect(candidates.flatMap(\.evidence.calls).sorted() == ["b0-0", "b3-0", "b4-0"])
    }

    @Test func `less than a cent a session is left out`() {
        // 1,500 tokens written at $5 and read nine times at $0.20 a million: 1.02 cents.
        let lean = sessions("a", standing: 10_000)
        #expect(findings(in: lean + sessions("b", standing: 11_500), thresholds: ["tokens": 1000]).count == 1)
        #expect(findings(in: lean + sessions("b", standing: 11_400), thresholds: ["tokens": 1000]).isEmpty)
    }
}
