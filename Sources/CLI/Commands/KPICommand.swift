import ArgumentParser
import Pricing
import Reports

struct KPICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kpi",
        abstract: "Shows how well calls are used, and whether your targets hold.",
        discussion: """
            Covers everything unless --since says otherwise. Targets stand under [kpi] in suffice.toml, such as \
            cache_hit_rate = 0.6. The target of a rate of the cache, the batch price, estimates and of cheap and \
            balanced models is the least that will do; that of frontier and unknown models, escalations and costs is \
            the most.
            """
    )

    @Flag(help: "Exit with 3 when a target is missed; one that the data cannot judge does not fail.")
    var check = false

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let bench = try await Workbench(readingFor: output)
        let selection = try bench.selection(selection, default: .all)
        try await bench.ingestIfAsked()
        let report = try bench.keyFigures(in: selection)
        if try bench.saidNothingFound(report.newestCall) { return }
        try bench.show(report)
        if check { try bench.judge(report) }
    }
}

extension Workbench {
    fileprivate func keyFigures(in selection: Selection) throws -> KPIReport {
        var pricer = Pricer(book: prices)
        var tally = KPITally(cost: { pricer.cost(of: $0) }, facts: { prices.facts(of: $0) })
        try forEachSession(in: selection) { tally.add($0) }
        return KPIReport(
            tally,
            period: selection.period,
            targets: settings.targets,
            newestCall: tally.lastCall == nil ? try newestCall(of: selection) : nil
        )
    }

    /// Says no where a target is missed; where people do not read it in the answer, tells why.
    fileprivate func judge(_ report: KPIReport) throws {
        if report.withTarget.isEmpty {
            Output.trouble("warning: no targets are set, nothing was checked: write them under [kpi] in suffice.toml")
        }
        if !isForPeople {
            for row in report.missed + report.undecided { Output.trouble(row.verdict) }
        }
        if !report.missed.isEmpty { throw CommandError.refused }
    }
}
