import Analysis
import Domain
import Testing

@Suite struct ContextResendTests {
    /// A file of 5,000 tokens read before the second of so many calls, everything cached for five minutes.
    ///
    /// Each reply adds 100 tokens to the next call's prompt.
    private func session(
        calls: Int,
        tokens: Int = 5000,
        kind: ToolKind = .read,
        adding arrivals: [Int: Arrival] = [:],
        growing growth: [Int: Int] = [:]
    ) -> Session {
        var prompt = 0
        let steps = (0..<calls).map { index in
            let added = (index == 0 ? 10_000 : 100) + (index == 1 ? tokens : 0) + growth[index, default: 0]
            defer { prompt += added }
            var after: [Arrival] = index == 0 ? [.sample(.prompt)] : []
            if index == 1 { after = [.sample(.toolResult, bytes: tokens * 2, answers: 7, content: 9)] }
            if let arrival = arrivals[index] { after = [arrival] }
            let isAnswered = index == 0 || arrivals[index + 1] != nil
            return SessionThread.Step.sample(
                .sample(
                    "c\(index)",
                    minute: Double(index),
                    read: prompt,
                    write5m: added,
                    stop: isAnswered ? .toolUse : .endTurn
                ),
                after: after,
                tools: isAnswered
                    ? [.sample(kind, key: index == 0 ? 7 : 8, command: kind == .execute ? "cat" : "", target: 3)] : []
            )
        }
        return .sample(steps: steps)
    }

    /// What so many calls paid to read so many tokens from the cache, in millionths of a dollar.
    private func reading(_ tokens: Double, by calls: Double) -> Double { tokens * calls * 0.20 }

    private func found(in session: Session, thresholds: [String: Double] = [:]) -> Candidate? {
        candidates(in: session, thresholds: thresholds).only
    }

    private func candidates(in session: Session, thresholds: [String: Double] = [:]) -> [Candidate] {
        analyse(session, thresholds: Thresholds(["context-resend": thresholds])).candidates(of: "context-resend")
    }

    @Test func `what a large result holds beyond the limit is priced from the twentieth call after it`() throws {
        // Carried by calls 21 to 119; 3,000 tokens at $0.20 a million.
        let candidate = try #require(found(in: session(calls: 120)))
        #expect(candidate.saving == .micro(reading(3000, by: 99)))
        #expect(candidate.calls.count == 99)
        #expect(candidate.reasons == ["Read: 5,000 tokens in 119 calls"])
        #expect(candidate.evidence.calls == ["c1"])
        #expect(candidate.unit == .session)
        #expect(candidate.target == nil)
    }

    @Test func `a command is named with its result`() {
        #expect(found(in: session(calls: 120, kind: .execute))?.reasons == ["Read cat: 5,000 tokens in 119 calls"])
    }

    @Test(arguments: [(2000, false), (2500, true)])
    func `a result within the limit is no waste`(tokens: Int, fires: Bool) {
        #expect(candidates(in: session(calls: 200, tokens: tokens)).count == (fires ? 1 : 0))
    }

    @Test func `the limits are the user's`() throws {
        let candidate = try #require(
            found(in: session(calls: 120), thresholds: ["result_tokens": 1000, "turns": 99])
        )
        #expect(candidate.saving == .micro(reading(4000, by: 20)))
    }

    @Test func `less than a cent is left out`() {
        // 16 calls carry 3,000 tokens at $0.20 a million: 0.96 cents.
        #expect(candidates(in: session(calls: 37)).isEmpty)
        #expect(candidates(in: session(calls: 38)).count == 1)
    }

    @Test(arguments: [(37, "none was carried"), (38, "1 large one was carried")])
    func `the summary counts what is claimed`(calls: Int, counted: String) throws {
        let report = try #require(analyse(session(calls: calls)).report(of: "context-resend"))
        #expect(report.summary.contains(counted))
    }

    @Test func `where the cache was lost the result was written again`() throws {
        var session = session(calls: 120)
        session.threads[0].steps[60].call.usage.cacheWrite5mTokens += 13_000
        session.threads[0].steps[60].call.usage.cacheReadTokens -= 13_000
        // The prefix that was read, 7,900 tokens, ends before the result.
        let candidate = try #require(found(in: session))
        #expect(candidate.saving == .micro(reading(3000, by: 98) + 3000 * 5))
    }

    @Test func `where the cache was lost inside the result, each part has its price`() throws {
        var session = session(calls: 120)
        let usage = session.threads[0].steps[60].call.usage
        // The result lies at 10,100 to 15,100, what is too much of it from 12,100.
        session.threads[0].steps[60].call.usage.cacheReadTokens = 13_100
        session.threads[0].steps[60].call.usage.cacheWrite5mTokens += usage.cacheReadTokens - 13_100
        let candidate = try #require(found(in: session))
        #expect(candidate.saving == .micro(reading(3000, by: 98) + reading(1000, by: 1) + 2000 * 5))
    }

    @Test func `a compaction ends it`() throws {
        var session = session(calls: 200)
        session.threads[0].steps[121].arrivals = [.sample(.compactSummary)]
        #expect(try #require(found(in: session)).saving == .micro(reading(3000, by: 100)))
    }

    @Test func `a result that came just before a compaction is gone with it`() {
        var session = session(calls: 120)
        session.threads[0].steps[1].arrivals.append(.sample(.compactSummary, bytes: 1000))
        #expect(candidates(in: session).isEmpty)
    }

    @Test func `what came just before a compaction takes nothing of what came after it`() throws {
        var session = session(calls: 120)
        let before = [Arrival.sample(.toolResult, bytes: 30_000), .sample(.compactSummary, bytes: 0)]
        session.threads[0].steps[1].arrivals.insert(contentsOf: before, at: 0)
        #expect(try #require(found(in: session)).saving == .micro(reading(3000, by: 99)))
    }

    @Test func `a prompt that shrank below it ends it`() throws {
        var session = session(calls: 200)
        for index in 121..<200 { session.threads[0].steps[index].call.usage.cacheReadTokens = 12_000 }
        #expect(try #require(found(in: session)).saving == .micro(reading(3000, by: 100)))
    }

    @Test func `a prompt that shrank behind it does not`() throws {
        var session = session(calls: 120)
        for index in 61..<120 { session.threads[0].steps[index].call.usage.cacheReadTokens -= 1000 }
        #expect(try #require(found(in: session)).saving == .micro(reading(3000, by: 99)))
    }

    @Test func `a second copy of a file rides along for nothing from its first call on`() throws {
        let again = Arrival.sample(.toolResult, bytes: 3000, answers: 8, content: 9)
        let candidate = try #require(
            found(in: session(calls: 120, tokens: 1500, adding: [40: again], growing: [40: 1500]))
        )
        // Written once, at $5, then read by 79 calls.
        #expect(candidate.saving == .micro(1500 * 5 + reading(1500, by: 79)))
        #expect(candidate.reasons == ["Read: 1,500 tokens a second time, unchanged, in 80 calls"])
    }

    @Test func `two searches with the same answer are no copies of one another`() {
        let again = Arrival.sample(.toolResult, bytes: 3000, answers: 8, content: 9)
        var session = session(calls: 120, tokens: 1500, kind: .search, adding: [40: again], growing: [40: 1500])
        session.threads[0].steps[39].toolCalls[0].actionHash += 1
        #expect(candidates(in: session).isEmpty)
    }

    @Test func `a command that reads a file again is a second look too`() {
        let again = Arrival.sample(.toolResult, bytes: 3000, answers: 8, content: 9)
        var session = session(calls: 120, tokens: 1500, kind: .execute, adding: [40: again], growing: [40: 1500])
        for index in [0, 39] { session.threads[0].steps[index].toolCalls[0].action = .readFile }
        #expect(candidates(in: session).count == 1)
    }

    @Test func `a command that printed the same again told that nothing changed`() {
        let again = Arrival.sample(.toolResult, bytes: 3000, answers: 8, content: 9)
        let session = session(calls: 120, tokens: 1500, kind: .execute, adding: [40: again], growing: [40: 1500])
        #expect(candidates(in: session).isEmpty)
    }

    @Test func `a file read again after a compaction is no second copy`() {
        let again = Arrival.sample(.toolResult, bytes: 3000, answers: 8, content: 9)
        var session = session(calls: 120, tokens: 1500, adding: [40: again], growing: [40: 1500])
        session.threads[0].steps[20].arrivals = [.sample(.compactSummary)]
        #expect(candidates(in: session).isEmpty)
    }

    @Test func `growth is split over what arrived by its length`() throws {
        var session = session(calls: 120, tokens: 6000)
        session.threads[0].steps[1].arrivals = [
            .sample(.context, bytes: 2000), .sample(.toolResult, bytes: 10_000, answers: 7),
        ]
        #expect(try #require(found(in: session)).saving == .micro(reading(3000, by: 99)))
    }

    @Test func `growth that is more than a token a byte was not brought by the result`() {
        var session = session(calls: 120, tokens: 6000)
        session.threads[0].steps[1].arrivals = [.sample(.toolResult, bytes: 5000, answers: 7)]
        #expect(candidates(in: session).isEmpty)
    }

    @Test func `calls of another session carry but are not claimed`() throws {
        var session = session(calls: 120)
        for index in 0..<60 { session.threads[0].steps[index].isContext = true }
        let candidate = try #require(found(in: session))
        #expect(candidate.saving == .micro(reading(3000, by: 60)))
        #expect(candidate.evidence.calls == ["c60"])
        #expect(candidate.reasons == ["Read: 5,000 tokens in 60 calls"])
    }

    @Test func `a session without large results is quiet`() {
        #expect(analyse(.small()).report(of: "context-resend")?.status == .quiet)
    }
}
