import ArgumentParser
import Domain
import Reports

/// What `suffice` alone does.
struct OverviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overview",
        abstract: "Shows spend, what is recoverable, and the next command (the default).",
        discussion: "Covers everything unless --since says otherwise.",
        shouldDisplay: false
    )

    /// Words that are no command end up here.
    @Argument(help: .hidden)
    var words: [String] = []

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard let word = words.first else { return }
        throw ValidationError("suffice has no command '\(word)'; suffice --help lists them")
    }

    func run() async throws {
        let bench = try await Workbench(readingFor: output)
        let selection = try bench.selection(selection, default: .all)
        try await bench.ingestIfAsked()
        let found = try bench.showOverview(of: selection)
        if let found, let question = FindingsShelf.Question(self.selection, default: .all) {
            KeptFindings.keep(found, for: question, in: bench.world)
        }
    }
}

extension Workbench {
    /// Shows where the money goes, and gives back what was found; nil where there is nothing at all.
    @discardableResult
    func showOverview(of selection: Selection) throws -> OptimizeReport? {
        let spend = try spend(by: .model, in: selection)
        if try saidNothingFound(spend.newestCall) { return nil }
        let found = try optimize(in: selection)
        try show(OverviewReport(spend: spend, optimize: found))
        return found
    }
}
