import Domain
import Pricing
import Synchronization

/// The one pricer of all moves: it remembers what models cost, which takes longer to find out than to apply.
final class SharedPricer: Sendable {
    private let pricer: Mutex<Pricer>

    init(_ book: PriceBook) { pricer = Mutex(Pricer(book: book)) }

    func cost(of usage: Usage, on model: ModelID, mode: ServingMode, at time: Timestamp) -> Money? {
        pricer.withLock { $0.cost(of: usage, on: model, mode: mode, at: time) }
    }

    /// What a token of each kind cost in a call; nil for a model without a price.
    func rates(of call: Call) -> Rates? {
        pricer.withLock { $0.rates(for: call.usage, on: call.model, mode: call.mode, at: call.time) }
    }

    /// What a call's last attempt would have cost without the price step for long prompts.
    func costWithoutLongContext(of call: Call) -> Money? {
        pricer.withLock {
            $0.costWithoutLongContext(of: call.usage, on: call.model, mode: call.mode, at: call.time)
        }
    }
}
