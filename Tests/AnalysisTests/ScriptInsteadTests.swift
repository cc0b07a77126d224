import Analysis
import Domain
import Testing

@Suite struct ScriptInsteadTests {
    /// One call for each command; a call costs 10,000 tokens at $0.20 a million and 100 tokens out at $20: 0.4 cents.
    private func steps(_ name: String, day: Double, commands: [String], kind: ToolKind = .execute)
        -> [SessionThread.Step]
    {
        commands.enumerated().map { index, command in
            .sample(
                .sample("\(name)-\(index)", minute: day * 1440 + Double(index), read: 10_000, stop: .toolUse),
                after: [.sample(index == 0 ? .prompt : .toolResult)],
                tools: [
                    .sample(
                        kind,
                        name: "Bash",
                        command: command,
                        hash: command.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) }
                    )
                ]
            )
        }
    }

    private func sessions(_ count: Int, project: String = "/p", commands: [String]) -> [Session] {
        (0..<count).map { number in
            let name = "\(project)\(number)"
            return .sample(name, project: project, steps: steps(name, day: Double(number), commands: commands))
        }
    }

    private func findings(in sessions: [Session], thresholds: [String: Double] = [:]) -> [ScopedFinding] {
        analyse(sessions, thresholds: Thresholds(["script-instead": thresholds])).findings
            .filter { $0.finding.kind == "script-instead" }
    }

    private let release = ["git fetch", "make build", "make test", "make upload"]

    @Test func `the calls that only carried a sequence are claimed from the second session on, but for one`() throws {
        let finding = try #require(findings(in: sessions(3, commands: release)).only?.finding)
        #expect(finding.candidates.map(\.session.name).sorted() == ["/p1", "/p2"])
        // 3 calls of 10,000 × $0.20 and 100 × $20 a million.
        #expect(finding.candidates.allSatisfy { $0.saving == .micro(3 * (2000 + 2000)) })
        let candidate = try #require(finding.candidates.first { $0.session.name == "/p1" })
        #expect(candidate.evidence.calls == ["/p1-1", "/p1-2", "/p1-3"])
        let heads = "git fetch, make build, make test, make upload"
        #expect(candidate.reasons == ["\(heads): the same in 3 sessions"])
        #expect(finding.action.text.contains(heads))
    }

    @Test(arguments: [(2, 0), (3, 1)])
    func `twice may be chance`(count: Int, found: Int) {
        #expect(findings(in: sessions(count, commands: release)).count == found)
    }

    @Test func `three times in one session is no habit of the project`() {
        let session = Session.sample(steps: (0..<3).flatMap { steps("s\($0)", day: Double($0), commands: release) })
        #expect(findings(in: [session]).isEmpty)
    }

    @Test func `sessions of other projects do not count`() {
        let all = sessions(2, commands: release) + sessions(1, project: "/q", commands: release)
        #expect(findings(in: all).isEmpty)
    }

    @Test func `two commands over and over are one line, not a script`() {
        #expect(findings(in: sessions(3, commands: ["a", "b", "a", "b", "a", "b"])).isEmpty)
        #expect(
            findings(in: sessions(3, commands: ["a", "b", "a", "b", "a", "b"]), thresholds: ["steps": 2]).count == 1
        )
    }

    @Test func `a sequence that spares less than a cent is neither counted nor proposed`() throws {
        let cheap = sessions(3, commands: ["a", "b", "c"])
        let report = try #require(analyse(cheap).report(of: "script-instead"))
        #expect(report.findings.isEmpty)
        #expect(report.summary.contains("no sequence worth a script"))
    }

    @Test func `another order is another sequence`() {
        var all = sessions(3, commands: release)
        all[2] = sessions(3, commands: release.reversed())[2]
        #expect(findings(in: all).isEmpty)
    }

    @Test func `another command in between breaks it`() {
        var all = sessions(3, commands: release)
        all[2] = sessions(3, commands: ["git fetch", "make build", "ls", "make test", "make upload"])[2]
        #expect(findings(in: all).isEmpty)
    }

    @Test func `a prompt in between breaks it`() {
        var all = sessions(3, commands: release)
        all[2].threads[0].steps[2].arrivals = [.sample(.prompt)]
        #expect(findings(in: all).isEmpty)
    }

    @Test(arguments: [ToolKind.read, .edit, .subagent])
    func `another tool in between breaks it`(kind: ToolKind) {
        var all = sessions(3, commands: release)
        all[2].threads[0].steps[2].toolCalls.append(.sample(kind))
        #expect(findings(in: all).isEmpty)
    }

    @Test func `a command that changes files breaks it`() {
        var all = sessions(3, commands: release)
        for index in all.indices { all[index].threads[0].steps[2].toolCalls[0].action = .edit }
        #expect(findings(in: all).isEmpty)
    }

    @Test func `the longest sequence is taken first and no call is in two`() throws {
        var all = sessions(3, commands: release)
        all += (0..<3).map { number in
            .sample("b\(number)", steps: steps("b\(number)", day: 10, commands: Array(release.prefix(3))))
        }
        // The last three sessions have only the beginning, which the first three have used up in the longer one.
        let candidates = try #require(findings(in: all).only?.finding.candidates)
        #expect(Set(candidates.map(\.session.name)) == ["/p1", "/p2"])
        #expect(candidates.allSatisfy { $0.calls.count == 3 })
    }

    @Test func `what is left of a shorter one is found besides`() throws {
        var all = sessions(3, commands: release + ["x", "y", "z", "w"])
        all += (3..<6).map { number in
            let name = "/p\(number)"
            return .sample(name, steps: steps(name, day: Double(number), commands: release))
        }
        let candidates = try #require(findings(in: all).only?.finding.candidates)
        #expect(Set(candidates.map(\.session.name)) == ["/p1", "/p2", "/p4", "/p5"])
    }

    @Test(arguments: [(205, 3), (206, 2)])
    func `a call that wrote more than the commands was needed for what it wrote`(output: Int, claimed: Int) throws {
        var all = sessions(3, commands: release)
        // The command itself, 10 bytes, comes to 5 tokens.
        for index in all.indices { all[index].threads[0].steps[3].call.usage.outputTokens = output }
        for index in all.indices { all[index].threads[0].steps[2].call.usage.cacheReadTokens = 100_000 }
        let candidates = try #require(findings(in: all).only?.finding.candidates)
        #expect(candidates.allSatisfy { $0.calls.count == claimed })
    }

    @Test func `parallel commands in one call are one call already`() {
        var all = sessions(3, commands: release)
        for index in all.indices {
            let tools = all[index].threads[0].steps.flatMap(\.toolCalls)
            all[index].threads[0].steps.removeLast(3)
            all[index].threads[0].steps[0].toolCalls = tools
        }
        #expect(findings(in: all).isEmpty)
    }

    @Test func `a last call that goes on to another command is needed for that`() throws {
        var all = sessions(3, commands: release)
        for index in all.indices {
            let other = ToolCall.sample(.execute, name: "Bash", command: "date", hash: UInt64(index))
            all[index].threads[0].steps[3].toolCalls.append(other)
            all[index].threads[0].steps[2].call.usage.cacheReadTokens = 100_000
        }
        let candidates = try #require(findings(in: all).only?.finding.candidates)
        #expect(candidates.allSatisfy { $0.calls.count == 2 })
    }

    @Test func `a copy of another session's calls is no repetition`() {
        var all = sessions(3, commands: release)
        for index in all[2].threads[0].steps.indices { all[2].threads[0].steps[index].isContext = true }
        #expect(findings(in: all).isEmpty)
    }
}
