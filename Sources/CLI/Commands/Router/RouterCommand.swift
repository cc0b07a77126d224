import ArgumentParser

struct RouterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "router",
        abstract: "Shows how well the router decides.",
        subcommands: [SimulateCommand.self]
    )
}
