import Analysis
import Domain
import Testing

@Suite struct CacheMissTests {
    /// Two calls, the second so many minutes after the first, reading so much of its 50,000 tokens.
    private func session(_ name: String = "s", pause: Double = 90, reads: Int = 0, model: ModelID = .opus) -> Session {
        .sample(
            name,
            steps: [
                .sample(.sample(name + "1", output: 5000, write1h: 50_000), after: [.sample(.prompt)]),
                .sample(
                    .sample(
                        name + "2",
                        minute: pause,
                        model: model,
                        output: 5000,
                        read: reads,
                        write1h: 51_000 - reads
                    ),
                    after: [.sample(.prompt)]
                ),
            ]
        )
    }

    @Test func `what was cached and is written again is priced above reading it`() throws {
        let finding = try #require(analyse(session()).findings(of: CacheMiss.kind).only)
        let candidate = try #require(finding.candidates.only)
        #expect(finding.kind == "cache-miss")
        #expect(finding.basis == .priced)
        #expect(candidate.unit == .session)
        #expect(candidate.target == nil)
        #expect(candidate.evidence.calls == ["s2"])
        // 51,000 × 8 + 5,000 × 20
        #expect(candidate.actual == .micro(508_000))
        // 50,000 × (8 - 0.20); the 1,000 that are new are not part of it
        #expect(candidate.saving == .micro(390_000))
        #expect(candidate.reasons == ["1 rebuild of 50,000 tokens: a pause longer than the cache entries live"])
    }

    @Test(arguments: [(48_976, 1), (48_977, 0)])
    func `fires from 1,024 unread tokens up`(reads: Int, count: Int) {
        let thresholds = Thresholds(["cache-miss": ["usd": 0]])
        #expect(analyse(session(reads: reads), thresholds: thresholds).candidates(of: CacheMiss.kind).count == count)
    }

    @Test(arguments: [(48_717, 1), (48_718, 0)])
    func `a session's rebuilds come to a cent at least`(reads: Int, count: Int) {
        // 1,283 × 7.80 = 10,007.40 and 1,282 × 7.80 = 9,999.60
        #expect(analyse(session(reads: reads)).candidates(of: CacheMiss.kind).count == count)
    }

    @Test func `the first call of a thread is never a miss, nor a subagent's`() {
        let first = SessionThread.Step.sample(
            .sample("a", output: 5000, write1h: 90_000),
            after: [.sample(.delegation)]
        )
        var session = session(reads: 50_000)
        session.threads.append(SessionThread(id: ThreadID(kind: .subagent, name: "a"), steps: [first]))
        #expect(analyse(session).findings(of: CacheMiss.kind).isEmpty)
    }

    @Test func `a call that reads everything is quiet, and the summary says how much was read`() throws {
        let report = try #require(analyse(session(reads: 50_000)).report(of: CacheMiss.kind))
        #expect(report.status == .quiet)
        #expect(
            report.summary
                == "looked at 2 calls of 1 session: nothing to recover in caching, 50% of prompt tokens were "
                + "read from the cache"
        )
    }

    @Test func `another session's calls can have warmed the cache, but are in no candidate`() throws {
        var session = session()
        session.threads[0].steps[0].isContext = true
        #expect(try #require(analyse(session).candidates(of: CacheMiss.kind).only).evidence.calls == ["s2"])
        session.threads[0].steps[0].isContext = false
        session.threads[0].steps[1].isContext = true
        #expect(analyse(session).findings(of: CacheMiss.kind).isEmpty)
    }

    @Test func `a thread without any cache has none to lose`() {
        var session = session()
        for index in 0...1 {
            session.threads[0].steps[index].call.usage = Usage(inputTokens: 50_000, outputTokens: 5000)
        }
        #expect(analyse(session).findings(of: CacheMiss.kind).isEmpty)
    }

    @Test func `a model that never caches has none to lose, whatever others in its thread do`() throws {
        var session = session()
        session.threads[0].steps.removeLast()
        for index in 1...3 {
            let call = Call.sample("o\(index)", minute: 1, model: ModelID("gpt-5.5"), input: 50_000, output: 5000)
            session.threads[0].steps.append(.sample(call, after: [.sample(.toolResult)]))
        }
        // The switch left a cache behind; after it nothing was cached that could have been read.
        #expect(try #require(analyse(session).candidates(of: CacheMiss.kind).only).evidence.calls == ["o1"])
    }

    @Test func `where the provider caches by itself, plain input is what was paid`() throws {
        var session = session(pause: 2)
        session.threads[0].steps[0].call.usage = Usage(inputTokens: 30_000, outputTokens: 5000, cacheReadTokens: 20_000)
        session.threads[0].steps[1].call.usage = Usage(inputTokens: 46_000, outputTokens: 5000, cacheReadTokens: 5000)
        let candidate = try #require(analyse(session).candidates(of: CacheMiss.kind).only)
        // 45,000 × (4 - 0.20)
        #expect(candidate.saving == .micro(171_000))
        #expect(
            candidate.reasons == [
                "1 rebuild of 45,000 tokens: unexplained (1 at a new prompt, 0 with nothing read at all)"
            ]
        )
    }

    @Test func `after a compaction only the standing prompt was there before`() throws {
        var session = session(pause: 2)
        // The first prompt is 360 bytes, 100 tokens, of 50,000.
        session.threads[0].steps[0].arrivals = [.sample(.prompt, bytes: 360)]
        session.threads[0].steps[1].arrivals = [.sample(.compactSummary, bytes: 9000)]
        let candidate = try #require(analyse(session).candidates(of: CacheMiss.kind).only)
        #expect(candidate.saving == .micro(49_900 * 7.8))
        #expect(candidate.reasons == ["1 rebuild of 49,900 tokens: the conversation was compacted"])
    }

    @Test func `the call that compacts goes on from the main thread`() throws {
        var session = session(reads: 50_000)
        let compaction = Call.sample("c", minute: 92, output: 900, read: 1000, write1h: 50_500)
        session.threads.append(
            SessionThread(id: ThreadID(kind: .compaction, name: "c"), steps: [.sample(compaction)])
        )
        let candidate = try #require(analyse(session).candidates(of: CacheMiss.kind).only)
        #expect(candidate.evidence.calls == ["c"])
        #expect(candidate.reasons == ["1 rebuild of 50,000 tokens: the conversation was compacted"])
    }

    @Test func `another subagent in the same thread begins anew`() {
        var session = session(pause: 1)
        session.threads[0].steps[1].call.usage.cacheWrite1hTokens = 30_000
        session.threads[0].steps[1].arrivals = [.sample(.delegation)]
        #expect(analyse(session).findings(of: CacheMiss.kind).isEmpty)
    }

    @Test func `one candidate a session, its reasons by their money, the dearest call as evidence`() throws {
        var session = session()
        session.threads[0].steps.append(
            .sample(
                .sample("s3", minute: 91, model: .sonnet, output: 5000, write1h: 52_000),
                after: [.sample(.prompt)]
            )
        )
        session.threads[0].steps.append(
            .sample(
                .sample("s4", minute: 300, model: .sonnet, output: 5000, write1h: 53_000),
                after: [.sample(.prompt)]
            )
        )
        let finding = try #require(analyse(session).findings(of: CacheMiss.kind).only)
        let candidate = try #require(finding.candidates.only)
        #expect(candidate.evidence.calls.first == "s2")
        #expect(candidate.evidence.offset == 9000)
        #expect(
            candidate.reasons == [
                "2 rebuilds of 102,000 tokens: a pause longer than the cache entries live",
                "1 rebuild of 51,000 tokens: the model was switched",
            ]
        )
        #expect(finding.action.text.hasPrefix("Before a break that outlasts the cache, compact"))
        #expect(finding.caveats.contains { $0.contains("of it are pauses") })
        #expect(finding.caveats.contains { $0.contains("switches that somebody asked for") })
    }
}
