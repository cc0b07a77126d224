import ArgumentParser

/// The command `suffice`: every subcommand is one file in `Commands`.
@main struct Suffice: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "suffice",
        abstract: "Finds the LLM calls that could have cost less.",
        discussion: """
            Without a subcommand it reads the logs of your coding agents, shows what they cost, what of it is \
            recoverable, and the command to run next. Everything stays on this machine.

            Shell completions: suffice --generate-completion-script bash|zsh|fish
            """,
        version: version,
        subcommands: [
            OverviewCommand.self, OnboardCommand.self, OffboardCommand.self, IngestCommand.self, SpendCommand.self,
            SessionsCommand.self, OptimizeCommand.self, KPICommand.self, GuardCommand.self, TokenmaxxCommand.self,
            PricesCommand.self, RulesCommand.self, ValidateCommand.self, AppsCommand.self, ServeCommand.self,
            DashboardCommand.self, DecideCommand.self, RouterCommand.self, MCPCommand.self, DoctorCommand.self,
            StatuslineCommand.self, HookCommand.self,
        ],
        defaultSubcommand: OverviewCommand.self
    )

    static func main() async {
        if HookCall.isAskedFor { HookDeadline.set() }
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            ExitStatus.end(after: error)
        }
    }
}
