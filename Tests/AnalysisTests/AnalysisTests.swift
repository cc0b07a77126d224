import Analysis
import Domain
import Pricing
import Testing

@Suite struct AnalysisTests {
    @Test func `every kind is listed, quiet ones with what was looked at`() {
        let result = analyse([])
        #expect(result.kinds.map(\.kind) == Analysis.detectors.map { $0.kind }.sorted())
        #expect(result.kinds.allSatisfy { $0.status == .quiet && $0.summary.hasPrefix("looked at 0 ") })
        #expect(result.recoverable == .zero)
        #expect(result.total.total == .zero)
    }

    @Test func `only the kinds asked for are shown, and what they claim does not depend on it`() {
        let session = Session.small(model: .olderOpus)
        var analysis = Analysis(in: AnalysisContext(prices: .builtin, today: today))
        analysis.add(session)
        let result = analysis.finish(showing: ["same-tier-cheaper"])
        #expect(result.kinds.map(\.kind) == ["same-tier-cheaper"])
        #expect(result.findings.isEmpty)
        #expect(result.recoverable == .zero)
    }

    @Test func `context calls cost nothing and are in no candidate`() {
        var session = Session.small()
        for index in session.threads[0].steps.indices { session.threads[0].steps[index].isContext = true }
        let result = analyse(session)
        #expect(result.sessionsAnalyzed == 0)
        #expect(result.callsAnalyzed == 0)
        #expect(result.total.total == .zero)
        #expect(result.findings.isEmpty)
    }

    @Test func `a session that continues a copy is judged by its own tasks`() {
        var session = Session.smallTask()
        session.threads[0].steps[0].isContext = true
        let result = analyse(session)
        #expect(result.callsAnalyzed == 2)
        #expect(result.candidates.map(\.unit) == [.task])
    }

    @Test func `calls without a price are counted and left out of the bill`() {
        let unknown = ModelID("a-model-nobody-priced")
        let result = analyse([.small("a"), .small("b", model: unknown)])
        #expect(result.callsAnalyzed == 4)
        #expect(result.total.total == .micro(170_280))
        #expect(result.unpriced[unknown]?.calls == 2)
        #expect(result.unpriced[unknown]?.tokens == 20_105 + 20_460)
    }

    @Test(arguments: [1.5, 2, 1000])
    func `what the target's additional calls cost is taken off all that is saved`(ratio: Double) throws {
        func result(_ extra: [String: ExtraCalls]) -> AnalysisResult {
            var analysis = Analysis(in: AnalysisContext(prices: .builtin, today: today))
            for name in ["a", "b"] { analysis.add(.small(name)) }
            return analysis.finish(showing: [ModelDowngrade.kind], making: extra)
        }
        let plain = result([:])
        let found = try #require(plain.findings.first).finding
        let target = try #require(found.candidates.first?.target)
        let dearer = result([found.id: ExtraCalls(target: target, ratio: ratio)])
        let saving = max(0, found.actual.usd - found.estimated.usd * ratio)
        #expect(abs((dearer.findings.first?.finding.saving.usd ?? 0) - saving) < 1e-6)
        #expect(abs(dearer.recoverable.mid.usd - saving) < 1e-6)
        // Of another model the replay said nothing.
        #expect(
            result([found.id: ExtraCalls(target: ModelID("another"), ratio: ratio)]).recoverable == plain.recoverable
        )
    }

    @Test func `a finding is one project, model and target, with a name that lasts`() {
        var elsewhere = Session.small("b")
        elsewhere.project = "/q"
        let result = analyse([.small("a"), elsewhere, .small("c")])
        let findings = result.findings(of: ModelDowngrade.kind)
        #expect(findings.map(\.sessionsFlagged) == [2, 1])
        #expect(findings.map(\.id) == ["model-downgrade:d85e4f947ae5", "model-downgrade:1bb98421b6b0"])
    }

    @Test func `candidates come largest first`() {
        var large = Session.small("b")
        large.threads[0].steps[0].call.usage.cacheWrite1hTokens = 25_000
        let candidates = analyse([.small("a"), large, .small("c")]).candidates(of: ModelDowngrade.kind)
        #expect(candidates.map(\.session.name) == ["b", "a", "c"])
    }

    @Test func `a month's saving is the window's, scaled, and its interval holds it`() throws {
        let quiet = (0..<20).map { index in
            Session.sample("q\(index)", steps: [.sample(.sample("q\(index)", output: 9000), after: [.sample(.prompt)])])
        }
        let small = (0..<10).map { Session.small("s\($0)") }
        var analysis = Analysis(
            in: AnalysisContext(
                prices: .builtin,
                today: today,
                window: Window(from: .noon, to: .minute(10 * 24 * 60))
            )
        )
        for session in quiet + small { analysis.add(session) }
        let result = analysis.finish()
        let finding = try #require(result.findings(of: ModelDowngrade.kind).only)
        #expect(result.days == 10)
        #expect(finding.saving == .micro(10 * (170_280 - 4_357)))
        let month = finding.monthlySaving
        #expect(month.mid == .micro(30 * (170_280 - 4_357)))
        // Flagged sessions are binomial(30, 1/3): 95% within 5...15 of them.
        #expect(month.low == .micro(15 * (170_280 - 4_357)))
        #expect(month.high == .micro(45 * (170_280 - 4_357)))
    }

    @Test func `an open window is as long as its calls`() {
        var analysis = Analysis(in: AnalysisContext(prices: .builtin, today: today))
        analysis.add(.smallTask(return: 2 * 24 * 60))
        let result = analysis.finish()
        #expect(result.days == 2)
        #expect(result.window == Window(from: .noon, to: .minute(2 * 24 * 60)))
    }

    @Test func `absurd counts stop no report`() {
        let kinds = Usage(
            inputTokens: 1_000_000_000_000,
            outputTokens: 1_000_000_000_000,
            cacheReadTokens: 1_000_000_000_000,
            cacheWrite5mTokens: 1_000_000_000_000,
            cacheWrite1hTokens: 1_000_000_000_000
        )
        let steps = (0..<300).map { index in
            var step = SessionThread.Step.sample(.sample("c\(index)", minute: Double(index)), after: [.sample(.prompt)])
            step.call.usage = kinds
            return step
        }
        let result = analyse(.sample(steps: steps))
        #expect(result.total.total == Money(nanoUSD: .max))
        #expect(result.kinds.allSatisfy { !$0.summary.isEmpty })
    }

    @Test func `absurd times stop no report`() {
        let times: [Int64] = [.min, .max, 0, -1, .max, 1, .min]
        for start in [.min, 0, Timestamp.noon.milliseconds] as [Int64] {
            var sessions = [Session.smallTask("a"), .smallTask("b"), .small("c"), .small("d"), .small("e")]
            for number in sessions.indices {
                sessions[number].isHeadless = false
                for index in sessions[number].threads[0].steps.indices {
                    let time = index == 0 ? start : times[(number + index) % times.count]
                    sessions[number].threads[0].steps[index].call.time = Timestamp(milliseconds: time)
                }
            }
            #expect(analyse(sessions).callsAnalyzed == 12)
        }
    }

    @Test func `caveats are the same in every finding, and only commands that exist are named`() throws {
        var elsewhere = Session.small("b")
        elsewhere.project = "/q"
        let findings = analyse([.small("a"), elsewhere, .small("c", model: .sonnet)]).findings.map(\.finding)
        #expect(findings.count == 3)
        #expect(Set(findings.map(\.caveats)).count == 1)
        let texts = findings.map(\.action.text) + findings.flatMap(\.caveats) + Analysis.detectors.map { $0.page }
        for text in texts {
            let commands = text.matches(of: /suffice ([a-z]+)( [a-z-]+)?/)
            #expect(commands.allSatisfy { $0.output.0 == "suffice sessions" })
        }
        #expect(findings.allSatisfy { $0.action.text.contains("\"suffice sessions ID\"") })
    }
}
