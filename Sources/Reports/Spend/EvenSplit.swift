import Domain

/// A call's figures divided over its tool calls so that the parts sum to the whole, to the last token and billionth.
package struct EvenSplit {
    /// How many of the call's tool calls each part stands for, in order.
    private let weights: [Int]
    private let total: Int64

    package init(weights: [Int]) {
        self.weights = weights
        total = Int64(weights.reduce(0, +))
    }

    /// By largest remainder; of equal remainders the earlier part gets the unit that is left.
    package func parts(of whole: Int64) -> [Int64] {
        var parts = weights.map { _ in Int64(0) }
        spread(whole) { parts[$0] += $1 }
        return parts
    }

    package func parts(of whole: SpendFigures) -> [SpendFigures] {
        let amounts = whole.amounts
        var parts = [Int64](repeating: 0, count: amounts.count * weights.count)
        for (index, amount) in amounts.enumerated() {
            spread(amount) { parts[$0 * amounts.count + index] += $1 }
        }
        return weights.indices.map { part in
            SpendFigures(amounts: parts[(part * amounts.count)...])
        }
    }

    /// Hands out the whole: to each part what it may have at least, then what is left, unit by unit.
    private func spread(_ whole: Int64, _ give: (_ part: Int, _ amount: Int64) -> Void) {
        guard total > 0, whole != 0 else { return }
        // Divides first: whole times weight could overflow.
        let (base, rest) = whole.quotientAndRemainder(dividingBy: total)
        var left = rest
        for (part, weight) in weights.enumerated() {
            let more = rest * Int64(weight) / total
            give(part, base * Int64(weight) + more)
            left -= more
        }
        guard left != 0 else { return }
        let remainders = weights.map { abs(rest * Int64($0) % total) }
        let order = weights.indices.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
        for part in order.prefix(Int(abs(left))) { give(part, left.signum()) }
    }
}

extension SpendFigures {
    /// Every amount there is to split, in the order that ``init(amounts:)`` takes them.
    fileprivate var amounts: [Int64] {
        [
            Int64(calls), Int64(usage.inputTokens), Int64(usage.outputTokens), Int64(usage.cacheReadTokens),
            Int64(usage.cacheWrite5mTokens), Int64(usage.cacheWrite1hTokens), Int64(usage.reasoningTokens),
            Int64(usage.webSearchRequests), Int64(estimatedOutputTokens), Int64(lowerBoundCalls),
            Int64(unpricedCalls), Int64(unpricedTokens), billing.api.nanoUSD, billing.subscription.nanoUSD,
            billing.unknown.nanoUSD,
        ]
    }

    /// Takes them from the front of the slice.
    fileprivate init(amounts: ArraySlice<Int64>) {
        self.init()
        let first = amounts.startIndex
        calls = Int(amounts[first])
        usage = Usage(
            inputTokens: Int(amounts[first + 1]),
            outputTokens: Int(amounts[first + 2]),
            cacheReadTokens: Int(amounts[first + 3]),
            cacheWrite5mTokens: Int(amounts[first + 4]),
            cacheWrite1hTokens: Int(amounts[first + 5]),
            reasoningTokens: Int(amounts[first + 6]),
            webSearchRequests: Int(amounts[first + 7])
        )
        estimatedOutputTokens = Int(amounts[first + 8])
        lowerBoundCalls = Int(amounts[first + 9])
        unpricedCalls = Int(amounts[first + 10])
        unpricedTokens = Int(amounts[first + 11])
        billing.api = Money(nanoUSD: amounts[first + 12])
        billing.subscription = Money(nanoUSD: amounts[first + 13])
        billing.unknown = Money(nanoUSD: amounts[first + 14])
    }
}
