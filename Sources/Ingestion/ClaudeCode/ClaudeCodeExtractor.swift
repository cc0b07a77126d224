internal import Actions
internal import Domain
internal import JSONText

/// Reads one Claude Code session file.
///
/// Keeps nothing from line to line but where a session's records go, so an appended file reads on without a state.
struct ClaudeCodeExtractor: LogExtractor {
    private let file: LogFile
    private var strands = StrandSet()
    private var route: Route?
    private var models: [UInt64: ModelID] = [:]
    private var toolCalls = ToolCalls()
    private var labels = Labels()
    private var record = ClaudeCodeRecord()
    private var memory = ClaudeCodeMemory()

    /// The strand the last record went to, and what led there: most records follow their predecessor.
    private struct Route {
        var fingerprint: UInt64
        var strand: Int
    }

    init(file: LogFile) { self.file = file }

    mutating func read(_ scanner: inout JSONScanner, at offset: Int64) -> String? {
        let start = scanner.offset
        record = ClaudeCodeRecord()
        if !memory.blocks.isEmpty { memory.blocks.removeAll(keepingCapacity: true) }
        scanner.readClaudeCode(into: &record, with: &memory)
        guard !scanner.isBroken else { return nil }
        let position = LogPosition(offset: offset, length: scanner.offset - start)
        switch (record.kind, record.isAgentProgress ? record.progressKind : .other) {
        case (.assistant, _), (.progress, .assistant): return keepResponse(at: position)
        case (.user, _), (.progress, .user): keepArrivals(at: position)
        case (.attachment, _): keepAttachment(at: position)
        case (.system, _): keepBoundary(at: position)
        default: break
        }
        return nil
    }

    mutating func finish() -> (strands: [Reading.Strand], state: [UInt8]) { (strands.take(), []) }

    private mutating func keepResponse(at position: LogPosition) -> String? {
        guard record.message.hasUsage else { return nil }
        guard let usage = memory.usages.usage else { return "assistant record with a usage that cannot be read" }
        if usage.hasHugeNumber { return "token count out of range" }
        guard let model = record.message.model, model.count > 0 else { return "assistant record without a model" }
        // A notice the agent wrote itself; no model was called.
        if model.is("<synthetic>") { return nil }
        guard let id = record.message.id, id.count > 0 else { return "assistant record without a message id" }
        guard let time = record.moment else { return "assistant record without a time" }
        let key = CallKey(id: id.hash(), request: record.request.map { UInt32(truncatingIfNeeded: $0.hash()) } ?? 0)
        let strand = strand()
        var visible = 0
        for block in memory.blocks {
            switch block.kind {
            case .text, .thinking: visible += block.text?.count ?? 0
            case .toolUse:
                visible += block.content?.count ?? 0
                keepToolCall(block, of: key, in: strand)
            case .toolResult, .attachment, .other: break
            }
        }
        let stopReason = record.message.stopReason.map(StopReason.init(claude:))
        // About every second line only adds a content block to the response before it.
        if usage.iterations.isEmpty, let index = strands.index(of: key, in: strand) {
            strands[strand].calls[index].join(
                usage.usage,
                mode: usage.mode,
                stopReason: stopReason ?? .unknown,
                visibleOutputBytes: visible
            )
            return nil
        }
        let modelID = self.model(model)
        strands.add(
            Call(
                key: key,
                id: id.string,
                time: time,
                model: modelID,
                mode: usage.mode,
                usage: usage.usage,
                earlierAttempts: earlierAttempts(in: usage, of: modelID),
                effort: record.effort.flatMap { Effort(name: $0.string) },
                stopReason: stopReason ?? .unknown,
                visibleOutputBytes: visible,
                outputIsLowerBound: stopReason == nil,
                cacheMissReason: record.message.cacheMissReason?.string,
                position: position
            ),
            to: strand
        )
        return nil
    }

    /// What was billed besides the usage: compactions and advice, and, where a refused response fell back, the attempts
    /// before the last, unless the usage already is the sum of all attempts.
    private mutating func earlierAttempts(in usage: ClaudeCodeUsage, of model: ModelID) -> [Attempt] {
        let tries = usage.iterations.filter { !$0.isBeside }
        var billed = usage.iterations.filter(\.isBeside)
        if let last = tries.last {
            let sum = tries.reduce(Usage.zero) { $0 + $1.usage }
            let total = usage.usage.totalTokens
            if last.usage.totalTokens == total || sum.totalTokens != total { billed += tries.dropLast() }
        }
        return billed.map { Attempt(model: $0.model.map(ModelID.init(claude:)) ?? model, usage: $0.usage) }
    }

    private mutating func keepToolCall(_ block: ClaudeCodeMessage.Block, of call: CallKey, in strand: Int) {
        guard let id = block.id, let name = block.name else { return }
        if let folder = record.cwd { toolCalls.enter(folder) }
        strands[strand].toolCalls.append(
            toolCalls.call(
                id.hash(),
                of: call,
                to: toolCalls.tool(name),
                with: block.content ?? UnsafeRawBufferPointer(start: nil, count: 0),
                target: block.target?.hash(),
                command: block.command.map { ShellCommand(line: $0) }
            )
        )
    }

    private mutating func keepArrivals(at position: LogPosition) {
        let time = record.moment ?? .unknown
        let strand = strand()
        keepSubagentType(of: strand)
        if let text = record.message.plainText {
            keepText(text, attachments: 0, time: time, at: position, in: strand)
            return
        }
        let attachments = memory.blocks.count(where: { $0.kind == .attachment })
        if attachments > 0, !memory.blocks.contains(where: { $0.kind == .text }) {
            keepText(RawText.empty, attachments: attachments, time: time, at: position, in: strand)
        }
        var hasCountedAttachments = false
        for block in memory.blocks {
            switch block.kind {
            case .toolResult:
                let content = block.content ?? UnsafeRawBufferPointer(start: nil, count: 0)
                strands[strand].arrivals.append(
                    Arrival(
                        kind: .toolResult,
                        time: time,
                        bytes: content.count,
                        attachments: block.attachments,
                        tool: block.id?.hash(),
                        isError: block.isError,
                        contentHash: stableHash(content),
                        position: position
                    )
                )
            case .text:
                guard let text = block.text else { continue }
                keepText(
                    text,
                    attachments: hasCountedAttachments ? 0 : attachments,
                    time: time,
                    at: position,
                    in: strand
                )
                hasCountedAttachments = true
            case .thinking, .toolUse, .attachment, .other: break
            }
        }
    }

    /// A subagent's own file does not say what kind of subagent it is; the result its caller got does.
    private mutating func keepSubagentType(of caller: Int) {
        guard let id = record.subagent.id?.string, let type = record.subagent.type?.string, !type.isEmpty else {
            return
        }
        let session = strands[caller].session
        let thread = ThreadID(kind: .subagent, name: id)
        let strand = strands.strand(session: session, thread: thread) {
            Reading.Strand(session: session, thread: thread)
        }
        strands[strand].agentType = type
    }

    private mutating func keepText(
        _ text: RawText,
        attachments: Int,
        time: Timestamp,
        at position: LogPosition,
        in strand: Int
    ) {
        let kind = arrivalKind(of: text, isSubagent: strands[strand].thread.kind != .main)
        strands[strand].arrivals.append(
            Arrival(
                kind: kind,
                label: kind == .context ? label(of: text) : "",
                time: time,
                bytes: text.count,
                attachments: attachments,
                contentHash: text.hash(),
                sketch: kind == .prompt || kind == .delegation ? PromptSketch.of(text) : [],
                position: position
            )
        )
    }

    /// What Claude Code wraps a text of its own in, else where it is from.
    private mutating func label(of text: RawText) -> String {
        let tag = labels.tag(of: text)
        if !tag.isEmpty { return tag }
        return record.originKind.map { labels.label($0) } ?? ""
    }

    /// Where a conversation was compacted: nothing arrives, but what stood in the prompt is gone.
    private mutating func keepBoundary(at position: LogPosition) {
        guard let name = record.subtype, name.is("compact_boundary") || name.is("microcompact_boundary") else { return }
        let strand = strand()
        strands[strand].arrivals.append(
            Arrival(
                kind: .context,
                label: labels.label(name),
                time: record.moment ?? .unknown,
                bytes: 0,
                position: position
            )
        )
    }

    private func arrivalKind(of text: RawText, isSubagent: Bool) -> Arrival.Kind {
        if record.isCompactSummary { return .compactSummary }
        if record.isMeta || text.starts(with: "<local-command-")
            || text.starts(with: "<command-name>") || text.starts(with: "<task-notification>")
            || text.starts(with: "<bash-") || text.starts(with: "[Request interrupted")
            || text.starts(with: "<system-reminder>")
        {
            return .context
        }
        if let origin = record.originKind, !origin.is("human") { return .context }
        return isSubagent ? .delegation : .prompt
    }

    private mutating func keepAttachment(at position: LogPosition) {
        guard let attachment = record.attachment else { return }
        let strand = strand()
        let time = record.moment ?? .unknown
        if let prompt = record.queuedPrompt {
            keepText(prompt, attachments: 0, time: time, at: position, in: strand)
            return
        }
        strands[strand].arrivals.append(
            Arrival(
                kind: .context,
                label: record.attachmentType.map { labels.label($0) } ?? "",
                time: time,
                bytes: attachment.count,
                contentHash: stableHash(attachment),
                position: position
            )
        )
    }

    private mutating func model(_ name: RawText) -> ModelID {
        let hash = name.hash()
        if let known = models[hash] { return known }
        let model = ModelID(claude: name.string)
        models[hash] = model
        return model
    }

    /// The strand a record belongs to: its session, and in it the main thread or a subagent's.
    private mutating func strand() -> Int {
        var fingerprint = record.session?.hash() ?? 0
        if let agent = record.agentID { fingerprint = agent.hash(seed: fingerprint) }
        fingerprint &+= (record.isSidechain ? 1 : 0) &+ (record.isAgentProgress ? 2 : 0)
        if let route, route.fingerprint == fingerprint { return route.strand }
        let session = record.session.map(\.string).flatMap { $0.isEmpty ? nil : $0 } ?? file.stem
        let thread = thread
        let project = record.cwd?.string ?? ""
        let isHeadless = record.entrypoint?.starts(with: "sdk") ?? false
        let id = SessionID(agent: .claudeCode, name: session)
        let index = strands.strand(session: id, thread: thread, isEcho: record.isAgentProgress) {
            Reading.Strand(
                session: id,
                thread: thread,
                project: project,
                isHeadless: isHeadless,
                isEcho: record.isAgentProgress
            )
        }
        if strands[index].project.isEmpty { strands[index].project = project }
        route = Route(fingerprint: fingerprint, strand: index)
        return index
    }

    private var thread: ThreadID {
        guard record.isSidechain || record.isAgentProgress else { return .main }
        if let agent = record.agentID?.string {
            return ThreadID(kind: agent.hasPrefix("acompact-") ? .compaction : .subagent, name: agent)
        }
        // Before subagents had files of their own and ids, their lines stood among the session's.
        return ThreadID(kind: .subagent, name: file.stem.hasPrefix("agent-") ? String(file.stem.dropFirst(6)) : "")
    }
}

extension ModelID {
    /// Claude Code marks the million-token window with `[1m]`; the model and its price are the same.
    fileprivate init(claude name: String) { self.init(name.hasSuffix("[1m]") ? String(name.dropLast(4)) : name) }
}

extension StopReason {
    fileprivate init(claude name: RawText) {
        self =
            if name.is("tool_use") {
                .toolUse
            } else if name.is("end_turn") {
                .endTurn
            } else if name.is("max_tokens") || name.is("model_context_window_exceeded") {
                .maxTokens
            } else if name.is("stop_sequence") {
                .stopSequence
            } else if name.is("refusal") {
                .refusal
            } else if name.is("pause_turn") {
                .pauseTurn
            } else {
                .unknown
            }
    }
}
