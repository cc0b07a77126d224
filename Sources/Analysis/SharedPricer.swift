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
}
