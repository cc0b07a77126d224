package import Domain

/// Rows of figures under named columns; one value serves the terminal, Markdown and CSV.
package struct Table: Sendable {
    package struct Column: Sendable {
        package enum Alignment: Sendable {
            case left
            case right
        }

        /// What a column gives up when the terminal is narrow.
        package enum Shortening: Sendable {
            case none
            /// For paths and ids.
            case middle(atLeast: Int)
            /// For lists, of which the beginning tells most.
            case end(atLeast: Int)
            /// For sentences: nothing, they go on below.
            case wrapping(atLeast: Int)

            /// The text is read as a whole, not looked up.
            package var isForProse: Bool {
                switch self {
                case .end, .wrapping: true
                case .none, .middle: false
                }
            }
        }

        /// What people read above it.
        package var title: String
        /// What a program calls it: the header in CSV, the same word as in JSON.
        package var key: String
        package var alignment: Alignment
        package var shortening: Shortening
        /// Zero stays at any width; the highest goes first when the terminal is narrow.
        package var dropRank: Int
        /// Only in CSV: people would not miss it.
        package var isForProgramsOnly: Bool

        package init(
            _ title: String,
            key: String,
            alignment: Alignment = .left,
            shortening: Shortening = .none,
            dropRank: Int = 0,
            isForProgramsOnly: Bool = false
        ) {
            self.title = title
            self.key = key
            self.alignment = alignment
            self.shortening = shortening
            self.dropRank = dropRank
            self.isForProgramsOnly = isForProgramsOnly
        }

        /// A column of figures: right-aligned, never shortened.
        package static func figure(_ title: String, key: String, dropRank: Int = 0) -> Column {
            Column(title, key: key, alignment: .right, dropRank: dropRank)
        }
    }

    package struct Cell: Sendable, ExpressibleByStringLiteral {
        /// What people read.
        package var shown: String
        /// What programs read: nothing rounded, no marks.
        package var exact: String
        package var tone: Tone

        package init(_ shown: String, exact: String? = nil, tone: Tone = .plain) {
            self.shown = shown
            self.exact = exact ?? shown
            self.tone = tone
        }

        package init(stringLiteral value: String) { self.init(value) }

        package static let empty = Cell("", exact: "")

        /// A count written out.
        package static func count(_ value: Int) -> Cell { Cell(value.grouped, exact: String(value)) }

        /// A number of tokens, shortened to be read.
        package static func tokens(_ value: Int) -> Cell {
            Cell(value.compact, exact: String(value), tone: value == 0 ? .dim : .plain)
        }

        /// A part of a whole, from 0 to 1; people read it in percent.
        package static func share(_ value: Double) -> Cell { Cell((value * 100).percent, exact: "\(value)") }

        package static func money(_ value: Money, tone: Tone = .plain) -> Cell {
            Cell(value.dollars, exact: value.decimal, tone: tone)
        }
    }

    package var columns: [Column]
    package var rows: [[Cell]]
    /// Stands apart under the rows; programs do not get it: they can add.
    package var totals: [Cell]?

    package init(columns: [Column], rows: [[Cell]], totals: [Cell]? = nil) {
        self.columns = columns
        self.rows = rows
        self.totals = totals
    }
}

/// What a text means to its reader; a terminal shows it in colour, where it has any.
package enum Tone: Sendable {
    case plain
    case strong
    case dim
    case good
    case warning
}
