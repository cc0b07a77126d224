package import Domain

/// Cheap models first, each answer judged, a stronger one asked where it will not do; at most two times.
package struct Cascade: Hashable, Sendable, Codable {
    /// A model whose answer is judged before it is given.
    package struct Attempt: Hashable, Sendable, Codable {
        package var model: ModelID
        /// The answer is given where the stronger model is expected to gain at most this, in the scores' unit.
        package var acceptedGain: Double

        package init(model: ModelID, acceptedGain: Double) {
            self.model = model
            self.acceptedGain = acceptedGain
        }
    }

    /// In the order they are asked; at most ``mostEscalations``.
    package let attempts: [Attempt]
    /// Whose answer is given unjudged.
    package let last: ModelID

    package static let mostEscalations = 2

    /// Attempts past the second are left out.
    package init(attempts: [Attempt], last: ModelID) {
        self.attempts = Array(attempts.prefix(Self.mostEscalations))
        self.last = last
    }

    package var models: [ModelID] { attempts.map(\.model) + [last] }

    /// The same with fewer escalations: the cheapest attempts stay, and the last model does.
    package func limited(toEscalations most: Int) -> Cascade {
        Cascade(attempts: Array(attempts.prefix(max(0, most))), last: last)
    }
}
