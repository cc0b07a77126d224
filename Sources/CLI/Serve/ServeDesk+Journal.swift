import Domain
import Foundation
import Gateway
import Ingestion
import Pricing
import Reports
import Store

extension ServeDesk {
    /// Brings the database up to what the journal says.
    func readJournal() async throws { _ = try await bench.ingest(bench.discovery(of: [.gateway])) }

    /// The reports of the admin listener, by name.
    func reports(_ ledger: ServeLedger) -> [String: @Sendable () async throws -> String] {
        [
            "gateway": {
                try await readJournal()
                var pricer = Pricer(book: bench.prices)
                var tally = GatewayTally(runningSince: ledger.started) { pricer.cost(of: $0) }
                try bench.telling { try bench.store.forEachExchange { tally.add($0) } }
                let period = Period(window: .everything, name: "all", now: .now, zone: bench.zone)
                return GatewayReport(tally, period: period).json.text + "\n"
            },
            "spend": {
                try await readJournal()
                let selection = try bench.selection(SelectionOptions(since: .all), default: .all)
                return try bench.spend(by: .model, in: selection).json.text + "\n"
            },
        ]
    }
}
