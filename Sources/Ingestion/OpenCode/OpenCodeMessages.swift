internal import Domain
internal import JSONText

/// Turns messages and their parts into strands, the same from every form they are logged in.
struct OpenCodeMessages {
    var strands = StrandSet()
    private var toolCalls = ToolCalls()

    /// The parts of one message, read.
    private struct Content {
        var texts: [(text: RawText, isSynthetic: Bool)] = []
        var tools: [OpenCodePart] = []
        var steps: [OpenCodePart] = []
        var attachments = 0
        var visibleBytes = 0

        mutating func read(_ part: OpenCodePart) {
            guard let type = part.type else { return }
            switch type.count {
            case 4 where type.is("text"):
                guard let text = part.text else { return }
                texts.append((text, part.isSynthetic))
                visibleBytes += text.count
            case 4 where type.is("tool"):
                tools.append(part)
                visibleBytes += part.input?.count ?? 0
            case 4 where type.is("file"): attachments += 1
            case 9 where type.is("reasoning"): visibleBytes += part.text?.count ?? 0
            case 11 where type.is("step-finish"): steps.append(part)
            default: break
            }
        }
    }

    /// Keeps a message.
    ///
    /// - Returns: why it could not be used, if so.
    mutating func keep(
        _ message: OpenCodeMessage,
        parts: [OpenCodePart],
        in session: OpenCodeSession,
        at position: LogPosition
    ) -> String? {
        if message.role?.is("user") == true {
            keepPrompt(message, parts: parts, in: session, at: position)
            return nil
        }
        guard message.role?.is("assistant") ?? (message.tokens != nil) else { return nil }
        return keepResponse(message, parts: parts, in: session, at: position)
    }

    private mutating func keepResponse(
        _ message: OpenCodeMessage,
        parts: [OpenCodePart],
        in session: OpenCodeSession,
        at position: LogPosition
    ) -> String? {
        var content = Content()
        for part in parts { content.read(part) }
        // One message was several requests in 2025: the message has the last one's tokens, the steps have each.
        var requests = content.steps.compactMap { step in step.tokens.map { (tokens: $0, cost: step.cost) } }
        if requests.isEmpty, let tokens = message.tokens { requests = [(tokens, message.cost)] }
        requests.removeAll { $0.tokens.isEmpty }
        guard let last = requests.last else { return nil }
        guard let name = message.model, name.count > 0 else { return "response without a model" }
        guard let created = message.created, created > 0 else { return "response without a time" }
        let time = Timestamp(milliseconds: created)
        let model = message.provider?.is("github-copilot") == true ? ModelID(copilot: name) : ModelID(name.string)
        let strand = strand(for: message, in: session, time: created)
        let billing = Billing(openCodeProvider: message.provider)
        if strands[strand].calls.isEmpty { strands[strand].billing = billing }
        if strands[strand].billing != billing { strands[strand].billing = .unknown }
        for request in requests {
            let isLast = request.tokens == last.tokens
            strands.add(
                Call(
                    key: key(of: request.tokens, model: name, created: created),
                    id: message.id?.string ?? "",
                    time: time,
                    model: model,
                    usage: request.tokens.usage,
                    stopReason: isLast ? stopReason(of: message, content) : .toolUse,
                    visibleOutputBytes: isLast ? content.visibleBytes : 0,
                    loggedCost: request.cost,
                    position: position
                ),
                to: strand
            )
        }
        let call = key(of: last.tokens, model: name, created: created)
        for tool in content.tools { keepTool(tool, of: call, time: time, in: strand, at: position) }
        if message.isSummary { keepSummary(content.texts.map(\.text), of: message, in: strand, at: position) }
        return nil
    }

    /// Two responses differ in when they began or in what they cost.
    ///
    /// A message's own id would not do: a forked session copies messages under new ones.
    private func key(of tokens: OpenCodeTokens, model: RawText, created: Int64) -> CallKey {
        let words = [
            Int(created), tokens.input, tokens.output, tokens.reasoning, tokens.cacheRead, tokens.cacheWrite,
        ]
        return CallKey(id: words.withUnsafeBytes { stableHash($0, seed: model.hash()) })
    }

    private func stopReason(of message: OpenCodeMessage, _ content: Content) -> StopReason {
        if message.hasError { return .error }
        guard let finish = message.finish else { return content.tools.isEmpty ? .unknown : .toolUse }
        if finish.is("tool-calls") { return .toolUse }
        if finish.is("stop") { return .endTurn }
        if finish.is("length") { return .maxTokens }
        return finish.is("content-filter") ? .refusal : .unknown
    }

    private mutating func keepTool(
        _ part: OpenCodePart,
        of call: CallKey,
        time: Timestamp,
        in strand: Int,
        at position: LogPosition
    ) {
        guard let id = part.call, let name = part.tool else { return }
        let input = part.input ?? UnsafeRawBufferPointer(start: nil, count: 0)
        // Some providers number their calls from 0 in each response.
        let key = id.hash(seed: call.id)
        toolCalls.enter(strands[strand].project)
        strands[strand].toolCalls.append(toolCalls.call(key, of: call, to: toolCalls.tool(name), with: input))
        guard let output = part.output else { return }
        strands[strand].arrivals.append(
            Arrival(
                kind: .toolResult,
                time: part.ended.map { Timestamp(milliseconds: $0) } ?? time,
                bytes: output.count,
                attachments: part.attachments,
                tool: key,
                isError: part.status?.is("error") ?? false,
                contentHash: stableHash(output),
                position: position
            )
        )
    }

    private mutating func keepSummary(
        _ texts: [RawText],
        of message: OpenCodeMessage,
        in strand: Int,
        at position: LogPosition
    ) {
        for text in texts {
            strands[strand].arrivals.append(
                Arrival(
                    kind: .compactSummary,
                    time: Timestamp(milliseconds: message.completed ?? message.created ?? 0),
                    bytes: text.count,
                    contentHash: text.textHash,
                    position: position
                )
            )
        }
    }

    private mutating func keepPrompt(
        _ message: OpenCodeMessage,
        parts: [OpenCodePart],
        in session: OpenCodeSession,
        at position: LogPosition
    ) {
        let created = message.created ?? 0
        let time = Timestamp(milliseconds: created)
        var content = Content()
        for part in parts { content.read(part) }
        let strand = strand(for: message, in: session, time: created)
        let prompt: Arrival.Kind = session.isSubagent ? .delegation : .prompt
        if parts.isEmpty {
            // The older files keep a message's text apart: that there was a prompt is all this one says.
            strands[strand].arrivals.append(
                Arrival(kind: prompt, time: time, bytes: 0, position: position)
            )
        }
        for (place, entry) in content.texts.enumerated() {
            strands[strand].arrivals.append(
                Arrival(
                    kind: entry.isSynthetic ? .context : prompt,
                    label: entry.isSynthetic ? "synthetic" : "",
                    time: time,
                    bytes: entry.text.count,
                    attachments: place == 0 ? content.attachments : 0,
                    contentHash: entry.text.textHash,
                    sketch: entry.isSynthetic ? [] : PromptSketch.of(entry.text),
                    position: position
                )
            )
        }
    }

    private mutating func strand(for message: OpenCodeMessage, in session: OpenCodeSession, time: Int64) -> Int {
        let own = message.session?.string ?? session.root
        let id = SessionID(agent: .openCode, name: session.isSubagent ? session.root : own)
        let thread = session.isSubagent ? ThreadID(kind: .subagent, name: own) : ThreadID.main
        let isCopy = session.created.map { time > 0 && time < $0 } ?? false
        let folder = session.folder.isEmpty ? message.folder?.string ?? "" : session.folder
        let agentType = session.isSubagent ? (message.agent ?? message.mode)?.nonEmptyString : nil
        let index = strands.strand(session: id, thread: thread, isEcho: isCopy) {
            Reading.Strand(session: id, thread: thread, agentType: agentType, project: folder, isEcho: isCopy)
        }
        if strands[index].project.isEmpty { strands[index].project = folder }
        if strands[index].agentType == nil { strands[index].agentType = agentType }
        return index
    }
}

extension Billing {
    /// How calls are paid for at a provider OpenCode talks to; the big two take keys and subscriptions alike.
    fileprivate init(openCodeProvider provider: RawText?) {
        switch provider?.string ?? "" {
        case "github-copilot": self = .subscription
        case "", "anthropic", "openai": self = .unknown
        default: self = .api
        }
    }
}
