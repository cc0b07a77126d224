package import Domain
package import Pricing

/// Whether a conversation is worth taking to another model, where its prompt has to be written into a cache anew.
///
/// A model's cache is of no use to another. So a switch pays only if the new cache write and the remaining turns on the
/// new model cost less than warm reads and the remaining turns on the old one. Each turn is taken to read the prompt,
/// to write what came in since the last one, and to answer; on the new model the first turn writes the prompt instead of
/// reading it. Where the old cache is gone, both models write it.
package struct SwitchRule: Sendable {
    /// Tokens of the prompt that a cache keeps.
    package var promptTokens: Int
    /// Of them, what the old model still has in its cache.
    package var warmTokens: Int
    /// Prompt tokens that a turn adds.
    package var growth: Int
    /// Tokens that a turn writes.
    package var output: Int

    /// A conversation's own growth and output are better; these, 1,500 and 500 tokens, are of a common agent's turn.
    package init(promptTokens: Int, warmTokens: Int? = nil, growth: Int = 1_500, output: Int = 500) {
        self.promptTokens = max(0, promptTokens)
        self.warmTokens = min(max(0, warmTokens ?? promptTokens), self.promptTokens)
        self.growth = max(0, growth)
        self.output = max(0, output)
    }

    /// The turns that a conversation is expected to go on for where it is looked at again.
    ///
    /// On the safe side, since too few turns only make a switch look dearer: after 188 pauses of more than five minutes
    /// in real Claude Code sessions, six or more turns followed nine times in ten, however long the session had been.
    package static let expectedTurns = 6

    package func pays(from old: Rates, to new: Rates, turns: Int) -> Bool {
        cost(on: new, turns: turns, warm: 0) < cost(on: old, turns: turns, warm: warmTokens)
    }

    /// After so many turns a switch has paid for itself; nil where it never does.
    package func breakEvenTurns(from old: Rates, to new: Rates) -> Double? {
        let (staying, moving) = (turn(on: old).usd, turn(on: new).usd)
        let entry = entry(on: new, warm: 0).usd - entry(on: old, warm: warmTokens).usd
        guard entry > 0 else { return 0 }
        guard staying > moving else { return nil }
        return entry / (staying - moving)
    }

    /// What the turns cost on a model that has so much of the prompt in its cache.
    package func cost(on rates: Rates, turns: Int, warm: Int) -> Money {
        let turns = max(1, turns)
        let each = Usage(outputTokens: output, cacheReadTokens: promptTokens, cacheWrite5mTokens: growth)
        return rates.cost(of: each * turns) + entry(on: rates, warm: warm)
    }

    private func turn(on rates: Rates) -> Money {
        rates.cost(of: Usage(outputTokens: output, cacheReadTokens: promptTokens, cacheWrite5mTokens: growth))
    }

    /// What the first turn costs more than any other, since some of the prompt is not in the cache.
    private func entry(on rates: Rates, warm: Int) -> Money {
        let cold = promptTokens - min(max(0, warm), promptTokens)
        return rates.cost(of: Usage(cacheWrite5mTokens: cold)) - rates.cost(of: Usage(cacheReadTokens: cold))
    }
}

extension Usage {
    fileprivate static func * (usage: Usage, turns: Int) -> Usage {
        func times(_ count: Int) -> Int {
            let (product, isTooMuch) = count.multipliedReportingOverflow(by: turns)
            return isTooMuch ? .max : product
        }
        return Usage(
            outputTokens: times(usage.outputTokens),
            cacheReadTokens: times(usage.cacheReadTokens),
            cacheWrite5mTokens: times(usage.cacheWrite5mTokens)
        )
    }
}
