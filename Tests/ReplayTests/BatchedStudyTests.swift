import Domain
import JSONText
import Pricing
import Replay
import Synchronization
import Testing

@Suite struct BatchedStudyTests {
    private static let original = ScriptedStudy.original
    private static let cheap = ScriptedStudy.cheap

    @Test func `both models are asked about a step in the same batch, without marks for a cache`() async throws {
        let script = ScriptedStudy(agreement: [Self.original: 1, Self.cheap: 1])
        let run = try await script.study(delivery: .batches).run(through: script.doors, pricedBy: .builtin)
        let batches = script.state.withLock { $0.batches }
        #expect(run.rows.count(where: \.isPair) == run.rows.count)
        for batch in batches {
            let models = Dictionary(grouping: batch.requests, by: \.request.model).mapValues(\.count)
            #expect(models == [Self.cheap: batch.requests.count / 2, Self.original: batch.requests.count / 2])
            for one in batch.requests {
                #expect(String(decoding: one.request.body, as: UTF8.self).contains("cache_control"))
                #expect(!String(decoding: one.request.batchBody, as: UTF8.self).contains("cache_control"))
            }
        }
    }

    @Test func `a candidate that is no good costs a third of the sample`() async throws {
        let script = ScriptedStudy(sessions: 90, steps: 2, agreement: [Self.original: 1, Self.cheap: 0])
        let run = try await script.study(samples: 180, delivery: .batches).run(
            through: script.doors,
            pricedBy: .builtin
        )
        #expect(run.ending == .decided)
        #expect(script.state.withLock { $0.batches.map(\.requests.count) } == [120])
    }

    @Test func `what no batch can go out for is never spent`() async throws {
        let script = ScriptedStudy(agreement: [Self.original: 0.7, Self.cheap: 0.7])
        let budget = Money(nanoUSD: 500_000_000)
        let study = script.study(budget: budget, delivery: .batches)
        let run = try await study.run(through: script.doors, pricedBy: .builtin)
        let batches = script.state.withLock { $0.batches }
        #expect(run.spent <= budget)
        #expect(batches.count > 1)
        #expect(batches.allSatisfy { $0.most <= budget })
    }

    @Test func `replies are known again whichever way they were asked for`() async throws {
        let script = ScriptedStudy(sessions: 4, agreement: [Self.original: 1, Self.cheap: 1])
        let first = try await script.study(samples: 16).run(through: script.doors, pricedBy: .builtin)
        let second = try await script.study(samples: 16, delivery: .batches).run(
            through: script.doors,
            pricedBy: .builtin
        )
        #expect(second.spentNow == .zero)
        #expect(second.rows.count == first.rows.count)
        #expect(script.state.withLock { $0.batches.isEmpty })
    }

    @Test func `what was paid counts before anything else is asked`() async throws {
        let script = ScriptedStudy(agreement: [Self.original: 1, Self.cheap: 1])
        var doors = script.doors
        doors.replies.paid = Money(nanoUSD: 900_000_000)
        let run = try await script.study(budget: Money(nanoUSD: 1_000_000_000)).run(through: doors, pricedBy: .builtin)
        #expect(run.ending == .budget)
        #expect(run.spent <= Money(nanoUSD: 1_000_000_000))
    }

    @Test(arguments: [(24, 1, Delivery.batches), (3, 8, .oneByOne)])
    func `the cheaper way is taken: batches where caches have little to keep`(
        sessions: Int,
        steps: Int,
        delivery: Delivery
    ) {
        let study = ScriptedStudy(sessions: sessions, steps: steps, agreement: [:]).study(samples: 24)
        var pricer = Pricer(book: .builtin)
        let estimates = [Self.cheap, Self.original].compactMap {
            StudyEstimate(of: study.sample, on: $0, limit: study.limit, with: &pricer, at: study.time)
        }
        #expect(Delivery(cheapestOf: estimates) == delivery)
    }
}
