import Analysis
import Domain
import Testing

@Suite struct BatchableTests {
    /// So many calls, all but the last with a tool each; large enough not to be small work.
    private func session(
        _ name: String = "s",
        calls: Int = 1,
        minute: Double = 0,
        isHeadless: Bool = true,
        billing: Billing = .api,
        prompt: Arrival = .sample(.prompt, content: 7)
    ) -> Session {
        let steps = (0..<calls).map { index in
            let isLast = index == calls - 1
            return SessionThread.Step.sample(
                .sample(
                    "\(name)\(index)",
                    minute: minute + Double(index),
                    input: 10_000,
                    output: 2000,
                    stop: isLast ? .endTurn : .toolUse
                ),
                after: [index == 0 ? prompt : .sample(.toolResult)],
                tools: isLast ? [] : [.sample()]
            )
        }
        return .sample(name, billing: billing, isHeadless: isHeadless, steps: steps)
    }

    private func candidates(in sessions: [Session]) -> [Candidate] {
        analyse(sessions).candidates(of: Batchable.kind)
    }

    @Test func `one call of a script costs half in a batch`() throws {
        let finding = try #require(analyse(session()).findings(of: Batchable.kind).only)
        let candidate = try #require(finding.candidates.only)
        // 10,000 × 4 + 2,000 × 20
        #expect(candidate.actual == .micro(80_000))
        #expect(candidate.estimated == .micro(40_000))
        #expect(
            candidate.reasons == [
                "run by a script: no person sat at it", "1 call without tools: nothing has to go back to the model",
            ]
        )
        #expect(!finding.caveats.contains { $0.contains("calls tools") })
    }

    @Test(arguments: [(3, 1), (4, 0)])
    func `with tools, at most three turns could wait for a batch each`(calls: Int, count: Int) {
        let findings = analyse(session(calls: calls)).findings(of: Batchable.kind)
        #expect(findings.count == count)
        #expect(findings.allSatisfy { $0.caveats.contains { $0.contains("calls tools") } })
    }

    @Test func `a flat plan has no batches`() {
        #expect(candidates(in: [session(billing: .subscription)]).isEmpty)
        #expect(candidates(in: [session(billing: .unknown)]).count == 1)
    }

    @Test func `what was a batch already stays one`() {
        var session = session()
        session.threads[0].steps[0].call.mode.serviceTier = .batch
        #expect(candidates(in: [session]).isEmpty)
    }

    @Test func `a person's session is not for batches, nor one with a second prompt or a subagent`() {
        var talk = session()
        talk.threads[0].steps.append(
            .sample(.sample("more", minute: 5, input: 12_000, output: 2000), after: [.sample(.prompt)])
        )
        var delegated = session()
        delegated.threads.append(
            SessionThread(id: ThreadID(kind: .subagent, name: "a"), steps: [.sample(.sample("sub", output: 2000))])
        )
        #expect(candidates(in: [session(isHeadless: false), talk, delegated]).isEmpty)
    }

    @Test func `part of another session's work is not for batches`() {
        var session = session(calls: 2)
        session.threads[0].steps[0].isContext = true
        #expect(candidates(in: [session]).isEmpty)
    }

    private let day = 24 * 60.0

    @Test func `the same prompt at the same time of day on three days is a clock's`() throws {
        // 00:00, 00:14 and 00:03 UTC
        let minutes = [0, day + 14, 4 * day + 3]
        let daily = minutes.enumerated().map { session("d\($0)", minute: $1, isHeadless: false) }
        let found = candidates(in: daily)
        #expect(found.map(\.session.name).sorted() == ["d0", "d1", "d2"])
        #expect(
            found[0].reasons.prefix(2) == ["one of 3 sessions of this prompt", "begun at about 00:00 UTC on 3 days"]
        )
        #expect(candidates(in: Array(daily.dropLast())).isEmpty)
        let byHand = session("h", minute: 2 * day + 300, isHeadless: false)
        #expect(candidates(in: daily + [byHand]).map(\.session.name).sorted() == ["d0", "d1", "d2"])
        let late = session("l", minute: 4 * day + 16, isHeadless: false)
        #expect(candidates(in: Array(daily.dropLast()) + [late]).isEmpty)
    }

    @Test func `around midnight is one time of day, and thrice on one day is one day`() {
        let around = [1435, 2 * day + 2, 3 * day - 3].enumerated().map {
            session("m\($0)", minute: $1, isHeadless: false)
        }
        #expect(candidates(in: around).count == 3)
        let once = [0, 3, 14.0].enumerated().map { session("o\($0)", minute: $1, isHeadless: false) }
        #expect(candidates(in: once).isEmpty)
    }

    @Test(arguments: [(66, 4), (67, 0)])
    func `four starts at one interval, give or take a tenth, are a clock's`(last: Double, count: Int) throws {
        let hourly = [0, 60, 120, 120 + last].enumerated().map { session("i\($0)", minute: $1, isHeadless: false) }
        let found = candidates(in: hourly)
        #expect(found.count == count)
        #expect(found.allSatisfy { $0.reasons[1] == "begun every 60 minutes or so" })
    }

    @Test(arguments: [(3, 3), (4, 0)])
    func `prompts that share four fifths of their sketch are the same`(differing: Int, count: Int) {
        let sessions = (0..<3).map { index in
            let sketch = (0..<16).map { UInt32(index == 1 && $0 < differing ? 1000 + $0 : $0) }
            let prompt = Arrival.sample(.prompt, content: UInt64(index), sketch: sketch)
            return session("n\(index)", minute: Double(index) * day, isHeadless: false, prompt: prompt)
        }
        #expect(candidates(in: sessions).count == count)
    }

    @Test func `the same prompt is met again behind many of its template`() {
        let others = (0..<100).map { index in
            let sketch = (0..<16).map { UInt32($0 < 4 ? $0 : 1000 * (index + 1) + $0) }
            let prompt = Arrival.sample(.prompt, content: UInt64(1000 + index), sketch: sketch)
            return session("t\(index)", minute: Double(index), isHeadless: false, prompt: prompt)
        }
        let daily = (0..<3).map { index in
            let prompt = Arrival.sample(.prompt, content: 7, sketch: (0..<16).map { UInt32($0) })
            return session("d\(index)", minute: Double(index) * day + 300, isHeadless: false, prompt: prompt)
        }
        #expect(candidates(in: others + daily).map(\.session.name) == ["d0", "d1", "d2"])
    }

    @Test func `other prompts and other projects are others`() {
        var sessions = (0..<3).map { session("p\($0)", minute: Double($0) * day, isHeadless: false) }
        sessions[1].project = "/q"
        #expect(candidates(in: sessions).isEmpty)
        sessions[1].project = sessions[0].project
        sessions[1].threads[0].steps[0].arrivals[0].contentHash = 8
        #expect(candidates(in: sessions).isEmpty)
    }
}
