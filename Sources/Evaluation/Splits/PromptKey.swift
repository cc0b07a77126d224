import Similarity
import Statistics

/// What tells prompts apart: their text but for case and white space, hashed.
package struct PromptKey: Hashable, Comparable, Sendable {
    package var hash: UInt64

    package init(_ prompt: String) { hash = FoldedText(prompt).stableHash }

    package static func < (a: PromptKey, b: PromptKey) -> Bool { a.hash < b.hash }

    /// Another order for every seed, the same on every machine.
    func shuffled(by seed: UInt64) -> UInt64 {
        var order = SplitMix64(state: seed)
        var mixed = SplitMix64(state: hash ^ order.next())
        return mixed.next()
    }
}
