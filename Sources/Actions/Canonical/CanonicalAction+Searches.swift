internal import Domain
internal import JSONText

extension CanonicalAction {
    /// Contents or names to be searched for; a search for names lists them.
    init(searching input: ToolInput, by tool: String, in place: ActionPlace) {
        guard let pattern = input.field("pattern", "query", "regex")?.text else {
            self.init(other: input, by: tool, .search)
            return
        }
        let root = place.absolute(input.path ?? ".")
        if ["glob", "find"].contains(tool.lowercased()) {
            self.init(listing: root, pattern: pattern)
            return
        }
        self.init(
            searching: pattern,
            in: [root],
            files: [input.field("glob", "include")?.text, input.field("type")?.text.map { "type:" + $0 }]
                .compactMap { $0 },
            ignoresCase: input.field("-i", "ignore_case")?.isTrue ?? false
        )
    }

    init(searching pattern: String, in paths: [String], files: [String], ignoresCase: Bool) {
        let restriction = files.sorted().map { " only " + $0 }.joined()
        self.init(
            .search,
            paths.sorted(),
            "search" + (ignoresCase ? " -i " : " ") + ShellWord(pattern).rendered + " in "
                + paths.sorted().joined(separator: " ") + restriction,
            .search(pattern: pattern, files: files.sorted(), ignoresCase: ignoresCase)
        )
    }

    init(listing input: ToolInput, in place: ActionPlace) {
        self.init(listing: place.absolute(input.path ?? "."), pattern: nil)
    }

    init(listing root: String, pattern: String?) {
        self.init(
            pattern == nil ? .list : .search,
            [root],
            "list \(root)" + (pattern.map { " " + ShellWord($0).rendered } ?? ""),
            pattern.map { .search(pattern: $0, files: [], ignoresCase: false) } ?? .text
        )
    }
}
