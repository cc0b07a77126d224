/// A report as people read it, top to bottom.
package struct Page: Sendable {
    package enum Block: Sendable {
        /// The answer in one line.
        case headline(String)
        /// Names the table under it.
        case heading(String)
        case table(Table)
        case text(String)
        /// One of several things to do.
        case point(String)
        /// Where figures come from, and what they leave out.
        case note(String)
        /// Something the reader should know before trusting the figures.
        case warning(String)
        /// Text of the user's own files or pages, line by line.
        case verbatim(String)
        /// The command to run next, and what it brings.
        case next(command: String, brings: String)
    }

    package var blocks: [Block]

    package init(_ blocks: [Block] = []) { self.blocks = blocks }

    package static func + (a: Page, b: Page) -> Page { Page(a.blocks + b.blocks) }
}
