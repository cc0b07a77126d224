internal import Domain
internal import JSONText

/// `message.usage`, with the earlier billed attempts it hides.
struct ClaudeCodeUsage {
    var usage = Usage.zero
    var flatCacheWriteTokens = 0
    var mode = ServingMode.standard
    /// An iteration's own model, where it differs from the message's.
    var model: String?
    /// An iteration that compacted the conversation or advised: billed besides, and in no total.
    var isBeside = false
    /// Each billed attempt, and what was spent beside them; none where there was but one iteration.
    ///
    /// The last attempt is the one the usage itself counts, unless it counts all of them.
    var iterations: [ClaudeCodeUsage] = []

    /// A count that no token count can be.
    var hasHugeNumber: Bool { usage.isAbsurd || iterations.contains(where: \.usage.isAbsurd) }
}

/// Remembers the last usage read: every line of a response repeats it, byte for byte.
struct ClaudeCodeUsageMemo {
    private var bytes = ScannedBytes()
    /// Nil where the last one could not be read.
    private(set) var usage: ClaudeCodeUsage?

    /// Reads the next value; false where it is neither an object nor an array, and so says nothing.
    mutating func read(_ scanner: inout JSONScanner) -> Bool {
        switch scanner.nextKind() {
        case .object:
            if scanner.step(over: bytes) { return true }
            let start = scanner.offset
            usage = scanner.claudeCodeUsage()
            if scanner.isBroken { bytes.forget() } else { bytes.remember(scanner.bytes(from: start)) }
            return true
        case let kind:
            scanner.skipValue()
            usage = nil
            bytes.forget()
            return kind == .array
        }
    }
}

extension JSONScanner {
    /// A usage, or one of its iterations, which have no iterations of their own.
    fileprivate mutating func claudeCodeUsage(isIteration: Bool = false) -> ClaudeCodeUsage? {
        guard enterObject() else {
            skipValue()
            return nil
        }
        var read = ClaudeCodeUsage()
        while let key = next(UsageKey.all) {
            switch key {
            case .inputTokens: read.usage.inputTokens = tokens()
            case .outputTokens: read.usage.outputTokens = tokens()
            case .cacheReadTokens: read.usage.cacheReadTokens = tokens()
            case .cacheWriteTokens: read.flatCacheWriteTokens = tokens()
            case .cacheCreation: readCacheCreation(into: &read.usage)
            case .model: read.model = text()?.string
            case .type: read.isBeside = text().map { $0.is("compaction") || $0.is("advisor_message") } ?? false
            case .speed: read.mode.isFast = text()?.is("fast") ?? false
            case .serviceTier: read.mode.serviceTier = text().map(serviceTier) ?? .standard
            case .inferenceGeo: read.mode.isUSOnly = text()?.is("us") ?? false
            case .serverToolUse: readServerTools(into: &read.usage)
            case .iterations:
                if isIteration { skipValue() } else { read.iterations = claudeCodeIterations() }
            }
        }
        read.settleCacheWrites()
        return read
    }

    private func serviceTier(_ name: RawText) -> ServingMode.ServiceTier {
        if name.is("batch") { return .batch }
        if name.is("priority") { return .priority }
        return name.is("flex") ? .flex : .standard
    }

    /// A count of tokens; a negative or missing one is none.
    private mutating func tokens() -> Int { max(0, integer() ?? 0) }

    private mutating func readCacheCreation(into usage: inout Usage) {
        guard enterObject() else { return skipValue() }
        while let key = next(CacheCreationKey.all) {
            switch key {
            case .fiveMinutes: usage.cacheWrite5mTokens = tokens()
            case .oneHour: usage.cacheWrite1hTokens = tokens()
            }
        }
    }

    private mutating func readServerTools(into usage: inout Usage) {
        eachField { key, scanner in
            if key.is("web_search_requests") {
                usage.webSearchRequests = max(0, scanner.integer() ?? 0)
            } else {
                scanner.skipValue()
            }
        }
    }

    private mutating func claudeCodeIterations() -> [ClaudeCodeUsage] {
        guard enterArray() else {
            skipValue()
            return []
        }
        guard nextElement() else { return [] }
        let first = rawValue()
        let isAlone = !nextElement()
        // A single message, which most usages have, says what the usage says.
        if isAlone, ends(first, with: #""type":"message"}"#) { return [] }
        var scanner = JSONScanner(first)
        var iterations: [ClaudeCodeUsage] = []
        if let iteration = scanner.claudeCodeUsage(isIteration: true) { iterations.append(iteration) }
        if scanner.isBroken { isBroken = true }
        if isAlone { return iterations.filter(\.isBeside) }
        repeat {
            if let iteration = claudeCodeUsage(isIteration: true) { iterations.append(iteration) }
        } while nextElement()
        return iterations
    }
}

private func ends(_ value: UnsafeRawBufferPointer, with text: StaticString) -> Bool {
    bytesAreEqual(
        UnsafeRawBufferPointer(rebasing: value.suffix(text.utf8CodeUnitCount)),
        UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    )
}

extension ClaudeCodeUsage {
    /// Older versions log only the flat count: those entries lived five minutes.
    fileprivate mutating func settleCacheWrites() {
        let split = usage.cacheWrite5mTokens &+ usage.cacheWrite1hTokens
        if flatCacheWriteTokens > split { usage.cacheWrite5mTokens &+= flatCacheWriteTokens &- split }
    }
}

private enum UsageKey: String, CaseIterable {
    case inputTokens = "input_tokens"
    case outputTokens = "output_tokens"
    case cacheReadTokens = "cache_read_input_tokens"
    case cacheWriteTokens = "cache_creation_input_tokens"
    case cacheCreation = "cache_creation"
    case model
    case type
    case speed
    case serviceTier = "service_tier"
    case inferenceGeo = "inference_geo"
    case serverToolUse = "server_tool_use"
    case iterations
    static let all = LogKeys<Self>()
}

private enum CacheCreationKey: String, CaseIterable {
    case fiveMinutes = "ephemeral_5m_input_tokens"
    case oneHour = "ephemeral_1h_input_tokens"
    static let all = LogKeys<Self>()
}

extension Usage {
    /// More than a million million of anything is no count of tokens.
    fileprivate var isAbsurd: Bool {
        let limit = 1_000_000_000_000
        return inputTokens > limit || outputTokens > limit || cacheReadTokens > limit || cacheWrite5mTokens > limit
            || cacheWrite1hTokens > limit || webSearchRequests > limit
    }
}
