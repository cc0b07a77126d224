import Analysis
import ArgumentParser
import Domain
import Pricing
import Reports
import Store

struct SessionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions",
        abstract: "Lists sessions, or shows one call by call."
    )

    @Argument(help: "A session's id, or as much of its beginning as names it alone.")
    var id: String?

    @Option(help: ArgumentHelp("How many rows to show; 0 shows all.", valueName: "rows"))
    var limit: Int?

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
    }

    func run() async throws {
        let bench = try await Workbench(readingFor: output)
        let selection = try bench.selection(selection, default: .all)
        try await bench.ingestIfAsked()
        if let id {
            try bench.show(bench.timeline(of: id, limit: limit ?? 60))
        } else {
            let report = try bench.sessions(in: selection, limit: limit ?? 30)
            if try bench.saidNothingFound(report.newestCall) { return }
            try bench.show(report)
        }
    }
}

extension Workbench {
    func sessions(in selection: Selection, limit: Int) throws -> SessionsReport {
        var pricer = Pricer(book: prices)
        var tally = SessionsTally { pricer.cost(of: $0) }
        try forEachCall(in: selection, withTools: true) { tally.add($0) }
        return SessionsReport(
            tally,
            period: selection.period,
            newestCall: try tally.lastCall ?? newestCall(of: selection),
            limit: limit
        )
    }

    fileprivate func timeline(of text: String, limit: Int) throws -> SessionReport {
        timeline(of: try session(named: text), limit: limit)
    }

    func timeline(of session: Session, limit: Int) -> SessionReport {
        var pricer = Pricer(book: prices)
        let context = AnalysisContext(prices: prices, today: today, thresholds: Thresholds(settings.thresholds))
        let rebuilds = session.cacheRebuilds(in: context).map { rebuild in
            (
                rebuild.call,
                SessionReport.Rebuild(
                    tokens: rebuild.tokens,
                    extraCost: rebuild.extraCost,
                    reason: rebuild.reason.phrase
                )
            )
        }
        return SessionReport(
            session,
            zone: zone,
            limit: limit,
            rebuilds: Dictionary(rebuilds, uniquingKeysWith: { first, _ in first }),
            cost: { pricer.cost(of: $0) }
        )
    }

    /// The session whose id is this, begins with it, or is shortened to it in a table (`0f6c2…3f1f6f11`).
    func session(named text: String) throws -> Session {
        let parts = text.split(separator: "…", maxSplits: 1, omittingEmptySubsequences: false)
        let prefix = String(parts[0])
        return try telling {
            let matching = try store.sessions(matching: prefix).filter { id in
                parts.count == 1 || id.name.hasSuffix(parts[1])
            }
            // A whole id is never ambiguous, even where it begins another.
            let exact = matching.filter { $0.name == prefix }
            let found = exact.isEmpty ? matching : exact
            guard let id = found.first else {
                throw CommandError.badInput("no session's id begins with '\(text)'; suffice sessions lists them")
            }
            guard found.count == 1 else {
                let names = found.prefix(5).map { "\($0.name) (\($0.agent.rawValue))" }.joined(separator: ", ")
                throw CommandError.badInput("'\(text)' begins \(found.count) ids: \(names); write more of it")
            }
            guard var session = try store.session(id) else {
                throw CommandError.failed("session \(id.name) is gone; run again")
            }
            session.billing = billing(of: session.billing, agent: id.agent)
            return session
        }
    }
}
