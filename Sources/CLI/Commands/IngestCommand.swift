import ArgumentParser
import Domain
import Foundation
import Ingestion
import Reports

struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Reads what is new in the logs.",
        discussion: "Every report does this by itself; this command is for logs elsewhere, such as a backup's."
    )

    @Argument(help: "Files, folders, or whole home folders with logs; without any, where agents log.")
    var paths: [String] = []

    @Option(help: ArgumentHelp("Whose logs the paths are, or the only agent to read.", valueName: "agent"))
    var agent: Agent?

    @Option(
        help: ArgumentHelp("Skip files that have not changed since: 30d, 2026-08-01, all.", valueName: "time"),
        transform: Reach.init
    )
    var since: Reach?

    @Option(help: "How to write the answer.")
    var format: ReportFormat?

    func run() async throws {
        let bench = try Workbench(OutputOptions(format: format))
        let start = (since ?? .all).start(now: bench.world.now, in: bench.zone)
        let agents = agent.map { [$0] } ?? Set(Agent.allCases)
        let discovery =
            paths.isEmpty
            ? bench.discovery(of: agents, since: start)
            : try bench.discovery(at: paths, agent: agent, since: start)
        let report = try await bench.ingest(discovery)
        if report.filesFound == 0, paths.isEmpty, bench.settings.format == .table {
            try Output.answer(bench.nothingFoundText + "\n")
        } else {
            try bench.show(report)
        }
    }
}
