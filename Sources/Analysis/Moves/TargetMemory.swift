import Domain
import Pricing
import Synchronization

/// Remembers which model can take over which calls: a search over all prices each time, and asked for every session.
///
/// Sizes are rounded up, so that few differ and what is remembered never claims room that is not there. The steps
/// divide the sizes at which providers change their price (100,000, 200,000, 272,000 tokens of prompt).
final class TargetMemory: Sendable {
    private enum Step: Hashable {
        case downgrade
        case nextTier
        case sameTier
    }

    private struct Key: Hashable {
        var model: ModelID
        var needs: Needs
        var step: Step
    }

    private let known = Mutex<[Key: ModelID?]>([:])

    func downgrade(for model: ModelID, needs: Needs, in context: AnalysisContext) -> ModelID? {
        recall(Key(model: model, needs: needs.roundedUp, step: .downgrade)) { key in
            context.prices.downgradeTarget(for: model, needs: key.needs, on: context.today)
        }
    }

    func nextTier(for model: ModelID, needs: Needs, in context: AnalysisContext) -> ModelID? {
        recall(Key(model: model, needs: needs.roundedUp, step: .nextTier)) { key in
            context.prices.nextTierTarget(for: model, needs: key.needs, on: context.today)
        }
    }

    func sameTier(for model: ModelID, needs: Needs, in context: AnalysisContext) -> ModelID? {
        recall(Key(model: model, needs: needs.roundedUp, step: .sameTier)) { key in
            context.prices.sameTierTarget(for: model, needs: key.needs, on: context.today)
        }
    }

    private func recall(_ key: Key, or search: (Key) -> ModelID?) -> ModelID? {
        if let target = known.withLock({ $0[key] }) { return target }
        let target = search(key)
        known.withLock { $0[key] = .some(target) }
        return target
    }
}

extension Needs {
    fileprivate var roundedUp: Needs {
        var rounded = self
        rounded.promptTokens = promptTokens.roundedUp(to: 4000)
        rounded.outputTokens = outputTokens.roundedUp(to: 1000)
        return rounded
    }
}

extension Int {
    fileprivate func roundedUp(to step: Int) -> Int {
        let (raised, overflow) = addingReportingOverflow(step - 1)
        return overflow ? self : raised / step * step
    }
}
