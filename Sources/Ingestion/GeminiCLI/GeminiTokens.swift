internal import Domain
internal import JSONText

/// Token counts as Gemini's API tells them.
struct GeminiTokens {
    var prompt = 0
    var candidates = 0
    var cached = 0
    var thoughts = 0
    /// What tools on the provider's side added to the prompt; not part of ``prompt``.
    var tool = 0
    var total = 0

    /// The same counts with the kinds apart.
    ///
    /// Gemini counts thoughts besides the candidates. Servers that only speak its form count them inside:
    /// then the total has no room for them.
    var usage: Usage {
        let includesThoughts = thoughts > 0 && total > 0 && total == prompt + candidates + tool
        let cached = min(cached, prompt)
        let output = includesThoughts ? candidates : candidates + thoughts
        return Usage(
            inputTokens: prompt - cached + tool,
            outputTokens: output,
            cacheReadTokens: cached,
            reasoningTokens: min(thoughts, output)
        )
    }
}

extension JSONScanner {
    /// The counts that come next, in the recording's words or in the API's; nil where there are none.
    mutating func geminiTokens() -> GeminiTokens? {
        guard nextKind() == .object else {
            skipValue()
            return nil
        }
        var tokens = GeminiTokens()
        eachField { key, scanner in
            switch key.count {
            case 4 where key.is("tool"): tokens.tool = scanner.tokenCount()
            case 5 where key.is("input"): tokens.prompt = scanner.tokenCount()
            case 5 where key.is("total"): tokens.total = scanner.tokenCount()
            case 6 where key.is("output"): tokens.candidates = scanner.tokenCount()
            case 6 where key.is("cached"): tokens.cached = scanner.tokenCount()
            case 8 where key.is("thoughts"): tokens.thoughts = scanner.tokenCount()
            case 15 where key.is("totalTokenCount"): tokens.total = scanner.tokenCount()
            case 16 where key.is("promptTokenCount"): tokens.prompt = scanner.tokenCount()
            case 18 where key.is("thoughtsTokenCount"): tokens.thoughts = scanner.tokenCount()
            case 20 where key.is("candidatesTokenCount"): tokens.candidates = scanner.tokenCount()
            case 23 where key.is("cachedContentTokenCount"): tokens.cached = scanner.tokenCount()
            case 23 where key.is("toolUsePromptTokenCount"): tokens.tool = scanner.tokenCount()
            default: scanner.skipValue()
            }
        }
        return tokens
    }
}
