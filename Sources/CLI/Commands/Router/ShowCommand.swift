import ArgumentParser
import Reports

extension RouterCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Shows the installed router: from what, since when, and how good on rows it never saw."
        )

        @Option(help: "How to write the answer.")
        var format: ReportFormat?

        func run() async throws {
            let bench = try Workbench(OutputOptions(format: format))
            let folder = RouterFolder(dataFolder: bench.world.dataFolder)
            var additions: [String] = []
            for kind in RouterFolder.Kept.allCases {
                if let calibration = try folder.calibration(kind) { additions.append(calibration.text) }
            }
            try bench.show(RouterShowReport(try folder.record(), zone: bench.zone, additions: additions))
        }
    }
}
