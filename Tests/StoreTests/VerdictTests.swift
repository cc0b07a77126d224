import Domain
import Store
import Testing

@Suite struct VerdictTests {
    private func verdict(_ study: String, at time: Int64, _ outcome: Verdict.Outcome, agreement: Double? = 0.9)
        -> Verdict
    {
        Verdict(
            subject: "model-downgrade:1",
            study: study,
            time: Timestamp(milliseconds: time),
            outcome: outcome,
            model: ModelID("a"),
            target: ModelID("b"),
            steps: 64,
            agreement: agreement,
            floor: 0.92,
            difference: -0.02,
            differenceLow: -0.08,
            differenceHigh: 0.04,
            extraCalls: 1.25,
            spent: Money(nanoUSD: 5),
            text: "shown"
        )
    }

    @Test func `every study is told, the newest first`() throws {
        let store = try Store.inMemory()
        for (study, time) in [("b", 2), ("c", 3), ("a", 1)] {
            try store.keep(verdict(study, at: Int64(time), .supported))
        }
        #expect(try store.everyVerdict().map(\.study) == ["c", "b", "a"])
    }

    @Test func `a verdict comes back as it was kept`() throws {
        let store = try Store.inMemory()
        let kept = verdict("s", at: 1, .supported, agreement: nil)
        try store.keep(kept)
        #expect(try store.verdicts() == ["model-downgrade:1": kept])
    }

    @Test func `of a subject the newest study counts, and a study run on replaces itself`() throws {
        let store = try Store.inMemory()
        try store.keep(verdict("new", at: 3, .contradicted))
        try store.keep(verdict("old", at: 1, .supported))
        #expect(try store.verdicts()["model-downgrade:1"]?.outcome == .contradicted)
        try store.keep(verdict("new", at: 3, .inconclusive))
        #expect(try store.verdicts()["model-downgrade:1"]?.outcome == .inconclusive)
    }
}
