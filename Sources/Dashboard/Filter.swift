/// Which calls a page is about, in the words of the command line's `--since`, `--until`, `--project` and `--agent`.
package struct Filter: Hashable, Sendable {
    package var since: String?
    package var until: String?
    package var project: String?
    package var agent: String?

    package init(since: String? = nil, until: String? = nil, project: String? = nil, agent: String? = nil) {
        self.since = since
        self.until = until
        self.project = project
        self.agent = agent
    }

    init(_ query: Query) {
        self.init(since: query["since"], until: query["until"], project: query["project"], agent: query["agent"])
    }

    /// What a link carries so that it opens the same view.
    var query: [(name: StaticString, value: String?)] {
        [("since", since), ("until", until), ("project", project), ("agent", agent)]
    }
}

/// A question that cannot be answered as it was asked; the text says what to write instead.
package struct BadQuestion: Error, Hashable {
    package var text: String

    package init(_ text: String) { self.text = text }
}
