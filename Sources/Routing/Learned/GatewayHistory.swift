package import Domain

/// What the gateway's ledger says of its own decisions: which were taken back by a complaint, and which were not.
///
/// Take in the exchanges in the order of their times. A decision for a cheaper model holds for its conversation until the
/// next one; it did not do where a stronger model was asked in its place (``Decision/Reason/escalation``). Where the
/// conversation went on or ended without that, it did: a weak sign, but the one that its user gives for nothing.
package struct GatewayHistory: Sendable {
    /// A request that a certificate decided, and whether it came out worse.
    package struct CertifiedRequest: Hashable, Sendable {
        package var time: Timestamp
        package var isWorse: Bool
    }

    private struct Key: Hashable {
        var session: String
        var subagent: String?
    }

    private struct Open {
        var call: String?
        var time: Timestamp
        var decision: Decision
        var isCertified: Bool
    }

    private var open: [Key: Open] = [:]
    private var ratings: [Rating] = []
    private var requests: [CertifiedRequest] = []

    package init() {}

    package mutating func take(_ exchange: Exchange) {
        let (sender, decision) = (exchange.intent.sender, exchange.intent.decision)
        guard let session = sender.session, let outcome = exchange.outcome, outcome.ending == .finished else { return }
        let key = Key(session: session, subagent: sender.subagent)
        if decision.reason == .escalation {
            if let before = open.removeValue(forKey: key) { close(before, isWorse: true) }
            return
        }
        guard Self.decides.contains(decision.reason), BackgroundCall(rawValue: decision.detail) == nil else { return }
        if let before = open.removeValue(forKey: key) { close(before, isWorse: false) }
        guard decision.isApplied else { return }
        open[key] = Open(
            call: outcome.replyID,
            time: exchange.intent.time,
            decision: decision,
            isCertified: decision.reason == .learned && decision.detail.hasPrefix(LearnedRouting.certificateMark)
        )
    }

    /// What the decisions came to, those of conversations that may still go on included.
    package func finished() -> (ratings: [Rating], certified: [CertifiedRequest]) {
        var history = self
        for last in open.values.sorted(by: { ($0.time, $0.call ?? "") < ($1.time, $1.call ?? "") }) {
            history.close(last, isWorse: false)
        }
        return (history.ratings, history.requests)
    }

    /// Decisions that say something of a model's worth; the user's own rules, limits and caches do not.
    private static let decides: Set<Decision.Reason> = [.pattern, .learned, .classifier, .cascade]

    private mutating func close(_ open: Open, isWorse: Bool) {
        let (requested, chosen) = (open.decision.requested, open.decision.chosen)
        if open.isCertified { requests.append(.init(time: open.time, isWorse: isWorse && chosen != requested)) }
        // What stayed says nothing of the model that was not asked.
        guard let call = open.call, chosen != requested else { return }
        for (model, score) in [(chosen, isWorse ? 0.0 : 1), (requested, 1)] {
            ratings.append(Rating(call: call, model: model, score: score, source: .escalation, time: open.time))
        }
    }
}
