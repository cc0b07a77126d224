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

    /// What first questions need, a few milliseconds each.
    private enum Preparation {
        case bench
        case copies
        case decider
        case findings

        /// Others can wait until a client that says hello has said what it came for.
        var isForAll: Bool { self == .bench || self == .copies }
    }

    /// After so many milliseconds a client has nothing to ask for now.
    private static let pause = 25

    /// As many as are worth their tokens.
    private static let mostRows = 20

    private let bell: Bell
    private var open: Open?
    private var spends = SpendShelf()
    private var shelf: FindingsShelf
    private let turnstile = Turnstile()
    private var unprepared: ArraySlice<Preparation> = [.bench, .copies, .decider, .findings]
    /// What is being waited for, by call.
    private var awaited: [RPCID: FindingsShelf.Question] = [:]

    init(bell: Bell) {
        self.bell = bell
        shelf = FindingsShelf(bell: bell, behind: turnstile)
    }

    /// The answer; nil where it is being worked out: then the bell will ring, or the time of ``patience(with:)`` is up.
    mutating func answer(_ call: MCPConversation.Call) -> MCPAnswer? { turnstile.whileShut { made(call) } }

    private mutating func made(_ call: MCPConversation.Call) -> MCPAnswer? {
        awaited[call.id] = nil
        do {
            let arguments = try ToolArguments(call.arguments, of: call.tool)
            let bench = try bench()
            switch call.tool {
            case .shouldDowngrade: return try advice(arguments, bench, for: call).map { .value($0.json) }
            case .findings: return try findings(arguments, bench, for: call).map { .value($0) }
            case .spend: return .value(try spends.report(arguments, on: bench).brief(showing: Self.mostRows))
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

    /// Does what every first question needs, before a client hears that somebody is there.
    mutating func prepareForAll() {
        while unprepared.first?.isForAll == true { prepare() }
    }

    /// Does a part of what some first questions need, for when nobody says anything.
    mutating func prepare() {
        guard let next = unprepared.popFirst() else { return }
        // Why it cannot be told will be told to who asks.
        guard let bench = try? bench() else { return unprepared = [] }
        switch next {
        case .bench: break
        case .copies: try? bench.store.settleCopies()
        case .decider:
            // The first decision of a process takes longer than all others.
            let facts = bench.facts(ofPrompt: "git status", askedOf: bench.frontierModel)
            _ = try? decider(bench).decision(on: facts, at: bench.world.now)
        case .findings: try? shelf.begin(.history, on: bench)
        }
    }

    /// How long nobody need do anything, in milliseconds; nil: until something comes.
    mutating func patience(with calls: [MCPConversation.Call]) -> Int? {
        keepFindings()
        if !unprepared.isEmpty { return calls.isEmpty ? Self.pause : 0 }
        let now = ContinuousClock.now
        return calls.compactMap { call in
            let rests = [FindingsShelf.patience, FindingsShelf.longestPatience].map { $0 - (now - call.time) }
            // Rounded up, so that it is over afterwards.
            return rests.first { $0 > .zero }.map { Int($0 / .milliseconds(1)) + 1 }
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
            let kept = KeptFindings.keep(found.report, for: question, in: bench.at(found.time).world)
            if let kept { open?.kept = kept }
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
            if waited >= FindingsShelf.patience,
                let known = try open?.kept?.answer(to: question, kind: kind, on: bench)
            {
                return known
            }
            if waited >= FindingsShelf.longestPatience {
                return ["schema": 1, "pending": .bool(true), "note": "the history is being looked at: ask again"]
            }
            awaited[call.id] = question
            return nil
        }
        var report = found.report
        if let kind { report.findings.removeAll { $0.finding.kind != kind } }
        let brief = report.brief(showing: KeptFindings.most)
        return found.isCurrent ? brief : ["asOf": .time(found.time)] + brief
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
        spends = SpendShelf()
        shelf.stopAll()
        shelf = FindingsShelf(bell: bell, behind: turnstile)
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
    /// All calls of a project, or of all.
    func selection(of project: String?) throws -> Selection {
        var options = SelectionOptions(since: .all)
        options.project = project
        return try selection(options, default: .all)
    }
}
