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

    /// Alone: what is written again after a pause is the larger saving of the same lever.
    private func alone(_ sessions: [Session], leastMoney: Double = 0.1) -> AnalysisResult {
        let limits = Thresholds([CacheLifetimeChoice.kind: ["usd": leastMoney]])
        var analysis = Analysis(in: AnalysisContext(prices: .builtin, today: today, thresholds: limits))
        for session in sessions { analysis.add(session) }
        return analysis.finish(showing: [CacheLifetimeChoice.kind])
    }

    /// Sessions with entries of an hour: of quick work, and of work that rests for twenty minutes.
    private func mixed(quick: Int, resting: Int) -> [Session] {
        [(quick, "q", 1.0), (resting, "r", 20.0)].flatMap { count, name, pause in
            (0..<count).map {
                Session.sample("\(name)\($0)", steps: steps("\(name)\($0)-", pause: pause, isLong: true, reads: 50_000))
            }
        }
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
        #expect(finding.saving == .micro(153_000))
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

    // 153,000 in a session of quick work, -87,000 in one that rests.
    @Test(arguments: [(1, 2, 0), (1, 1, 66_000), (7, 1, 984_000), (7, 7, 462_000)])
    func `what a setting loses in a project's other sessions is taken off, to the last digit`(
        quick: Int,
        resting: Int,
        net: Double
    ) throws {
        let result = alone(mixed(quick: quick, resting: resting), leastMoney: 0)
        #expect(result.candidates.reduce(Money.zero) { $0 + $1.saving } == .micro(net))
        #expect(result.candidates.count == (net > 0 ? quick : 0))
        #expect(result.recoverable.mid == .micro(net))
    }

    @Test func `a session's part says what it would save by itself`() throws {
        let candidate = try #require(alone(mixed(quick: 1, resting: 1), leastMoney: 0).candidates.only)
        #expect(candidate.saving == .micro(66_000))
        #expect(
            candidate.reasons.last == "by itself it would save $0.15: other sessions of the project would lose by it"
        )
    }

    @Test func `no setting is worth changing that saves a project less than the limit`() {
        #expect(alone(mixed(quick: 2, resting: 2)).candidates.count == 2)
        #expect(alone(mixed(quick: 1, resting: 1)).candidates.isEmpty)
    }

    @Test func `a quiet answer says that sessions would differ`() throws {
        let report = try #require(alone(mixed(quick: 1, resting: 2)).kinds.only)
        #expect(
            report.summary.hasSuffix("1 would have been cheaper with the other one, but no setting for a whole project")
        )
    }

    @Test func `of two lives that pay in different sessions, the one that saves more is claimed`() throws {
        let short = Session.sample("a", steps: steps("a", pause: 20, isLong: false, reads: 0).doubled)
        let long = Session.sample("b", steps: steps("b", pause: 1, isLong: true, reads: 50_000))
        let finding = try #require(analyse([short, long]).findings(of: CacheLifetimeChoice.kind).only)
        #expect(finding.saving == .micro(174_000))
        #expect(finding.candidates.map(\.session.name) == ["a"])
        let advice =
            "Set \"promptCacheTtl\": \"1h\" (saves $0.17 over 1 session) in the project's .claude/settings.json."
        #expect(finding.action.text.hasPrefix(advice))
        #expect(!finding.action.text.contains("5m\""))
        #expect(finding.caveats[0].contains("would have saved another $0.15, which is not claimed"))
    }

    @Test func `each agent has a setting of its own`() throws {
        let quick = Session.sample("q", steps: steps("q", pause: 1, isLong: true, reads: 50_000))
        let resting = (0..<2).map {
            Session.sample("p\($0)", agent: .pi, steps: steps("p\($0)", pause: 20, isLong: true, reads: 50_000))
        }
        let finding = try #require(analyse([quick] + resting).findings(of: CacheLifetimeChoice.kind).only)
        #expect(finding.saving == .micro(153_000))
        #expect(!finding.action.text.contains("Pi"))
        let other = Session.sample("o", agent: .pi, steps: steps("o", pause: 1, isLong: true, reads: 50_000))
        let both = try #require(analyse([quick, other]).findings(of: CacheLifetimeChoice.kind).only)
        #expect(both.saving == .micro(306_000))
        #expect(both.action.text.contains("Pi: \"ttl\": \"5m\" for the main conversation (saves $0.15 over 1 session)"))
    }

    @Test func `shares come to the candidate's saving, on the calls that gain`() throws {
        let session = Session.sample(steps: steps(pause: 20, isLong: false, reads: 0).doubled)
        let result = alone([session])
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

    @Test func `sessions that save little by themselves count with the others`() throws {
        let long = Session.sample("a", steps: steps("a", pause: 1, isLong: true, reads: 50_000))
        var short = Session.sample("b", steps: steps("b", pause: 1, isLong: true, reads: 5000))
        for index in 0...1 {
            short.threads[0].steps[index].call.usage.cacheWrite1hTokens = 5000
            short.threads[0].steps[index].call.usage.cacheReadTokens = 0
        }
        let finding = try #require(analyse([long, short]).findings(of: CacheLifetimeChoice.kind).only)
        // Besides, 10,000 at 5 in place of 8.
        #expect(finding.candidates.map(\.saving) == [.micro(153_000), .micro(30_000)])
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
