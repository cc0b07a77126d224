internal import Domain

/// Tokens in each format's words: Anthropic's input is without the cached part, OpenAI's with it.
extension JSONWriter {
    /// The members of Anthropic's `usage`.
    mutating func messagesUsage(_ usage: Usage) {
        member("input_tokens", usage.inputTokens)
        member("cache_creation_input_tokens", usage.cacheWriteTokens)
        member("cache_read_input_tokens", usage.cacheReadTokens)
        object("cache_creation") {
            $0.member("ephemeral_5m_input_tokens", usage.cacheWrite5mTokens)
            $0.member("ephemeral_1h_input_tokens", usage.cacheWrite1hTokens)
        }
        member("output_tokens", usage.outputTokens)
        if usage.reasoningTokens > 0 {
            object("output_tokens_details") { $0.member("thinking_tokens", usage.reasoningTokens) }
        }
        if usage.webSearchRequests > 0 {
            object("server_tool_use") { $0.member("web_search_requests", usage.webSearchRequests) }
        }
    }

    /// The members of a chat completion's `usage`.
    mutating func chatCompletionUsage(_ usage: Usage) {
        member("prompt_tokens", usage.promptTokens)
        member("completion_tokens", usage.outputTokens)
        member("total_tokens", usage.totalTokens)
        object("prompt_tokens_details") {
            $0.member("cached_tokens", usage.cacheReadTokens)
            if usage.cacheWriteTokens > 0 { $0.member("cache_write_tokens", usage.cacheWriteTokens) }
        }
        object("completion_tokens_details") { $0.member("reasoning_tokens", usage.reasoningTokens) }
    }

    /// The members of a response's `usage`.
    mutating func responsesUsage(_ usage: Usage) {
        member("input_tokens", usage.promptTokens)
        object("input_tokens_details") {
            $0.member("cached_tokens", usage.cacheReadTokens)
            if usage.cacheWriteTokens > 0 { $0.member("cache_write_tokens", usage.cacheWriteTokens) }
        }
        member("output_tokens", usage.outputTokens)
        object("output_tokens_details") { $0.member("reasoning_tokens", usage.reasoningTokens) }
        member("total_tokens", usage.totalTokens)
    }

    /// A text that the library knows.
    mutating func member(_ key: StaticString, word: StaticString) {
        self.key(key)
        raw(
            [UInt8(ascii: "\"")] + UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount) + [
                UInt8(ascii: "\"")
            ]
        )
    }

    mutating func null(_ key: StaticString) {
        self.key(key)
        null()
    }
}
