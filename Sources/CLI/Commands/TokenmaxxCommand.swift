import ArgumentParser
import Foundation
import Reports

struct TokenmaxxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenmaxx",
        abstract: "Says in one line how hard you are overpaying; it names no projects."
    )

    @Option(help: ArgumentHelp("Write the line as a picture, too.", valueName: "file"))
    var svg: String?

    @Flag(help: "Name the projects it is mostly about in the picture; without this it names none.")
    var nameProjects = false

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let bench = try await Workbench(readingFor: output)
        let selection = try bench.selection(selection, default: .days(30))
        try await bench.ingestIfAsked()
        let report = TokenmaxxReport(try bench.optimize(in: selection), namingProjects: nameProjects)
        if report.calls == 0, try bench.saidNothingFound(report.newestCall) { return }
        if let svg, report.calls > 0 {
            let path = bench.world.absolute(svg)
            do {
                try Data(report.svg.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            } catch {
                throw CommandError.failed("\(path) cannot be written: \(error.localizedDescription)")
            }
        }
        try bench.show(report)
    }
}
