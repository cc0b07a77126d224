package import JSONText

/// A call of a tool that is compared with another: recorded or proposed, and where it would run.
package struct ComparedCall: Sendable {
    package var tool: String
    /// As the log or the reply has it.
    package var input: JSONTree
    package var place: ActionPlace
    package let action: CanonicalAction

    /// A call; what the tool's schema says of types and defaults, where it is known, is read into the input.
    package init(tool: String, input: JSONTree, place: ActionPlace, schema: ToolSchema? = nil) {
        (self.tool, self.input, self.place) = (tool, input, place)
        let meant = schema.map { $0.normalized(ToolInput(input).value) } ?? input
        action = CanonicalAction(toolNamed: tool, input: meant, in: place)
    }

    package var effect: EffectClass { EffectClass(of: action.kind) }
}

/// What the record tells of the files around a call, so that effects are computed and never tried.
package struct KnownFiles: Sendable {
    /// Files as they were before the call, by absolute path.
    package var before: [String: FileState] = [:]
    /// How many lines files have, by absolute path.
    package var lineCounts: [String: Int] = [:]
    /// The absolute paths that the recorded search found; nil where it is not known.
    package var found: [String]?

    package init(before: [String: FileState] = [:], lineCounts: [String: Int] = [:], found: [String]? = nil) {
        (self.before, self.lineCounts, self.found) = (before, lineCounts, found)
    }
}
