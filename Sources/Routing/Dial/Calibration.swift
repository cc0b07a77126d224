package import Domain
package import Statistics

/// A setting found on rows that the scorer never learned from, as it is shown and stored.
package struct Calibration: Hashable, Sendable, Codable {
    package enum Asked: Hashable, Sendable, Codable {
        case dial(Dial)
        case claim(Claim, cheaper: ModelID, stronger: ModelID)
    }

    package enum Outcome: Hashable, Sendable, Codable {
        case setting(Setting)
        case certified(Certificate)
        case abstains(Claim.Abstention)
    }

    /// What the dial comes to, and what it gives on the held-out rows.
    package struct Setting: Hashable, Sendable, Codable {
        package var point: DialCurve.Point
        /// The 95% interval of its mean score, of such rows.
        package var qualityInterval: Interval
        package var bestModel: ModelID
        package var bestQuality: Double
        /// What the dial gives in eleven steps, from the most capable setting to the cheapest; nil where an earlier
        /// version kept it.
        package var steps: [DialCurve.Point]?
    }

    package enum Trouble: Error, Hashable, Sendable {
        case unknownModel(ModelID, known: [ModelID])
        /// Half of the rows teach the scorer, half judge it.
        case tooFewRows(Int, needed: Int)
        case dial(DialCurve.Trouble)
    }

    package var schema = 1
    package var asked: Asked
    package var outcome: Outcome
    /// The scorer's name; what it expects is meant by the outcome's thresholds and prices.
    package var scorer: String
    package var models: [ModelID]
    package var learnedRows: Int
    package var heldOutRows: Int

    /// Fewer teach less than the patterns know.
    package static let fewestRows = 50
}

extension Calibration {
    /// Fits a scorer to half of the rows, and finds the setting on the other half.
    ///
    /// The blend comes back with it, to be kept: a threshold means something only for the scorer it was found with. For a
    /// claim it is fitted to ``TrainingRows/comingOutWorse(on:than:by:)``, so that its gaps are chances. The rows must be
    /// unlike each other, as ``TrainingRows/init(_:models:embedding:)`` makes them.
    package static func calibrated(
        _ asked: Asked,
        on rows: TrainingRows,
        scorer: any Scorer.Type,
        seed: UInt64
    ) throws(Trouble) -> (calibration: Calibration, router: FittedRouter?) {
        switch asked {
        case .dial(let dial):
            let halves = try Halves(rows, scorer: scorer, seed: seed)
            let found = try halves.setting(at: dial, models: rows.models)
            return (halves.calibration(asked, .setting(found), models: rows.models), halves.router)
        case .claim(let claim, let cheaper, let stronger):
            for model in [cheaper, stronger] where !rows.models.contains(model) {
                throw .unknownModel(model, known: rows.models)
            }
            guard let worse = rows.comingOutWorse(on: cheaper, than: stronger, by: claim) else {
                throw .unknownModel(cheaper, known: rows.models.filter { $0 != stronger })
            }
            let halves = try Halves(worse, scorer: scorer, seed: seed)
            let outcome: Outcome
            // The learned rows' scores say "worse or not", whatever the tolerance was.
            let judged = halves.heldOut.prompts.indices.map { row in
                let expected = halves.fitted.expectedScores(for: halves.heldOut.prompts[row])
                let isWorse = halves.heldOut.scores[row][0] < 1
                return Claim.Row(
                    gap: expected[1] - expected[0],
                    cheaperScore: isWorse ? -.infinity : 0,
                    strongerScore: 0
                )
            }
            switch claim.outcome(of: judged, cheaper: cheaper, stronger: stronger) {
            case .certified(let certificate): outcome = .certified(certificate)
            case .abstains(let abstention): outcome = .abstains(abstention)
            }
            return (halves.calibration(asked, outcome, models: worse.models), halves.router)
        }
    }
}

/// Rows that a scorer learned from, and those that it did not.
private struct Halves {
    var fitted: any Scorer
    var name: String
    var learned: TrainingRows
    var heldOut: TrainingRows

    init(_ rows: TrainingRows, scorer: any Scorer.Type, seed: UInt64) throws(Calibration.Trouble) {
        var generator = SeededGenerator(seed: seed)
        let order = rows.prompts.indices.shuffled(using: &generator)
        let half = order.count / 2
        let learned = rows.rows(Array(order[..<half]))
        guard half >= Calibration.fewestRows, let fitted = scorer.init(fitting: learned, seed: seed) else {
            throw .tooFewRows(rows.prompts.count, needed: 2 * Calibration.fewestRows)
        }
        self.learned = learned
        self.fitted = fitted
        name = scorer.name
        heldOut = rows.rows(Array(order[half...]))
    }

    var router: FittedRouter? {
        (fitted as? Blend).map { blend in
            FittedRouter(
                models: learned.models,
                rows: learned.prompts.count,
                blend: blend,
                costs: learned.expectedCosts
            )
        }
    }

    func setting(at dial: Dial, models: [ModelID]) throws(Calibration.Trouble) -> Calibration.Setting {
        let rows = DialRows(
            models: models,
            expected: heldOut.prompts.map { fitted.expectedScores(for: $0) },
            scores: heldOut.scores,
            costsUSD: heldOut.meanCost.map { $0?.usd }
        )
        do {
            let curve = try DialCurve(rows)
            let point = try curve.point(at: dial)
            let qualities = rows.qualities(under: point.rule)
            let sums = Bootstrap(seed: 1).intervalOfSum(of: qualities, among: qualities.count)
            let count = Double(max(1, qualities.count))
            return Calibration.Setting(
                point: point,
                qualityInterval: Interval(low: sums.low / count, high: sums.high / count),
                bestModel: curve.bestModel,
                bestQuality: curve.bestQuality,
                steps: try (0...10).map { (step) throws(DialCurve.Trouble) in
                    try curve.point(at: .position(Double(step) / 10))
                }
            )
        } catch {
            throw .dial(error)
        }
    }

    func calibration(_ asked: Calibration.Asked, _ outcome: Calibration.Outcome, models: [ModelID]) -> Calibration {
        Calibration(
            asked: asked,
            outcome: outcome,
            scorer: name,
            models: models,
            learnedRows: learned.prompts.count,
            heldOutRows: heldOut.prompts.count
        )
    }
}
