extension Page {
    /// The page for a terminal: nothing from a log reaches it raw.
    package func terminalText(_ style: TerminalStyle) -> String {
        var text = ""
        for (index, block) in blocks.enumerated() {
            if index > 0, separates(blocks[index - 1], from: block) { text += "\n" }
            for line in lines(of: block, style) { text += line + "\n" }
        }
        return text
    }

    /// Lines of one kind stand together; a table stays with its heading.
    private func separates(_ before: Block, from block: Block) -> Bool {
        switch (before, block) {
        case (.heading, _), (.note, .note), (.note, .warning), (.warning, .note), (.warning, .warning), (.text, .text),
            (.point, .point),
            (.headline, .text), (.headline, .note), (.next, .next):
            false
        default: true
        }
    }

    private func lines(of block: Block, _ style: TerminalStyle) -> [String] {
        switch block {
        case .headline(let text): wrapped(text, style, as: .strong)
        case .heading(let text): wrapped(text, style, as: .strong)
        case .table(let table): table.lines(style)
        case .text(let text): wrapped(text, style, as: .plain)
        case .point(let text): wrapped("• " + text, style, as: .plain, indent: 2)
        case .note(let text): wrapped(text, style, as: .dim)
        case .warning(let text): wrapped("! " + text, style, as: .warning, indent: 2)
        case .verbatim(let text):
            text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).visible }
        case .next(let command, let brings):
            // The command is never broken: it is there to be copied.
            if "  \(command)  \(brings)".displayWidth <= style.proseWidth {
                [arrow(to: command, style) + "  " + style.styled(brings.visible, as: .dim)]
            } else {
                [arrow(to: command, style)] + wrapped("  " + brings, style, as: .dim, indent: 2)
            }
        }
    }

    private func arrow(to command: String, _ style: TerminalStyle) -> String {
        style.styled("→ ", as: .dim) + style.styled(command.visible, as: .good)
    }

    private func wrapped(_ text: String, _ style: TerminalStyle, as tone: Tone, indent: Int = 0) -> [String] {
        text.visible.wrapped(to: style.proseWidth, indent: indent).map { style.styled($0, as: tone) }
    }
}

extension String {
    /// Broken at spaces into lines of at most that many columns; a longer word stays whole.
    func wrapped(to columns: Int, indent: Int = 0) -> [String] {
        var lines: [String] = []
        var line = ""
        var width = 0
        var isFresh = true
        for word in split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
            let wordWidth = word.displayWidth
            if !isFresh, width + 1 + wordWidth > columns {
                lines.append(line)
                line = String(repeating: " ", count: indent)
                width = indent
                isFresh = true
            }
            if !isFresh {
                line += " "
                width += 1
            }
            line += word
            width += wordWidth
            isFresh = false
        }
        return lines + [line]
    }
}
