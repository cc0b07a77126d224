/// Rows to learn from and rows to be judged on, as places in a list of prompts.
///
/// Duplicates of a prompt stand on the same side, and the order of the rows decides nothing: sides are drawn by the
/// hash of the prompt and the seed.
package struct Split: Sendable {
    package var training: [Int]
    package var test: [Int]

    /// Cross-validation: every row is in one test set.
    package static func folds(_ count: Int, of keys: [PromptKey], seed: UInt64) -> [Split] {
        let groups = Split.groups(keys, seed: seed)
        let count = min(max(count, 2), groups.count)
        guard count > 1 else { return [] }
        var side = [Int](repeating: 0, count: keys.count)
        for (index, group) in groups.enumerated() {
            for row in group { side[row] = index % count }
        }
        return (0..<count).map { fold in
            Split(
                training: keys.indices.filter { side[$0] != fold },
                test: keys.indices.filter { side[$0] == fold }
            )
        }
    }

    /// About so many rows to learn from, and the rest to be judged on.
    package static func labels(_ count: Int, of keys: [PromptKey], seed: UInt64) -> Split {
        var training: [Int] = []
        var test: [Int] = []
        for group in Split.groups(keys, seed: seed) {
            if training.count < count { training += group } else { test += group }
        }
        return Split(training: training.sorted(), test: test.sorted())
    }

    /// The rows of every prompt, in an order drawn by the seed.
    private static func groups(_ keys: [PromptKey], seed: UInt64) -> [[Int]] {
        Dictionary(grouping: keys.indices) { keys[$0] }
            .sorted { ($0.key.shuffled(by: seed), $0.key) < ($1.key.shuffled(by: seed), $1.key) }
            .map(\.value)
    }
}
