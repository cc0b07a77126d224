internal import Domain
internal import JSONText

/// What one line of a Claude Code log says, as far as it is read; the texts are valid only while the line is.
struct ClaudeCodeRecord {
    enum Kind {
        case assistant
        case user
        case attachment
        case progress
        case system
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
    /// A progress line's `data` is a message of a subagent.
    var isAgentProgress = false
    var progressKind = Kind.other
    /// When the subagent's message was logged.
    var progressTime: RawText?
    /// What a system record tells.
    var subtype: RawText?
    var attachment: UnsafeRawBufferPointer?
    var attachmentType: RawText?
    /// The attachment's text where it is a prompt that a person typed while the agent worked.
    var queuedPrompt: RawText?
    /// A subagent that a tool's result tells of, and what kind it was.
    var subagent: (id: RawText?, type: RawText?)
    var message = ClaudeCodeMessage()

    /// The record's own time; an echo's is that of the message it repeats.
    var moment: Timestamp? { (progressTime ?? time).flatMap(Timestamp.init) }
}

/// `message` of an assistant or user line.
struct ClaudeCodeMessage {
    var id: RawText?
    var model: RawText?
    var stopReason: RawText?
    var cacheMissReason: RawText?
    /// What it says stands in ``ClaudeCodeMemory/usages``.
    var hasUsage = false
    /// A user's message that is one plain text.
    var plainText: RawText?

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
        /// A shell's command line.
        var command: RawText?
        var text: RawText?
        /// Tool input or result as logged.
        var content: UnsafeRawBufferPointer?
        var isError = false
        var attachments = 0
    }
}

extension JSONScanner {
    /// Reads a line's object; leaves the scanner behind it or broken.
    mutating func readClaudeCode(into record: inout ClaudeCodeRecord, with memory: inout ClaudeCodeMemory) {
        guard enterObject() else { return skipValue() }
        var next = next(RecordKey.all)
        while let key = next {
            switch key {
            case .userType:
                next = readSessionMembers(into: &record, with: &memory)
                continue
            case .version, .gitBranch, .slug: skipValue()
            case .cwd: record.cwd = text()
            case .type: record.kind = text().map(ClaudeCodeRecord.Kind.init) ?? .other
            case .data: readProgress(into: &record, with: &memory)
            case .isMeta: record.isMeta = bool() ?? false
            case .effort: record.effort = text()
            case .subtype: record.subtype = text()
            case .origin: record.originKind = text(under: "kind")
            case .message: readMessage(into: &record.message, with: &memory)
            case .agentId: record.agentID = text()
            case .sessionId: record.session = text()
            case .requestId: record.request = text()
            case .timestamp: record.time = text()
            case .entrypoint: record.entrypoint = text()
            case .attachment: readAttachment(into: &record)
            case .isSidechain: record.isSidechain = bool() ?? false
            case .isCompactSummary: record.isCompactSummary = bool() ?? false
            case .toolUseResult: readToolUseResult(into: &record)
            }
            next = self.next(RecordKey.all)
        }
    }

    /// Reads from behind the key `userType` on what says of which session the line is, and answers the key behind it.
    private mutating func readSessionMembers(
        into record: inout ClaudeCodeRecord,
        with memory: inout ClaudeCodeMemory
    ) -> RecordKey? {
        if memory.session.read(&self, into: &record) { return next(RecordKey.all) }
        let start = offset
        skipValue()
        var end = offset
        var next = next(RecordKey.all)
        members: while let key = next {
            switch key {
            case .cwd: record.cwd = text()
            case .sessionId: record.session = text()
            case .entrypoint: record.entrypoint = text()
            case .version, .gitBranch, .slug: skipValue()
            default: break members
            }
            end = offset
            next = self.next(RecordKey.all)
        }
        if !isBroken { memory.session.remember(start..<end, of: record, in: self) }
        return next
    }

    /// `data` of a progress line: older versions echo a subagent's messages there.
    private mutating func readProgress(into record: inout ClaudeCodeRecord, with memory: inout ClaudeCodeMemory) {
        guard enterObject() else { return skipValue() }
        while let key = next(ProgressKey.all) {
            switch key {
            case .type: record.isAgentProgress = text()?.is("agent_progress") ?? false
            case .agentId: record.agentID = text()
            case .message: readProgressMessage(into: &record, with: &memory)
            }
        }
    }

    private mutating func readProgressMessage(
        into record: inout ClaudeCodeRecord,
        with memory: inout ClaudeCodeMemory
    ) {
        guard enterObject() else { return skipValue() }
        while let key = next(ProgressMessageKey.all) {
            switch key {
            case .type: record.progressKind = text().map(ClaudeCodeRecord.Kind.init) ?? .other
            case .message: readMessage(into: &record.message, with: &memory)
            case .requestId: record.request = text()
            case .timestamp: record.progressTime = text()
            }
        }
    }

    private mutating func readAttachment(into record: inout ClaudeCodeRecord) {
        guard nextKind() == .object else { return skipValue() }
        let start = offset
        guard enterObject() else { return }
        var isPrompt = true
        var isFromPerson = true
        var prompt: RawText?
        while let key = next(AttachmentKey.all) {
            switch key {
            case .type: record.attachmentType = text()
            case .origin: isFromPerson = text(under: "kind")?.is("human") ?? true
            case .commandMode: isPrompt = text()?.is("prompt") ?? true
            case .prompt: prompt = text()
            }
        }
        guard !isBroken else { return }
        record.attachment = bytes(from: start)
        if record.attachmentType?.is("queued_command") == true, isPrompt, isFromPerson {
            record.queuedPrompt = prompt ?? .empty
        }
    }

    /// Of all that a tool answered only which subagent ran: the answer itself stands in the message.
    private mutating func readToolUseResult(into record: inout ClaudeCodeRecord) {
        guard enterObject() else { return skipValue() }
        while let key = next(ToolUseResultKey.all) {
            switch key {
            case .agentId: record.subagent.id = text()
            case .agentType: record.subagent.type = text()
            }
        }
    }

    private mutating func readMessage(into message: inout ClaudeCodeMessage, with memory: inout ClaudeCodeMemory) {
        guard enterObject() else { return skipValue() }
        while let key = next(MessageKey.all) {
            switch key {
            case .id: message.id = text()
            case .model: message.model = text()
            case .usage: message.hasUsage = memory.usages.read(&self)
            case .content: readContent(into: &message, blocks: &memory.blocks)
            case .stopReason: message.stopReason = text()
            case .diagnostics: readDiagnostics(into: &message)
            }
        }
    }

    private mutating func readDiagnostics(into message: inout ClaudeCodeMessage) {
        eachField { key, scanner in
            if key.is("cache_miss_reason") {
                message.cacheMissReason = scanner.text(under: "type")
            } else {
                scanner.skipValue()
            }
        }
    }

    private mutating func readContent(
        into message: inout ClaudeCodeMessage,
        blocks: inout [ClaudeCodeMessage.Block]
    ) {
        if nextKind() == .string {
            message.plainText = text()
            return
        }
        guard enterArray() else { return skipValue() }
        while nextElement() {
            guard nextKind() == .object else {
                skipValue()
                continue
            }
            blocks.append(ClaudeCodeMessage.Block())
            readBlock(into: &blocks[blocks.count - 1])
        }
    }

    private mutating func readBlock(into block: inout ClaudeCodeMessage.Block) {
        guard enterObject() else { return }
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
            case .path, .filePath, .notebookPath: block.target = text()
            case .command: block.command = text()
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
        var imageBytes = 0
        eachElement { scanner in
            let part = scanner.offset
            let type = scanner.text(under: "type")
            guard let type, type.is("image") || type.is("document") else { return }
            block.attachments += 1
            imageBytes += scanner.offset - part
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
        } else if name.is("system") {
            self = .system
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
    case slug
    case type
    case data
    case isMeta
    case effort
    case origin
    case message
    case version
    case subtype
    case agentId
    case userType
    case gitBranch
    case sessionId
    case requestId
    case timestamp
    case entrypoint
    case attachment
    case isSidechain
    case isCompactSummary
    case toolUseResult
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
    case prompt
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
    case command
    case filePath = "file_path"
    case notebookPath = "notebook_path"
    static let all = LogKeys<Self>()
}

private enum ToolUseResultKey: String, CaseIterable {
    case agentId
    case agentType
    static let all = LogKeys<Self>()
}
