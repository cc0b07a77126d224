/// What scorers see of a prompt, made once for all of them.
package struct PromptFeatures: Hashable, Sendable {
    /// Counts of what stands on the surface, such as lengths, digits and negations, each on a scale of its own.
    package var surface: [Float]
    /// Hashed words and pairs of words, and how often each stands there; in the order of their places.
    package var terms: [Term]
    /// A static embedding of length one; empty without a table.
    package var embedding: [Float]

    package init(surface: [Float], terms: [Term], embedding: [Float]) {
        self.surface = surface
        self.terms = terms
        self.embedding = embedding
    }

    package struct Term: Hashable, Sendable {
        package var place: UInt32
        package var weight: Float

        package init(place: UInt32, weight: Float) {
            self.place = place
            self.weight = weight
        }
    }
}
