import Actions
package import Domain
import Foundation

/// What a request of an agent's says beside its words, as numbers: how far the work is, and how it goes.
///
/// A request that is no agent's has none of it: all its features are 0.
package struct ActionFeatures: Hashable, Sendable {
    /// Longer results are cut by Claude Code before its model sees them; bytes.
    private static let largeResultBytes = 30_000
    private static let kinds: [ToolKind] = [.read, .search, .edit, .execute, .web, .subagent]

    /// How many numbers there are.
    package static let count = 3 + kinds.count + 6

    /// Yes or no as 1 or 0, counts as log(1 + n).
    let values: [Float]

    /// Of no agent's request.
    package init() { values = [Float](repeating: 0, count: ActionFeatures.count) }

    package init(_ work: WorkSoFar) {
        values =
            work == WorkSoFar()
            ? ActionFeatures().values : ActionFeatures.flags(of: work) + ActionFeatures.counts(of: work)
    }

    private static func flags(of work: WorkSoFar) -> [Float] {
        var results = [false, false, false]
        if let result = work.lastResult {
            let isLarge = result.bytes > largeResultBytes
            results = [!result.isError && !isLarge, result.isError, !result.isError && isLarge]
        }
        let used = Set(work.tools.map { ToolKind(toolNamed: $0) })
        return (results + kinds.map { used.contains($0) }).map { $0 ? 1 : 0 }
    }

    private static func counts(of work: WorkSoFar) -> [Float] {
        [work.files, work.errors, work.turns, work.standingBytes, work.taskBytes].map { log1p(Float(max(0, $0))) }
            + [Float(work.taskBytes) / Float(max(1, work.taskBytes + work.standingBytes))]
    }
}
