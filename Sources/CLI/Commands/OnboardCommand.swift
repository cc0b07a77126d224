import ArgumentParser
import Domain
import Ingestion
import Reports

struct OnboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onboard",
        abstract: "Finds your agents, reads their logs, and shows where the money goes.",
        discussion: "Changes nothing of your agents. What is left out by --since is read when a later report asks."
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
        try bench.showOverview(of: selection)
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
