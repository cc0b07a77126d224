import JSONText
import Statistics
import Testing

@testable import Actions

@Suite struct TurnComparisonTests {
    private func call(_ tool: String, _ input: String) -> ComparedCall {
        ComparedCall(tool: tool, input: JSONTree(input) ?? .string(input), place: ActionPlace(folder: "/app"))
    }

    private func read(_ path: String) -> ComparedCall { call("Read", #"{"file_path":"\#(path)"}"#) }
    private func run(_ line: String) -> ComparedCall { call("Bash", #"{"command":"\#(line)"}"#) }
    private func write(_ path: String, _ text: String) -> ComparedCall {
        call("Write", #"{"file_path":"\#(path)","content":"\#(text)"}"#)
    }
    private let plan = ComparedCall(
        tool: "TodoWrite",
        input: .object([]),
        place: ActionPlace(folder: "/app")
    )

    private func outcome(_ recorded: [ComparedCall], _ candidate: [ComparedCall]) -> TurnVerdict.Outcome {
        TurnComparison(recorded: recorded, candidate: candidate).verdict.outcome
    }

    @Test func `a turn that does the same in any order of looks agrees`() {
        #expect(outcome([read("a"), read("b"), run("make x")], [run("make x"), read("b"), read("a")]) == .agree)
        #expect(outcome([], []) == .agree)
        #expect(outcome([plan, run("make x")], [run("make x")]) == .agree, "lists of steps count for nothing")
    }

    @Test func `a turn that looks at more covers`() {
        #expect(outcome([read("a")], [read("a"), read("b")]) == .covers)
        let part = call("Read", #"{"file_path":"a","offset":3,"limit":2}"#)
        #expect(outcome([part], [read("a")]) == .covers)
        #expect(outcome([read("a")], [part]) == .agree, "the same file is looked at")
        #expect(TurnVerdict.Outcome.covers.isAgreement)
    }

    @Test func `a turn that changes or runs something else differs`() {
        #expect(outcome([run("make x")], [run("make y")]) == .differs)
        #expect(outcome([run("make x")], [run("make x"), run("make y")]) == .differs)
        #expect(outcome([read("a"), run("make x")], [run("make x")]) == .differs, "a look is missing")
    }

    @Test func `changes of one file keep their order, those of two need not`() {
        let (one, two, other) = (write("a", "1"), write("a", "2"), write("b", "1"))
        #expect(outcome([one, two], [one, two]) == .agree)
        #expect(outcome([one, two], [two, one]) == .differs)
        #expect(outcome([one, other], [other, one]) == .agree)
    }

    @Test func `one that stops where the other goes on is told apart`() {
        #expect(outcome([run("make")], []) == .stopMismatch)
        #expect(outcome([], [run("make")]) == .stopMismatch)
    }

    @Test func `what comes in the next turns came early, and is no agreement`() {
        var comparison = TurnComparison(recorded: [read("a")], candidate: [run("make x")])
        comparison.upcoming = [[read("b")], [run("make x")]]
        #expect(comparison.verdict.outcome == .reordered)
        comparison.upcoming = [[], [], [], [run("make x")]]
        #expect(comparison.verdict.outcome == .differs, "too far ahead")
        #expect(!TurnVerdict.Outcome.reordered.isAgreement)
    }

    @Test func `a call that its tool would not take is invalid, whatever it has in common`() throws {
        let schema = try #require(
            JSONTree(#"{"type":"object","properties":{"command":{"type":"string"}},"required":["command"]}"#)
        )
        var comparison = TurnComparison(recorded: [run("make")], candidate: [run("make")])
        comparison.schemas = ["Bash": ToolSchema(schema, readsTexts: true)]
        #expect(comparison.verdict.outcome == .agree)
        comparison.candidate = [call("Bash", #"{"cmd":"make"}"#)]
        #expect(comparison.verdict.outcome == .invalid)
        #expect(comparison.verdict.faults == [TurnVerdict.Fault(call: 0, text: "command is missing")])
        comparison.candidate = [read("a")]
        #expect(comparison.verdict.faults == [TurnVerdict.Fault(call: 0, text: "no tool 'Read' was offered")])
    }

    @Test func `trouble is no choice of the model's`() {
        let verdict = TurnComparison(recorded: [run("make")], candidate: [], trouble: "overloaded").verdict
        #expect(verdict.outcome == .error)
        #expect(!verdict.outcome.isCounted)
    }

    @Test func `the level is that of the weakest change or run, the score weighs them all`() {
        let verdict = TurnComparison(
            recorded: [read("a"), write("b", "x")],
            candidate: [write("b", " x"), call("Read", #"{"file_path":"a","limit":5}"#)]
        ).verdict
        #expect(verdict.level == .effectButForSpace)
        #expect(abs(verdict.score - (0.4 * 0.5 + 1 * 0.9) / 1.4) < 1e-12)
        #expect(verdict.pairs.map(\.candidate) == [1, 0])
    }
}

@Suite struct CallMatchingTests {
    @Test func `a call that fits two is left to that which fits nothing else`() {
        let matching = CallMatching(scores: [[1, 0.9], [1, 0]])
        #expect(matching.pairs == [CallMatching.Pair(first: 0, second: 1), CallMatching.Pair(first: 1, second: 0)])
        #expect(matching.score == 1.9)
    }

    @Test func `of equal matchings the one in order is taken`() {
        let matching = CallMatching(scores: [[1, 1, 1], [1, 1, 1]])
        #expect(matching.pairs == [CallMatching.Pair(first: 0, second: 0), CallMatching.Pair(first: 1, second: 1)])
    }

    @Test func `nothing matches nothing`() {
        #expect(CallMatching(scores: []).pairs.isEmpty)
        #expect(CallMatching(scores: [[], []]).pairs.isEmpty)
        #expect(CallMatching(scores: [[0]]).pairs.isEmpty)
    }

    @Test(arguments: 1...60)
    func `no other matching of few calls has a greater score`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let (rows, columns) = (Int.random(in: 1...5, using: &generator), Int.random(in: 1...5, using: &generator))
        let levels = EquivalenceLevel.allCases.map(\.score)
        let scores = (0..<rows).map { _ in
            (0..<columns).map { _ in levels[Int.random(in: 0..<levels.count, using: &generator)] }
        }
        let matching = CallMatching(scores: scores)
        #expect(abs(matching.score - best(scores[...], Set(0..<columns))) < 1e-9)
        #expect(Set(matching.pairs.map(\.second)).count == matching.pairs.count)
    }

    /// By trying all.
    private func best(_ scores: ArraySlice<[Double]>, _ free: Set<Int>) -> Double {
        guard let row = scores.first else { return 0 }
        let without = best(scores.dropFirst(), free)
        return free.reduce(without) { max($0, row[$1] + best(scores.dropFirst(), free.subtracting([$1]))) }
    }
}
