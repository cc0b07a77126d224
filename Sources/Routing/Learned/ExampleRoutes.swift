package import Domain
import Foundation

/// Routes that the user describes by examples: a prompt like them goes where their route says.
package struct ExampleRoutes: Sendable {
    package struct Route: Sendable {
        package var name: String
        package var examples: [PromptFeatures]
        /// Nil for the model that was asked for.
        package var target: ModelID?

        package init(name: String, examples: [PromptFeatures], target: ModelID?) {
            self.name = name
            self.examples = examples
            self.target = target
        }
    }

    package struct Match: Hashable, Sendable {
        package var route: String
        package var target: ModelID?
        /// The similarity to the nearest example, at most 1.
        package var similarity: Double
    }

    private let routes: [Route]
    private let threshold: Double

    /// - Parameters:
    ///   - routes: tried together; the nearest example wins.
    ///   - threshold: from which similarity on a prompt is like an example, from 0 to 1.
    package init(_ routes: [Route], threshold: Double = 0.6) {
        self.routes = routes
        self.threshold = threshold
    }

    /// The route of the example that a prompt is most like; nil where none is near enough.
    package func match(_ prompt: PromptFeatures) -> Match? {
        let nearest = routes.map { route in
            Match(
                route: route.name,
                target: route.target,
                similarity: route.examples.map { ExampleRoutes.similarity($0, prompt) }.max() ?? 0
            )
        }.max { $0.similarity < $1.similarity }
        guard let nearest, nearest.similarity >= threshold else { return nil }
        return nearest
    }

    /// The cosine of the embeddings; without a table that of the words, raised to its square root: words that differ
    /// say less against a likeness than directions that do.
    private static func similarity(_ a: PromptFeatures, _ b: PromptFeatures) -> Double {
        if !a.embedding.isEmpty, a.embedding.count == b.embedding.count {
            return Double(zip(a.embedding, b.embedding).reduce(0) { $0 + $1.0 * $1.1 })
        }
        let weights = Dictionary(a.terms.map { ($0.place, 1 + log(Double($0.weight))) }) { first, _ in first }
        var product = 0.0
        var length = 0.0
        for term in b.terms {
            let weight = 1 + log(Double(term.weight))
            length += weight * weight
            product += weight * (weights[term.place] ?? 0)
        }
        let other = weights.values.reduce(0) { $0 + $1 * $1 }
        return length > 0 && other > 0 ? (product / (length * other).squareRoot()).squareRoot() : 0
    }
}
