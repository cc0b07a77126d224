import Domain
import Foundation
import Gateway
import Logging
import Reports
import ServiceLifecycle
import UnixSignals

/// Reads the configuration and the prices again on SIGHUP; what cannot be used changes nothing.
struct Reloading: Service {
    let gateway: GatewayServer
    let ledger: ServeLedger
    let desk: ServeDesk

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            do throws(CommandError) {
                let desk = try desk.repriced()
                let settings = try desk.settings()
                for problem in settings.problems { Output.progress("\(problem)\n") }
                guard !settings.hasErrors else {
                    desk.logger.error("configuration.refused")
                    continue
                }
                try ledger.apply(settings, desk)
                await gateway.apply(desk.configuration(settings))
            } catch {
                desk.logger.error("configuration.refused", metadata: ["error": "\(error)"])
            }
        }
    }
}

/// Says where there is what to ask once all of it listens.
struct Announcement: Service {
    let ports: AsyncStream<Int>
    let bench: Workbench
    let report: @Sendable (_ dashboardPort: Int) -> any Report

    func run() async throws {
        for await port in ports.cancelOnGracefulShutdown() { try bench.show(report(port)) }
    }
}

/// Tests the certificate every day on what came of it; one that is broken is withdrawn, and every request stays on the
/// model asked for.
struct CertificateDuty: Service {
    let gateway: GatewayServer
    let desk: ServeDesk

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(86_400))
                guard !Task.isCancelled, desk.testCertificate() else { continue }
                do {
                    await gateway.apply(desk.configuration(try desk.settings()))
                } catch {
                    desk.logger.error("configuration.refused", metadata: ["error": "\(error)"])
                }
            }
        }
    }
}

/// Moves the journal into the database and lets go of what is older than the user keeps it.
struct Upkeep: Service {
    let ledger: ServeLedger
    let desk: ServeDesk
    let journalDays: Int

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await desk.readJournal()
                    let now = Timestamp.now
                    try desk.bench.removeOldJournalFiles(keptFor: journalDays, on: now.day)
                    let retention = Int64(desk.bench.settings.retentionDays) * 86_400_000
                    ledger.removeCopies(keptBefore: now.advanced(byMilliseconds: -retention))
                } catch {
                    desk.logger.error("upkeep.failed", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(3600))
            }
        }
    }
}

/// Makes the first page's reports before somebody asks for them.
struct Warming: Service {
    let desk: PageDesk

    func run() async throws {
        await desk.warm()
        // A service that ends would end the others.
        try? await gracefulShutdown()
    }
}
