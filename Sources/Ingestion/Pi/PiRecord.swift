internal import Domain
internal import JSONText

/// One line of a Pi session, as far as it is read; the texts are valid only while the line is.
struct PiRecord {
    var type: RawText?
    var id: RawText?
    var time: RawText?
    var cwd: RawText?
    var parentSession: RawText?
    var thinkingLevel: RawText?
    /// What an extension calls its message.
    var customType: RawText?
    var summary: RawText?
    var content: UnsafeRawBufferPointer?
    var message: PiMessage?
}

/// `message` of a line.
struct PiMessage {
    var role: RawText?
    var model: RawText?
    var provider: RawText?
    var response: RawText?
    var stopReason: RawText?
    var toolCall: RawText?
    var content: UnsafeRawBufferPointer?
    /// Milliseconds since 1970: when the message was made, the same in every copy.
    var time: Int64?
    var isError = false
    var usage: PiUsage?
}

struct PiUsage {
    var usage = Usage.zero
    var cost: Money?
}

extension JSONScanner {
    /// Reads a line's object; leaves the scanner behind it or broken.
    mutating func piRecord() -> PiRecord {
        var record = PiRecord()
        eachField { key, scanner in
            switch key.count {
            case 2 where key.is("id"): record.id = scanner.text()
            case 3 where key.is("cwd"): record.cwd = scanner.text()
            case 4 where key.is("type"): record.type = scanner.text()
            case 7 where key.is("message"): record.message = scanner.piMessage()
            case 7 where key.is("summary"): record.summary = scanner.text()
            case 7 where key.is("content"): record.content = scanner.rawValue()
            case 9 where key.is("timestamp"): record.time = scanner.text()
            case 10 where key.is("customType"): record.customType = scanner.text()
            case 12 where key.is("branchedFrom"): record.parentSession = scanner.text()
            case 13 where key.is("parentSession"): record.parentSession = scanner.text()
            case 13 where key.is("thinkingLevel"): record.thinkingLevel = scanner.text()
            default: scanner.skipValue()
            }
        }
        return record
    }

    private mutating func piMessage() -> PiMessage? {
        guard nextKind() == .object else {
            skipValue()
            return nil
        }
        var message = PiMessage()
        eachField { key, scanner in
            switch key.count {
            case 4 where key.is("role"): message.role = scanner.text()
            case 5 where key.is("model"): message.model = scanner.text()
            case 5 where key.is("usage"): message.usage = scanner.piUsage()
            case 7 where key.is("content"): message.content = scanner.rawValue()
            case 7 where key.is("isError"): message.isError = scanner.bool() ?? false
            case 8 where key.is("provider"): message.provider = scanner.text()
            case 9 where key.is("timestamp"): message.time = scanner.loggedMilliseconds()
            case 10 where key.is("responseId"): message.response = scanner.text()
            case 10 where key.is("stopReason"): message.stopReason = scanner.text()
            case 10 where key.is("toolCallId"): message.toolCall = scanner.text()
            default: scanner.skipValue()
            }
        }
        return message
    }

    private mutating func piUsage() -> PiUsage? {
        guard nextKind() == .object else {
            skipValue()
            return nil
        }
        var read = PiUsage()
        var writes = 0
        eachField { key, scanner in
            switch key.count {
            case 4 where key.is("cost"): read.cost = scanner.cost(under: "total")
            case 5 where key.is("input"): read.usage.inputTokens = scanner.tokenCount()
            case 6 where key.is("output"): read.usage.outputTokens = scanner.tokenCount()
            case 9 where key.is("cacheRead"): read.usage.cacheReadTokens = scanner.tokenCount()
            case 9 where key.is("reasoning"): read.usage.reasoningTokens = scanner.tokenCount()
            case 10 where key.is("cacheWrite"): writes = scanner.tokenCount()
            case 12 where key.is("cacheWrite1h"): read.usage.cacheWrite1hTokens = scanner.tokenCount()
            default: scanner.skipValue()
            }
        }
        // The hour-long writes are part of the writes, reasoning part of the output.
        read.usage.cacheWrite1hTokens = min(read.usage.cacheWrite1hTokens, writes)
        read.usage.cacheWrite5mTokens = writes - read.usage.cacheWrite1hTokens
        read.usage.reasoningTokens = min(read.usage.reasoningTokens, read.usage.outputTokens)
        return read
    }

    private mutating func cost(under wanted: StaticString) -> Money? {
        var found: Money?
        eachField { key, scanner in
            if key.is(wanted) { found = scanner.dollars() } else { scanner.skipValue() }
        }
        return found
    }
}
