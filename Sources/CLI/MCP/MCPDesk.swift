import ArgumentParser
import Domain
import Ingestion
import JSONText
import Reports
import Store

/// Answers an agent's questions with the reports of the command line.
///
/// A report is made once for a state of the database, and looked at again only when that has changed: an agent waits for
/// the answer.
struct MCPDesk {
    /// What the answers rest on; opened anew when settings, prices, the router or the database file were exchanged.
    private struct Open {
        var bench: Workbench
        var decider: Decider?
        var stamps: FileStamps
        /// What an earlier start had found.
        var kept: KeptFindings?
    }

    private struct Kept {
        var state: String
        var report: SpendReport
    }

    /// Beyond it all are forgotten: no agent asks so many things again.
    private static let mostKept = 32
    /// As many as are worth their tokens.
    private static let mostRows = 20

    private let bell: Bell
    private var open: Open?
    private var kept: [String: Kept] = [:]
    private var shelf: FindingsShelf
    private var isWarm = false
    /// What is being waited for, by call.
    private var awaited: [RPCID: FindingsShelf.Question] = [:]

    init(bell: Bell) {
        self.bell = bell
        shelf = FindingsShelf(bell: bell)
    }

    /// The answer; nil where it is being worked out: then the bell will ring, or the time of ``patience(with:)`` is up.
    mutating func answer(_ call: MCPConversation.Call) -> MCPAnswer? {
        awaited[call.id] = nil
        do {
            let arguments = try ToolArguments(call.arguments, of: call.tool)
            let bench = try bench()
            switch call.tool {
            case .shouldDowngrade: return try advice(arguments, bench, for: call).map { .value($0.json) }
            case .findings: return try findings(arguments, bench, for: call).map { .value($0) }
            case .spend: return .value(try spend(arguments, bench))
            case .explanation: return .value(try decision(arguments, bench).json)
            }
        } catch let trouble as ToolTrouble {
            return .trouble(trouble.text)
        } catch CommandError.badInput(let text), CommandError.failed(let text) {
            return .trouble(text)
        } catch {
            return .trouble(Suffice.message(for: error))
        }
    }

    /// Begins to work out what takes longest.
    mutating func warm() {
        guard let bench = try? bench() else { return }
        try? shelf.begin(.history, on: bench)
    }

    /// How long nobody need do anything, in milliseconds; nil: until something comes.
    mutating func patience(with calls: [MCPConversation.Call]) -> Int? {
        keepFindings()
        if calls.isEmpty, !isWarm {
            // Nobody says anything: time for what the first question needs.
            isWarm = true
            if let bench = try? bench() { _ = try? decider(bench) }
        }
        let now = ContinuousClock.now
        return calls.compactMap { call in
            let rest = FindingsShelf.patience - (now - call.time)
            // Rounded up, so that it is over afterwards.
            return rest > .zero ? Int(rest / .milliseconds(1)) + 1 : nil
        }.min()
    }

    /// Stops working out what was waited for by calls that were taken back.
    mutating func stop(exceptFor calls: [MCPConversation.Call]) {
        let asking = Set(calls.map(\.id))
        let gone = awaited.filter { !asking.contains($0.key) }
        for id in gone.keys { awaited[id] = nil }
        for question in Set(gone.values) where !awaited.values.contains(question) { shelf.stop(question) }
    }

    /// Keeps what was worked out for the next start, and goes on to what will be asked next.
    private mutating func keepFindings() {
        guard let bench = open?.bench else { return }
        for question in shelf.collected() {
            guard let found = shelf.last(question) else { continue }
            KeptFindings.keep(found.report, for: question, in: bench.at(found.time).world)
            if question == .history { try? shelf.begin(.usual, on: bench) }
        }
    }
}

extension MCPDesk {
    private mutating func findings(
        _ arguments: ToolArguments,
        _ bench: Workbench,
        for call: MCPConversation.Call
    ) throws -> JSON? {
        let kind = arguments["kind"]
        if let kind, !OptimizeCommand.kinds.contains(kind) {
            throw ToolTrouble(
                "no finding has the kind '\(kind)'; there are \(OptimizeCommand.kinds.joined(separator: ", "))"
            )
        }
        let question = FindingsShelf.Question(
            project: arguments["project"],
            since: try arguments["since"].map { try Reach($0) } ?? .days(30)
        )
        let waited = ContinuousClock.now - call.time
        guard let found = try shelf.found(for: question, waited: waited, on: bench) else {
            if waited >= FindingsShelf.patience, kind == nil,
                let kept = open?.kept?.answer(to: question, at: bench.world.now)
            {
                return JSON.exact(kept.text).stamped(kept.time)
            }
            awaited[call.id] = question
            return nil
        }
        var report = found.report
        if let kind { report.findings.removeAll { $0.finding.kind != kind } }
        let brief = report.brief(showing: KeptFindings.most)
        return found.isCurrent ? brief : brief.stamped(found.time)
    }

    private mutating func spend(_ arguments: ToolArguments, _ bench: Workbench) throws -> JSON {
        let name = arguments["by"] ?? SpendGrouping.model.rawValue
        guard let grouping = SpendGrouping(rawValue: name) else {
            throw ToolTrouble("'by' is one of \(SpendGrouping.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let selection = try bench.selection(arguments, default: .all)
        // A report of another day is another one.
        let day = bench.zone.day(of: bench.world.now)
        let question = [name, arguments["project"] ?? "", arguments["since"] ?? "", day.description]
            .joined(separator: "\u{0}")
        let state = try bench.telling { try bench.store.state() }
        if let known = kept[question], known.state == state { return known.report.brief(showing: Self.mostRows) }
        let report = try bench.spend(by: grouping, in: selection)
        if kept.count >= Self.mostKept { kept = [:] }
        kept[question] = Kept(state: state, report: report)
        return report.brief(showing: Self.mostRows)
    }

    private mutating func decision(_ arguments: ToolArguments, _ bench: Workbench) throws -> DecideReport {
        let model = arguments["model"].map { bench.model(named: $0) } ?? bench.frontierModel
        let facts = bench.facts(ofPrompt: arguments["prompt"] ?? "", askedOf: model)
        return try decider(bench).decision(on: facts, at: bench.world.now)
    }

    private mutating func advice(
        _ arguments: ToolArguments,
        _ bench: Workbench,
        for call: MCPConversation.Call
    ) throws -> DowngradeAdvice? {
        let waited = ContinuousClock.now - call.time
        let found = try shelf.found(for: .history, waited: waited, on: bench)
        if found == nil, waited < FindingsShelf.patience {
            awaited[call.id] = .history
            return nil
        }
        let project = bench.project(named: arguments["project"])
        let recent = try bench.recentCall(in: project)
        let model = arguments["model"].map { bench.model(named: $0) } ?? recent?.model ?? bench.frontierModel
        var facts = bench.facts(ofPrompt: arguments["prompt"] ?? "", askedOf: model)
        facts.promptBytes += bench.bytes(of: arguments.files, in: project)
        let report = try decider(bench).decision(on: facts, at: bench.world.now)
        let verdicts = try bench.telling { try bench.store.verdicts() }
        let selection = try bench.selection(of: project)
        let evidence = (found.map { SmallWork.all(in: $0.report) } ?? open?.kept?.work).map { work in
            ProjectEvidence(in: work, about: report.decision.requested, selection: selection, verdicts: verdicts)
        }
        return bench.advice(
            report,
            facts: facts,
            evidence: evidence,
            recent: recent,
            contradiction: report.decision.contradiction(in: project, verdicts)
        )
    }
}

extension MCPDesk {
    private mutating func bench() throws -> Workbench {
        let world = World.current()
        let stamps = FileStamps(world)
        if let open, open.stamps == stamps { return open.bench.at(world.now) }
        open = nil
        kept = [:]
        shelf.stopAll()
        shelf = FindingsShelf(bell: bell)
        let bench = try Workbench(lookingWith: OutputOptions(format: nil))
        let earlier = KeptFindings.read(in: world.dataFolder, ground: stamps.fingerprint)
        open = Open(bench: bench, decider: nil, stamps: stamps, kept: earlier)
        return bench
    }

    private mutating func decider(_ bench: Workbench) throws -> Decider {
        if let decider = open?.decider { return decider }
        let decider = try Decider(bench)
        open?.decider = decider
        return decider
    }
}

extension Workbench {
    fileprivate func selection(_ arguments: ToolArguments, default since: Reach) throws -> Selection {
        var options = SelectionOptions(since: since)
        if let text = arguments["since"] { options.since = try Reach(text) }
        options.project = arguments["project"]
        return try selection(options, default: since)
    }

    fileprivate func selection(of project: String) throws -> Selection {
        var options = SelectionOptions(since: .all)
        options.project = project
        return try selection(options, default: .all)
    }
}

extension JSON {
    /// An object that says when it was true.
    fileprivate func stamped(_ time: Timestamp) -> JSON {
        guard case .exact(let text) = self else { return ["asOf": .time(time)] + self }
        return .exact("{\"asOf\": \"\(time)\", " + text.drop { $0 != "{" }.dropFirst())
    }
}
