import Domain
import Metrics
import NIOCore
import Providers
import Routing
import Synchronization
import Wire

extension Relay {
    /// Tells the ledger, the conversation and the metrics how the exchange ended; once for each.
    func settle(_ ending: Exchange.Outcome.Ending, status: Int) {
        if let loss = converter?.loss { count(loss) }
        gateway.memory.counts.withLock {
            $0.statuses[status, default: 0] += 1
            $0.endings[ending, default: 0] += 1
        }
        guard let plan else { return countPassed(status: status) }
        guard state.attempts > 0 else { return }
        let metered = meter?.reply ?? MeteredReply()
        var outcome = Exchange.Outcome(
            ending: ending,
            time: gateway.ledger.now(),
            upstream: target?.upstream.name ?? plan.intent.upstream,
            status: status,
            replyID: plan.givenReplyID ?? metered.id,
            requestID: upstreamRequestID,
            model: metered.model ?? plan.routed.decision.served,
            mode: metered.mode,
            usage: metered.usage,
            earlierAttempts: metered.earlierAttempts + (cascade?.billedBesides ?? []),
            stopReason: metered.stopReason,
            attempts: state.attempts + resent,
            firstByteMilliseconds: timing.firstByteMilliseconds,
            visibleOutputBytes: metered.visibleOutputBytes,
            dropped: Dictionary(uniqueKeysWithValues: loss.counts.map { ($0.rawValue, $1) })
        )
        outcome.counterfactualUsage = remember(plan, outcome)
        if !outcome.earlierAttempts.isEmpty { cascade?.complete(&outcome) }
        gateway.ledger.end(Exchange(intent: plan.intent, outcome: outcome))
    }

    /// Takes the reply into its conversation; answers what the requested model would have been billed.
    private func remember(_ plan: RelayPlan, _ outcome: Exchange.Outcome) -> Usage? {
        guard outcome.usage != nil || outcome.ending == .finished else { return nil }
        guard let key = plan.conversation else {
            var (alone, account) = (Conversation?.none, RoutingAccount())
            return record(plan, outcome, in: &alone, of: nil, on: &account)
        }
        guard plan.routed.moment != .background else {
            var alone = Conversation?.none
            return gateway.memory.accounts.withLock { accounts in
                accounts.update(key.session) { record(plan, outcome, in: &alone, of: key.subagent, on: &$0) }
            }
        }
        return gateway.memory.conversations.withLock { table in
            table.update(key) { entry in
                var remembered = entry?.conversation
                let counterfactual = gateway.memory.accounts.withLock { accounts in
                    let counterfactual = accounts.update(key.session) {
                        record(plan, outcome, in: &remembered, of: key.subagent, on: &$0)
                    }
                    if let shared = remembered?.sharedBeginning {
                        let beginning = AccountTable.Beginning(plan.intent.sender, plan.routed.decision.served)
                        accounts.warm(beginning, tokens: shared.tokens, until: shared.until)
                    }
                    return counterfactual
                }
                guard let conversation = remembered else { return counterfactual }
                entry = ConversationTable.Entry(
                    conversation: conversation,
                    upstream: outcome.upstream,
                    crossedProviders: entry?.crossedProviders == true || plan.crossesProviders
                )
                return counterfactual
            }
        }
    }

    private func record(
        _ plan: RelayPlan,
        _ outcome: Exchange.Outcome,
        in conversation: inout Conversation?,
        of thread: String?,
        on account: inout RoutingAccount
    ) -> Usage? {
        setup.configuration.router.record(
            plan.routed,
            promptBytes: plan.intent.requestBytes,
            usage: outcome.usage,
            at: plan.intent.time,
            in: &conversation,
            of: thread,
            on: &account
        )
    }

    /// Counts what a conversion dropped by rule, for the ledger and for whoever watches the metrics.
    func count(_ loss: ConversionLoss) {
        guard !loss.isEmpty else { return }
        self.loss.add(loss)
        gateway.memory.counts.withLock { $0.loss.add(loss) }
        for (kind, times) in loss.counts {
            Counter(label: "suffice.conversion.dropped", dimensions: [("what", kind.rawValue)]).increment(by: times)
        }
    }

    /// A list of models or a count of tokens: it costs nothing and is no exchange, but whoever watches sees that it was
    /// asked for.
    func countPassed(status: Int) {
        let endpoint: String
        switch Endpoint(head) {
        case .countTokens: endpoint = "count_tokens"
        case .models, .model: endpoint = "models"
        case .generate, .health, nil: return
        }
        Counter(
            label: "suffice.passed.requests",
            dimensions: [("endpoint", endpoint), ("status", String(status))]
        ).increment()
    }

    func refusedOutcome(_ plan: RelayPlan) -> Exchange.Outcome {
        Exchange.Outcome(
            ending: .refused,
            time: gateway.ledger.now(),
            upstream: plan.intent.upstream,
            status: 429,
            model: plan.routed.decision.served,
            attempts: 0
        )
    }
}
