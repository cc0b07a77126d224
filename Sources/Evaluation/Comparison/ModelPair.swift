package import Domain

/// A cheaper model and the one it is to stand in for.
package struct ModelPair: Hashable, Sendable {
    package var weak: ModelID
    package var strong: ModelID

    package init(weak: ModelID, strong: ModelID) {
        self.weak = weak
        self.strong = strong
    }
}
