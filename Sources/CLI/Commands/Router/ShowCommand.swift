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
            _ = try bench.retestCertificate(at: bench.world.now)
            try bench.show(try PageDesk.router(bench))
        }
    }
}
