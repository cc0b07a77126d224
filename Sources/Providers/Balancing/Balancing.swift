/// How requests are spread over the upstreams that could serve them (`[serve] balancing`).
///
/// A conversation stays where it began under each of them: prompt caches are kept per account.
package enum Balancing: String, CaseIterable, Sendable, Codable {
    /// By `weight`.
    case weighted
    /// Where first bytes came soonest of late.
    case leastLatency = "least-latency"
    /// Where most is left of the provider's rate limits.
    case headroom
}
