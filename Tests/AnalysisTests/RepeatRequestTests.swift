import Analysis
import Domain
import Testing

@Suite struct RepeatRequestTests {
    /// A prompt, a file read and an answer: two calls of 50,000 tokens at $0.20 a million and 100 out at $20: 2.4 cents.
    private func session(
        _ name: String,
        project: String = "/p",
        day: Double,
        content: UInt64 = 1,
        agreeing places: Int = 16,
        bytes: Int = 200,
        files: [UInt64] = [3],
        stop: StopReason = .endTurn,
        isHeadless: Bool = false
    ) -> Session {
        // Places that do not agree do so nowhere.
        let own = UInt32(name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) } % 1000 + 100)
        let sketch = (0..<16).map { UInt32($0) + ($0 < 16 - places ? own * 100 : 0) }
        let tools = files.enumerated().map { index, file in
            ToolCall.sample(.read, key: UInt64(index), hash: own.hashed, target: file)
        }
        return .sample(
            name,
            project: project,
            isHeadless: isHeadless,
            steps: [
                .sample(
                    .sample(name + "1", minute: day * 1440, read: 50_000, effort: .max, stop: .toolUse),
                    after: [.sample(.prompt, bytes: bytes, content: content, sketch: sketch)],
                    tools: tools
                ),
                .sample(
                    .sample(name + "2", minute: day * 1440 + 1, read: 50_000, effort: .max, stop: stop),
                    after: tools.map { .sample(.toolResult, answers: $0.key) }
                ),
            ]
        )
    }

    private func findings(in sessions: [Session], thresholds: [String: Double] = [:]) -> [ScopedFinding] {
        analyse(sessions, thresholds: Thresholds(["repeat-request": thresholds])).findings
            .filter { $0.finding.kind == "repeat-request" }
    }

    private func candidates(in sessions: [Session]) -> [Candidate] {
        findings(in: sessions).flatMap(\.finding.candidates)
    }

    private func found(in sessions: [Session]) -> Candidate? { candidates(in: sessions).only }

    @Test func `the later of two identical requests is claimed with all its calls`() throws {
        let candidate = try #require(found(in: [session("a", day: 0), session("b", day: 1)]))
        #expect(candidate.session.name == "b")
        #expect(candidate.unit == .task)
        #expect(candidate.saving == .micro(2 * (10_000 + 2000)))
        #expect(candidate.evidence.calls == ["b1", "b2"])
        #expect(candidate.reasons == ["the very same prompt as session a answered on 2026-11-20"])
    }

    @Test(arguments: [(13, false), (14, true), (16, true)])
    func `nearly the same words are told by their sketches`(places: Int, fires: Bool) throws {
        let near = session("b", day: 1, content: 2, agreeing: places)
        let candidate = found(in: [session("a", day: 0), near])
        #expect(candidates(in: [session("a", day: 0), near]).count == (fires ? 1 : 0))
        guard places == 14 else { return }
        #expect(
            candidate?.reasons
                == ["14 of 16 places like (about 88% of the words) what session a answered on 2026-11-20"]
        )
    }

    @Test func `how alike is the user's limit, down to what the bands find`() {
        let near = [session("a", day: 0), session("b", day: 1, content: 2, agreeing: 13)]
        #expect(findings(in: near, thresholds: ["places": 13]).count == 1)
        let far = [session("a", day: 0), session("b", day: 1, content: 2, agreeing: 12)]
        #expect(findings(in: far, thresholds: ["places": 1]).isEmpty)
    }

    @Test(arguments: [(199, 0), (200, 1)])
    func `short prompts ask for something else every time`(bytes: Int, count: Int) {
        let all = [session("a", day: 0, bytes: bytes), session("b", day: 1, bytes: bytes)]
        #expect(findings(in: all).count == count)
    }

    @Test(arguments: [([3, 4, 5, 6], true), ([3, 5, 6, 7], false)] as [([UInt64], Bool)])
    func `the same words with other doings ask for other work`(files: [UInt64], fires: Bool) {
        let all = [session("a", day: 0, files: [3, 4]), session("b", day: 1, files: files)]
        #expect(candidates(in: all).count == (fires ? 1 : 0))
    }

    @Test func `without tools only the very same words ask for the same`() {
        let first = session("a", day: 0, files: [])
        #expect(candidates(in: [first, session("b", day: 1, files: [])]).count == 1)
        #expect(candidates(in: [first, session("b", day: 1, content: 2, agreeing: 15, files: [])]).isEmpty)
    }

    @Test func `asked again in the same session it is a correction`() {
        var twice = session("a", day: 0)
        twice.threads[0].steps += session("b", day: 1).threads[0].steps
        #expect(candidates(in: [twice]).isEmpty)
    }

    @Test(arguments: [StopReason.maxTokens, .refusal, .toolUse, .unknown])
    func `after a task that was broken off it is another try`(stop: StopReason) {
        #expect(candidates(in: [session("a", day: 0, stop: stop), session("b", day: 1)]).isEmpty)
    }

    @Test func `another project has other answers`() {
        #expect(candidates(in: [session("a", day: 0), session("b", project: "/q", day: 1)]).isEmpty)
    }

    @Test func `an image makes it another request`() {
        var all = [session("a", day: 0), session("b", day: 1)]
        for index in all.indices { all[index].threads[0].steps[0].arrivals[0].attachments = 1 }
        #expect(candidates(in: all).isEmpty)
    }

    @Test func `a copy of the session is no second request`() {
        var copy = session("b", day: 0)
        for index in copy.threads[0].steps.indices { copy.threads[0].steps[index].isContext = true }
        #expect(candidates(in: [session("a", day: 0), copy]).isEmpty)
    }

    @Test func `a fork that goes on with a copied request asks for nothing anew`() {
        var fork = session("b", day: 0)
        fork.threads[0].steps[0].isContext = true
        #expect(candidates(in: [session("a", day: 0), fork]).isEmpty)
    }

    @Test func `what a program asks is named as such`() throws {
        let all = (0..<40).map { session("a\($0)", day: Double($0) / 4, isHeadless: true) }
        let finding = try #require(findings(in: all).only?.finding)
        #expect(finding.candidates.count == 39)
        #expect(finding.candidates.allSatisfy { $0.reasons.last == "made by a program, no person at the keyboard" })
        #expect(finding.action.text.hasPrefix("A program asks for this again and again"))
    }

    @Test func `less than a cent is left out`() {
        var all = [session("a", day: 0), session("b", day: 1)]
        for index in 0..<2 { all[1].threads[0].steps[index].call.usage.cacheReadTokens = 10_000 }
        #expect(candidates(in: all).isEmpty)
        let summary = analyse(all).report(of: "repeat-request")?.summary
        #expect(summary?.contains("2 long enough; none asked") == true)
    }
}

extension UInt32 {
    fileprivate var hashed: UInt64 { UInt64(self) &* 0x9E37_79B9_7F4A_7C15 }
}
