package import Domain
import Pricing

/// A call that cached, or sent, again what had been in the cache; as the kind `cache-miss` finds it.
package struct CacheRebuild: Hashable, Sendable {
    package var call: CallKey
    package var tokens: Int
    /// What that cost more than reading the cache would have.
    package var extraCost: Money
    package var reason: RebuildReason
}

extension Session {
    /// Every rebuild of the session's own calls, as many tokens as the kind looks for and more.
    package func cacheRebuilds(in context: AnalysisContext) -> [CacheRebuild] {
        var pricer = Pricer(book: context.prices)
        return PricedSession(self, pricer: &pricer)
            .rebuilds(of: max(1, context.thresholds.count(CacheMiss.fewestTokens)), in: context)
            .map {
                CacheRebuild(call: $0.step.call.key, tokens: $0.tokens, extraCost: $0.saving, reason: $0.reason)
            }
    }
}
