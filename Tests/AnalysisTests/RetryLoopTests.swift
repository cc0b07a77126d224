import Analysis
import Domain
import Testing

@Suite struct RetryLoopTests {
    /// What one tool call did: which action, and whether it failed and with which words.
    private struct Act {
        var action: UInt64
        var error: UInt64? = nil
        var bytes = 60
        var kind = ToolKind.execute
        var does = ActionKind.build

        static func fails(_ action: UInt64, _ words: UInt64 = 1) -> Act { Act(action: action, error: words) }
        static func works(_ action: UInt64) -> Act { Act(action: action) }
    }

    /// A call for each act, one of 100,000 tokens at $0.20 a million and 100 out at $20: 2.2 cents; then an answer.
    private func session(
        _ name: String = "s",
        project: String = "/p",
        day: Double = 0,
        acts: [Act],
        prompts: Set<Int> = []
    ) -> Session {
        let steps = (0...acts.count).map { index in
            var arrivals: [Arrival] = index == 0 ? [.sample(.prompt)] : []
            if index > 0 {
                let act = acts[index - 1]
                let key = UInt64(index - 1)
                let isError = act.error != nil
                arrivals.append(
                    .sample(
                        .toolResult,
                        minute: day * 1440 + Double(index),
                        bytes: act.bytes,
                        answers: key,
                        isError: isError,
                        content: act.error ?? 0
                    )
                )
            }
            if prompts.contains(index) { arrivals.append(.sample(.prompt)) }
            let act = index < acts.count ? acts[index] : nil
            return SessionThread.Step.sample(
                .sample(
                    "\(name)-\(index)",
                    minute: day * 1440 + Double(index),
                    read: 100_000,
                    stop: act == nil ? .endTurn : .toolUse
                ),
                after: arrivals,
                tools: act.map { act in
                    [
                        .sample(
                            act.kind,
                            name: "Bash",
                            key: UInt64(index),
                            action: act.does,
                            command: "make",
                            hash: act.action
                        )
                    ]
                } ?? []
            )
        }
        return .sample(name, project: project, steps: steps)
    }

    private func findings(in sessions: [Session], thresholds: [String: Double] = [:]) -> [ScopedFinding] {
        analyse(sessions, thresholds: Thresholds(["retry-loop": thresholds])).findings
            .filter { $0.finding.kind == "retry-loop" }
    }

    private func candidates(in session: Session) -> [Candidate] {
        findings(in: [session]).flatMap(\.finding.candidates)
    }

    private func found(in session: Session) -> Candidate? { candidates(in: session).only }

    @Test func `the same failure with nothing changed is claimed from the second on`() throws {
        let candidate = try #require(found(in: session(acts: [.fails(1), .fails(1), .fails(1), .works(2)])))
        #expect(candidate.saving == .micro(2 * (20_000 + 2000)))
        #expect(candidate.evidence.calls == ["s-1", "s-2"])
        #expect(candidate.unit == .call)
        #expect(candidate.reasons == ["Bash make failed again with nothing changed, 2 times here"])
    }

    @Test func `how often in a row is the user's limit`() {
        let loop = session(acts: [.fails(1), .fails(1), .works(2)])
        #expect(findings(in: [loop]).count == 1)
        #expect(findings(in: [loop], thresholds: ["failures": 3]).isEmpty)
    }

    @Test func `one failure is none too many`() {
        #expect(candidates(in: session(acts: [.fails(1), .works(1), .fails(1)])).isEmpty)
    }

    @Test func `less than a cent is left out, and not counted`() throws {
        var loop = session(acts: [.fails(1), .fails(1), .works(2)])
        loop.threads[0].steps[1].call.usage.cacheReadTokens = 1000
        let report = try #require(analyse(loop).report(of: "retry-loop"))
        #expect(report.findings.isEmpty)
        #expect(report.summary.hasSuffix("2 were failures, none for nothing, small change left out"))
    }

    @Test func `other failures are other tries`() {
        #expect(candidates(in: session(acts: [.fails(1), .fails(2), .fails(3)])).isEmpty)
    }

    @Test func `after an edit it is worth another try`() {
        var edit = Act.works(9)
        edit.kind = .edit
        #expect(candidates(in: session(acts: [.fails(1), edit, .fails(1)])).isEmpty)
    }

    @Test func `after a command that may have changed something it is worth another try`() {
        #expect(candidates(in: session(acts: [.fails(1), .works(9), .fails(1)])).isEmpty)
    }

    @Test(arguments: [ActionKind.readFile, .search, .readGit, .test])
    func `looking around changes nothing`(action: ActionKind) {
        var look = Act.works(9)
        look.does = action
        #expect(found(in: session(acts: [.fails(1), look, .fails(1)]))?.evidence.calls == ["s-2"])
    }

    @Test func `a prompt in between may have said what to do`() {
        #expect(candidates(in: session(acts: [.works(2), .fails(1), .fails(1)], prompts: [2])).isEmpty)
    }

    @Test func `what a person breaks off is no failure`() {
        #expect(candidates(in: session(acts: [.fails(1), .fails(1)], prompts: [2])).isEmpty)
    }

    @Test func `twice in one call is one failure`() {
        var both = session(acts: [.fails(1)])
        both.threads[0].steps[0].toolCalls += [
            .sample(.execute, name: "Bash", key: 70, action: .build, command: "make", hash: 1)
        ]
        both.threads[0].steps[1].arrivals += [.sample(.toolResult, bytes: 60, answers: 70, isError: true, content: 1)]
        #expect(candidates(in: both).isEmpty)
    }

    @Test func `a call that asked for something else as well was not for nothing`() {
        var loop = session(acts: [.fails(1), .fails(1)])
        loop.threads[0].steps[1].toolCalls.append(.sample(.read, key: 71))
        #expect(candidates(in: loop).isEmpty)
    }

    @Test func `a call that asked for thousands of things is walked through once`() {
        var wide = session(acts: [.fails(1), .works(2)])
        let keys = (100..<20_100).map(UInt64.init)
        wide.threads[0].steps[0].toolCalls = keys.map { .sample(.execute, key: $0, action: .build, hash: $0) }
        wide.threads[0].steps[1].arrivals = keys.map {
            .sample(.toolResult, bytes: 60, answers: $0, isError: true, content: $0)
        }
        let report = analyse(wide).report(of: "retry-loop")
        #expect(report?.status == .quiet)
        #expect(report?.summary.contains("20,000 were failures") == true)
    }

    @Test(arguments: [(2, 1), (5, 1), (6, 0)])
    func `a result answers one of the four calls before it`(place: Int, loops: Int) {
        let look = Act(action: 9, does: .readFile)
        var late = session(acts: [.fails(1), .fails(1), look, look, look, look])
        let second = late.threads[0].steps[2].arrivals.removeFirst()
        late.threads[0].steps[place].arrivals.append(second)
        #expect(candidates(in: late).count == loops)
    }

    @Test(arguments: [(2, 0), (3, 2)])
    func `what never worked in a project is claimed from the second session on`(sessions: Int, claimed: Int) throws {
        let all = (0..<sessions).map { session("s\($0)", day: Double($0), acts: [.fails(1, UInt64($0 + 1))]) }
        let candidates = findings(in: all).flatMap(\.finding.candidates)
        #expect(candidates.count == claimed)
        #expect(candidates.allSatisfy { $0.saving == .micro(22_000) && $0.session.name != "s0" })
        #expect(candidates.allSatisfy { $0.reasons == ["Bash make never worked, and was tried in 3 sessions"] })
    }

    @Test func `what worked once is not hopeless`() {
        var all = (0..<3).map { session("s\($0)", day: Double($0), acts: [.fails(1, UInt64($0 + 1))]) }
        all.append(session("s3", acts: [.works(1)]))
        #expect(findings(in: all).isEmpty)
    }

    @Test func `the same words in many sessions are one error, whatever failed`() throws {
        var all = (0..<3).map { session("s\($0)", day: Double($0), acts: [.fails(UInt64($0), 5)]) }
        all[1].threads[0].steps[0].toolCalls[0].command = "npm test"
        let finding = try #require(findings(in: all).only?.finding)
        #expect(finding.candidates.map(\.session.name).sorted() == ["s1", "s2"])
        #expect(
            finding.candidates.allSatisfy {
                $0.reasons == ["Bash make, Bash npm test failed with the same words in 3 sessions"]
            }
        )
        #expect(
            finding.action.text.contains(
                "Bash make, Bash npm test failed with the same words in 3 sessions, first at log.jsonl:0"
            )
        )
    }

    @Test(arguments: [(39, 0), (40, 1)])
    func `an error of a word or two says not what failed`(bytes: Int, count: Int) {
        let all = (0..<3).map { number in
            session("s\(number)", day: Double(number), acts: [Act(action: UInt64(number), error: 5, bytes: bytes)])
        }
        #expect(findings(in: all).count == count)
    }

    @Test func `errors of other projects do not count`() {
        let all = (0..<3).map { session("s\($0)", project: "/p\($0)", day: Double($0), acts: [.fails(1)]) }
        #expect(findings(in: all).isEmpty)
    }

    @Test func `copies of another session's failures are none`() {
        var loop = session(acts: [.fails(1), .fails(1), .works(2)])
        loop.threads[0].steps[1].isContext = true
        #expect(candidates(in: loop).isEmpty)
    }
}
