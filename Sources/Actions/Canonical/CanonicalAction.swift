package import Domain

/// A tool call in a form in which two calls that do the same are equal, whichever agent and tool made them.
///
/// Left out is what changes nothing: descriptions, time limits, how output is trimmed, quotes, spacing, the order of
/// flags of well-known programs, a `cd` to where the command runs anyway. The text holds what was asked for, word by
/// word: it is for comparing, not for keeping.
package struct CanonicalAction: Hashable, Sendable {
    package var kind: ActionKind
    /// Absolute paths where the action is about files; else what it is about: an address, a task's kind.
    package var targets: [String]
    package var text: String
    /// False for a shell line that is compared as text.
    package var isParsed: Bool

    init(_ kind: ActionKind, _ targets: [String], _ text: String, isParsed: Bool = true) {
        (self.kind, self.targets, self.text, self.isParsed) = (kind, targets, text, isParsed)
    }
}

extension CanonicalAction {
    /// The action behind a call.
    ///
    /// `input` is the tool's input as logged: JSON, JSON in a string, or the text of a patch. `place` is where the
    /// session's commands run, by which paths are completed.
    package init(toolNamed name: String, input: String, in place: ActionPlace) {
        let input = ToolInput(input)
        let kind = ActionKind(toolNamed: name)
        self =
            if let line = input.commandLine, ToolKind(toolNamed: name) == .execute {
                CanonicalAction(line: line, in: place.entering(input.folder), of: place)
            } else if let patch = input.patch, name == "apply_patch" || name == "patch" {
                CanonicalAction(patch: patch, in: place)
            } else {
                switch kind {
                case .readFile: CanonicalAction(reading: input, by: name, in: place)
                case .edit: CanonicalAction(changing: input, by: name, in: place)
                case .search: CanonicalAction(searching: input, by: name, in: place)
                case .list: CanonicalAction(listing: input, in: place)
                default: CanonicalAction(other: input, by: name, kind)
                }
            }
    }
}
