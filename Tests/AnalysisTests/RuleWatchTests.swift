import Analysis
import Domain
import Foundation
import Pricing
import Statistics
import Testing

@Suite struct RuleWatchTests {
    /// A history of small and large tasks, before a rule and after it, whose truth is known.
    private struct History {
        var sessionsBefore = 200
        var sessionsAfter = 200
        /// What a task costs after, of what it would have cost.
        var factor = 1.0
        /// Failed calls that are tried again, a task.
        var retriesBefore = 0.3
        var retriesAfter = 0.3
        var days = 30.0
        /// Nil: one to five.
        var tasksASession: Int?
        var limits = RuleWatch.Limits()

        func outcome(seed: UInt64) -> Rule.Outcome {
            var random = SeededGenerator(seed: seed)
            var watch = RuleWatch(
                rule,
                limits: limits,
                in: AnalysisContext(prices: .builtin, today: Timestamp.noon.day)
            )
            for index in 0..<sessionsBefore {
                watch.add(
                    session(
                        "b\(index)",
                        day: -Double(index + 1) * 30 / Double(sessionsBefore),
                        1,
                        retriesBefore,
                        &random
                    )
                )
            }
            for index in 0..<sessionsAfter {
                let day = days * Double(index + 1) / Double(sessionsAfter + 1)
                watch.add(session("a\(index)", day: day, factor, retriesAfter, &random))
            }
            return watch.outcome(at: .minute(days * 1440))
        }

        private var rule: Rule {
            Rule(
                id: "r",
                finding: "model-downgrade:1",
                kind: "model-downgrade",
                action: .model,
                agent: .claudeCode,
                project: "/p",
                text: "",
                applied: .minute(0),
                forecast: .init()
            )
        }

        private func session(
            _ name: String,
            day: Double,
            _ factor: Double,
            _ retries: Double,
            _ random: inout SeededGenerator
        ) -> Session {
            var steps: [SessionThread.Step] = []
            let habit = exp(0.3 * random.nextNormal())
            var minute = day * 1440
            for task in 0..<(tasksASession ?? 1 + random.nextIndex(below: 5)) {
                let isLarge = random.nextUnit() < 0.4
                let output = (isLarge ? 20_000 : 2_000) * habit * exp(0.6 * random.nextNormal()) * factor
                let hash = UInt64(task + 1)
                let prompt = Arrival.sample(.prompt, bytes: isLarge ? 40_000 : 400)
                steps.append(
                    .sample(
                        .sample("\(name)-\(task)", minute: minute, output: Int(output), stop: .toolUse),
                        after: [prompt],
                        tools: [.sample(.edit, name: "Edit", key: hash, hash: hash)]
                    )
                )
                var turn = 0
                while random.nextUnit() < retries / (1 + retries) {
                    turn += 1
                    let failed = Arrival.sample(.toolResult, answers: hash, isError: true)
                    let again = ToolCall.sample(.edit, name: "Edit", key: hash, hash: hash)
                    let call = Call.sample(
                        "\(name)-\(task)-\(turn)",
                        minute: minute + Double(turn),
                        output: 10,
                        stop: .toolUse
                    )
                    steps.append(.sample(call, after: [failed], tools: [again]))
                }
                steps.append(
                    .sample(
                        .sample("\(name)-\(task)-end", minute: minute + 9, output: 10),
                        after: [.sample(.toolResult, answers: hash)]
                    )
                )
                minute += 10
            }
            return .sample(name, steps: steps)
        }
    }

    /// How many histories a truth is tried on: `SUFFICE_STUDIES`, or so many.
    private static func seeds(usually count: UInt64) -> Range<UInt64> {
        0..<(ProcessInfo.processInfo.environment["SUFFICE_STUDIES"].flatMap { UInt64($0) } ?? count)
    }

    /// Where the seeds of the histories begin; in the full run at three more places.
    private static let beginnings: [UInt64] =
        ProcessInfo.processInfo.environment["SUFFICE_STUDIES"] == nil ? [0] : [0, 1_000_000, 2_000_000, 3_000_000]

    /// Says what was seen in a full run.
    private func note(_ text: String) { if Self.beginnings.count > 1 { print(text) } }

    @Test func `a rule that saves 40 percent without harm is promoted`() throws {
        let outcomes = Self.seeds(usually: 20).map { History(factor: 0.6).outcome(seed: $0) }
        let promoted = outcomes.count { $0.verdict == .promoted }
        note("saves 40%: \(promoted) of \(outcomes.count) promoted")
        #expect(promoted * 10 >= outcomes.count * 9)
        #expect(!outcomes.contains { $0.verdict == .demoted })
        let share = try #require(outcomes[0].savingShare)
        #expect(share.low > 0 && share.low < share.mid && share.mid < share.high)
        #expect(outcomes[0].expected - outcomes[0].actual == outcomes[0].saving?.mid)
    }

    @Test func `a rule that doubles retries is demoted though it saves`() {
        let outcomes = Self.seeds(usually: 20).map { History(factor: 0.6, retriesAfter: 0.6).outcome(seed: $0) }
        let demoted = outcomes.count { $0.verdict == .demoted && $0.reason.contains("retries") }
        note("doubles retries: \(demoted) of \(outcomes.count) demoted")
        #expect(demoted * 10 >= outcomes.count * 9)
        #expect(!outcomes.contains { $0.verdict == .promoted })
    }

    @Test func `a rule with ten tasks stays undecided`() {
        let outcomes = Self.seeds(usually: 20).map {
            History(sessionsAfter: 10, factor: 0.1, tasksASession: 1).outcome(seed: $0)
        }
        note("ten tasks: \(outcomes.count { $0.verdict == .undecided }) of \(outcomes.count) undecided")
        #expect(outcomes.allSatisfy { $0.tasksAfter <= 10 && $0.verdict == .undecided })
    }

    @Test func `a rule that changes nothing stays undecided`() {
        #expect(History().outcome(seed: 1).verdict == .undecided)
    }

    @Test func `a rule that makes tasks dearer is demoted`() {
        #expect(History(factor: 2).outcome(seed: 1).verdict == .demoted)
    }

    @Test func `a rule kept for three days waits for the rest of the week`() {
        let outcome = History(factor: 0.6, days: 3).outcome(seed: 1)
        #expect(outcome.verdict == .undecided)
        #expect(outcome.reason == "kept for 3 of 7 days")
    }

    @Test(arguments: [
        (RuleWatch.Limits(), Rule.Outcome.Verdict.promoted), (.init(days: 31), .undecided),
        (.init(tasks: 5_000), .undecided), (.init(sessions: 201), .undecided),
    ])
    func `what it takes is the user's to set`(limits: RuleWatch.Limits, verdict: Rule.Outcome.Verdict) {
        let outcome = History(factor: 0.6, limits: limits).outcome(seed: 1)
        #expect(outcome.verdict == verdict, "\(outcome.reason)")
    }

    /// Over 500 histories; the true saving is that of the expected costs, the retries' part included.
    @Test(arguments: beginnings)
    func `the interval holds the true saving in at least 93 of 100 histories`(beginning: UInt64) {
        // Of a task of two sizes: 60% of 2,000 and 40% of 20,000 tokens, and what calls after them write.
        let spread = exp(0.5 * (0.3 * 0.3 + 0.6 * 0.6))
        let rest = 10.0 * 1.3
        let before = (0.6 * 2_000 + 0.4 * 20_000) * spread + rest
        let truth = 1 - ((before - rest) * 0.6 + rest) / before
        var held = 0
        for seed in beginning..<beginning + 500 {
            let share = History(sessionsBefore: 40, sessionsAfter: 30, factor: 0.6).outcome(seed: seed).savingShare
            if let share, share.low <= truth, share.high >= truth { held += 1 }
        }
        note("interval, seeds from \(beginning): \(held) of 500")
        #expect(held >= 465, "\(held) of 500")
    }

    @Test func `a session that began before the rule does not count as after it`() {
        var watch = RuleWatch(
            Rule(
                id: "r",
                finding: "f",
                kind: "k",
                action: .model,
                agent: .claudeCode,
                project: "/p",
                text: "",
                applied: .minute(0),
                forecast: .init()
            ),
            in: AnalysisContext(prices: .builtin, today: Timestamp.noon.day)
        )
        watch.add(
            .sample(
                steps: [
                    .sample(.sample("1", minute: -5), after: [.sample(.prompt)]),
                    .sample(.sample("2", minute: 5), after: [.sample(.prompt)]),
                ]
            )
        )
        watch.add(.sample("t", project: "/other", steps: [.sample(.sample("3", minute: 6), after: [.sample(.prompt)])]))
        #expect(watch.outcome(at: .minute(10)).tasksAfter == 0)
    }
}

extension SeededGenerator {
    /// By Box and Muller.
    fileprivate mutating func nextNormal() -> Double {
        (-2 * log(1 - nextUnit())).squareRoot() * cos(2 * .pi * nextUnit())
    }
}
