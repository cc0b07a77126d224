internal import Domain
internal import JSONText

/// What one line of a Claude Code log says, as far as it is read; the texts are valid only while the line is.
struct ClaudeCodeRecord {
    enum Kind {
        case assistant
        case user
        case attachment
        case progress
        case other
    }

    var kind = Kind.other
    var session: RawText?
    var agentID: RawText?
    var request: RawText?
    var time: RawText?
    var cwd: RawText?
    var entrypoint: RawText?
    var effort: RawText?
    var originKind: RawText?
    var isSidechain = false
    var isMeta = false
    var isCompactSummary = false
    var message: ClaudeCodeMessage?
    /// A progress line's `data` is an assistant's or user's message of a subagent.
    var isAgentProgress = false
    var progressKind = Kind.other
    var attachment: (bytes: UnsafeRawBufferPointer, isHumanPrompt: Bool)?
}

/// `message` of an assistant or user line.
struct ClaudeCodeMessage {
    var id: RawText?
    var model: RawText?
    var stopReason: RawText?
    var cacheMissReason: RawText?
    /// As logged; see ``ClaudeCodeUsage/init(_:)``.
    var usage: UnsafeRawBufferPointer?
    /// A user's message that is one plain text.
    var plainText: RawText?
    var blocks: [Block] = []

    /// One content block.
    struct Block {
        enum Kind {
            case text
            case thinking
            case toolUse
            case toolResult
            case attachment
            case other
        }

        var kind = Kind.other
        /// A tool's id: its own, or the one it answers.
        var id: RawText?
        var name: RawText?
        var target: RawText?
        var text: RawText?
        /// Tool input or result as logged.
        var content: UnsafeRawBufferPointer?
        var isError = false
        var attachments = 0
    }
}

extension JSONScanner {
    /// Reads a line's object; leaves the scanner behind it or broken.
    mutating func claudeCodeRecord() -> ClaudeCodeRecord {
        var record = ClaudeCodeRecord()
        guard enterObject() else {
            skipValue()
            return record
        }
        while let key = next(RecordKey.all) {
            switch key {
            case .cwd: record.cwd = text()
            case .type: record.kind = text().map(ClaudeCodeRecord.Kind.init) ?? .other
            case .data: readProgress(into: &record)
            case .isMeta: record.isMeta = bool() ?? false
            case .effort: record.effort = text()
            case .origin: record.originKind = textOfKey("kind")
            case .message: record.message = claudeCodeMessage()
            case .agentId: record.agentID = text()
            case .sessionId: record.session = text()
            case .requestId: record.request = text()
            case .timestamp: record.time = text()
            case .entrypoint: record.entrypoint = text()
            case .attachment: readAttachment(into: &record)
            case .isSidechain: record.isSidechain = bool() ?? false
            case .isCompactSummary: record.isCompactSummary = bool() ?? false
            }
        }
        return record
    }

    /// The text under one key of the object that comes next.
    private mutating func textOfKey(_ wanted: StaticString) -> RawText? {
        var found: RawText?
        guard enterObject() else {
            skipValue()
            return nil
        }
        while let key = nextKey() {
            if key.is(wanted) { found = text() } else { skipValue() }
        }
        return found
    }

    /// `data` of a progress line: older versions echo a subagent's messages there.
    private mutating func readProgress(
        into record: inout ClaudeCodeRecord
    ) {
        guard enterObject() else { return skipValue() }
        while let key = next(ProgressKey.all) {
            switch key {
            case .type: record.isAgentProgress = text()?.is("agent_progress") ?? false
            case .agentId: record.agentID = text()
            case .message: readProgressMessage(into: &record)
            }
        }
    }

    private mutating func readProgressMessage(
        into record: inout ClaudeCodeRecord
    ) {
        guard enterObject() else { return skipValue() }
        while let key = next(ProgressMessageKey.all) {
            switch key {
            case .type: record.progressKind = text().map(ClaudeCodeRecord.Kind.init) ?? .other
            case .message: record.message = claudeCodeMessage()
            case .requestId: record.request = text()
            case .timestamp: record.time = text()
            }
        }
    }

    private mutating func readAttachment(into record: inout ClaudeCodeRecord) {
        guard nextKind() == .object else { return skipValue() }
        var type: RawText?
        var mode: RawText?
        var origin: RawText?
        let start = offset
        guard enterObject() else { return }
        while let key = next(AttachmentKey.all) {
            switch key {
            case .type: type = text()
            case .origin: origin = textOfKey("kind")
            case .commandMode: mode = text()
            }
        }
        guard !isBroken else { return }
        let isQueuedPrompt = type?.is("queued_command") == true && mode?.is("prompt") != false
        record.attachment = (bytes(from: start), isQueuedPrompt && origin?.is("human") != false)
    }

    private mutating func claudeCodeMessage() -> ClaudeCodeMessage? {
        guard enterObject() else {
            skipValue()
            return nil
        }
        var message = ClaudeCodeMessage()
        while let key = next(MessageKey.all) {
            switch key {
            case .id: message.id = text()
            case .model: message.model = text()
            case .usage: message.usage = rawValue()
            case .content: readContent(into: &message)
            case .stopReason: message.stopReason = text()
            case .diagnostics: message.cacheMissReason = cacheMissReason()
            }
        }
        return message
    }

    private mutating func cacheMissReason() -> RawText? {
        guard enterObject() else {
            skipValue()
            return nil
        }
        var reason: RawText?
        while let key = nextKey() {
            if key.is("cache_miss_reason") { reason = textOfKey("type") } else { skipValue() }
        }
        return reason
    }

    private mutating func readContent(into message: inout ClaudeCodeMessage) {
        if nextKind() == .string {
            message.plainText = text()
            return
        }
        guard enterArray() else { return skipValue() }
        while nextElement() {
            if nextKind() == .object {
                message.blocks.append(contentBlock())
            } else {
                skipValue()
            }
        }
    }

    private mutating func contentBlock() -> ClaudeCodeMessage.Block {
        var block = ClaudeCodeMessage.Block()
        guard enterObject() else { return block }
        while let key = next(BlockKey.all) {
            switch key {
            case .id: block.id = text()
            case .type: block.kind = text().map(ClaudeCodeMessage.Block.Kind.init) ?? .other
            case .name: block.name = text()
            case .text: block.text = text()
            case .input: readInput(into: &block)
            case .content: readResult(into: &block)
            case .thinking: block.text = text()
            case .isError: block.isError = bool() ?? false
            case .toolUseID: block.id = text()
            }
        }
        return block
    }

    /// A tool's input: its bytes, and the path it is about.
    private mutating func readInput(into block: inout ClaudeCodeMessage.Block) {
        guard nextKind() == .object else {
            block.content = rawValue()
            return
        }
        let start = offset
        guard enterObject() else { return }
        while let key = next(InputKey.all) {
            switch key {
            case .path: block.target = text()
            case .filePath: block.target = text()
            case .notebookPath: block.target = text()
            }
        }
        block.content = bytes(from: start)
    }

    /// A tool's result: its bytes, and how many images or documents it brought.
    private mutating func readResult(into block: inout ClaudeCodeMessage.Block) {
        guard nextKind() == .array else {
            block.content = rawValue()
            return
        }
        let start = offset
        guard enterArray() else { return }
        var imageBytes = 0
        while nextElement() {
            let part = offset
            guard enterObject() else {
                skipValue()
                continue
            }
            var isImage = false
            while let key = nextKey() {
                if key.is("type") {
                    isImage = text().map { $0.is("image") || $0.is("document") } ?? false
                } else {
                    skipValue()
                }
            }
            if isImage {
                block.attachments += 1
                imageBytes += offset - part
            }
        }
        let all = bytes(from: start)
        // An image's base64 says nothing of the tokens it costs.
        block.content = imageBytes == 0 ? all : UnsafeRawBufferPointer(rebasing: all.prefix(all.count - imageBytes))
    }
}

extension ClaudeCodeRecord.Kind {
    fileprivate init(_ name: RawText) {
        if name.is("assistant") {
            self = .assistant
        } else if name.is("user") {
            self = .user
        } else if name.is("attachment") {
            self = .attachment
        } else if name.is("progress") {
            self = .progress
        } else {
            self = .other
        }
    }
}

extension ClaudeCodeMessage.Block.Kind {
    fileprivate init(_ name: RawText) {
        if name.is("text") {
            self = .text
        } else if name.is("tool_use") || name.is("server_tool_use") {
            self = .toolUse
        } else if name.is("tool_result") {
            self = .toolResult
        } else if name.is("thinking") || name.is("redacted_thinking") {
            self = .thinking
        } else if name.is("image") || name.is("document") {
            self = .attachment
        } else {
            self = .other
        }
    }
}

private enum RecordKey: String, CaseIterable {
    case cwd
    case type
    case data
    case isMeta
    case effort
    case origin
    case message
    case agentId
    case sessionId
    case requestId
    case timestamp
    case entrypoint
    case attachment
    case isSidechain
    case isCompactSummary
    static let all = LogKeys<Self>()
}

private enum ProgressKey: String, CaseIterable {
    case type
    case agentId
    case message
    static let all = LogKeys<Self>()
}

private enum ProgressMessageKey: String, CaseIterable {
    case type
    case message
    case requestId
    case timestamp
    static let all = LogKeys<Self>()
}

private enum AttachmentKey: String, CaseIterable {
    case type
    case origin
    case commandMode
    static let all = LogKeys<Self>()
}

private enum MessageKey: String, CaseIterable {
    case id
    case model
    case usage
    case content
    case stopReason = "stop_reason"
    case diagnostics
    static let all = LogKeys<Self>()
}

private enum BlockKey: String, CaseIterable {
    case id
    case type
    case name
    case text
    case input
    case content
    case thinking
    case isError = "is_error"
    case toolUseID = "tool_use_id"
    static let all = LogKeys<Self>()
}

private enum InputKey: String, CaseIterable {
    case path
    case filePath = "file_path"
    case notebookPath = "notebook_path"
    static let all = LogKeys<Self>()
}
