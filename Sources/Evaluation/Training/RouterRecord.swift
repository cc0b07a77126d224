package import Domain
import Statistics

/// What is known of an installed router beside the router itself, as it is kept with it.
package struct RouterRecord: Hashable, Sendable, Codable {
    package struct HeldOut: Hashable, Sendable, Codable {
        package var name: String
        package var value: Double
        /// The 95% interval.
        package var low: Double?
        package var high: Double?
    }

    package struct CurvePoint: Hashable, Sendable, Codable {
        package var rows: Int
        package var value: Double
    }

    package var schema = 1
    /// The router's file, beside the record.
    package var file: String
    package var scorer: String
    package var models: [ModelID]
    /// In milliseconds since 1970.
    package var trained: Int64
    package var learnedRows: Int
    package var heldOutRows: Int
    /// `apgr` or `aiq`.
    package var figure: String
    /// The router itself first, then baselines; on rows that it never learned from.
    package var heldOut: [HeldOut]
    package var learningCurve: [CurvePoint]
    /// Whether it was fitted with the embedding table.
    package var usesEmbeddings: Bool

    /// Nil for a training that gave no router.
    package init?(_ training: RouterTraining, file: String, at time: Timestamp, usesEmbeddings: Bool) {
        guard let candidate = training.candidate, training.fitted != nil else { return nil }
        self.file = file
        scorer = candidate.name
        models = training.models
        trained = time.milliseconds
        learnedRows = training.learnedRows
        heldOutRows = training.heldOutRows
        figure = training.figure.rawValue
        heldOut = ([candidate] + training.baselines).compactMap { standing in
            standing.figures[training.figure].map { value in
                let interval = standing.intervals[training.figure]
                return HeldOut(name: standing.name, value: value, low: interval?.low, high: interval?.high)
            }
        }
        learningCurve = training.learningCurve.map { CurvePoint(rows: $0.rows, value: $0.value) }
        self.usesEmbeddings = usesEmbeddings
    }
}
