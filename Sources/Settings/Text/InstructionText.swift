/// Instructions in plain words, with the blocks of ours that are marked in them.
///
/// The marks are comments of HTML, which Markdown does not show.
struct InstructionText {
    private struct Block {
        var name: String
        /// From the first byte of the opening mark's line to the line behind the closing mark.
        var range: Range<Int>
        var text: String
    }

    let bytes: [UInt8]
    private let blocks: [Block]

    init(_ bytes: [UInt8]) throws(EditRefusal) {
        self.bytes = bytes
        var blocks: [Block] = []
        var open: (name: String, start: Int, text: Int)?
        var at = bytes.hasByteOrderMark ? 3 : 0
        while at < bytes.count {
            let line = bytes.text(at..<bytes.lineEnd(at))
            let next = bytes.nextLine(at)
            if let name = line.marked("begin") {
                guard open == nil else {
                    throw EditRefusal("a block of Suffice's begins inside another", at: at, in: bytes)
                }
                guard !blocks.contains(where: { $0.name == name }) else {
                    throw EditRefusal("the block '\(name)' is there already; keep one of them", at: at, in: bytes)
                }
                open = (name, at, next)
            } else if let name = line.marked("end") {
                guard let begun = open, begun.name == name else {
                    throw EditRefusal(
                        "the block '\(name)' ends but does not begin; remove this line",
                        at: at,
                        in: bytes
                    )
                }
                var text = bytes.text(begun.text..<at).replacing("\r\n", with: "\n")
                if text.hasSuffix("\n") { text.removeLast() }
                blocks.append(Block(name: name, range: begun.start..<next, text: text))
                open = nil
            }
            at = next
        }
        if let open { throw EditRefusal("the block '\(open.name)' does not end", at: open.start, in: bytes) }
        self.blocks = blocks
    }

    var value: SettingValue { .table(blocks.map { .init($0.name, .string($0.text)) }) }

    func setting(_ text: String, of name: String) throws(EditRefusal) -> [Splice] {
        guard !name.isEmpty, name.utf8.allSatisfy({ $0.isBareKey || $0 == UInt8(ascii: ":") }) else {
            throw EditRefusal("'\(name)' is no name of a block")
        }
        guard !text.contains("<!-- suffice:") else { throw EditRefusal("the text holds a mark of Suffice's") }
        let lineBreak = bytes.lineBreak
        let lines = [
            "<!-- suffice:begin \(name) -->", text.replacing("\n", with: lineBreak), "<!-- suffice:end \(name) -->",
        ]
        guard let old = blocks.first(where: { $0.name == name }) else {
            return [Splice(at: bytes.count, bytes.paragraph(of: lines))]
        }
        let endsLine = bytes[old.range].last == 0x0A
        return [Splice(old.range, lines.joined(separator: lineBreak) + (endsLine ? lineBreak : ""))]
    }

    /// Takes a block away, with the blank line over it.
    func removing(_ name: String) -> [Splice] {
        blocks.filter { $0.name == name }.map { block in
            Splice(bytes.lines(bytes.blankLine(above: block.range.lowerBound)..<block.range.upperBound))
        }
    }
}

extension String {
    /// The name in a line that opens or closes a block.
    fileprivate func marked(_ side: String) -> String? {
        var text = self[...]
        while let last = text.utf8.last, last.isSpace { text.removeLast() }
        let before = "<!-- suffice:\(side) "
        guard text.hasPrefix(before), text.hasSuffix(" -->"), text.utf8.count > before.utf8.count + 4 else {
            return nil
        }
        return String(text.dropFirst(before.count).dropLast(4))
    }
}
