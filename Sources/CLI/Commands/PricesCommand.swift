import ArgumentParser
import Domain
import Foundation
import Pricing
import Reports

struct PricesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prices",
        abstract: "Shows what models cost, and takes in newer price lists.",
        subcommands: [List.self, Show.self, Update.self, Check.self],
        defaultSubcommand: List.self
    )
}

extension PricesCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Lists today's prices (the default)."
        )

        @Argument(help: "Only models whose name has this in it.")
        var name: String?

        @Flag(help: "Retired models too, and those that are no agent's.")
        var all = false

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let bench = try Workbench(output)
            let report = PriceListReport(bench.prices, on: bench.today, naming: name, all: all)
            guard name == nil || !report.rows.isEmpty || report.retired > 0 else {
                throw CommandError.badInput("no model's name has '\(name ?? "")' in it; suffice prices lists all")
            }
            try bench.show(report)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "Shows every price a model had.")

        @Argument(help: "The model's name, as a log spells it.")
        var model: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let bench = try Workbench(output)
            guard let report = ModelPriceReport(ModelID(model), in: bench.prices) else {
                throw CommandError.badInput(
                    "no price for '\(model)'; give one with [[price]] in suffice.toml, or run suffice prices update"
                )
            }
            try bench.show(report)
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Tells whether every model in the logs has a price, and whether agents' own figures agree."
        )

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let bench = try await Workbench(readingFor: output)
            let selection = try bench.selection(SelectionOptions(since: .all), default: .all)
            try await bench.ingestIfAsked()
            var pricer = Pricer(book: bench.prices)
            var tally = PriceCheckTally { pricer.cost(of: $0) }
            try bench.forEachCall(in: selection) { tally.add($0) }
            try bench.show(PriceCheckReport(tally))
        }
    }
}
