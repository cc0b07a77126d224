import Domain
import Pricing
import Replay
import Synchronization
import Testing

@Suite struct StudyRunTests {
    private static let original = ScriptedStudy.original
    private static let cheap = ScriptedStudy.cheap

    @Test(arguments: [(0.9, Verdict.Outcome.supported), (0.0, .contradicted)])
    func `a candidate that agrees as the original does is supported, one that never does is contradicted`(
        agreement: Double,
        outcome: Verdict.Outcome
    ) async throws {
        let script = ScriptedStudy(sessions: 30, agreement: [Self.original: 0.9, Self.cheap: agreement])
        let study = script.study(samples: 240)
        let run = try await study.run(through: script.doors, pricedBy: .builtin)
        let result = StudyResult(of: run.rows, in: study)
        #expect(result.outcome == outcome)
        #expect(result.schemaValid == 1)
        #expect(run.ending == .decided)
    }

    @Test func `never spends more than its budget`() async throws {
        let script = ScriptedStudy(agreement: [Self.original: 1, Self.cheap: 1])
        let budget = Money(nanoUSD: 300_000_000)
        let run = try await script.study(budget: budget).run(through: script.doors, pricedBy: .builtin)
        #expect(run.ending == .budget)
        #expect(run.spent > .zero)
        #expect(run.spent <= budget)
    }

    @Test func `spends what was estimated, within a tenth`() async throws {
        let script = ScriptedStudy(agreement: [Self.original: 1, Self.cheap: 1])
        let study = script.study()
        var pricer = Pricer(book: .builtin)
        let estimates = [Self.cheap, Self.original].compactMap {
            StudyEstimate(of: study.sample, on: $0, limit: study.limit, with: &pricer, at: study.time)
        }
        var whole = study
        whole.margin = -0.000_1
        let run = try await whole.run(through: script.doors, pricedBy: .builtin)
        #expect(run.ending == .complete)
        let estimate = estimates.reduce(Money.zero) { $0 + $1.sequential }
        #expect(abs(run.spent.usd / estimate.usd - 1) < 0.1)
    }

    @Test func `pays no reply twice`() async throws {
        let script = ScriptedStudy(sessions: 3, agreement: [Self.original: 1, Self.cheap: 1])
        let study = script.study(samples: 24)
        let first = try await study.run(through: script.doors, pricedBy: .builtin)
        let asked = script.state.withLock { $0.asked.count }
        let second = try await study.run(through: script.doors, pricedBy: .builtin)
        #expect(asked == 48)
        #expect(script.state.withLock { $0.asked.count } == asked)
        #expect(second.spentNow == .zero)
        #expect(second.spent == first.spent)
    }

    @Test func `the recorded model as its own candidate is asked twice`() async throws {
        let script = ScriptedStudy(sessions: 2, agreement: [Self.original: 1])
        _ = try await script.study(samples: 4, candidate: Self.original).run(through: script.doors, pricedBy: .builtin)
        #expect(script.state.withLock { $0.asked.count } == 8)
    }

    @Test func `an original that does not agree with its own record lets nothing be told`() async throws {
        let script = ScriptedStudy(agreement: [Self.original: 0.2, Self.cheap: 0.9])
        let study = script.study()
        let run = try await study.run(through: script.doors, pricedBy: .builtin)
        #expect(StudyResult(of: run.rows, in: study).outcome == .cannotTell)
    }

    @Test func `requests that were guessed prove nothing`() async throws {
        let script = ScriptedStudy(agreement: [Self.original: 1, Self.cheap: 1])
        let study = script.study()
        var doors = script.doors
        let rebuild = doors.rebuild
        doors.rebuild = { step in
            var rebuilt = await rebuild(step)
            rebuilt?.fidelity = .inferred
            return rebuilt
        }
        let run = try await study.run(through: doors, pricedBy: .builtin)
        #expect(StudyResult(of: run.rows, in: study).outcome == .indicative)
    }

    @Test func `gives up on a provider that fails, at no cost`() async throws {
        let script = ScriptedStudy(agreement: [:])
        var doors = script.doors
        doors.ask = { _ in (529, Array(#"{"type":"error","error":{"type":"overloaded_error","message":"busy"}}"#.utf8))
        }
        let run = try await script.study().run(through: doors, pricedBy: .builtin)
        #expect(run.ending == .failing("529 busy"))
        #expect(run.spent == .zero)
    }
}
