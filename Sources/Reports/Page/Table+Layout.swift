extension Table {
    /// Which columns a width has room for, and how wide each is.
    struct Layout {
        var columns: [Int]
        var widths: [Int]
    }

    static let gap = 2

    /// Drops the least important columns until the rest fits, after shortening what may be shortened.
    func layout(width: Int) -> Layout {
        let natural = naturalWidths()
        var kept = columns.indices.filter { !columns[$0].isForProgramsOnly }
        func room(_ widthOf: (Int) -> Int) -> Int {
            kept.reduce(0) { $0 + widthOf($1) } + Table.gap * max(0, kept.count - 1)
        }
        func least(_ column: Int) -> Int {
            switch columns[column].shortening {
            case .none: natural[column]
            case .middle(let least), .end(let least), .wrapping(let least): min(natural[column], least)
            }
        }
        while room(least) > width,
            let dropped = kept.filter({ columns[$0].dropRank > 0 })
                .max(by: { columns[$0].dropRank < columns[$1].dropRank })
        {
            kept.removeAll { $0 == dropped }
        }
        var widths = kept.map { natural[$0] }
        // Take the columns too many from the widest that can still give.
        var excess = room { natural[$0] } - width
        while excess > 0,
            let widest = kept.indices.filter({ widths[$0] > least(kept[$0]) }).max(by: { widths[$0] < widths[$1] })
        {
            widths[widest] -= 1
            excess -= 1
        }
        return Layout(columns: kept, widths: widths)
    }

    private func naturalWidths() -> [Int] {
        columns.indices.map { column in
            let cells = rows.lazy.map { $0[column] } + (totals.map { [$0[column]] } ?? [])
            return cells.reduce(columns[column].title.displayWidth) { max($0, $1.shown.visible.displayWidth) }
        }
    }
}

extension Table {
    /// The rows as lines of text under their titles, without rules or boxes.
    func lines(_ style: TerminalStyle) -> [String] {
        let layout = layout(width: style.width)
        let titles = columns.map { Cell($0.title.uppercased(), tone: .dim) }
        let totals = self.totals.map { [$0.map { Cell($0.shown, tone: .strong) }] } ?? []
        return ([titles] + rows + totals).flatMap { lines($0, layout, style) }
    }

    /// One row: a line, and others below it where a sentence goes on.
    private func lines(_ cells: [Cell], _ layout: Layout, _ style: TerminalStyle) -> [String] {
        let texts = zip(layout.columns, layout.widths).map { fitted(cells[$0].shown.visible, in: $0, to: $1) }
        let height = texts.reduce(1) { max($0, $1.count) }
        return (0..<height).map { index in
            line(cells, texts.map { index < $0.count ? $0[index] : "" }, layout, style)
        }
    }

    private func line(_ cells: [Cell], _ texts: [String], _ layout: Layout, _ style: TerminalStyle) -> String {
        var line = ""
        var owed = 0
        for ((column, width), text) in zip(zip(layout.columns, layout.widths), texts) {
            let missing = max(0, width - text.displayWidth)
            let isRight = columns[column].alignment == .right
            // Spaces are owed until text follows, so that no line ends in any.
            if isRight { owed += missing }
            if !text.isEmpty {
                line += String(repeating: " ", count: owed) + style.styled(text, as: cells[column].tone)
                owed = 0
            }
            owed += (isRight ? 0 : missing) + Table.gap
        }
        return line
    }

    /// The text in lines of at most a width.
    private func fitted(_ text: String, in column: Int, to width: Int) -> [String] {
        switch columns[column].shortening {
        case .none: [text]
        case .middle: [text.shortenedInMiddle(to: width)]
        case .end: [text.shortenedAtEnd(to: width)]
        case .wrapping: text.wrapped(to: width).map { $0.shortenedAtEnd(to: width) }
        }
    }
}
