/// What a model refuses, and what a request has to be like that is written for it.
package struct ModelLimits: Hashable, Sendable {
    package var provider: Provider?
    /// What the provider answers with an error, or cannot do at all.
    package var rejected: RequestFacts.Demands
    /// The efforts it takes; empty where it takes none.
    package var efforts: Set<Effort>
    /// The APIs it is served on.
    package var formats: Set<APIFormat>
    /// Tokens that fit into a prompt, where known.
    package var contextWindow: Int?
    /// A request that asks for more output is refused: cap it.
    package var maxOutputTokens: Int?

    package init(
        provider: Provider?,
        rejected: RequestFacts.Demands = [],
        efforts: Set<Effort> = [],
        formats: Set<APIFormat>,
        contextWindow: Int? = nil,
        maxOutputTokens: Int? = nil
    ) {
        self.provider = provider
        self.rejected = rejected
        self.efforts = efforts
        self.formats = formats
        self.contextWindow = contextWindow
        self.maxOutputTokens = maxOutputTokens
    }

    /// What of a request's demands the model would refuse; empty where it can serve them.
    ///
    /// A request for another provider's model is written anew, with its thinking, effort and sampling put into that
    /// provider's terms or dropped by rule: these count only where the model belongs to the provider that the request
    /// was written for. Tools that run there and state that is kept there can never move.
    package func rejects(_ demands: RequestFacts.Demands, effort: Effort? = nil, in format: APIFormat)
        -> RequestFacts.Demands
    {
        guard format.provider == provider else {
            let bound: RequestFacts.Demands = [.serverTools, .providerState, .prefill]
            let adapted: RequestFacts.Demands = [.sampling, .thinkingOff, .effort, .lateSystem]
            var refused = demands.intersection(bound.union(rejected.subtracting(adapted)))
            // Either sort of thinking is written as whichever the model knows.
            if !rejected.isSuperset(of: ModelLimits.thinking) { refused.subtract(ModelLimits.thinking) }
            return refused
        }
        var refused = demands.intersection(rejected)
        if let effort, demands.contains(.effort), !efforts.contains(effort) { refused.insert(.effort) }
        return refused
    }

    private static let thinking: RequestFacts.Demands = [.thinkingBudget, .adaptiveThinking]
}
