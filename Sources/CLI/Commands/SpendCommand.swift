import ArgumentParser
import Domain
import Pricing
import Reports
import Store

extension SpendGrouping: ExpressibleByArgument {}

struct SpendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spend",
        abstract: "Shows what the calls cost.",
        discussion: "Covers everything unless --since says otherwise. Money a subscription covers is its API value."
    )

    @Option(help: "What the rows stand for.")
    var by = SpendGrouping.model

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let bench = try await Workbench(readingFor: output)
        let selection = try bench.selection(selection, default: .all)
        try await bench.ingestIfAsked()
        let report = try bench.spend(by: by, in: selection)
        if try bench.saidNothingFound(report.newestCall) { return }
        try bench.show(report)
    }
}

extension Workbench {
    func spend(by grouping: SpendGrouping, in selection: Selection) throws -> SpendReport {
        var pricer = Pricer(book: prices)
        var tally = SpendTally(by: grouping, zone: zone) { pricer.cost(of: $0) }
        try forEachCall(in: selection, withTools: grouping == .tool) { tally.add($0) }
        return try spend(of: tally, in: selection)
    }

    /// What was added up, with what stands beside it in a report.
    func spend(of tally: SpendTally, in selection: Selection) throws -> SpendReport {
        SpendReport(
            tally,
            period: selection.period,
            skippedLines: try telling { try store.skippedLines().count },
            // In no agent's log, they belong to a report of everything.
            interruptedRequests: selection.isEverything
                ? try telling { try store.unfinishedExchangeCount(in: selection.period.window) } : 0,
            newestCall: tally.lastCall == nil ? try newestCall(of: selection) : nil
        )
    }

    /// On a machine without any logs, people hear where was looked; programs get their empty answer.
    func saidNothingFound(_ newestCall: Timestamp?) throws -> Bool {
        guard newestCall == nil, isForPeople, try telling({ try store.newestCall() }) == nil,
            try telling({ try store.unfinishedExchangeCount() }) == 0
        else { return false }
        try Output.answer(nothingFoundText + "\n")
        return true
    }
}
