import ArgumentParser
import Domain
import Foundation
import Ingestion
import Pricing
import Reports
import Routing
import Store

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks what Suffice sees, and names what it could not read."
    )

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let bench = try await Workbench(readingFor: output)
        try await bench.ingestIfAsked()
        let report = try bench.diagnosis()
        try bench.show(report)
        if report.hasTrouble { throw CommandError.failed("not everything is well: see above") }
    }
}

extension Workbench {
    fileprivate func diagnosis() throws -> DoctorReport {
        let skipped = try telling { try store.skippedLines() }
        let discovery = discovery()
        var checks: [DoctorReport.Check] = [
            .init("suffice", .good, "\(Suffice.version), prices for \(prices.models.count.of("model"))"),
            dataCheck,
            .init(
                "configuration",
                settings.warnings.isEmpty ? .good : .warning,
                settings.files.isEmpty
                    ? "no suffice.toml; defaults hold" : settings.files.map(shortened).joined(separator: ", "),
                remedy: settings.warnings.first
            ),
        ]
        checks += Agent.allCases.compactMap { check(of: $0, discovery) }
        checks += try callChecks()
        let unfinished = try telling { try store.unfinishedExchangeCount() }
        if unfinished > 0 {
            checks.append(
                .init(
                    "requests",
                    .warning,
                    "\(unfinished.of("request")) through the gateway without an end: still running, or interrupted",
                    remedy: "what was billed for an interrupted one only the provider's console tells"
                )
            )
        }
        let rules = try telling { try store.rules().filter(\.status.isInForce) }
        if !rules.isEmpty {
            let beaten = try overrides(of: rules)
            checks.append(
                .init(
                    "rules",
                    beaten.isEmpty ? .good : .warning,
                    rules.count.of("rule") + " in force"
                        + (beaten.isEmpty ? "" : ", \(beaten.map(\.rule.id).joined(separator: ", ")) overridden"),
                    remedy: beaten.first?.overrides[0].text
                )
            )
        }
        if let watch = try retestCertificate(at: world.now) {
            checks.append(
                .init(
                    "certificate",
                    watch.isWithdrawn ? .warning : .good,
                    watch.text,
                    remedy: watch.isWithdrawn ? "certify anew: suffice router calibrate --alpha … FILE…" : nil
                )
            )
        }
        checks.append(
            skipped.isEmpty
                ? .init("log lines", .good, "every line could be read")
                : .init("log lines", .warning, "\(skipped.count.of("line")) could not be read; the rest was kept")
        )
        return DoctorReport(checks: checks, skipped: skipped.map { .init(file: $0.file, line: $0.line) })
    }

    private var dataCheck: DoctorReport.Check {
        let path = world.dataFolder + "/suffice.sqlite"
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
            let size = facts[.size] as? Int, let mode = facts[.posixPermissions] as? Int
        else { return .init("data", .trouble, "\(path) is not there", remedy: "set SUFFICE_DATA to a folder to write") }
        let text = "\(shortened(path)), \(size.bytesText)"
        guard mode & 0o077 == 0 else {
            return .init("data", .warning, "\(text), readable by others", remedy: "chmod 600 '\(path)'")
        }
        return .init("data", .good, text)
    }

    /// Nil for an agent that does not log here.
    private func check(of agent: Agent, _ discovery: Discovery) -> DoctorReport.Check? {
        let files = discovery.files.filter { $0.agent == agent }
        let troubles = discovery.troubles.filter { $0.agent == agent }
        if let trouble = troubles.first {
            return .init(
                agent.rawValue,
                .warning,
                "\(shortened(trouble.path)): \(trouble.reason)",
                remedy: troubles.count > 1 ? "\(troubles.count) paths like it cannot be read" : nil
            )
        }
        guard !files.isEmpty else { return nil }
        let bytes = files.reduce(0) { $0 + Int($1.size) }
        return .init(agent.rawValue, .good, "\(files.count.of("file")), \(bytes.bytesText)")
    }

    /// What is known of the calls, and what keeps their figures from being better.
    private func callChecks() throws -> [DoctorReport.Check] {
        let selection = try selection(SelectionOptions(since: .all), default: .all)
        let report = try spend(by: .agent, in: selection)
        guard report.totals.calls > 0 else {
            return [.init("calls", .warning, "none", remedy: "run an agent, or: suffice ingest PATH --agent NAME")]
        }
        let days = report.period.days(firstCall: report.firstCall, lastCall: report.lastCall) ?? ""
        var checks: [DoctorReport.Check] = [.init("calls", .good, "\(report.totals.calls.grouped), \(days)")]
        if report.unpriced.isEmpty {
            checks.append(.init("prices", .good, "every model has one"))
        } else {
            checks.append(
                .init(
                    "prices",
                    .warning,
                    "none for " + report.unpriced.map(\.model.rawValue).joined(separator: ", "),
                    remedy: "suffice prices update, or [[price]] in suffice.toml"
                )
            )
        }
        if !report.agentsOfUnknownBilling.isEmpty {
            let names = report.agentsOfUnknownBilling.map(\.rawValue)
            checks.append(
                .init(
                    "billing",
                    .warning,
                    "unknown for \(names.joined(separator: ", "))",
                    remedy: "[billing] \(names[0]) = \"api\" or \"subscription\" in suffice.toml"
                )
            )
        }
        return checks
    }
}
