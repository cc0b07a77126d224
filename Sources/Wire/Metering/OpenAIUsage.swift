internal import Domain
internal import JSONText

/// `usage` of OpenAI's APIs: what was cached is part of the input, reasoning part of the output.
struct OpenAIUsage: Hashable, Sendable {
    private var input = 0
    private var cached = 0
    private var cacheWrite = 0
    private var output = 0
    private var reasoning = 0

    /// The same counts with the kinds apart: input is what was neither read from nor written to the cache.
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

    /// Reads the next value in the words of Chat Completions or of Responses; nil where it is no object.
    init?(_ scanner: inout JSONScanner) {
        guard scanner.nextKind() == .object else {
            scanner.skipValue()
            return nil
        }
        scanner.eachMember { key, scanner in
            switch key.count {
            case 13 where key.is("prompt_tokens"), 12 where key.is("input_tokens"): input = scanner.tokenCount()
            case 17 where key.is("completion_tokens"), 13 where key.is("output_tokens"): output = scanner.tokenCount()
            case 21 where key.is("prompt_tokens_details"), 20 where key.is("input_tokens_details"):
                scanner.eachMember { key, scanner in
                    if key.is("cached_tokens") {
                        cached = scanner.tokenCount()
                    } else if key.is("cache_write_tokens") {
                        cacheWrite = scanner.tokenCount()
                    } else {
                        scanner.skipValue()
                    }
                }
            case 25 where key.is("completion_tokens_details"), 21 where key.is("output_tokens_details"):
                scanner.eachMember { key, scanner in
                    if key.is("reasoning_tokens") { reasoning = scanner.tokenCount() } else { scanner.skipValue() }
                }
            default: scanner.skipValue()
            }
        }
    }
}
