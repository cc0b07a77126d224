import Foundation

/// What a request of an agent's says beside its words: how far the work is, and how the last step went.
///
/// A request that is no agent's has none of it: all its features are 0.
package struct ActionFeatures: Hashable, Sendable {
    /// What the last tool result was.
    package enum LastResult: Int, Hashable, Sendable, CaseIterable {
        /// The request begins with a human's words.
        case none
        case succeeded
        case failed
        /// Too long to be read whole by who asked for it.
        case large
    }

    /// The kinds of tools used since the human spoke last.
    package struct ToolKinds: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let reading = ToolKinds(rawValue: 1)
        package static let searching = ToolKinds(rawValue: 1 << 1)
        package static let editing = ToolKinds(rawValue: 1 << 2)
        package static let running = ToolKinds(rawValue: 1 << 3)
        package static let fetching = ToolKinds(rawValue: 1 << 4)
        package static let delegating = ToolKinds(rawValue: 1 << 5)
    }

    package var lastResult = LastResult.none
    package var tools: ToolKinds = []
    /// Different files read or changed since the human spoke last.
    package var filesTouched = 0
    /// Tool results since the human spoke last that were errors.
    package var errorsSeen = 0
    /// Replies of the model since the human spoke last; 0 for the first request of a task.
    package var turn = 0
    /// What the agent sends before the user says anything, in bytes.
    package var standingBytes = 0
    /// What the task brought in since, in bytes.
    package var taskBytes = 0

    package init() {}

    package static let count = 15

    /// A number a feature: yes or no as 1 or 0, counts as log(1 + n).
    var values: [Float] {
        let results = LastResult.allCases.dropFirst().map { lastResult == $0 ? Float(1) : 0 }
        let kinds = (0..<6).map { tools.rawValue >> $0 & 1 == 1 ? Float(1) : 0 }
        return results + kinds
            + [filesTouched, errorsSeen, turn, standingBytes, taskBytes].map { log1p(Float(max(0, $0))) }
            + [Float(taskBytes) / Float(max(1, taskBytes + standingBytes))]
    }
}
