package import Domain

/// What a model asked again did instead of what was recorded.
package struct StepVerdict: Hashable, Sendable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// Every action that changes or runs something has the recorded effect, and every place looked at was looked at.
        case agree
        /// The same and more looks.
        case covers
        /// What was recorded a step or a few later.
        case reordered
        case differs
        /// One called a tool where the other stopped.
        case stopMismatch
        /// A call of a tool that is not there, or whose input its schema refuses.
        case invalid
    }

    /// One action beside the one it was matched with.
    package struct Pair: Hashable, Sendable {
        /// Nil where there is none on that side.
        package var recorded: RecordedAction?
        package var replayed: RecordedAction?
        /// `E0` to `E4`, or `none`.
        package var level: String
        package var reason: String

        package init(recorded: RecordedAction?, replayed: RecordedAction?, level: String, reason: String) {
            self.recorded = recorded
            self.replayed = replayed
            self.level = level
            self.reason = reason
        }
    }

    package var kind: Kind
    package var pairs: [Pair]
    /// Calls whose input its schema takes; all but the invalid ones.
    package var validCalls: Int
    package var calls: Int

    package init(kind: Kind, pairs: [Pair], validCalls: Int, calls: Int) {
        self.kind = kind
        self.pairs = pairs
        self.validCalls = validCalls
        self.calls = calls
    }

    /// The action was the recorded one's equal.
    package var agrees: Bool { kind == .agree || kind == .covers }
}

/// Compares what a model did with what was recorded; tools' schemas are by name.
package typealias StepJudge = @Sendable (RecordedStep, [RecordedAction], _ schemas: [String: String]) -> StepVerdict
