import ArgumentParser
import Reports
import Settings

extension ExportTarget: ExpressibleByArgument {}

extension OptimizeCommand {
    struct ExportConfig: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export-config",
            abstract: "Writes what was found as a configuration that stands alone, to stdout.",
            discussion: """
                Only changes whose flagged work makes most of what they would move are in it; the file is valid where \
                there are none. To change your own files, and to take it back, use suffice rules.
                """
        )

        @Option(help: "The program it is for.")
        var target: ExportTarget

        @OptionGroup var options: OptimizeOptions

        func run() async throws {
            let bench = try await Workbench(readingFor: options.output)
            let selection = try bench.selection(options.selection, default: .days(30))
            try await bench.ingestIfAsked()
            let choice = try bench.exportedChoice(in: selection)
            let text: String
            do throws(EditRefusal) {
                text = try target.text(of: choice, prices: bench.prices)
            } catch {
                throw CommandError.failed("the configuration cannot be written: \(error)")
            }
            try Output.answer(text)
        }
    }
}
