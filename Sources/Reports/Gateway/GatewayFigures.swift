package import Domain

/// What a group of requests through the gateway came to.
package struct GatewayFigures: Hashable, Sendable {
    package var requests = 0
    /// Those a provider billed.
    package var calls = 0
    /// Those that another model served than was asked for.
    package var rerouted = 0
    package var usage = Usage.zero
    package var billing = BillingSplit()
    /// What the requested models would have come to, with the prompt cache they would have had; of requests that they
    /// served themselves, what those cost.
    package var counterfactualCost = Money.zero
    /// Calls of models without a price: their cost is in no figure.
    package var unpricedCalls = 0
    /// The provider's error, or a reply that broke off.
    package var failed = 0
    package var clientLeft = 0
    /// Stopped by a limit before anything was sent.
    package var refused = 0
    /// No end of them is known and nothing runs any more: what the provider served is unknown, and in no figure.
    package var interrupted = 0
    package var running = 0
    /// What conversions dropped by rule, how often: the kinds stand in `Docs/Formats.md`.
    package var dropped: [String: Int] = [:]

    package init() {}

    package var cost: Money { billing.total }

    /// Below zero where routing cost more.
    package var saved: Money { counterfactualCost - cost }

    package static func += (a: inout GatewayFigures, b: GatewayFigures) {
        a.requests += b.requests
        a.calls += b.calls
        a.rerouted += b.rerouted
        a.usage += b.usage
        a.billing += b.billing
        a.counterfactualCost += b.counterfactualCost
        a.unpricedCalls += b.unpricedCalls
        a.failed += b.failed
        a.clientLeft += b.clientLeft
        a.refused += b.refused
        a.interrupted += b.interrupted
        a.running += b.running
        a.dropped.merge(b.dropped, uniquingKeysWith: +)
    }
}

extension GatewayFigures {
    /// One exchange, as far as it is known.
    ///
    /// Without an end it is running where a gateway has been running since before it came, and was interrupted else.
    init(_ exchange: Exchange, runningSince running: Timestamp?, cost: (Call) -> Money?) {
        requests = 1
        guard let outcome = exchange.outcome else {
            if let running, exchange.intent.time >= running { self.running = 1 } else { interrupted = 1 }
            return
        }
        switch outcome.ending {
        case .finished: break
        case .failed, .truncated: failed = 1
        case .clientLeft: clientLeft = 1
        case .refused: refused = 1
        case .interrupted: interrupted = 1
        }
        dropped = outcome.dropped
        if exchange.intent.decision.served != exchange.intent.decision.requested { rerouted = 1 }
        guard let usage = outcome.usage else { return }
        calls = 1
        let call = Call(usage, attempts: outcome.earlierAttempts, on: outcome.model, exchange, mode: outcome.mode)
        self.usage = call.billedUsage
        guard let price = cost(call) else {
            unpricedCalls = 1
            return
        }
        billing.add(price, paidBy: exchange.intent.billing)
        let asked = outcome.counterfactualUsage.flatMap { usage in
            // Fast and regional service are the served model's; the other is taken at its standard price.
            cost(Call(usage, on: exchange.intent.decision.requested, exchange, mode: .standard))
        }
        counterfactualCost = asked ?? price
    }
}

extension Call {
    /// A call for its price alone.
    fileprivate init(
        _ usage: Usage,
        attempts: [Attempt] = [],
        on model: ModelID,
        _ exchange: Exchange,
        mode: ServingMode
    ) {
        self.init(
            key: CallKey(id: 0),
            id: exchange.intent.id,
            time: exchange.intent.time,
            model: model,
            mode: mode,
            usage: usage,
            earlierAttempts: attempts,
            position: LogPosition(offset: 0, length: 0)
        )
    }
}

extension GatewayFigures {
    package var json: JSON {
        [
            "requests": .integer(requests),
            "calls": .integer(calls),
            "rerouted": .integer(rerouted),
            "inputTokens": .integer(usage.inputTokens),
            "outputTokens": .integer(usage.outputTokens),
            "cacheReadTokens": .integer(usage.cacheReadTokens),
            "cacheWrite5mTokens": .integer(usage.cacheWrite5mTokens),
            "cacheWrite1hTokens": .integer(usage.cacheWrite1hTokens),
            "costUSD": .money(cost),
            "billing": billing.json,
            "counterfactualUSD": .money(counterfactualCost),
            "savedUSD": .money(saved),
            "unpricedCalls": .integer(unpricedCalls),
            "failed": .integer(failed),
            "clientLeft": .integer(clientLeft),
            "refused": .integer(refused),
            "interrupted": .integer(interrupted),
            "running": .integer(running),
            "dropped": .object(dropped.sorted { $0.key < $1.key }.map { (key: $0.key, value: .integer($0.value)) }),
        ]
    }
}
