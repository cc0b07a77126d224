import Domain
import Pricing
import Routing
import Statistics
import Testing

@testable import Simulation

@Suite struct SimulationTests {
    private let haiku45 = ModelID("claude-haiku-4-5")
    private let haiku55 = ModelID("claude-haiku-5-5")
    private let hard = "design the api of the scheduler"

    @Test func `where nothing is simple every figure is the ledger's`() {
        var samples = Samples()
        let session = samples.session([
            .says(hard, at: 0, .turn(read: 5_001, wrote: 20_003, output: 777), callsTool: true),
            .goesOn(at: 1, .turn(read: 25_004, wrote: 999, output: 31)),
            .says("and now the tests of it", at: 20, .turn(wrote: 30_000, output: 5)),
        ])
        var simulation = samples.simulation()
        let simulated = simulation.simulated(session)
        let bill = session.threads[0].steps.map { PriceBook.builtin.cost(of: $0.call) }
        #expect(simulated.calls.map(\.cost) == bill)
        #expect(simulated.calls.map(\.routedCost) == bill)
        #expect(simulated.calls.map(\.hindsightCost) == bill)
        #expect(simulated.calls.map { $0.routed?.moment } == [.first, .continuing, .cacheExpired])
    }

    @Test func `a chore goes to the cheapest model and is priced there, its own cache included`() {
        var samples = Samples()
        let session = samples.session(
            [
                .says("git status", at: 0, .turn(wrote: 20_000, output: 100), callsTool: true),
                .goesOn(at: 1, .turn(read: 20_000, wrote: 1_000, output: 200)),
            ],
            on: Samples.autumn
        )
        var simulation = samples.simulation()
        let simulated = simulation.simulated(session)
        #expect(simulated.calls.map(\.served) == [haiku55, haiku55])
        // Opus 4.6: 6.25 written, 0.50 read, 25 out. Haiku 5.5: 0.125, 0.01 and 0.50.
        #expect(simulated.cost == .sum((20_000, 6.25), (100, 25), (20_000, 0.5), (1_000, 6.25), (200, 25)))
        #expect(
            simulated.routedCost == .sum((20_000, 0.125), (100, 0.5), (20_000, 0.01), (1_000, 0.125), (200, 0.5))
        )
        #expect(simulated.hindsightCost == simulated.routedCost)
    }

    @Test func `what leads back to the model asked for pays for its cache there`() {
        var samples = Samples()
        let session = samples.session(
            [
                .says("git status", at: 0, .turn(wrote: 20_000, output: 100)),
                .says(hard, at: 1, .turn(read: 20_000, wrote: 1_000, output: 200)),
                .goesOn(at: 2, .turn(read: 21_000, wrote: 100, output: 1)),
            ],
            on: Samples.autumn
        )
        var simulation = samples.simulation()
        let simulated = simulation.simulated(session)
        #expect(simulated.calls[0].served == haiku55)
        #expect(simulated.calls[1].routed?.decision.detail == "no longer simple")
        #expect(simulated.calls[1].routedCost == .sum((21_000, 6.25), (200, 25)))
        #expect(simulated.calls[2].routedCost == simulated.calls[2].cost)
        // Haiku wrote for 0.125 what Opus need not read for 0.50.
        #expect(simulated.routedCost < simulated.cost)
    }

    @Test func `a greeting does not move where the work that follows it would make that a loss`() {
        var samples = Samples()
        let greeting = SampleTurn.says("hi", at: 0, .turn(wrote: 20_000, output: 100))
        let work = SampleTurn.says(hard, at: 1, .turn(read: 20_000, wrote: 1_000, output: 200))
        // Haiku 4.5 writes for 1.25 what Opus 4.6 reads for 0.50; Haiku 5.5 for 0.125.
        let (single, both) = (samples.session([greeting]), samples.session([greeting, work]))
        let autumn = samples.session([greeting, work], on: Samples.autumn)
        var simulation = samples.simulation()
        let alone = simulation.simulated(single)
        #expect(alone.calls[0].routed?.decision.reason == .cacheWorthMore)
        #expect(alone.routedCost == alone.cost)
        // Hindsight knows that no work followed.
        #expect(alone.calls[0].servedInHindsight == haiku45)
        #expect(alone.hindsightCost == .sum((20_000, 1.25), (100, 5)))
        let goingOn = simulation.simulated(both)
        #expect(goingOn.hindsightCost == goingOn.cost)
        let later = simulation.simulated(autumn)
        #expect(later.calls[0].served == haiku55 && later.routedCost < later.cost)
    }

    @Test(arguments: [(0, false), (250, true)])
    func `a subagent's chore moves where its session can bear that it comes back`(workTurns: Int, moves: Bool) {
        var samples = Samples()
        let order = "Find all files that import Foundation and return their paths"
        let turns: [SampleTurn] = [
            .says(order, at: 200, .turn(read: 9_000, wrote: 1_000, output: 100), callsTool: true),
            .goesOn(at: 201, .turn(read: 10_000, wrote: 2_000, output: 50), callsTool: true),
            .goesOn(at: 202, .turn(read: 12_000, wrote: 2_000, output: 300)),
        ]
        let work = (0..<workTurns).map { SampleTurn.goesOn(at: Double($0) / 2, .turn(read: 50_000), callsTool: true) }
        var session = samples.session([(.main, work), (ThreadID(kind: .subagent, name: "a"), turns)])
        var simulation = samples.simulation()
        // A kind that may write files is none.
        #expect(simulation.simulated(session).calls.allSatisfy { $0.served == $0.call.model })
        session.threads[1].agentType = "Explore"
        let calls = simulation.simulated(session).calls.suffix(3)
        #expect(calls.allSatisfy { ($0.served == haiku45) == moves && $0.servedInHindsight == haiku45 })
        guard moves else { return }
        // What was read of other subagents' cache Haiku writes first.
        #expect(calls.map(\.routedCost)[0] == .sum((10_000, 1.25), (100, 5)))
        #expect(calls.map(\.routedCost)[1] == .sum((10_000, 0.1), (2_000, 1.25), (50, 5)))
    }

    @Test(arguments: [(5, Decision.Reason.pinned), (6, .pattern)])
    func `a chore moves once the conversation's cache has gone`(pause: Double, reason: Decision.Reason) {
        var samples = Samples()
        let session = samples.session(
            [
                .says(hard, at: 0, .turn(wrote: 50_000, output: 1_000)),
                .says("git status", at: pause, .turn(wrote: 50_000, output: 100)),
            ],
            on: Samples.autumn
        )
        var simulation = samples.simulation()
        #expect(simulation.simulated(session).calls[1].routed?.decision.reason == reason)
    }

    @Test(arguments: [(10, Decision.Reason.cacheWorthMore), (200, .pattern)])
    func `where coming back loses something the session must have cost enough to bear it`(
        turns: Int,
        reason: Decision.Reason
    ) {
        var samples = Samples()
        // Of a cold prompt Haiku 4.5 writes for 1.25 what Sonnet 4.5 writes for 3.75; on coming back Sonnet writes once
        // more what it would have read for 0.30: together 0.95 of the prompt.
        var recorded: [SampleTurn] = [.says(hard, at: 0, .turn(wrote: 50_000))]
        for turn in 1..<turns { recorded.append(.says(hard, at: Double(turn), .turn(read: 50_000))) }
        recorded.append(.says("git status", at: Double(turns) + 6, .turn(wrote: 50_000)))
        for index in recorded.indices { recorded[index].model = "claude-sonnet-4-5" }
        let session = samples.session(recorded)
        var simulation = samples.simulation()
        #expect(simulation.simulated(session).calls.last?.routed?.decision.reason == reason)
    }

    @Test func `over sessions made up by chance routing saves four fifths of what hindsight would`() {
        var generator = SeededGenerator(seed: 5)
        var costs = (unrouted: Money.zero, routed: Money.zero, hindsight: Money.zero)
        for _ in 0..<200 {
            var samples = Samples()
            let session = samples.randomSession(using: &generator, on: Samples.autumn)
            var simulation = samples.simulation()
            let simulated = simulation.simulated(session)
            #expect(simulated.routedCost.usd <= simulated.cost.usd * 1.02)
            #expect(simulated.hindsightCost <= min(simulated.cost, simulated.routedCost))
            costs.unrouted += simulated.cost
            costs.routed += simulated.routedCost
            costs.hindsight += simulated.hindsightCost
        }
        #expect((costs.unrouted - costs.routed).usd >= 0.8 * (costs.unrouted - costs.hindsight).usd)
    }

    @Test(arguments: [1, 2, 3] as [UInt64], [Samples.winter, Samples.autumn])
    func `no session is dearer by more than a fiftieth, whatever comes in it`(seed: UInt64, day: Day) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            var samples = Samples()
            let session = samples.wildSession(using: &generator, on: day)
            var simulation = samples.simulation()
            let simulated = simulation.simulated(session)
            #expect(simulated.routedCost.usd <= simulated.cost.usd * 1.02)
        }
    }

    @Test func `a cache whose end nobody promised is taken to be warm`() {
        var samples = Samples()
        var turns: [SampleTurn] = []
        for turn in 0..<20 {
            let text = turn == 0 ? hard : turn == 19 ? "git status" : nil
            let usage = Usage(inputTokens: 1_000, outputTokens: 100, cacheReadTokens: 50_000)
            let minutes = turn == 19 ? 60 : Double(turn)
            turns.append(SampleTurn(text: text, minutes: minutes, usage: usage, model: "gpt-5.5"))
        }
        let session = samples.session(turns, agent: .pi)
        var simulation = samples.simulation()
        let simulated = simulation.simulated(session)
        #expect(simulated.calls.last?.routed?.moment == .cacheExpired)
        #expect(simulated.calls.last?.routed?.decision.reason == .cacheWorthMore)
    }

    @Test func `what a session took over from another costs nothing here, and leaves its conversation unknown`() {
        var samples = Samples()
        var copied = SampleTurn.says("git status", at: 0, .turn(wrote: 20_000, output: 100))
        copied.isContext = true
        let session = samples.session(
            [copied, .says("git log", at: 1, .turn(read: 20_000, output: 10))],
            on: Samples.autumn
        )
        var simulation = samples.simulation()
        let simulated = simulation.simulated(session)
        #expect(simulated.calls.count == 1)
        #expect(simulated.calls[0].routed?.decision.detail == "not seen from its beginning")
    }

    @Test func `a prompt that its log no longer has is none that a pattern knows`() {
        var samples = Samples()
        let session = samples.session([.says("git status", at: 0, .turn(wrote: 20_000))], on: Samples.autumn)
        var simulation = samples.simulation(reads: false)
        #expect(simulation.simulated(session).calls[0].routed?.decision.reason == .requested)
    }

    @Test func `providers that the gateway does not speak to, and models without a price, stay as they are`() {
        var samples = Samples()
        var gemini = SampleTurn.says("git status", at: 0, Usage(inputTokens: 900, outputTokens: 9))
        gemini.model = "gemini-2.5-pro"
        var mystery = gemini
        mystery.model = "mystery-1"
        let session = samples.session([gemini, mystery])
        var simulation = samples.simulation()
        let simulated = simulation.simulated(session)
        #expect(simulated.calls.map { $0.routed == nil } == [true, true])
        #expect(simulated.calls[0].routedCost == simulated.calls[0].cost)
        #expect(simulated.calls[1].cost == nil && simulated.routedCost == simulated.cost)
    }

    @Test func `the summary of a compaction is made on the model asked for, behind the conversation's cache`() {
        var samples = Samples()
        let session = samples.session(
            [
                (.main, [.says("git status", at: 0, .turn(wrote: 20_000, output: 10))]),
                (
                    ThreadID(kind: .compaction, name: "c"),
                    [.goesOn(at: 1, .turn(read: 20_000, wrote: 100, output: 500))]
                ),
            ],
            on: Samples.autumn
        )
        var simulation = samples.simulation()
        let simulated = simulation.simulated(session)
        #expect(simulated.calls.map(\.served) == [haiku55, ModelID("claude-opus-4-6")])
        #expect(simulated.calls[1].routed?.moment == .background)
        #expect(simulated.calls[1].routedCost == .sum((20_100, 6.25), (500, 25)))
    }

    @Test func `at the most capable end of the dial nothing moves`() {
        var samples = Samples()
        let session = samples.session([.says("git status", at: 0, .turn(wrote: 20_000))], on: Samples.autumn)
        var simulation = samples.simulation(dial: 0)
        #expect(simulation.simulated(session).calls[0].served == ModelID("claude-opus-4-6"))
    }
}
