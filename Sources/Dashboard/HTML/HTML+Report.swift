import Domain
import Reports

/// A table as a page shows it: who it is, what its rows lead to, and what its files hold.
struct ShownTable {
    /// Unique on its page: files are named by it, and its place is `ID-table`.
    var id: String
    var caption: String
    /// Read out, but not shown, where a heading says it already.
    var isCaptionHidden = true
    var table: Table
    /// Where a row's first cell leads.
    var link: (Int) -> Link? = { _ in nil }
    /// For each row a part of the longest bar, from 0 to 1.
    var bar: ((Int) -> Double?)?
    /// What its files hold, where the page shows only some of the rows.
    var whole: (() -> Table)?
}

extension HTML {
    /// Rows and columns, and under them the same as files.
    mutating func table(_ shown: ShownTable) {
        grid(shown)
        files(shown)
    }

    /// Rows and columns, numbers to the right.
    mutating func grid(_ shown: ShownTable) {
        let table = shown.table
        let columns = table.shownColumns
        element(
            "div",
            .class("table"),
            .id("\(shown.id)-table"),
            Attribute("tabindex", "0"),
            Attribute("role", "group"),
            .label(shown.caption)
        ) { html in
            html.element("table") { html in
                html.element("caption", .class(shown.isCaptionHidden ? "hidden" : ""), text: shown.caption)
                html.element("thead") { html in
                    html.element("tr") { html in
                        for column in columns {
                            html.element(
                                "th",
                                Attribute("scope", "col"),
                                .class(column.classes),
                                text: table.columns[column.index].title
                            )
                        }
                        if shown.bar != nil { html.element("td", .class("bar wide")) { _ in } }
                    }
                }
                html.element("tbody") { html in
                    for (index, row) in table.rows.enumerated() {
                        html.element("tr") { html in
                            html.cells(of: row, columns, in: table, link: shown.link(index))
                            if let bar = shown.bar {
                                html.element("td", .class("bar wide")) { $0.bar(bar(index) ?? 0) }
                            }
                        }
                    }
                }
                if let totals = table.totals {
                    html.element("tfoot") { html in
                        html.element("tr") { html in
                            html.cells(of: totals, columns, in: table, link: nil)
                            if shown.bar != nil { html.element("td", .class("bar wide")) { _ in } }
                        }
                    }
                }
            }
        }
    }

    /// The cells of a row; the first names it.
    fileprivate mutating func cells(
        of row: [Table.Cell],
        _ columns: [ShownColumn],
        in table: Table,
        link: Link?
    ) {
        for (place, column) in columns.enumerated() {
            let cell = row[column.index]
            let (text, whole) = column.fitted(cell.shown)
            let attributes = [
                Attribute.class((column.classes + " " + cell.tone.name).trimmed), Attribute("title", optional: whole),
            ]
            if place > 0 {
                element("td", attributes[0], attributes[1], text: text, upTo: HTML.longestCell)
                continue
            }
            element("th", Attribute("scope", "row"), attributes[0], attributes[1]) { html in
                if let link {
                    html.element("a", .href(link), text: text, upTo: HTML.longestCell)
                } else {
                    html.text(text, upTo: HTML.longestCell)
                }
            }
        }
    }

    /// A bar of so much of the width there is.
    private mutating func bar(_ part: Double) {
        element(
            "svg",
            Attribute("viewBox", "0 0 100 8"),
            Attribute("preserveAspectRatio", "none"),
            Attribute("aria-hidden", "true")
        ) { html in
            html.shape(
                "rect",
                .class("fill"),
                .number("width", max(0, min(1, part)) * 100),
                Attribute("height", "8")
            )
        }
    }

    /// Links to a table's rows as files.
    mutating func files(_ shown: ShownTable) {
        files(shown.id, shown.caption) { shown.whole?() ?? shown.table }
    }

    /// Links to rows as files, named by what the page shows of them.
    mutating func files(_ id: String, _ caption: String, of table: () -> Table) {
        tables.add(id, caption, table)
        let links = TableFiles.formats.map { (name: $0.rawValue.uppercased(), link: tables.link(to: id, as: $0)) }
        element("p", .class("files")) { html in
            for file in links {
                html.element("a", .href(file.link), .label("\(caption) as \(file.name)"), text: file.name)
                html.text(" ")
            }
        }
    }

    /// The reports behind a page, whole: as the commands write them, with what no table has room for.
    mutating func reports(_ files: [File]) {
        element("p", .class("files")) { html in
            html.text("The whole \(files.count == 1 ? "report" : "reports") as JSON: ")
            for file in files {
                html.element("a", .href(file.link), text: file.name.rawValue)
                html.text(" ")
            }
        }
    }

    /// A report's own page, block by block: for reports that have no page of their own here.
    mutating func blocks(of page: Page, id: String, caption: String) {
        var heading: String?
        for block in page.blocks {
            switch block {
            case .headline(let text): element("p", .class("strong"), text: text)
            case .heading(let text):
                element("h3", text: text)
                heading = text
            case .text(let text), .point(let text): element("p", text: text)
            case .note(let text): element("p", .class("note"), text: text)
            case .warning(let text): element("p", .class("warning"), text: text)
            case .verbatim(let text): preformatted(text)
            case .next(let command, let brings): next(command, brings)
            case .table(let table):
                let name = heading.map { "\(id)-\($0.slug)" } ?? id
                let title = heading.map { "\(caption): \($0)" } ?? caption
                self.table(ShownTable(id: name, caption: title, table: table))
            }
        }
    }

    /// The way to the page before and to the next of a long list, counted from 1.
    mutating func pager(_ pages: Int, at number: Int, label: String, to page: (Int) -> Link) {
        guard pages > 1 else { return }
        element("nav", .class("pager"), .label(label)) { html in
            if number > 1 { html.element("a", .href(page(number - 1)), Attribute("rel", "prev"), text: "Back") }
            html.element("span", text: "\(number) of \(pages)")
            if number < pages { html.element("a", .href(page(number + 1)), Attribute("rel", "next"), text: "On") }
        }
    }

    /// The command to run next.
    mutating func next(_ command: String, _ brings: String) {
        element("p", .class("next")) { html in
            html.element("code", text: command)
            html.text(" ")
            html.element("span", text: brings)
        }
    }

    /// What a page says that has nothing to show yet: why, and what to do.
    mutating func emptyState(_ text: String, command: String? = nil, brings: String = "") {
        element("div", .class("empty")) { html in
            html.element("p", text: text)
            if let command { html.next(command, brings) }
        }
    }
}

/// A column that people see, and how.
private struct ShownColumn {
    /// What a name, a path or an id keeps of itself; all of it is told when it is pointed at.
    private static let longestName = 44

    var index: Int
    var column: Table.Column
    /// Left out where the screen is narrow, as on a narrow terminal.
    var isWideOnly: Bool

    var classes: String {
        [column.isFigure ? "n" : "", column.shortening.isForProse ? "t" : "", isWideOnly ? "wide" : ""]
            .filter { !$0.isEmpty }.joined(separator: " ")
    }

    func fitted(_ text: String) -> (text: String, whole: String?) {
        if column.shortening.isForProse { return (text, nil) }
        guard text.utf8.count > ShownColumn.longestName else { return (text, nil) }
        let short = String(text.unicodeScalars.prefix(HTML.longestText)).shortenedInMiddle(to: ShownColumn.longestName)
        return short == text ? (text, nil) : (short, text)
    }
}

extension Table {
    /// How many columns a telephone has room for.
    private static let narrowCount = 3

    fileprivate var shownColumns: [ShownColumn] {
        let shown = columns.indices.filter { !columns[$0].isForProgramsOnly }
        let kept = Set(
            shown.sorted { (columns[$0].dropRank, $0) < (columns[$1].dropRank, $1) }.prefix(Table.narrowCount)
        )
        return shown.map {
            ShownColumn(
                index: $0,
                column: columns[$0],
                isWideOnly: !kept.contains($0) && columns[$0].dropRank > 0
            )
        }
    }
}

extension Table.Column {
    fileprivate var isFigure: Bool { alignment == .right }
}

extension String {
    /// Its letters and digits, small, as a word of an address.
    fileprivate var slug: String {
        lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.joined(separator: "-")
    }

    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.last == " " { text.removeLast() }
        while text.first == " " { text.removeFirst() }
        return String(text)
    }
}

extension Tone {
    /// A class of the style sheet.
    fileprivate var name: String {
        switch self {
        case .plain: ""
        case .strong: "strong"
        case .dim: "dim"
        case .good: "good"
        case .warning: "warn"
        }
    }
}
