import Analysis
import Domain
import Testing

/// What moving one task of a session does to both models' caches, in dollars worked by hand.
@Suite struct CacheRepricingTests {
    // 10 × 4 + 1,000 × 0.20 + 1,090 × 8 + 700 × 20
    let actual = Money.micro(22_960)
    // The target writes the 1,000 read as well: 10 × 0.10 + 2,090 × 0.20 + 700 × 0.50
    let target = 769.0
    // Tokens that were read and have to be written: 8 - 0.20
    let rewriting = 7.8

    @Test func `a task pays for writing on the target and for what it added on the way back`() throws {
        let candidate = try #require(analyse(.smallTask(return: 60)).candidates.only)
        #expect(candidate.unit == .task)
        #expect(candidate.shape == Shape(inputTokens: 100, outputTokens: 700, turns: 1))
        #expect(candidate.actual == actual)
        #expect(candidate.estimated == .micro(target + 1090 * rewriting))
    }

    @Test func `a cache that expires while the task is away is written again whole`() throws {
        let candidate = try #require(analyse(.smallTask(return: 60.01), thresholds: .anySaving).candidates.only)
        #expect(candidate.actual == actual)
        #expect(candidate.estimated == .micro(target + 2090 * rewriting))
    }

    @Test func `the last task of a session has no way back`() throws {
        var session = Session.smallTask()
        session.threads[0].steps.removeLast()
        let candidate = try #require(analyse(session, thresholds: .anySaving).candidates.only)
        #expect(candidate.estimated == .micro(target))
    }

    @Test func `the first task of a session leaves the original model without any cache`() throws {
        var session = Session.smallTask()
        session.threads[0].steps.removeFirst()
        // As the thread's first call the task is sized by its text; its reads come from another session's cache.
        let candidate = try #require(analyse(session, thresholds: .anySaving).candidates.only)
        #expect(candidate.estimated == .micro(target + 2090 * rewriting))
    }

    @Test func `five-minute entries expire after five minutes and are written as such`() throws {
        for (minute, rewritten) in [(4.9, 1090.0), (5.1, 2090)] {
            var session = Session.smallTask(return: minute)
            for index in session.threads[0].steps.indices {
                let usage = session.threads[0].steps[index].call.usage
                session.threads[0].steps[index].call.usage.cacheWrite1hTokens = 0
                session.threads[0].steps[index].call.usage.cacheWrite5mTokens = usage.cacheWrite1hTokens
            }
            session.threads[0].steps[1].call.time = .minute(1)
            let candidate = try #require(analyse(session, thresholds: .anySaving).candidates.only)
            // 10 × 4 + 1,000 × 0.20 + 1,090 × 5 + 700 × 20
            #expect(candidate.actual == .micro(19_690))
            // 10 × 0.10 + 2,090 × 0.125 + 700 × 0.50, and 5 - 0.20 on the way back
            #expect(candidate.estimated == .micro(612.25 + rewritten * 4.8))
        }
    }

    @Test func `a task whose move costs more than it saves is dropped and counted`() throws {
        // 10 × 4 + 50,000 × 0.20 + 1,090 × 8 + 100 × 20 = 20,760 against 10,269 on the target
        // and 51,090 × 7.8 to write the expired cache again.
        let result = analyse(.smallTask(prefix: 50_000, output: 100, return: 70))
        #expect(result.findings.isEmpty)
        let report = try #require(result.report(of: ModelDowngrade.kind))
        #expect(report.dropped == Dropped(count: 1, actual: .micro(20_760)))
        #expect(report.status == .quiet)
    }

    @Test func `of two small tasks in a row the second comes back to a cache as old as before the first`() throws {
        var session = Session.smallTask(return: 61)
        let first = session.threads[0].steps[1]
        var second = first
        second.call = .sample("between", minute: 30, input: 10, output: 700, read: 2090, write1h: 800)
        session.threads[0].steps.insert(second, at: 2)
        session.threads[0].steps[3].call.usage.cacheReadTokens = 1500
        let candidates = analyse(session, thresholds: .anySaving).candidates
        // From minute 0 to 61 the original was away: all 1,500 it read are written.
        let last = try #require(candidates.first { $0.evidence.calls == ["between"] })
        // 10 × 0.10 + 2,890 × 0.20 + 700 × 0.50
        #expect(last.estimated == .micro(929 + 1500 * rewriting))
        let before = try #require(candidates.first { $0.evidence.calls == ["s2"] })
        #expect(before.estimated == .micro(target + 1090 * rewriting))
    }

    @Test func `a cache the provider keeps unasked turns into plain input`() throws {
        var session = Session.smallTask(return: 6)
        for index in session.threads[0].steps.indices {
            let usage = session.threads[0].steps[index].call.usage
            session.threads[0].steps[index].call.usage.inputTokens += usage.cacheWrite1hTokens
            session.threads[0].steps[index].call.usage.cacheWrite1hTokens = 0
        }
        session.threads[0].steps[0].call.time = .minute(2)
        let candidate = try #require(analyse(session, thresholds: .anySaving).candidates.only)
        // 1,100 × 4 + 1,000 × 0.20 + 700 × 20
        #expect(candidate.actual == .micro(18_600))
        // 2,100 × 0.10 + 700 × 0.50, and 1,090 at 4 - 0.20 on the way back
        #expect(candidate.estimated == .micro(560 + 1090 * 3.8))
    }
}
