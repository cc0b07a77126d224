package import Domain
package import Wire

/// What the gateway has done since it started, for the metrics.
package struct GatewayCounts: Hashable, Sendable {
    package var requests = 0
    package var failovers = 0
    /// Requests by what the client was given.
    package var statuses: [Int: Int] = [:]
    package var endings: [Exchange.Outcome.Ending: Int] = [:]
    package var reasons: [Decision.Reason: Int] = [:]
    /// What conversions of requests dropped by rule.
    package var loss = ConversionLoss()

    package init() {}
}
