package import Domain
package import JSONText

/// A tool call in a form in which two calls that do the same are equal, whichever agent and tool made them.
///
/// Left out is what changes nothing: descriptions, time limits, how output is trimmed, quotes, spacing, the order of
/// flags of well-known programs, a `cd` to where the command runs anyway. The text holds what was asked for, word by
/// word: it is for comparing, not for keeping.
package struct CanonicalAction: Sendable {
    package var kind: ActionKind
    /// Absolute paths where the action is about files; else what it is about: an address, a task's kind.
    package var targets: [String]
    package var text: String
    /// False for a shell line that is compared as text.
    package var isParsed: Bool
    /// What is compared beyond the text: what a call comes to.
    var substance: Substance

    init(
        _ kind: ActionKind,
        _ targets: [String],
        _ text: String,
        isParsed: Bool = true,
        _ substance: Substance = .text
    ) {
        (self.kind, self.targets, self.text, self.isParsed) = (kind, targets, text, isParsed)
        self.substance = substance
    }

    enum Substance: Sendable {
        /// All there is to compare is the text.
        case text
        case read(LineRange)
        case changes([FileChange])
        case shell(ShellScript, ActionPlace)
        case search(pattern: String, files: [String], ignoresCase: Bool)
    }
}

/// Lines of a file, counted from 1; to the end, where no last one is given.
struct LineRange: Hashable, Sendable {
    var first: Int
    var last: Int?

    init(from first: Int, through last: Int?) {
        self.first = max(1, first)
        self.last = last
    }

    /// The range in a file that has so many lines.
    func clipped(to count: Int) -> LineRange { LineRange(from: first, through: min(last ?? count, count)) }

    func covers(_ other: LineRange) -> Bool {
        first <= other.first && (last ?? .max) >= (other.last ?? .max)
    }
}

/// Texts are compared byte by byte: to Swift two spellings of an accent are one, in a file they are two.
extension CanonicalAction: Hashable {
    package static func == (a: CanonicalAction, b: CanonicalAction) -> Bool {
        a.kind == b.kind && a.isParsed == b.isParsed && a.text.utf8.elementsEqual(b.text.utf8)
            && a.targets.elementsEqual(b.targets) { $0.utf8.elementsEqual($1.utf8) }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(text)
    }
}

extension CanonicalAction {
    /// The action behind a call as a log has it: JSON, JSON in a string, or the text of a patch.
    package init(toolNamed name: String, input: String, in place: ActionPlace) {
        self.init(toolNamed: name, input: JSONTree(input) ?? .string(input), in: place)
    }

    /// The action behind a call; `place` is where the session's commands run, by which paths are completed.
    package init(toolNamed name: String, input: JSONTree, in place: ActionPlace) {
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
