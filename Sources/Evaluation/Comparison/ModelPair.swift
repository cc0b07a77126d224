package import Domain
import Routing

/// A cheaper model and the one it is to stand in for.
package struct ModelPair: Hashable, Sendable {
    package var weak: ModelID
    package var strong: ModelID

    package init(weak: ModelID, strong: ModelID) {
        self.weak = weak
        self.strong = strong
    }
}

extension ModelPair {
    /// Of two models, the one with the better mean score is the strong one; nil of any other number.
    init?(ranking models: [ModelID], by rows: [RatedPrompt]) {
        guard models.count == 2 else { return nil }
        let means = models.map { model in
            let scores = rows.flatMap(\.results).filter { $0.model == model }.map(\.score)
            return scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
        }
        self =
            means[0] > means[1]
            ? ModelPair(weak: models[1], strong: models[0]) : ModelPair(weak: models[0], strong: models[1])
    }
}
