import Domain

/// Writes a request in another format than it was read in, for a model with its own limits.
struct RequestWriting {
    let request: ModelRequest
    let source: APIFormat
    let target: ConvertedRequest.Target
    /// The conversation without what the other provider cannot read.
    var turns: [Turn] = []
    private(set) var tools: [Tool]
    var names: ToolNames
    var loss: ConversionLoss
    var ids = ToolIDs()
    private var writtenNames: [String: String] = [:]
    private var takenNames: Set<String> = []

    init(_ reading: RequestReading, from source: APIFormat, to target: ConvertedRequest.Target) {
        request = reading.request
        names = reading.names
        loss = reading.loss
        tools = reading.request.tools
        self.source = source
        self.target = target
        for tool in tools { _ = written(name: tool.name) }
    }

    /// A tool's name as the upstream takes it: at most 64 letters, digits, `_` and `-`.
    mutating func written(name: String) -> String {
        if let known = writtenNames[name] { return known }
        var fit = ToolIDs.fit(name)
        var seed: UInt64 = 1
        while !takenNames.insert(fit).inserted {
            fit = ToolIDs.hashed(name, seed: seed)
            seed += 1
        }
        writtenNames[name] = fit
        if fit != name { names.keep(names.clientTool(named: name), as: fit) }
        return fit
    }

    /// Looks whether the model can serve the request at all, and takes out what it could not read.
    mutating func prepare() throws(ConversionError) {
        let rejected = target.limits.rejected
        if rejected.contains(.tools), !tools.isEmpty { throw .refused(.tools) }
        if rejected.contains(.structuredOutput), request.outputFormat != nil { throw .refused(.structuredOutput) }
        if rejected.contains(.forcedTool), request.forcesTool { throw .refused(.forcedTool) }
        for turn in request.turns {
            var readable = Turn(role: turn.role, parts: [])
            for part in turn.parts where try isReadable(part, rejected) { readable.parts.append(part) }
            if !readable.parts.isEmpty { turns.append(readable) }
        }
        // Anthropic's way to begin the answer for the model; OpenAI's models would answer it.
        guard let last = turns.last, last.role == .assistant, !last.callsTool else { return }
        if source == .messages {
            turns.removeLast()
            loss.count(.prefill)
        } else if target.format == .messages {
            throw .refused(.prefill)
        }
    }

    private mutating func isReadable(_ part: Part, _ rejected: RequestFacts.Demands) throws(ConversionError) -> Bool {
        switch part.content {
        case .thinking:
            loss.count(.thinking)
            return false
        case .text(let text): return !text.isEmpty
        case .image: if rejected.contains(.images) { throw .refused(.images) }
        case .document(let document):
            if case .text = document.source { return true }
            if rejected.contains(.documents) { throw .refused(.documents) }
        case .toolResult(let result):
            for inner in result.parts { _ = try isReadable(inner, rejected) }
        case .toolUse, .refusal: break
        }
        return true
    }

    /// No format but Anthropic's marks the prompt for the cache: OpenAI's models cache by themselves.
    mutating func dropMarkers() {
        let ofParts = request.turns.reduce(0) { $0 + $1.parts.count { $0.cacheMarker != nil } }
        let ofTools = request.tools.count { $0.cacheMarker != nil }
        loss.count(.cacheMarker, times: ofParts + ofTools + (request.cacheMarker == nil ? 0 : 1))
    }

    var crossesProviders: Bool { source.provider != target.format.provider }

    /// The effort nearest to one the model takes: the next lower, or the lowest.
    func nearest(to effort: Effort) -> Effort? {
        let known = target.limits.efforts
        if known.contains(effort) { return effort }
        let ordered = known.sorted { $0.rawValue < $1.rawValue }
        return ordered.last { $0.rawValue < effort.rawValue } ?? ordered.first { $0 != .none }
    }

    /// Sampling parameters the model takes.
    mutating func sampling(isThinking: Bool) -> ModelRequest.Sampling {
        let asked = request.sampling
        guard !isThinking, !target.limits.rejected.contains(.sampling) else {
            let dropped = [asked.temperature, asked.topP, asked.topK].count { $0 != nil }
            loss.count(.sampling, times: dropped)
            return ModelRequest.Sampling()
        }
        return asked
    }
}

extension ModelRequest {
    var forcesTool: Bool {
        switch toolChoice {
        case .any, .tool: true
        case .auto, ModelRequest.ToolChoice.none?, nil: false
        }
    }
}

extension Turn {
    var callsTool: Bool {
        parts.contains { part in
            if case .toolUse = part.content { true } else { false }
        }
    }

    var results: [ToolResult] {
        parts.compactMap { part in
            if case .toolResult(let result) = part.content { result } else { nil }
        }
    }
}

extension Effort {
    /// As the providers spell it.
    var name: String { String(describing: self) }
}
