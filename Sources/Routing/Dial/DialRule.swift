package import Domain

/// What a setting of the dial comes to for one request.
package enum DialRule: Hashable, Sendable, Codable {
    case always(ModelID)
    /// Of two models, the cheaper one where the stronger is expected to score better by at most this.
    case gap(cheaper: ModelID, stronger: ModelID, atMost: Double)
    /// The model with the most expected score after its cost: score - price x cost, the price in score a dollar.
    case price(perUSD: Double, costsUSD: [ModelID: Double])

    /// The model for a request, from the scores expected of each model; nil where none of the rule's models has one.
    ///
    /// Of equals the cheaper one, then the one first in the list.
    package func model(expecting scores: [Double], of models: [ModelID]) -> ModelID? {
        switch self {
        case .always(let model): return model
        case .gap(let cheaper, let stronger, let limit):
            guard let low = models.firstIndex(of: cheaper), let high = models.firstIndex(of: stronger) else {
                return nil
            }
            return scores[high] - scores[low] <= limit ? cheaper : stronger
        case .price(let price, let costs):
            var best: (model: ModelID, value: Double, cost: Double)?
            for (model, score) in zip(models, scores) where score.isFinite {
                guard let cost = costs[model] else { continue }
                let value = score - price * cost
                if let held = best, (value, -cost) <= (held.value, -held.cost) { continue }
                best = (model, value, cost)
            }
            return best?.model
        }
    }
}
