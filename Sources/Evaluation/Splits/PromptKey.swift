import JSONText

/// What tells prompts apart: their text but for case and white space, hashed.
package struct PromptKey: Hashable, Comparable, Sendable {
    package var hash: UInt64

    package init(_ prompt: String) {
        let words = prompt.lowercased().split(whereSeparator: \.isWhitespace)
        hash = stableHash(words.joined(separator: " "))
    }

    package static func < (a: PromptKey, b: PromptKey) -> Bool { a.hash < b.hash }

    /// Another order for every seed, the same on every machine.
    func shuffled(by seed: UInt64) -> UInt64 {
        withUnsafeBytes(of: hash.littleEndian) { stableHash($0, seed: seed &+ 1) }
    }
}
