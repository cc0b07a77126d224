import Domain
import Pricing

extension Usage {
    /// What a stretch of the prompt cost in this call.
    ///
    /// A prompt is a prefix read from the cache, then what was written into it, then plain input: where a stretch lies
    /// decides what was really paid for it. Places beyond the prompt cost nothing.
    func cost(ofPrompt span: Range<Int>, at rates: Rates) -> Money {
        var part = Usage()
        var start = 0
        func tokens(of size: Int) -> Int {
            let overlap = span.clamped(to: start..<(start &+ max(0, size)))
            start &+= max(0, size)
            return overlap.count
        }
        part.cacheReadTokens = tokens(of: cacheReadTokens)
        // Entries of both lifetimes in one call are rare, and which comes first is not logged.
        part.cacheWrite1hTokens = tokens(of: cacheWrite1hTokens)
        part.cacheWrite5mTokens = tokens(of: cacheWrite5mTokens)
        part.inputTokens = tokens(of: inputTokens)
        return rates.cost(of: part)
    }
}
