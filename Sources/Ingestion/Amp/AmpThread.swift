internal import Domain
internal import JSONText

/// A thread file, as far as it is read; valid only while the scanned bytes are.
struct AmpThread {
    var id: RawText?
    var folder: RawText?
    var events: [Event] = []
    var messages: [Message] = []

    /// An entry of the usage ledger.
    struct Event {
        var id: RawText?
        var time: RawText?
        var model: RawText?
        /// A hash of the `messageId` that the event paid for.
        var message: UInt64?
        var input = 0
        var output = 0
        var offset = 0
        var length = 0
    }

    struct Message {
        var id: UInt64?
        var role: RawText?
        var usage: MessageUsage?
        /// Milliseconds since 1970.
        var sent: Int64?
        var stopReason: RawText?
        var blocks: [Block] = []
        var offset = 0
        var length = 0
    }

    struct MessageUsage {
        var usage = Usage.zero
        var model: RawText?
        var time: RawText?
    }

    struct Block {
        var type: RawText?
        var text: RawText?
        var id: RawText?
        var name: RawText?
        var status: RawText?
        var content: UnsafeRawBufferPointer?
    }
}

extension JSONScanner {
    mutating func ampThread() -> AmpThread {
        var thread = AmpThread()
        eachField { key, scanner in
            switch key.count {
            case 2 where key.is("id"): thread.id = scanner.text()
            case 3 where key.is("env"): thread.folder = scanner.ampFolder()
            case 8 where key.is("messages"): scanner.eachElement { thread.messages.append($0.ampMessage()) }
            case 11 where key.is("usageLedger"):
                scanner.eachField { key, scanner in
                    guard key.is("events") else { return scanner.skipValue() }
                    scanner.eachElement { thread.events.append($0.ampEvent()) }
                }
            default: scanner.skipValue()
            }
        }
        return thread
    }

    /// `env.initial.trees[0].uri`.
    private mutating func ampFolder() -> RawText? {
        var folder: RawText?
        eachField { key, scanner in
            guard key.is("initial") else { return scanner.skipValue() }
            scanner.eachField { key, scanner in
                guard key.is("trees") else { return scanner.skipValue() }
                scanner.eachElement { scanner in
                    let uri = scanner.text(under: "uri")
                    folder = folder ?? uri
                }
            }
        }
        return folder
    }

    private mutating func ampEvent() -> AmpThread.Event {
        var event = AmpThread.Event()
        let start = offset
        eachField { key, scanner in
            switch key.count {
            case 2 where key.is("id"): event.id = scanner.text()
            case 5 where key.is("model"): event.model = scanner.text()
            case 6 where key.is("tokens"):
                scanner.eachField { key, scanner in
                    switch key.count {
                    case 5 where key.is("input"): event.input = scanner.tokenCount()
                    case 6 where key.is("output"): event.output = scanner.tokenCount()
                    default: scanner.skipValue()
                    }
                }
            case 9 where key.is("timestamp"): event.time = scanner.text()
            case 11 where key.is("toMessageId"): event.message = scanner.ampID()
            default: scanner.skipValue()
            }
        }
        (event.offset, event.length) = (start, offset - start)
        return event
    }

    /// Message ids are numbers, in some versions texts.
    private mutating func ampID() -> UInt64? {
        switch nextKind() {
        case .number, .string: stableHash(rawValue())
        default:
            {
                skipValue(); return nil
            }()
        }
    }

    private mutating func ampMessage() -> AmpThread.Message {
        var message = AmpThread.Message()
        let start = offset
        eachField { key, scanner in
            switch key.count {
            case 4 where key.is("role"): message.role = scanner.text()
            case 4 where key.is("meta"):
                scanner.eachField { key, scanner in
                    if key.is("sentAt") {
                        message.sent = scanner.loggedMilliseconds()
                    } else {
                        scanner.skipValue()
                    }
                }
            case 5 where key.is("usage"): message.usage = scanner.ampUsage()
            case 5 where key.is("state"): message.stopReason = scanner.text(under: "stopReason")
            case 7 where key.is("content"): scanner.eachElement { message.blocks.append($0.ampBlock()) }
            case 9 where key.is("messageId"): message.id = scanner.ampID()
            default: scanner.skipValue()
            }
        }
        (message.offset, message.length) = (start, offset - start)
        return message
    }

    private mutating func ampUsage() -> AmpThread.MessageUsage? {
        guard nextKind() == .object else {
            skipValue()
            return nil
        }
        var read = AmpThread.MessageUsage()
        eachField { key, scanner in
            switch key.count {
            case 5 where key.is("model"): read.model = scanner.text()
            case 9 where key.is("timestamp"): read.time = scanner.text()
            case 11 where key.is("inputTokens"): read.usage.inputTokens = scanner.tokenCount()
            case 12 where key.is("outputTokens"): read.usage.outputTokens = scanner.tokenCount()
            case 20 where key.is("cacheReadInputTokens"): read.usage.cacheReadTokens = scanner.tokenCount()
            case 24 where key.is("cacheCreationInputTokens"): read.usage.cacheWrite5mTokens = scanner.tokenCount()
            default: scanner.skipValue()
            }
        }
        return read
    }

    private mutating func ampBlock() -> AmpThread.Block {
        var block = AmpThread.Block()
        eachField { key, scanner in
            switch key.count {
            case 2 where key.is("id"): block.id = scanner.text()
            case 3 where key.is("run"):
                scanner.eachField { key, scanner in
                    switch key.count {
                    case 5 where key.is("error"), 6 where key.is("result"): block.content = scanner.rawValue()
                    case 6 where key.is("status"): block.status = scanner.text()
                    default: scanner.skipValue()
                    }
                }
            case 4 where key.is("type"): block.type = scanner.text()
            case 4 where key.is("text"): block.text = scanner.text()
            case 4 where key.is("name"): block.name = scanner.text()
            case 5 where key.is("input"): block.content = scanner.rawValue()
            case 8 where key.is("thinking"): block.text = scanner.text()
            case 9 where key.is("toolUseID"): block.id = scanner.text()
            default: scanner.skipValue()
            }
        }
        return block
    }
}
