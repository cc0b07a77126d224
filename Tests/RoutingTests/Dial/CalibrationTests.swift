import Domain
import Foundation
import Statistics
import Testing

@testable import Routing

@Suite struct CalibrationTests {
    private let cheap = ModelID("cheap")
    private let strong = ModelID("strong")

    /// The longer the prompt, the more often the cheaper model fails; the scores' range is free.
    private func rows(_ count: Int, scale: Double = 1, seed: UInt64 = 1) -> TrainingRows {
        var generator = SeededGenerator(seed: seed)
        let rated = (0..<count).map { number in
            let words = 1 + generator.nextIndex(below: 60)
            let prompt = "\(number) " + String(repeating: "word ", count: words)
            let right = generator.nextUnit() > Double(words) / 80
            return RatedPrompt(
                id: "\(number)",
                prompt: prompt,
                results: [
                    RatedPrompt.Result(model: cheap, score: right ? scale : 0, cost: Money(nanoUSD: 1_000)),
                    RatedPrompt.Result(model: strong, score: scale, cost: Money(nanoUSD: 20_000)),
                ]
            )
        }
        return TrainingRows(rated, embedding: nil)
    }

    @Test func `a dial is set on the half that was not learned from, and shown with what it gives`() throws {
        let (found, router) = try Calibration.calibrated(
            .dial(.position(0.4)),
            on: rows(400),
            scorer: Blend.self,
            seed: 1
        )
        guard case .setting(let setting) = found.outcome else { throw CancellationError() }
        #expect(found.learnedRows == 200)
        #expect(found.heldOutRows == 200)
        #expect(abs((setting.point.shares[cheap] ?? 0) - 0.4) < 0.02)
        #expect(setting.bestModel == strong)
        #expect(setting.qualityInterval.low < setting.point.quality)
        #expect(setting.qualityInterval.high > setting.point.quality)
        #expect(try #require(router).rows == 200)
        #expect(try JSONDecoder().decode(Calibration.self, from: JSONEncoder().encode(found)) == found)
    }

    @Test(arguments: [(1.0, 0.0), (10, 0), (10, 5)])
    func `a claim is certified whatever the scores' range`(scale: Double, tolerance: Double) throws {
        let claim = Claim(alpha: 0.1, delta: 0.1, tolerance: tolerance)
        let (found, _) = try Calibration.calibrated(
            .claim(claim, cheaper: cheap, stronger: strong),
            on: rows(600, scale: scale),
            scorer: SurfaceRidge.self,
            seed: 1
        )
        guard case .certified(let certificate) = found.outcome else { throw CancellationError() }
        #expect(certificate.rows == 300)
        #expect(certificate.share > 0.2)
        #expect(certificate.bound < 0.1)
        #expect(certificate.text.hasPrefix("Of all requests, at most 10% go to cheap, come out worse"))
        #expect(try JSONDecoder().decode(Calibration.self, from: JSONEncoder().encode(found)) == found)
    }

    @Test func `what the rows cannot carry abstains and says so`() throws {
        let (found, _) = try Calibration.calibrated(
            .claim(Claim(alpha: 0.001), cheaper: cheap, stronger: strong),
            on: rows(200),
            scorer: SurfaceRidge.self,
            seed: 1
        )
        guard case .abstains(let abstention) = found.outcome else { throw CancellationError() }
        #expect(abstention.text.contains("100 held-out rows cannot carry the promise"))
    }

    @Test func `trouble is named`() {
        #expect(throws: Calibration.Trouble.tooFewRows(99, needed: 100)) {
            try Calibration.calibrated(.dial(.position(1)), on: rows(99), scorer: SurfaceRidge.self, seed: 1)
        }
        #expect(throws: Calibration.Trouble.unknownModel(ModelID("other"), known: [cheap, strong])) {
            try Calibration.calibrated(
                .claim(Claim(alpha: 0.1), cheaper: ModelID("other"), stronger: strong),
                on: rows(200),
                scorer: SurfaceRidge.self,
                seed: 1
            )
        }
        #expect(throws: Calibration.Trouble.dial(.qualityTooHigh(greatest: 1))) {
            try Calibration.calibrated(.dial(.quality(1.5)), on: rows(200), scorer: SurfaceRidge.self, seed: 1)
        }
    }
}
