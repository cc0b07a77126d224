import Domain
import Statistics
import Testing

@testable import Routing

/// What the certificate promises, held against results of real models that it has not seen.
@Suite(.enabled(if: RouteLLMResults.isThere)) struct CertificateOnResultsTests {
    /// Surface features alone, which need no table and fit in milliseconds; the blend sends about as much.
    private func splits(
        _ rows: TrainingRows,
        count: Int,
        calibration: Int,
        measured: Int
    ) throws -> (broken: Int, share: Double) {
        let claim = Claim(alpha: 0.05, delta: 0.1)
        let models = (RouteLLMResults.cheaper, RouteLLMResults.stronger)
        let worse = try #require(rows.comingOutWorse(on: models.0, than: models.1, by: claim))
        var generator = SeededGenerator(seed: 1)
        var broken = 0
        var share = 0.0
        for _ in 0..<count {
            let order = worse.prompts.indices.shuffled(using: &generator)
            let scorer = try #require(SurfaceRidge(fitting: worse.rows(Array(order[..<400])), seed: 1))
            let judged = order[400..<min(order.count, 400 + calibration + measured)].map { row in
                let expected = scorer.expectedScores(for: worse.prompts[row])
                let scores = worse.scores[row]
                return Claim.Row(gap: expected[1] - expected[0], cheaperScore: scores[0], strongerScore: scores[1])
            }
            let outcome = claim.outcome(
                of: Array(judged[..<calibration]),
                cheaper: models.0,
                stronger: models.1
            )
            guard case .certified(let certificate) = outcome else { continue }
            let rest = judged[calibration...]
            let sent = rest.filter { certificate.sendsToCheaper(gap: $0.gap) }
            share += Double(sent.count) / Double(rest.count) / Double(count)
            if Double(sent.count { claim.isWorse($0) }) > claim.alpha * Double(rest.count) { broken += 1 }
        }
        return (broken, share)
    }

    @Test func `on GSM8K it is broken in at most a tenth of the splits, and sends an eighth`() throws {
        let found = try splits(RouteLLMResults.gsm8k().trainingRows, count: 60, calibration: 400, measured: 10_000)
        #expect(found.broken <= 6)
        #expect(found.share >= 0.12)
    }

    @Test func `on MMLU it is broken in at most a tenth of the splits, and sends a quarter`() throws {
        // Every third question: they stand by subject, and features of all take long to make in a debug build.
        var results = try RouteLLMResults.mmlu()
        results.rows = stride(from: 0, to: results.rows.count, by: 3).map { results.rows[$0] }
        let found = try splits(results.trainingRows, count: 40, calibration: 500, measured: 10_000)
        #expect(found.broken <= 4)
        #expect(found.share >= 0.25)
    }
}
