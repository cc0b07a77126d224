import ArgumentParser

struct RouterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "router",
        abstract: "Trains, tries and shows the router that learns from rated prompts.",
        discussion: "What files it reads and what the figures mean: Docs/Routing.md.",
        subcommands: [Eval.self, Train.self, Calibrate.self, SimulateCommand.self, Show.self]
    )
}
