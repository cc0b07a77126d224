package import Domain

/// How far the user wants to go towards cheaper models, said in one of three ways.
package enum Dial: Hashable, Sendable, Codable {
    /// From 0, always the most capable model, to 1, always the cheapest; between them the saving grows in step: at 0.3
    /// routing saves 30% of what the cheapest model alone would.
    case position(Double)
    /// A share of the best single model's mean score, such as 0.95.
    case quality(Double)
    /// For a thousand requests on the mean.
    case budget(Money)
}
