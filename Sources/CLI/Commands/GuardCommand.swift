import ArgumentParser
import Domain
import Gateway
import Pricing
import Reports

extension BudgetWindow: ExpressibleByArgument {}
extension Budget.Counts: ExpressibleByArgument {}

struct GuardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guard",
        abstract: "Says whether a budget still holds: for cron, CI and an agent's hook.",
        discussion: """
            Exits with 0 when it holds, with 3 when it is reached, and with 3 when calls without a price are in the \
            window and nobody can tell. Subscription money counts at its API value unless --billing api leaves it out.

            As a hook only a reached budget blocks. In Claude Code's settings.json, for UserPromptSubmit and, to stop \
            within a turn, PreToolUse:
            {"type": "command", "command": "suffice guard --budget 20 --window day --hook claude-code"}
            """
    )

    @Option(
        help: ArgumentHelp(
            "What may be spent in the window, in US$; without it, as [[budget]] in suffice.toml says.",
            valueName: "usd"
        ),
        transform: Money.init(budget:)
    )
    var budget: Money?

    @Option(help: "Which local day, week (from Monday) or month: the one that is now.")
    var window: BudgetWindow?

    @Option(
        help: ArgumentHelp("From which part of the budget on it warns (default: 0.7).", valueName: "share"),
        transform: Double.init(share:)
    )
    var warn = 0.7

    @Option(
        help: ArgumentHelp("From which part of the budget on it stops (default: 1).", valueName: "share"),
        transform: Double.init(share:)
    )
    var stop = 1.0

    @Option(help: "Which money counts: all at list prices, or api, without what a subscription covers.")
    var billing = Budget.Counts.all

    @Option(help: ArgumentHelp("Answer as a hook of this agent, by its protocol.", valueName: "agent"))
    var hook: HookAgent?

    @Option(help: ArgumentHelp("Only this project: its folder, a folder above it, or its name.", valueName: "project"))
    var project: String?

    @Option(help: ArgumentHelp("Only this agent.", valueName: "agent"))
    var agent: Agent?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if budget != nil, window == nil { throw ValidationError("--budget needs --window day, week or month") }
        guard warn > stop else { return }
        throw ValidationError("--warn \(warn) lies above --stop \(stop) and would never be heard; lower it")
    }

    func run() async throws {
        if hook != nil { return try await answerHook() }
        let (bench, report) = try await judgement()
        try bench.show(report)
        guard !report.allows else { return }
        if !bench.isForPeople { Output.trouble(report.verdict) }
        throw CommandError.refused
    }

    /// What stands against the budget in the window that is now.
    func judgement() async throws -> (bench: Workbench, report: GuardReport) {
        let bench = try Workbench(output)
        let (amount, window) = try budgetAndWindow(in: bench)
        let limit = Budget(amount: amount, window: window, warn: warn, stop: stop, counts: billing)
        let selection = try bench.selection(of: self, in: window)
        if bench.settings.ingestsFirst {
            // Nobody waits for old logs at a prompt: one not written to since then holds no call of the window.
            let oldest = hook == nil ? nil : selection.period.window.from
            _ = try await bench.ingest(bench.discovery(since: oldest))
        }
        var pricer = Pricer(book: bench.prices)
        var tally = GuardTally(against: limit) { pricer.cost(of: $0) }
        try bench.forEachCall(in: selection) { tally.add($0) }
        let isEmpty = tally.lastCall == nil && hook == nil
        return (
            bench,
            GuardReport(
                tally,
                period: selection.period,
                newestCall: isEmpty ? try bench.newestCall(of: selection) : nil
            )
        )
    }
}

extension GuardCommand {
    /// What was typed, or else the one `[[budget]]` that is for the project or for everything.
    private func budgetAndWindow(in bench: Workbench) throws(CommandError) -> (Money, BudgetWindow) {
        if let budget, let window { return (budget, window) }
        let settings = try GatewaySettings.load(in: bench.world, prices: bench.prices, apps: Apps())
        let scope = project.map { SpendingLimit.Scope.project($0) } ?? .total
        let fitting = settings.budgets.filter { $0.scope == scope && (window == nil || $0.window == window) }
        guard let only = fitting.first else {
            throw .badInput("no [[budget]] in suffice.toml is for '\(scope)'; add one, or say --budget and --window")
        }
        guard fitting.count == 1 else {
            let windows = fitting.map(\.window.rawValue).joined(separator: ", ")
            throw .badInput("suffice.toml has several budgets for '\(scope)'; say --window, one of \(windows)")
        }
        return (only.amount, only.window)
    }
}

extension Workbench {
    /// The calls of the window that is now, narrowed as the user wants.
    fileprivate func selection(of command: GuardCommand, in window: BudgetWindow) throws -> Selection {
        let days = window.days(around: zone.day(of: world.now))
        var options = SelectionOptions(since: .day(days.first), agent: command.agent)
        options.project = command.project
        var selection = try selection(options, default: .all)
        selection.period.window = window.window(at: world.now, in: zone)
        selection.period.name = window.name
        return selection
    }
}

extension Money {
    /// `20`, `12.50` or `$5`.
    init(budget text: String) throws {
        let number = text.hasPrefix("$") ? text.dropFirst() : text[...]
        let isPlain =
            !number.isEmpty && number.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard isPlain, let dollars = Double(number), dollars <= 1e9, Money(approximatingUSD: dollars) > .zero else {
            throw ValidationError("'\(text)' is no budget; write US dollars above zero, such as 20 or 12.50")
        }
        self.init(approximatingUSD: dollars)
    }
}

extension Double {
    /// A part of the budget; more than all of it is allowed, a percentage taken for a part is not.
    fileprivate init(share text: String) throws {
        guard let share = Double(text), share >= 0, share <= 10 else {
            throw ValidationError("'\(text)' is no part of a budget; write 0.7 for 70%")
        }
        self = share
    }
}
