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
    }

    private struct Kept {
        var state: String
        var report: any Report
    }

    /// Beyond it all are forgotten: no agent asks so many things again.
    private static let mostKept = 32
    /// As many as are worth their tokens.
    private static let (mostFindings, mostRows) = (8, 20)

    private var open: Open?
    private var kept: [String: Kept] = [:]

    mutating func answer(_ tool: MCPTool, _ arguments: JSONTree) -> MCPAnswer {
        do {
            let arguments = try ToolArguments(arguments, of: tool)
            let bench = try bench()
            switch tool {
            case .shouldDowngrade: return .value(try advice(arguments, bench).json)
            case .findings: return .value(try findings(arguments, bench))
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

    /// Makes what is asked first and takes longest.
    mutating func warm() {
        guard let bench = try? bench() else { return }
        _ = try? history(bench)
        _ = try? decider(bench)
    }
}

extension MCPDesk {
    private mutating func findings(_ arguments: ToolArguments, _ bench: Workbench) throws -> JSON {
        let selection = try bench.selection(arguments, default: .days(30))
        let report = try report("findings", arguments["project"], arguments["since"], bench) {
            try bench.optimize(in: selection)
        }
        guard let kind = arguments["kind"] else { return report.brief(showing: Self.mostFindings) }
        guard OptimizeCommand.kinds.contains(kind) else {
            throw ToolTrouble(
                "no finding has the kind '\(kind)'; there are \(OptimizeCommand.kinds.joined(separator: ", "))"
            )
        }
        var some = report
        some.findings.removeAll { $0.finding.kind != kind }
        return some.brief(showing: Self.mostFindings)
    }

    private mutating func spend(_ arguments: ToolArguments, _ bench: Workbench) throws -> JSON {
        let name = arguments["by"] ?? SpendGrouping.model.rawValue
        guard let grouping = SpendGrouping(rawValue: name) else {
            throw ToolTrouble("'by' is one of \(SpendGrouping.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let selection = try bench.selection(arguments, default: .all)
        let report = try report("spend by \(name)", arguments["project"], arguments["since"], bench) {
            try bench.spend(by: grouping, in: selection)
        }
        return report.brief(showing: Self.mostRows)
    }

    private mutating func decision(_ arguments: ToolArguments, _ bench: Workbench) throws -> DecideReport {
        let model = arguments["model"].map { bench.model(named: $0) } ?? bench.frontierModel
        let facts = bench.facts(ofPrompt: arguments["prompt"] ?? "", askedOf: model)
        return try decider(bench).decision(on: facts, at: bench.world.now)
    }

    private mutating func advice(_ arguments: ToolArguments, _ bench: Workbench) throws -> DowngradeAdvice {
        let project = bench.project(named: arguments["project"])
        let recent = try bench.recentCall(in: project)
        let model = arguments["model"].map { bench.model(named: $0) } ?? recent?.model ?? bench.frontierModel
        var facts = bench.facts(ofPrompt: arguments["prompt"] ?? "", askedOf: model)
        facts.promptBytes += bench.bytes(of: arguments.files, in: project)
        let report = try decider(bench).decision(on: facts, at: bench.world.now)
        let evidence = ProjectEvidence(
            in: try history(bench),
            about: report.decision.requested,
            selection: try bench.selection(of: project)
        )
        return bench.advice(report, facts: facts, evidence: evidence, recent: recent)
    }

    /// All findings there are: what an advice rests on.
    private mutating func history(_ bench: Workbench) throws -> OptimizeReport {
        let selection = try bench.selection(SelectionOptions(since: .all), default: .all)
        return try report("findings", nil, "all", bench) { try bench.optimize(in: selection) }
    }

    private mutating func report<R: Report>(
        _ name: String,
        _ project: String?,
        _ since: String?,
        _ bench: Workbench,
        make: () throws -> R
    ) throws -> R {
        // A report of another day is another one.
        let day = bench.zone.day(of: bench.world.now)
        let question = [name, project ?? "", since ?? "", day.description].joined(separator: "\u{0}")
        let state = try bench.telling { try bench.store.state() }
        if let known = kept[question], known.state == state, let report = known.report as? R { return report }
        let report = try make()
        if kept.count >= Self.mostKept { kept = [:] }
        kept[question] = Kept(state: state, report: report)
        return report
    }
}

extension MCPDesk {
    private mutating func bench() throws -> Workbench {
        let world = World.current()
        let stamps = FileStamps(world)
        if let open, open.stamps == stamps { return open.bench.at(world.now) }
        open = nil
        kept = [:]
        let bench = try Workbench(lookingWith: OutputOptions(format: nil))
        open = Open(bench: bench, decider: nil, stamps: stamps)
        return bench
    }

    private mutating func decider(_ bench: Workbench) throws -> Decider {
        if let decider = open?.decider { return decider }
        let decider = try Decider(bench)
        open?.decider = decider
        return decider
    }
}

extension FileStamps {
    /// All that answers rest on besides what the database holds.
    fileprivate init(_ world: World) {
        let folders = [
            world["SUFFICE_CONFIG"].map(world.absolute), world.workingFolder, world.places.configHome + "/suffice",
        ]
        let data = world.dataFolder
        self.init(
            of: folders.compactMap { $0.map { $0 + "/suffice.toml" } }
                + [data + "/router", data + "/apps.json", data + "/price-updates.txt"],
            living: [data + "/suffice.sqlite"]
        )
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
