internal import JSONText

/// One message of a recording, as far as it is read; valid only while the scanned bytes are.
struct GeminiCLIMessage {
    var id: RawText?
    var time: RawText?
    var type: RawText?
    var model: RawText?
    var tokens: GeminiTokens?
    var content: UnsafeRawBufferPointer?
    var thoughts: UnsafeRawBufferPointer?
    var toolCalls: [ToolRecord] = []

    /// A tool call with its result, which the agent records together.
    struct ToolRecord {
        var id: RawText?
        var name: RawText?
        var time: RawText?
        var status: RawText?
        var input: UnsafeRawBufferPointer?
        var result: UnsafeRawBufferPointer?
        /// Bytes from the start of what is scanned.
        var offset = 0
        var length = 0
    }
}

/// What a recording says of itself: the head of a document, or a line of its own.
struct GeminiCLIHead {
    var session: RawText?
    var kind: RawText?
    var folder: RawText?
}

extension JSONScanner {
    /// Reads a document or a line: a head, a message, or both; hands messages over as they come.
    mutating func geminiCLIRecord(
        head: inout GeminiCLIHead,
        isUpdate: Bool = false,
        message body: (GeminiCLIMessage, _ offset: Int, _ length: Int) -> Void
    ) {
        let start = offset
        var message = GeminiCLIMessage()
        eachField { key, scanner in
            switch key.count {
            case 4 where key.is("kind"): head.kind = scanner.text()
            case 4 where key.is("$set") && !isUpdate:
                scanner.geminiCLIRecord(head: &head, isUpdate: true, message: body)
            case 8 where key.is("messages"):
                scanner.eachElement { scanner in
                    let start = scanner.offset
                    var message = GeminiCLIMessage()
                    scanner.eachField { key, scanner in scanner.read(key, into: &message) }
                    if !scanner.isBroken { body(message, start, scanner.offset - start) }
                }
            case 9 where key.is("sessionId"): head.session = scanner.text()
            case 11 where key.is("directories"):
                scanner.eachElement { scanner in
                    let folder = scanner.text()
                    head.folder = head.folder ?? folder
                }
            default: scanner.read(key, into: &message)
            }
        }
        if !isBroken, message.id != nil, message.type != nil { body(message, start, offset - start) }
    }

    private mutating func read(_ key: RawText, into message: inout GeminiCLIMessage) {
        switch key.count {
        case 2 where key.is("id"): message.id = text()
        case 4 where key.is("type"): message.type = text()
        case 5 where key.is("model"): message.model = text()
        case 6 where key.is("tokens"): message.tokens = geminiTokens()
        case 7 where key.is("content"): message.content = rawValue()
        case 8 where key.is("thoughts"): message.thoughts = container()
        case 9 where key.is("timestamp"): message.time = text()
        case 9 where key.is("toolCalls"): eachElement { message.toolCalls.append($0.geminiCLITool()) }
        default: skipValue()
        }
    }

    private mutating func geminiCLITool() -> GeminiCLIMessage.ToolRecord {
        var tool = GeminiCLIMessage.ToolRecord()
        tool.offset = offset
        eachField { key, scanner in
            switch key.count {
            case 2 where key.is("id"): tool.id = scanner.text()
            case 4 where key.is("name"): tool.name = scanner.text()
            case 4 where key.is("args"): tool.input = scanner.rawValue()
            case 6 where key.is("result"): tool.result = scanner.rawValue()
            case 6 where key.is("status"): tool.status = scanner.text()
            case 9 where key.is("timestamp"): tool.time = scanner.text()
            default: scanner.skipValue()
            }
        }
        tool.length = offset - tool.offset
        return tool
    }
}

/// Texts, tool calls and attachments in a message's parts, or its one plain text.
struct GeminiParts {
    private(set) var texts: [RawText] = []
    private(set) var attachments = 0
    private(set) var functionCalls: [FunctionCall] = []
    private(set) var functionResponses: [FunctionResponse] = []
    /// Bytes of text, thoughts and tool input.
    private(set) var visibleBytes = 0

    struct FunctionCall {
        var id: RawText?
        var name: RawText
        var input: UnsafeRawBufferPointer
    }

    struct FunctionResponse {
        var id: RawText?
        var content: UnsafeRawBufferPointer
    }

    init(_ raw: UnsafeRawBufferPointer?) {
        guard let raw else { return }
        var scanner = JSONScanner(raw, layout: .document)
        var parts = self
        switch scanner.nextKind() {
        case .string: if let text = scanner.text() { parts.keep(text) }
        case .array: scanner.eachElement { parts.readPart(&$0) }
        default: parts.readPart(&scanner)
        }
        self = parts
    }

    private mutating func keep(_ text: RawText) {
        texts.append(text)
        visibleBytes += text.count
    }

    private mutating func readPart(_ scanner: inout JSONScanner) {
        if scanner.nextKind() == .string {
            if let text = scanner.text() { keep(text) }
            return
        }
        var text: RawText?
        var isThought = false
        var parts = self
        scanner.eachField { key, scanner in
            switch key.count {
            case 4 where key.is("text"): text = scanner.text()
            case 7 where key.is("thought"): isThought = scanner.bool() ?? false
            case 8 where key.is("fileData"), 10 where key.is("inlineData"):
                parts.attachments += 1
                scanner.skipValue()
            case 12 where key.is("functionCall"): parts.readCall(&scanner)
            case 16 where key.is("functionResponse"): parts.readResponse(&scanner)
            default: scanner.skipValue()
            }
        }
        self = parts
        guard let text else { return }
        if isThought { visibleBytes += text.count } else { keep(text) }
    }

    private mutating func readCall(_ scanner: inout JSONScanner) {
        var id: RawText?
        var name: RawText?
        var input = UnsafeRawBufferPointer(start: nil, count: 0)
        scanner.eachField { key, scanner in
            switch key.count {
            case 2 where key.is("id"): id = scanner.text()
            case 4 where key.is("name"): name = scanner.text()
            case 4 where key.is("args"): input = scanner.rawValue()
            default: scanner.skipValue()
            }
        }
        guard let name else { return }
        visibleBytes += input.count
        functionCalls.append(FunctionCall(id: id, name: name, input: input))
    }

    private mutating func readResponse(_ scanner: inout JSONScanner) {
        var response = FunctionResponse(content: UnsafeRawBufferPointer(start: nil, count: 0))
        scanner.eachField { key, scanner in
            switch key.count {
            case 2 where key.is("id"): response.id = scanner.text()
            case 8 where key.is("response"): response.content = scanner.rawValue()
            default: scanner.skipValue()
            }
        }
        functionResponses.append(response)
    }
}
