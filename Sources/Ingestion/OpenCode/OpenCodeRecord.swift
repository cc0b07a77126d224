internal import Domain
internal import JSONText

/// `info` of a message, as far as it is read; valid only while the scanned bytes are.
struct OpenCodeMessage {
    var id: RawText?
    var session: RawText?
    var role: RawText?
    var model: RawText?
    var provider: RawText?
    var agent: RawText?
    var mode: RawText?
    var folder: RawText?
    var finish: RawText?
    var created: Int64?
    var completed: Int64?
    var tokens: OpenCodeTokens?
    var cost: Money?
    var isSummary = false
    var hasError = false

    /// A response that is still coming: its tokens and parts may change.
    var isOpen: Bool { role?.is("user") != true && completed == nil && finish == nil && !hasError }
}

/// Token counts as OpenCode logs them: the kinds do not overlap, and reasoning is not part of the output.
struct OpenCodeTokens: Equatable {
    var input = 0
    var output = 0
    var reasoning = 0
    var cacheRead = 0
    var cacheWrite = 0

    var isEmpty: Bool { self == OpenCodeTokens() }

    var usage: Usage {
        Usage(
            inputTokens: input,
            outputTokens: output + reasoning,
            cacheReadTokens: cacheRead,
            cacheWrite5mTokens: cacheWrite,
            reasoningTokens: reasoning
        )
    }
}

/// What is known of a session besides its messages.
struct OpenCodeSession {
    /// The session a person works in; a subagent's own is below it.
    var root: String
    var isSubagent = false
    var folder = ""
    /// Older messages are copies of those of the session this one was forked from.
    var created: Int64?
}

/// A part of a message.
struct OpenCodePart {
    var type: RawText?
    var text: RawText?
    var tool: RawText?
    var call: RawText?
    var status: RawText?
    var input: UnsafeRawBufferPointer?
    var output: UnsafeRawBufferPointer?
    var ended: Int64?
    var tokens: OpenCodeTokens?
    var cost: Money?
    var isSynthetic = false
    var attachments = 0
}

extension JSONScanner {
    mutating func openCodeMessage() -> OpenCodeMessage {
        var message = OpenCodeMessage()
        eachField { key, scanner in
            switch key.count {
            case 2 where key.is("id"): message.id = scanner.text()
            case 4 where key.is("role"): message.role = scanner.text()
            case 4 where key.is("mode"): message.mode = scanner.text()
            case 4 where key.is("cost"): message.cost = scanner.dollars()
            case 4 where key.is("path"): message.folder = scanner.text(under: "cwd")
            case 4 where key.is("time"):
                scanner.eachField { key, scanner in
                    switch key.count {
                    case 7 where key.is("created"): message.created = scanner.loggedMilliseconds()
                    case 9 where key.is("completed"): message.completed = scanner.loggedMilliseconds()
                    default: scanner.skipValue()
                    }
                }
            case 5 where key.is("agent"): message.agent = scanner.text()
            case 5 where key.is("error"): message.hasError = scanner.container() != nil
            case 6 where key.is("finish"): message.finish = scanner.text()
            case 6 where key.is("tokens"): message.tokens = scanner.openCodeTokens()
            case 7 where key.is("modelID"): message.model = scanner.text()
            // A user message has an object here.
            case 7 where key.is("summary"): message.isSummary = scanner.bool() ?? false
            case 9 where key.is("sessionID"): message.session = scanner.text()
            case 10 where key.is("providerID"): message.provider = scanner.text()
            default: scanner.skipValue()
            }
        }
        return message
    }

    mutating func openCodeTokens() -> OpenCodeTokens? {
        guard nextKind() == .object else {
            skipValue()
            return nil
        }
        var tokens = OpenCodeTokens()
        eachField { key, scanner in
            switch key.count {
            case 5 where key.is("input"): tokens.input = scanner.tokenCount()
            case 5 where key.is("cache"):
                scanner.eachField { key, scanner in
                    switch key.count {
                    case 4 where key.is("read"): tokens.cacheRead = scanner.tokenCount()
                    case 5 where key.is("write"): tokens.cacheWrite = scanner.tokenCount()
                    default: scanner.skipValue()
                    }
                }
            case 6 where key.is("output"): tokens.output = scanner.tokenCount()
            case 9 where key.is("reasoning"): tokens.reasoning = scanner.tokenCount()
            default: scanner.skipValue()
            }
        }
        return tokens
    }

    mutating func openCodePart() -> OpenCodePart {
        var part = OpenCodePart()
        eachField { key, scanner in
            switch key.count {
            case 4 where key.is("type"): part.type = scanner.text()
            case 4 where key.is("text"): part.text = scanner.text()
            case 4 where key.is("tool"): part.tool = scanner.text()
            case 4 where key.is("cost"): part.cost = scanner.dollars()
            case 5 where key.is("state"): scanner.readState(into: &part)
            case 6 where key.is("callID"): part.call = scanner.text()
            case 6 where key.is("tokens"): part.tokens = scanner.openCodeTokens()
            case 9 where key.is("synthetic"): part.isSynthetic = scanner.bool() ?? false
            default: scanner.skipValue()
            }
        }
        return part
    }

    private mutating func readState(into part: inout OpenCodePart) {
        eachField { key, scanner in
            switch key.count {
            case 4 where key.is("time"):
                scanner.eachField { key, scanner in
                    if key.is("end") { part.ended = scanner.loggedMilliseconds() } else { scanner.skipValue() }
                }
            case 5 where key.is("input"): part.input = scanner.rawValue()
            case 5 where key.is("error"), 6 where key.is("output"): part.output = scanner.rawValue()
            case 6 where key.is("status"): part.status = scanner.text()
            case 11 where key.is("attachments"):
                scanner.eachElement {
                    $0.skipValue()
                    part.attachments += 1
                }
            default: scanner.skipValue()
            }
        }
    }
}
