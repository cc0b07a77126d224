package import Domain
import Metrics
package import Pricing
import Synchronization

/// Counts each exchange as OpenTelemetry's conventions for generative AI name it, and what it cost.
///
/// Labels are models that have a price (others are `other`), formats, endings and reasons: bounded sets, whatever
/// clients send.
package final class GatewayMetrics: Sendable {
    fileprivate struct Labels: Hashable {
        var model: String
        var format: APIFormat
        var ending: Exchange.Outcome.Ending
        var reason: Decision.Reason
    }

    /// What is counted for one set of labels; made once, as looking series up takes longer than counting.
    fileprivate struct Series {
        var requests: Counter
        var duration: Timer
        var inputTokens: Recorder
        var outputTokens: Recorder
        var cacheReadTokens: Counter
        var cacheWriteTokens: Counter
        var cost: FloatingPointCounter
    }

    private let book: Mutex<PriceBook>
    private let series = Mutex<[Labels: Series]>([:])

    package init(prices: PriceBook) { book = Mutex(prices) }

    /// Models that newer prices know are named from now on.
    package func replace(prices: PriceBook) { book.withLock { $0 = prices } }

    /// Counts an exchange that is over; its cost is nil where the provider did not say, or a model has no price.
    package func record(_ intent: Exchange.Intent, _ outcome: Exchange.Outcome, cost: Money?) {
        let isKnown = book.withLock { $0.facts(of: outcome.model) != nil }
        series.withLock { known in
            let labels = Labels(
                model: isKnown ? outcome.model.rawValue : "other",
                format: intent.upstreamFormat,
                ending: outcome.ending,
                reason: intent.decision.reason
            )
            let series: Series
            if let found = known[labels] {
                series = found
            } else {
                series = Series(labels)
                known[labels] = series
            }
            series.requests.increment()
            let milliseconds = max(0, outcome.time.milliseconds(since: intent.time))
            series.duration.recordNanoseconds(milliseconds.multipliedReportingOverflow(by: 1_000_000).partialValue)
            guard let usage = outcome.usage else { return }
            series.inputTokens.record(usage.promptTokens)
            series.outputTokens.record(usage.outputTokens)
            series.cacheReadTokens.increment(by: max(0, usage.cacheReadTokens))
            series.cacheWriteTokens.increment(by: max(0, usage.cacheWriteTokens))
            if let cost { series.cost.increment(by: cost.usd) }
        }
    }
}

extension GatewayMetrics.Series {
    fileprivate init(_ labels: GatewayMetrics.Labels) {
        let system = labels.format.provider.rawValue
        let model = [("gen_ai.provider.name", system), ("gen_ai.response.model", labels.model)]
        func tokens(_ type: String) -> [(String, String)] { model + [("gen_ai.token.type", type)] }
        requests = Counter(
            label: "suffice.requests",
            dimensions: model + [("ending", labels.ending.rawValue), ("decision", labels.reason.rawValue)]
        )
        duration = Timer(label: "gen_ai.client.operation.duration", dimensions: model)
        inputTokens = Recorder(label: "gen_ai.client.token.usage", dimensions: tokens("input"))
        outputTokens = Recorder(label: "gen_ai.client.token.usage", dimensions: tokens("output"))
        cacheReadTokens = Counter(label: "suffice.cache.read.tokens", dimensions: model)
        cacheWriteTokens = Counter(label: "suffice.cache.write.tokens", dimensions: model)
        cost = FloatingPointCounter(label: "suffice.cost.usd", dimensions: model)
    }
}
