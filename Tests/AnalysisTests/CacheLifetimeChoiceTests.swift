import Analysis
import Domain
import Pricing
import Testing

@Suite struct CacheLifetimeChoiceTests {
    /// Two calls so many minutes apart, the second with 1,000 tokens more than the first's 50,000.
    private func steps(
        _ name: String = "s",
        pause: Double,
        isLong: Bool,
        reads: Int,
        model: ModelID = .opus
    ) -> [SessionThread.Step] {
        func call(_ id: String, minute: Double, reads: Int, writes: Int) -> Call {
            .sample(
                id,
                minute: minute,
                model: model,
                output: 5000,
                read: reads,
                write5m: isLong ? 0 : writes,
                write1h: isLong ? writes : 0
            )
        }
        return [
            .sample(call(name + "1", minute: 0, reads: 0, writes: 50_000), after: [.sample(.prompt)]),
            .sample(call(name + "2", minute: pause, reads: reads, writes: 51_000 - reads), after: [.sample(.prompt)]),
        ]
    }

    private func findings(in session: Session) -> [Finding] {
        analyse(session).findings(of: CacheLifetimeChoice.kind)
    }

    // 50,000 at 5 and 51,000 at 5, against 51,000 at 8 and 50,000 at 0.20; too little for a minute's pause,
    // where another reason made the prompt be written again.
    @Test(arguments: [(1, 0), (5, 0), (5.01, 1), (60, 1), (60.01, 0)])
    func `five minutes are too short where the work rests for longer, up to an hour`(
        pause: Double,
        count: Int
    ) throws {
        let session = Session.sample(steps: steps(pause: pause, isLong: false, reads: 0).doubled)
        let candidates = findings(in: session).flatMap(\.candidates)
        #expect(candidates.count == count)
        // Twice 505,000 - 408,000 - 10,000
        #expect(candidates.allSatisfy { $0.saving == .micro(174_000) })
        #expect(
            candidates.allSatisfy {
                $0.reasons == [
                    "4 calls of the main conversation with entries of an hour: 100,000 of 202,000 tokens written are read "
                        + "instead"
                ]
            }
        )
    }

    // All 51,000 are written at 5 in place of 8; after a longer pause 50,000 are written at 5 in place of read at 0.20.
    @Test(arguments: [(1, 1), (5, 1), (5.01, 0), (50, 0)])
    func `an hour is too long where one call follows another`(pause: Double, count: Int) throws {
        let candidates = findings(in: .sample(steps: steps(pause: pause, isLong: true, reads: 50_000)))
            .flatMap(\.candidates)
        #expect(candidates.count == count)
        #expect(candidates.allSatisfy { $0.saving == .micro(153_000) })
        #expect(candidates.allSatisfy { $0.evidence.calls == ["s1", "s2"] })
    }

    @Test func `what was cached again for another reason stays cached again`() {
        var session = Session.sample(steps: steps(pause: 20, isLong: false, reads: 0).doubled)
        for index in session.threads[0].steps.indices {
            session.threads[0].steps[index].call.cacheMissReason = "system_changed"
        }
        #expect(findings(in: session).isEmpty)
    }

    @Test func `a model's cache does not live on in another's`() {
        var session = Session.sample(steps: steps(pause: 20, isLong: false, reads: 0).doubled)
        session.threads[0].steps[1].call.model = .sonnet
        session.threads[0].steps[3].call.model = .sonnet
        #expect(findings(in: session).isEmpty)
    }

    @Test func `the main conversation and subagents are set apart`() throws {
        var session = Session.sample(steps: steps(pause: 20, isLong: true, reads: 50_000))
        let id = ThreadID(kind: .subagent, name: "a")
        session.threads.append(SessionThread(id: id, steps: steps("a", pause: 1, isLong: true, reads: 50_000)))
        let finding = try #require(findings(in: session).only)
        #expect(finding.candidates[0].evidence.calls == ["a1", "a2"])
        #expect(finding.action.text.contains("\"subagentPromptCacheTtl\": \"5m\""))
        #expect(!finding.action.text.contains("\"promptCacheTtl\""))
        #expect(finding.caveats[0].contains("5m for subagents and compactions: 100% of this is left"))
    }

    @Test func `a subagent's first call reads what the session used less than five minutes before`() throws {
        for (minute, count) in [(4.0, 1), (6.0, 0)] {
            var first = steps("a", pause: 1, isLong: true, reads: 50_000)
            first[0].call.usage.cacheReadTokens = 40_000
            first[0].call.time = .minute(minute)
            first[1].call.time = .minute(minute + 1)
            let id = ThreadID(kind: .subagent, name: "a")
            var session = Session.sample(steps: [steps(pause: 1, isLong: false, reads: 0)[0]])
            session.threads.append(SessionThread(id: id, steps: first))
            #expect(findings(in: session).count == count)
        }
    }

    @Test func `what a project's other sessions would lose is said, and decides what is proposed`() throws {
        let pauses = (0..<2).map {
            Session.sample("p\($0)", steps: steps("p\($0)", pause: 20, isLong: true, reads: 50_000))
        }
        let quick = Session.sample("q", steps: steps("q", pause: 1, isLong: true, reads: 50_000))
        // 153,000 for one session, -87,000 for each of the two others
        let report = try #require(analyse(pauses + [quick]).report(of: "cache-lifetime"))
        let finding = try #require(report.findings.only?.finding)
        #expect(finding.saving == .micro(153_000))
        #expect(finding.caveats[0].contains("5m for the main conversation: nothing of this is left"))
        #expect(finding.action.text.contains("CLAUDE_CODE_PROMPT_CACHE_TTL=5m"))
        let oneOfThem = try #require(analyse([pauses[0], quick]).report(of: "cache-lifetime")?.findings.only?.finding)
        #expect(oneOfThem.caveats[0].contains("5m for the main conversation: 43% of this is left"))
        #expect(oneOfThem.action.text.contains("\"promptCacheTtl\": \"5m\""))
    }

    @Test func `of two lives that pay in different sessions, the one that saves more is kept on`() throws {
        let short = Session.sample("a", steps: steps("a", pause: 20, isLong: false, reads: 0).doubled)
        let long = Session.sample("b", steps: steps("b", pause: 1, isLong: true, reads: 50_000))
        let finding = try #require(analyse([short, long]).findings(of: CacheLifetimeChoice.kind).only)
        #expect(finding.action.text.hasPrefix("Set \"promptCacheTtl\": \"1h\" in the project's .claude/settings.json."))
        #expect(finding.action.text.contains("go so with CLAUDE_CODE_PROMPT_CACHE_TTL=5m;"))
    }

    @Test func `shares come to the candidate's saving, on the calls that gain`() throws {
        let session = Session.sample(steps: steps(pause: 20, isLong: false, reads: 0).doubled)
        // Alone: what is written again after the pause is the larger saving of the same lever.
        var analysis = Analysis(in: AnalysisContext(prices: .builtin, today: today))
        analysis.add(session)
        let result = analysis.finish(showing: [CacheLifetimeChoice.kind])
        let candidate = try #require(result.candidates.only)
        #expect(candidate.saving == .micro(174_000))
        #expect(result.recoverable.mid == candidate.saving)
        #expect(candidate.evidence.calls == ["s2", "s2-later"])
    }

    @Test func `no more is read than was written: plain input stays what it is`() throws {
        var session = Session.sample(steps: steps(pause: 20, isLong: false, reads: 0).doubled)
        for index in [1, 3] {
            session.threads[0].steps[index].call.usage.inputTokens = 10_000
            session.threads[0].steps[index].call.usage.cacheWrite5mTokens = 41_000
        }
        let limits = Thresholds([CacheLifetimeChoice.kind: ["usd": 0]])
        let candidate = try #require(analyse(session, thresholds: limits).candidates(of: CacheLifetimeChoice.kind).only)
        #expect(candidate.reasons[0].hasSuffix("82,000 of 182,000 tokens written are read instead"))
    }

    @Test func `sessions that save too little to be claimed make no more than all of it`() throws {
        let long = Session.sample("a", steps: steps("a", pause: 1, isLong: true, reads: 50_000))
        var short = Session.sample("b", steps: steps("b", pause: 1, isLong: true, reads: 5000))
        for index in 0...1 {
            short.threads[0].steps[index].call.usage.cacheWrite1hTokens = 5000
            short.threads[0].steps[index].call.usage.cacheReadTokens = 0
        }
        let finding = try #require(analyse([long, short]).findings(of: CacheLifetimeChoice.kind).only)
        #expect(finding.candidates.count == 1)
        #expect(finding.caveats[0].contains(": 100% of this is left"))
    }

    @Test func `unknown and earlier times are no pauses`() {
        for time in [
            Timestamp.unknown, Timestamp(milliseconds: .min), Timestamp(milliseconds: Timestamp.noon.milliseconds - 1),
        ] {
            var session = Session.sample(steps: steps(pause: 20, isLong: true, reads: 50_000))
            session.threads[0].steps[1].call.time = time
            #expect(findings(in: session).count == 1)
        }
    }

    @Test func `OpenAI's entries live other times and have no setting`() {
        let model = ModelID("gpt-5.5")
        #expect(findings(in: .sample(steps: steps(pause: 1, isLong: true, reads: 50_000, model: model))).isEmpty)
    }
}

extension [SessionThread.Step] {
    /// The same once more, hours later.
    fileprivate var doubled: [SessionThread.Step] {
        self
            + map { step in
                var later = step
                later.call.key.id += 1000
                later.call.id += "-later"
                later.call.time.milliseconds += 5 * 3_600_000
                return later
            }
    }
}
