import Domain
import Foundation
import Gateway
import Journal
import Logging
import NIOCore
import Pricing
import Store
import Synchronization

/// What the running gateway writes down and asks for: the journal, budgets, apps, copies of requests, and metrics.
///
/// All of it is called on the gateway's event loops; what it keeps is behind locks that nobody holds for long.
final class ServeLedger: Sendable {
    let journal: JournalWriter
    let budgets: BudgetKeeper
    /// When this run began.
    let started: Timestamp
    private let apps: Mutex<Apps>
    /// Nil where the user keeps no copies of requests.
    let queue: CopyQueue?
    private let copies: RequestCopies?
    private let metrics: GatewayMetrics
    private let logger: Logger

    init(_ settings: GatewaySettings, _ desk: ServeDesk, started: Timestamp) throws(CommandError) {
        let apps = try desk.apps()
        journal = JournalWriter(folder: desk.bench.journalFolder)
        budgets = BudgetKeeper(
            Budgets(desk.bench.spendingLimits(settings, apps), at: started) { desk.spent(under: $0, in: $1) },
            prices: desk.bench.prices
        )
        self.started = started
        self.apps = Mutex(apps)
        metrics = GatewayMetrics(prices: desk.bench.prices)
        logger = desk.logger
        do {
            let folder = desk.bench.requestFolder
            copies = desk.bench.settings.capturesContent ? try RequestCopies(folder: folder) : nil
        } catch {
            throw .failed(error.description)
        }
        let logger = logger
        queue = copies.map { CopyQueue($0, logger: logger) }
    }

    /// Takes over what the user changed.
    func apply(_ settings: GatewaySettings, _ desk: ServeDesk) throws(CommandError) {
        let apps = try desk.apps()
        self.apps.withLock { $0 = apps }
        let prices = desk.bench.prices
        metrics.replace(prices: prices)
        budgets.replace(desk.bench.spendingLimits(settings, apps), prices: prices, at: .now) {
            desk.spent(under: $0, in: $1)
        }
    }

    /// Lets go of copies that are older than the user keeps them.
    func removeCopies(keptBefore time: Timestamp) { copies?.remove(keptBefore: time) }

    /// What the gateway calls.
    var gateway: GatewayLedger {
        let capture = queue.map { queue in { @Sendable body in queue.keep(body) } }
        return GatewayLedger(
            begin: { self.journal.append(.intent($0), at: $0.time) },
            end: { self.end($0) },
            reserve: { self.reserve($0, maxOutputTokens: $1) },
            capture: capture,
            app: { self.app(for: $0) },
            now: { Timestamp.now }
        )
    }

    private func end(_ exchange: Exchange) {
        let cost = budgets.end(exchange)
        guard let outcome = exchange.outcome else { return }
        journal.append(.outcome(exchange.intent, outcome), at: outcome.time)
        metrics.record(exchange.intent, outcome, cost: cost)
    }

    private func reserve(_ intent: Exchange.Intent, maxOutputTokens: Int?) -> GatewayLedger.BudgetAnswer {
        budgets.begin(intent, maxOutputTokens: maxOutputTokens).map { .spent($0.description) } ?? .allowed
    }

    private func app(for key: Secret) -> GatewayLedger.AppAnswer {
        apps.withLock { apps in
            if apps.isEmpty { return .noApps }
            return apps.app(forKey: key).map { .known(name: $0.name, models: $0.models) } ?? .unknown
        }
    }
}

extension Timestamp {
    /// By the machine's clock.
    static var now: Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
