internal import JSONText

/// The blocks of a Pi message, or its one plain text.
struct PiContent {
    private(set) var texts: [RawText] = []
    private(set) var tools: [Tool] = []
    private(set) var images = 0
    /// Bytes of text, thinking and tool input.
    private(set) var visibleBytes = 0

    struct Tool {
        var id: RawText
        var name: RawText
        var input: UnsafeRawBufferPointer
    }

    var firstToolID: String? { tools.first?.id.string }

    init(_ raw: UnsafeRawBufferPointer?) {
        guard let raw else { return }
        var scanner = JSONScanner(raw)
        if scanner.nextKind() == .string {
            if let text = scanner.text() { keep(text) }
            return
        }
        var content = self
        scanner.eachElement { content.readBlock(&$0) }
        self = content
    }

    private mutating func keep(_ text: RawText) {
        texts.append(text)
        visibleBytes += text.count
    }

    private mutating func readBlock(_ scanner: inout JSONScanner) {
        var type: RawText?
        var text: RawText?
        var thinking: RawText?
        var id: RawText?
        var name: RawText?
        var input: UnsafeRawBufferPointer?
        scanner.eachField { key, scanner in
            switch key.count {
            case 2 where key.is("id"): id = scanner.text()
            case 4 where key.is("type"): type = scanner.text()
            case 4 where key.is("text"): text = scanner.text()
            case 4 where key.is("name"): name = scanner.text()
            case 8 where key.is("thinking"): thinking = scanner.text()
            case 9 where key.is("arguments"): input = scanner.rawValue()
            default: scanner.skipValue()
            }
        }
        guard let type else { return }
        if type.is("text"), let text {
            keep(text)
        } else if type.is("thinking") {
            visibleBytes += thinking?.count ?? 0
        } else if type.is("image") {
            images += 1
        } else if type.is("toolCall"), let id, let name {
            let input = input ?? UnsafeRawBufferPointer(start: nil, count: 0)
            visibleBytes += input.count
            tools.append(Tool(id: id, name: name, input: input))
        }
    }
}
