package import NIOCore

extension HTTPFields {
    /// The part that is left of the tightest rate limit the reply tells of, from 0 to 1; nil where it tells of none.
    ///
    /// Anthropic: `anthropic-ratelimit-KIND-remaining` and `-limit`, and for subscriptions
    /// `anthropic-ratelimit-unified-WINDOW-utilization`; OpenAI: `x-ratelimit-remaining-KIND` and `-limit-KIND`.
    package var rateLimitHeadroom: Double? {
        var least: Double?
        func found(_ part: Double) { least = min(least ?? 1, max(0, part)) }
        for kind in ["requests", "tokens", "input-tokens", "output-tokens"] {
            if let left = number("anthropic-ratelimit-\(kind)-remaining"),
                let limit = number("anthropic-ratelimit-\(kind)-limit"), limit > 0
            {
                found(left / limit)
            }
        }
        for kind in ["requests", "tokens"] {
            if let left = number("x-ratelimit-remaining-\(kind)"), let limit = number("x-ratelimit-limit-\(kind)"),
                limit > 0
            {
                found(left / limit)
            }
        }
        for window in ["5h", "7d"] {
            if let used = number("anthropic-ratelimit-unified-\(window)-utilization") { found(1 - used) }
        }
        return least
    }

    /// How long the provider asks to wait: `retry-after-ms`, or `retry-after` in seconds.
    ///
    /// A date instead of seconds is not read; neither provider sends one.
    package var retryAfter: TimeAmount? {
        if let milliseconds = number("retry-after-ms"), milliseconds >= 0 {
            return .milliseconds(clamped(milliseconds))
        }
        if let seconds = number("retry-after"), seconds >= 0 { return .milliseconds(clamped(seconds * 1000)) }
        return nil
    }

    private func number(_ name: String) -> Double? {
        guard let number = first(named: name).flatMap(Double.init), number.isFinite else { return nil }
        return number
    }

    private func clamped(_ milliseconds: Double) -> Int64 { Int64(min(milliseconds, 86_400_000)) }
}
