package import Domain
package import Pricing

/// What a request may cost, said before it is sent.
package enum CostEstimate {
    /// More output is not reckoned with: clients ask for room they do not use, and a budget must not wait for it.
    static let mostOutputTokens = 4096

    /// The whole prompt at the price of uncached input and the output it may have; zero where the model has no price.
    package static func cost(
        promptBytes: Int,
        maxOutputTokens: Int?,
        on model: ModelID,
        at time: Timestamp,
        with pricer: inout Pricer
    ) -> Money {
        let prompt = Int((Double(promptBytes) / Call.bytesPerToken).rounded(.up))
        let output = min(max(0, maxOutputTokens ?? mostOutputTokens), mostOutputTokens)
        return pricer.cost(of: Usage(inputTokens: prompt, outputTokens: output), on: model, at: time) ?? .zero
    }
}
