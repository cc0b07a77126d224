import ArgumentParser
import Domain
import Gateway
import Reports
import Store

struct AppsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apps",
        abstract: "Gives clients of the gateway keys, models and budgets of their own.",
        discussion: """
            Until the first app exists the gateway takes any client on this machine. From then on it wants one of \
            these keys, or a credential that the provider itself knows.
            """,
        subcommands: [List.self, Add.self, Remove.self],
        defaultSubcommand: List.self
    )
}

extension AppsCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Lists apps, what they may do, and when they were used last (the default)."
        )

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let bench = try await Workbench(readingFor: output)
            try await bench.ingestIfAsked()
            let apps = try AppsFile(folder: bench.world.dataFolder).apps().apps
            var lastUsed: [String: Timestamp] = [:]
            if !apps.isEmpty {
                try bench.telling {
                    try bench.store.forEachExchange { exchange in
                        guard let app = exchange.intent.sender.app else { return }
                        lastUsed[app] = max(lastUsed[app] ?? exchange.intent.time, exchange.intent.time)
                    }
                }
            }
            let rows = apps.sorted { $0.name < $1.name }.map { AppsReport.Row($0, lastUsed: lastUsed[$0.name]) }
            try bench.show(AppsReport(.listed, rows, zone: bench.zone))
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Makes a key for one client and shows it once."
        )

        @Argument(help: "A name of your own: letters, digits, '.', '_' and '-'.")
        var name: String

        @Option(
            parsing: .upToNextOption,
            help: ArgumentHelp("Only these models: names, '*' for any characters.", valueName: "glob")
        )
        var models: [String] = []

        @Option(
            help: ArgumentHelp("What it may spend in the window, in US$.", valueName: "usd"),
            transform: Money.init(budget:)
        )
        var budget: Money?

        @Option(help: "For the budget: which local day, week (from Monday) or month (default: day).")
        var window: BudgetWindow?

        @OptionGroup var output: OutputOptions

        func validate() throws {
            let isName =
                (1...64).contains(name.utf8.count)
                && name.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                        || "._-".utf8.contains(byte)
                }
            guard isName else {
                throw ValidationError("'\(name)' is no name; write up to 64 letters, digits, '.', '_' and '-'")
            }
            if window != nil, budget == nil { throw ValidationError("--window needs --budget") }
        }

        func run() async throws {
            let bench = try Workbench(output)
            var random = SystemRandomNumberGenerator()
            let key = LocalKey.minted(by: &random)
            let app = App(
                name: name,
                keyHash: LocalKey.hash(of: key),
                created: bench.world.now,
                models: models,
                budget: budget.map { App.Budget(amount: $0, window: (window ?? .day).rawValue) }
            )
            try AppsFile(folder: bench.world.dataFolder).change { apps throws(CommandError) in
                guard apps[name] == nil else {
                    throw .badInput(
                        "there is an app '\(name)' already; take another name, or first: suffice apps remove \(name)"
                    )
                }
                apps.apps.append(app)
            }
            try bench.show(AppsReport(.added, [AppsReport.Row(app, key: key)], zone: bench.zone))
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: "Takes a client's key away."
        )

        @Argument(help: "The app's name.")
        var name: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let bench = try Workbench(output)
            let removed = try AppsFile(folder: bench.world.dataFolder).change { apps throws(CommandError) in
                guard let app = apps[name] else {
                    let names = apps.apps.map(\.name).sorted()
                    let known = names.isEmpty ? "there are none" : "there are \(names.joined(separator: ", "))"
                    throw .badInput("no app is called '\(name)'; \(known)")
                }
                apps.apps.removeAll { $0.name == name }
                return app
            }
            try bench.show(AppsReport(.removed, [AppsReport.Row(removed)], zone: bench.zone))
        }
    }
}

extension AppsReport.Row {
    fileprivate init(_ app: App, lastUsed: Timestamp? = nil, key: Secret? = nil) {
        self.init(
            name: app.name,
            created: app.created,
            models: app.models,
            budget: app.budget?.amount,
            window: app.budget.flatMap { BudgetWindow(rawValue: $0.window) },
            lastUsed: lastUsed,
            key: key
        )
    }
}
