package import Domain
package import Pricing

/// What a study would cost on one model, before anything is sent.
package struct StudyEstimate: Hashable, Sendable {
    package var model: ModelID
    package var steps: Int
    /// Session by session, each prompt reading what the one before it left in the provider's cache.
    package var sequential: Money
    /// As a provider's batch, without a cache; nil where it has no such price.
    package var batched: Money?
    /// The most a single reply may come to.
    package var largestReply: Money

    package init(model: ModelID, steps: Int, sequential: Money, batched: Money?, largestReply: Money) {
        self.model = model
        self.steps = steps
        self.sequential = sequential
        self.batched = batched
        self.largestReply = largestReply
    }

    /// What it comes to in one way or the other; a model without batches is asked one by one.
    package func cost(by delivery: Delivery) -> Money { delivery == .batches ? batched ?? sequential : sequential }

    /// Nil where the model has no known price.
    package init?(
        of sample: Sample,
        on model: ModelID,
        limit: OutputLimit,
        with pricer: inout Pricer,
        at time: Timestamp
    ) {
        var total = Money.zero
        var batched: Money? = .zero
        var largest = Money.zero
        for batch in sample.batches {
            var cached = 0
            for candidate in batch {
                let step = candidate.step
                let prompt = step.usage.promptTokens
                // A prompt that has shrunk was compacted: nothing of it is in the cache.
                let read = prompt >= cached ? cached : 0
                let output = limit.expected(for: step)
                let usage =
                    pricer.book.cachesOnWrite(model)
                    ? Usage(outputTokens: output, cacheReadTokens: read, cacheWrite5mTokens: prompt - read)
                    : Usage(inputTokens: prompt - read, outputTokens: output, cacheReadTokens: read)
                guard let cost = pricer.cost(of: usage, on: model, at: time) else { return nil }
                total += cost
                let whole = Usage(inputTokens: prompt, outputTokens: output)
                let batchCost = pricer.cost(of: whole, on: model, mode: ServingMode(serviceTier: .batch), at: time)
                let plainCost = pricer.cost(of: whole, on: model, at: time)
                // A model without a batch price is priced as usual: no batches there.
                if let batchCost, let plainCost, batchCost < plainCost {
                    batched = batched.map { $0 + batchCost }
                } else {
                    batched = nil
                }
                largest = max(largest, pricer.reserve(promptTokens: prompt, limit: limit, on: model, at: time) ?? .zero)
                cached = prompt
            }
        }
        self.init(model: model, steps: sample.count, sequential: total, batched: batched, largestReply: largest)
    }
}

/// How long a reply may be, and how long it probably is.
package struct OutputLimit: Hashable, Sendable {
    package var tokens: Int

    package init(tokens: Int = 8192) { self.tokens = max(1, tokens) }

    /// What the recorded reply wrote, as far as it may.
    package func expected(for step: RecordedStep) -> Int { min(max(1, step.usage.outputTokens), tokens) }
}

extension Delivery {
    /// Whichever is cheaper for both models together; a model without batches leaves no choice.
    package init(cheapestOf estimates: [StudyEstimate]) {
        let batched = estimates.compactMap(\.batched)
        let isCheaper = batched.reduce(.zero, +) < estimates.reduce(.zero) { $0 + $1.sequential }
        self = batched.count == estimates.count && isCheaper ? .batches : .oneByOne
    }
}

extension PriceBook {
    /// Writing an entry of the prompt cache is billed apart from reading the prompt.
    fileprivate func cachesOnWrite(_ model: ModelID) -> Bool { limits(of: model)?.provider == .anthropic }
}

extension Pricer {
    /// What a request may come to at most: its whole prompt, half as long again as it was counted for the recorded model
    /// and written to a cache, and the longest reply.
    package mutating func reserve(
        promptTokens: Int,
        limit: OutputLimit,
        on model: ModelID,
        mode: ServingMode = .standard,
        at time: Timestamp
    ) -> Money? {
        let (tokens, isTooMany) = promptTokens.addingReportingOverflow(promptTokens / 2 + 1)
        let prompt = isTooMany ? Int.max : tokens
        let plain = Usage(inputTokens: prompt, outputTokens: limit.tokens)
        guard let most = cost(of: plain, on: model, mode: mode, at: time) else { return nil }
        // What goes into a batch is not marked for a cache.
        guard mode.serviceTier != .batch else { return most }
        let written = Usage(outputTokens: limit.tokens, cacheWrite5mTokens: prompt)
        return cost(of: written, on: model, mode: mode, at: time).map { max($0, most) }
    }
}
