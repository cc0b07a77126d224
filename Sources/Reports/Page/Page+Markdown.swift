extension Page {
    /// The page for an issue, a wiki or a chat.
    package var markdown: String {
        blocks.map(\.markdown).joined(separator: "\n")
    }
}

extension Page.Block {
    fileprivate var markdown: String {
        switch self {
        case .headline(let text): "## \(text.markdown)\n"
        case .heading(let text): "### \(text.markdown)\n"
        case .table(let table): table.markdown
        case .text(let text): text.markdown + "\n"
        case .point(let text): "- \(text.markdown)\n"
        case .note(let text): "_\(text.markdown)_\n"
        case .warning(let text): "**Note:** \(text.markdown)\n"
        case .verbatim(let text):
            text.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + String($0).visible }
                .joined(separator: "\n") + "\n"
        case .next(let command, let brings): "Next: `\(command.visible)`: \(brings.markdown)\n"
        }
    }
}

extension Table {
    /// Every column people read, whatever the width; pipes in cells are escaped.
    fileprivate var markdown: String {
        let shown = columns.indices.filter { !columns[$0].isForProgramsOnly }
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
        var text = line(shown.map { columns[$0].title.markdown })
        text += line(shown.map { columns[$0].alignment == .right ? "---:" : "---" })
        for row in rows { text += line(shown.map { row[$0].shown.markdown }) }
        if let totals {
            text += line(shown.map { totals[$0].shown.isEmpty ? "" : "**\(totals[$0].shown.markdown)**" })
        }
        return text
    }
}

extension String {
    /// The text with every character escaped that Markdown or HTML would act on.
    fileprivate var markdown: String {
        var text = ""
        for character in visible {
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\\", "|", "`", "*", "_", "[", "]": text += "\\\(character)"
            default: text.append(character)
            }
        }
        return text
    }
}
