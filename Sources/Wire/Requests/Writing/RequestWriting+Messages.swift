import Domain

extension RequestWriting {
    /// Where neither the client nor the catalogue says how long a reply may be; Anthropic wants to be told.
    private static let usualOutput = 8192

    mutating func messagesBody() throws(ConversionError) -> [UInt8] {
        try prepare()
        arrangeForMessages()
        let plan = thinkingPlan()
        let bound = outputBound() ?? target.limits.maxOutputTokens ?? RequestWriting.usualOutput
        var json = JSONWriter(capacity: 4096)
        json.object { json in
            json.member("model", target.model.rawValue)
            json.member("max_tokens", max(1, bound))
            messagesSystem(into: &json)
            json.array("messages") { json in
                for turn in turns[systemTurns...] { message(of: turn, into: &json) }
            }
            json.member("stream", request.isStreaming ? true : nil)
            messagesTools(into: &json)
            messagesThinking(plan, into: &json)
            messagesSampling(isThinking: plan.isThinking, into: &json)
            messagesStop(into: &json)
            // OpenAI's clients leave caching to the provider; here it has to be asked for, or every turn bills the
            // whole conversation.
            if !hasMarkers { json.object("cache_control") { $0.member("type", "ephemeral") } }
        }
        if request.serviceTier.map({ $0 != "auto" && $0 != "default" }) ?? false { loss.count(.serviceTier) }
        if request.endUser != nil { loss.count(.metadata) }
        if request.verbosity != nil { loss.count(.verbosity) }
        return json.bytes
    }

    /// Turns at the beginning that make up `system`.
    private var systemTurns: Int { turns.firstIndex { !$0.isSystem } ?? turns.count }

    private var hasMarkers: Bool {
        turns.contains { $0.parts.contains { $0.cacheMarker != nil } } || tools.contains { $0.cacheMarker != nil }
    }

    /// Brings the turns into the order that Anthropic demands: a result follows its call at once, in one message with
    /// all others and before any text, and the human speaks first.
    private mutating func arrangeForMessages() {
        var arranged: [Turn] = []
        var postponed: [Turn] = []
        for turn in turns {
            if turn.isSystem, !arranged.allSatisfy(\.isSystem), arranged.last?.callsTool == true {
                postponed.append(turn)
                continue
            }
            if turn.role == .user, let last = arranged.last, last.role == .user, !last.results.isEmpty,
                postponed.isEmpty
            {
                let all = last.parts + turn.parts
                arranged[arranged.count - 1].parts = all.filter(\.isResult) + all.filter { !$0.isResult }
                continue
            }
            var turn = turn
            if turn.role == .user, !turn.results.isEmpty {
                turn.parts = turn.parts.filter(\.isResult) + turn.parts.filter { !$0.isResult }
            }
            arranged.append(turn)
            arranged += postponed
            postponed = []
        }
        arranged += postponed
        if target.limits.rejected.contains(.lateSystem) { arranged = RequestWriting.withoutLateSystem(arranged) }
        let first = arranged.firstIndex { !$0.isSystem } ?? arranged.count
        if first == arranged.count || arranged[first].role == .assistant {
            arranged.insert(Turn(role: .user, text: RequestWriting.opening), at: first)
        }
        turns = arranged
        keepLastMarkers()
    }

    /// Anthropic takes four markers, and the latest reach furthest; OpenAI takes any number.
    private mutating func keepLastMarkers() {
        var left = 4
        for turn in turns.indices.reversed() {
            for part in turns[turn].parts.indices.reversed() where turns[turn].parts[part].cacheMarker != nil {
                left -= 1
                guard left < 0 else { continue }
                turns[turn].parts[part].cacheMarker = nil
                loss.count(.cacheMarker)
            }
        }
    }

    /// Stands where a conversation has no user message to begin with, which Anthropic refuses.
    private static let opening = "(no message)"

    /// For models that know a system prompt only at the beginning: the text stays in its place, as the user's.
    private static func withoutLateSystem(_ turns: [Turn]) -> [Turn] {
        let first = turns.firstIndex { !$0.isSystem } ?? turns.count
        return turns.enumerated().map { index, turn in
            guard index >= first, turn.isSystem else { return turn }
            let parts = turn.parts.map { part in
                guard case .text(let text) = part.content else { return part }
                return Part(.text("<system>\n\(text)\n</system>"), cacheMarker: part.cacheMarker)
            }
            return Turn(role: .user, parts: parts)
        }
    }

    /// Blocks, never one string: the client's markers stand on them.
    private mutating func messagesSystem(into json: inout JSONWriter) {
        let system = turns[..<systemTurns].flatMap(\.parts)
        guard !system.isEmpty else { return }
        json.array("system") { json in
            for part in system {
                guard case .text = part.content else {
                    loss.count(.unknownPart)
                    continue
                }
                block(part, into: &json)
            }
        }
    }

    private mutating func message(of turn: Turn, into json: inout JSONWriter) {
        json.object { json in
            json.member("role", turn.isSystem ? "system" : String(describing: turn.role))
            json.array("content") { json in
                for part in turn.parts { block(part, into: &json) }
            }
        }
    }

    private mutating func block(_ part: Part, into json: inout JSONWriter) {
        json.object { json in
            switch part.content {
            case .text(let text), .refusal(let text):
                json.member("type", "text")
                json.member("text", text)
            case .image(let image):
                if image.detail.map({ $0 != "auto" }) ?? false { loss.count(.imageDetail) }
                json.member("type", "image")
                source(image.source, into: &json)
            case .document(let document):
                json.member("type", "document")
                source(document.source, into: &json)
                json.member("title", document.title)
                json.member("context", document.context)
            case .toolUse(let use):
                json.member("type", "tool_use")
                json.member("id", ids.written(use.id))
                json.member("name", written(name: use.name))
                json.member("input", use.arguments)
            case .toolResult(let result):
                json.member("type", "tool_result")
                json.member("tool_use_id", ids.written(result.toolUseID))
                let parts = result.parts.filter { !$0.isEmptyText }.map { Part($0.content) }
                json.array("content") { json in for part in parts { block(part, into: &json) } }
                json.member("is_error", result.isError ? true : nil)
            case .thinking: break
            }
            marker(part.cacheMarker, into: &json)
        }
    }

    private func source(_ source: MediaSource, into json: inout JSONWriter) {
        json.object("source") { json in
            switch source {
            case .base64(let mediaType, let data):
                json.member("type", "base64")
                json.member("media_type", mediaType)
                json.member("data", data)
            case .url(let url):
                json.member("type", "url")
                json.member("url", url)
            case .text(let text):
                json.member("type", "text")
                json.member("media_type", "text/plain")
                json.member("data", text)
            }
        }
    }

    private func marker(_ marker: CacheMarker?, into json: inout JSONWriter) {
        guard let marker else { return }
        json.object("cache_control") { json in
            json.member("type", "ephemeral")
            if marker == .oneHour { json.member("ttl", "1h") }
        }
    }
}

extension Turn {
    var isSystem: Bool { role == .system || role == .developer }
}

extension Part {
    fileprivate var isResult: Bool {
        if case .toolResult = content { true } else { false }
    }

    fileprivate var isEmptyText: Bool {
        if case .text(let text) = content { text.isEmpty } else { false }
    }
}
