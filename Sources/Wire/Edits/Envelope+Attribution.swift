import Domain
import JSONText

/// Claude Code's first system block, by which Anthropic knows the client (`x-anthropic-billing-header: …`).
///
/// Its servers take it out before the model sees it; any other server would read it, and as it may change with each
/// request, would never find the prompt in its cache.
enum Attribution {
    static let prefix: StaticString = "x-anthropic-billing-header:"

    static func begins(_ text: String) -> Bool { text.hasPrefix(prefix.description) }

    /// What is left of a text that begins with the header: it ends with its line.
    static func removed(from text: String) -> String {
        guard begins(text) else { return text }
        guard let lineEnd = text.firstIndex(of: "\n") else { return "" }
        return String(text[text.index(after: lineEnd)...])
    }
}

extension Envelope {
    /// Takes the attribution block out, for servers other than Anthropic's; none where there is none.
    package func removingAttribution(in body: UnsafeRawBufferPointer) -> BodyEdit? {
        guard format == .messages, let system = place(of: .system) else { return nil }
        let value = UnsafeRawBufferPointer(rebasing: body[system])
        guard let removed = Attribution.place(in: value) else { return nil }
        return BodyEdit(removed.lowerBound + system.lowerBound..<removed.upperBound + system.lowerBound, [])
    }
}

extension Attribution {
    /// Where the block stands in the value of `system`, with the comma behind it.
    ///
    /// Of a string, and of a block that says more, only the header's line.
    fileprivate static func place(in value: UnsafeRawBufferPointer) -> Range<Int>? {
        var scanner = JSONScanner(value, layout: .document)
        if scanner.nextKind() == .string { return scanner.text().flatMap { line(of: $0, in: value) } }
        guard scanner.enterArray(), scanner.nextElement() else { return nil }
        let start = Envelope.valueStart(scanner.offset, in: value)
        guard scanner.enterObject() else { return nil }
        var text: RawText?
        while let key = scanner.nextKey() {
            if key.is("text") { text = scanner.text() } else { scanner.skipValue() }
        }
        guard !scanner.isBroken, let text, text.starts(with: prefix) else { return nil }
        let block = start..<scanner.offset
        guard let line = line(of: text, in: value) else { return nil }
        guard line.count == text.count else { return line }
        // The comma goes with the block.
        return scanner.nextElement() ? block.lowerBound..<Envelope.valueStart(scanner.offset, in: value) : block
    }

    /// The header up to the line feed behind it, as JSON writes one.
    private static func line(of text: RawText, in value: UnsafeRawBufferPointer) -> Range<Int>? {
        guard text.starts(with: prefix), let first = text.bytes.baseAddress, let base = value.baseAddress else {
            return nil
        }
        let start = first - base
        let bytes = text.bytes
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                index += 1
                continue
            }
            if bytes[index + 1] == UInt8(ascii: "n") { return start..<start + index + 2 }
            index += 2
        }
        return start..<start + bytes.count
    }
}
