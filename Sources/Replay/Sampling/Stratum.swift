package import Domain

/// The kind of step a step is: agreement is told for each.
package struct Stratum: Hashable, Sendable {
    package enum Position: String, Sendable, Codable, CaseIterable {
        /// One of the thread's first two.
        case first
        /// Up to the tenth.
        case early
        case late
    }

    /// How large the prompt was.
    package enum Prompt: String, Sendable, Codable, CaseIterable {
        case below50k
        case upTo100k
        case above100k
    }

    package var kind: StepClass
    package var position: Position
    package var prompt: Prompt
    /// A tool had answered with an error just before.
    package var isRecovery: Bool

    package init(kind: StepClass, position: Position, prompt: Prompt, isRecovery: Bool) {
        self.kind = kind
        self.position = position
        self.prompt = prompt
        self.isRecovery = isRecovery
    }

    package init(_ step: RecordedStep) {
        self.init(
            kind: StepClass(step),
            position: step.place < 2 ? .first : step.place < 10 ? .early : .late,
            prompt: step.usage.promptTokens < 50_000
                ? .below50k : step.usage.promptTokens <= 100_000 ? .upTo100k : .above100k,
            isRecovery: step.followsError
        )
    }

    /// The groups it belongs to, each with a name and a value.
    package var groups: [(name: String, value: String)] {
        [
            ("class", kind.rawValue), ("position", position.rawValue), ("prompt", prompt.rawValue),
            ("recovery", isRecovery ? "yes" : "no"),
        ]
    }
}
