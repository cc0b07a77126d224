package import Domain
import Foundation
package import Similarity

/// Routes that the user describes by examples: a prompt like them goes where their route says.
package struct ExampleRoutes: Sendable {
    package struct Route: Sendable {
        package var name: String
        package var examples: [PromptFeatures]
        /// Nil for the model that was asked for.
        package var target: ModelID?
        /// From which similarity on a prompt is like an example, from 0 to 1.
        package var threshold: Double

        package init(name: String, examples: [PromptFeatures], target: ModelID?, threshold: Double = 0.6) {
            self.name = name
            self.examples = examples
            self.target = target
            self.threshold = threshold
        }
    }

    package struct Match: Hashable, Sendable {
        package var route: String
        package var target: ModelID?
        /// The similarity to the nearest example, at most 1.
        package var similarity: Double
    }

    private let routes: [Route]
    private let embedding: StaticEmbedding?

    /// Tried together; of those near enough the nearest wins.
    package init(_ routes: [Route], embedding: StaticEmbedding? = nil) {
        self.routes = routes
        self.embedding = embedding
    }

    /// Those of a policy; nil where it has none.
    init?(_ policy: RoutingPolicy, embedding: StaticEmbedding?) {
        guard !policy.examples.isEmpty else { return nil }
        let routes = policy.examples.map { example in
            let target: ModelID? =
                if case .model(let model) = example.use { policy.aliases[model] ?? model } else { nil }
            return Route(
                name: example.name,
                examples: example.prompts.map { PromptFeatures(of: $0, embedding: embedding) },
                target: target,
                threshold: example.likeness
            )
        }
        self.init(routes, embedding: embedding)
    }

    func match(_ prompt: String) -> Match? { match(PromptFeatures(of: prompt, embedding: embedding)) }

    /// The route of the example that a prompt is most like; nil where none is near enough.
    package func match(_ prompt: PromptFeatures) -> Match? {
        routes.compactMap { route -> Match? in
            let nearest = route.examples.map { ExampleRoutes.similarity($0, prompt) }.max() ?? 0
            guard nearest >= route.threshold else { return nil }
            return Match(route: route.name, target: route.target, similarity: nearest)
        }.max { $0.similarity < $1.similarity }
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
