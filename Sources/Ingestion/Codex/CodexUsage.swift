internal import Domain
internal import JSONText

/// Token counts as Codex logs them: cached input is part of the input, reasoning part of the output.
struct CodexUsage: Equatable {
    var input = 0
    var cached = 0
    var cacheWrite = 0
    var output = 0
    var reasoning = 0
    var total = 0

    /// Nothing was asked or answered; the log also uses this form to say that the window is full.
    var isEmpty: Bool { input == 0 && output == 0 }

    /// The same counts with the kinds apart.
    var usage: Usage {
        let cached = min(cached, input)
        let written = min(cacheWrite, input - cached)
        return Usage(
            inputTokens: input - cached - written,
            outputTokens: output,
            cacheReadTokens: cached,
            cacheWrite5mTokens: written,
            reasoningTokens: min(reasoning, output)
        )
    }

    /// What came on top of an earlier running total; the whole where the total started over.
    func beyond(_ earlier: CodexUsage?) -> CodexUsage {
        guard let earlier, input >= earlier.input, output >= earlier.output else { return self }
        return CodexUsage(
            input: input - earlier.input,
            cached: max(0, cached - earlier.cached),
            cacheWrite: max(0, cacheWrite - earlier.cacheWrite),
            output: output - earlier.output,
            reasoning: max(0, reasoning - earlier.reasoning),
            total: max(0, total - earlier.total)
        )
    }

    /// A hash of what a response was billed for, in which two responses of a turn differ: the prompt only grows.
    func hash(seed: UInt64) -> UInt64 {
        let words = [input, cached, output, reasoning].map { UInt64(bitPattern: Int64($0)).littleEndian }
        return words.withUnsafeBytes { stableHash($0, seed: seed) }
    }
}

extension JSONScanner {
    /// The counts that come next; nil where there are none.
    mutating func codexUsage() -> CodexUsage? {
        guard nextKind() == .object else {
            skipValue()
            return nil
        }
        var usage = CodexUsage()
        eachField { key, scanner in
            switch key.count {
            case 12 where key.is("input_tokens"): usage.input = scanner.tokenCount()
            case 12 where key.is("total_tokens"): usage.total = scanner.tokenCount()
            case 13 where key.is("output_tokens"): usage.output = scanner.tokenCount()
            case 19 where key.is("cached_input_tokens"): usage.cached = scanner.tokenCount()
            case 23 where key.is("reasoning_output_tokens"): usage.reasoning = scanner.tokenCount()
            case 24 where key.is("cache_write_input_tokens"): usage.cacheWrite = scanner.tokenCount()
            default: scanner.skipValue()
            }
        }
        return usage
    }

    /// `info` of a token count: the running total, the last response's share, and the model where it is named.
    mutating func codexTokenInfo() -> (total: CodexUsage?, last: CodexUsage?, model: RawText?) {
        var info: (total: CodexUsage?, last: CodexUsage?, model: RawText?)
        eachField { key, scanner in
            switch key.count {
            case 5 where key.is("model"): info.model = scanner.text()
            case 16 where key.is("last_token_usage"): info.last = scanner.codexUsage()
            case 17 where key.is("total_token_usage"): info.total = scanner.codexUsage()
            default: scanner.skipValue()
            }
        }
        return info
    }
}

extension Billing {
    /// How calls under a ChatGPT plan are paid for, by the `plan_type` of `rate_limits`.
    init?(codexPlan plan: RawText) {
        if plan.count == 0 || plan.is("unknown") { return nil }
        // Workspaces without seats pay for what they use.
        self = plan.string.hasSuffix("usage_based") ? .api : .subscription
    }
}

extension ServingMode {
    /// The mode behind Codex's `service_tier`; its own name for what the API calls priority is fast.
    init(codexTier tier: RawText?) {
        self = .standard
        guard let tier else { return }
        if tier.is("fast") { isFast = true }
        if tier.is("priority") { serviceTier = .priority }
        if tier.is("flex") { serviceTier = .flex }
        if tier.is("batch") { serviceTier = .batch }
    }
}
