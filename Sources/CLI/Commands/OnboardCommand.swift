import ArgumentParser
import Domain
import Ingestion
import Reports

struct OnboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onboard",
        abstract: "Finds your agents, reads their logs, and shows where the money goes.",
        discussion: """
            Then says what is worth doing first, and offers to add itself to Claude Code and Codex: to let them ask which \
            model suffices. Shows every change and asks before it; where nobody can be asked, only --yes changes anything. \
            suffice offboard takes all of it away again. What is left out by --since is read when a later report asks.
            """
    )

    @Flag(name: .customLong("claude-code"), help: "Only Claude Code.")
    var claudeCode = false

    @Flag(help: "Only Codex; together with --claude-code, both.")
    var codex = false

    @Option(
        help: ArgumentHelp("How far back to read: 30d, 2026-08-01, or all.", valueName: "time"),
        transform: Reach.init
    )
    var since = Reach.days(30)

    @Flag(help: "Add all that is offered without asking.")
    var yes = false

    @Flag(help: "Offer hooks, too, in Claude Code: a line as a session starts, hints on subagents, a status line.")
    var hooks = false

    @OptionGroup var output: OutputOptions

    private var agents: Set<Agent> {
        let named = Set([claudeCode ? Agent.claudeCode : nil, codex ? Agent.codex : nil].compactMap { $0 })
        return named.isEmpty ? Set(Agent.allCases) : named
    }

    func run() async throws {
        let bench = try Workbench(output)
        let options = SelectionOptions(since: since, agent: agents.count == 1 ? agents.first : nil)
        let selection = try bench.selection(options, default: .all)
        let discovery = bench.discovery(of: agents, since: selection.period.window.from)
        if bench.settings.format == .table { Output.progress(bench.foundText(discovery, of: agents)) }
        if bench.settings.ingestsFirst { _ = try await bench.ingest(discovery) }
        var additions = additions(in: bench.world)
        if yes { try make(&additions) }
        try show(additions, selection, bench)
        if !yes, Question.canBeAsked { try make(&additions) }
    }

    /// What can be added to the agents here; one whose settings cannot be understood is named, and left alone.
    private func additions(in world: World) -> [Addition] {
        let all = Additions(world: world, withHooks: hooks)
        return [Agent.claudeCode, .codex].filter(agents.contains).flatMap { agent in
            do {
                return try all.all(for: agent)
            } catch {
                Output.trouble("\(agent.rawValue): \(error)")
                return []
            }
        }
    }

    private func show(_ additions: [Addition], _ selection: Selection, _ bench: Workbench) throws {
        let spend = try bench.spend(by: .model, in: selection)
        if try bench.saidNothingFound(spend.newestCall) { return }
        let flags = [claudeCode ? " --claude-code" : "", codex ? " --codex" : "", hooks ? " --hooks" : ""].joined()
        let found = try bench.optimize(in: selection)
        try bench.show(
            OnboardReport(
                overview: OverviewReport(spend: spend, optimize: found),
                proposals: bench.proposals(of: found.findings.map(\.finding), beside: try bench.rules()),
                additions: additions.map { .init(agent: $0.agent.rawValue, title: $0.title, isMade: $0.isMade) },
                command: "suffice onboard\(flags) --yes"
            )
        )
    }

    /// Makes what the user wants, one after the other, each shown before.
    private func make(_ additions: inout [Addition]) throws {
        for index in additions.indices where !additions[index].isMade {
            let addition = additions[index]
            Output.progress("\n\(addition.agent.rawValue): \(addition.title)\n\(addition.preview.visibleLines)")
            guard yes || Question.isAnsweredYes("Add it?") else { continue }
            for line in try addition.make() { Output.progress(line.visible + "\n") }
            additions[index].isMade = true
            Output.progress("added; suffice offboard takes it away again\n")
        }
    }
}

extension Workbench {
    /// The agents that log here and how much each wrote.
    fileprivate func foundText(_ discovery: Discovery, of agents: Set<Agent>) -> String {
        let lines = Agent.allCases.filter(agents.contains).compactMap { agent -> String? in
            let files = discovery.files.filter { $0.agent == agent }
            guard !files.isEmpty else { return nil }
            let roots = discovery.roots.filter { $0.agent == agent }.map { shortened($0.path) }
            let bytes = files.reduce(0) { $0 + Int($1.size) }
            return "found \(agent.rawValue): \(files.count.of("file")), \(bytes.bytesText) in "
                + "\(roots.joined(separator: ", ").visible)\n"
        }
        return lines.joined()
    }
}
