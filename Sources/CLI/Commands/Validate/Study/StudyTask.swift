import Domain
import Pricing
import Reports
import Store

/// Which recorded calls a study is about, and which model is to take them over.
struct StudyTask {
    /// The finding's id, or that of the sessions that were named.
    var subject: String
    var model: ModelID
    var target: ModelID
    /// Ids of the calls, by the log that holds them.
    var calls: [String: Set<String>]
    /// The session each log belongs to.
    var sessions: [String: SessionID]
    /// What the finding says it saves, and would cost; nil for sessions.
    var saving: Money?
    var estimated: Money?
}

extension Workbench {
    /// What each of some findings and sessions asks to be shown.
    ///
    /// A finding is looked for in the first selection, then in the next: the same kind of waste has the same id in both.
    func studyTasks(
        for names: [String],
        in selections: [Selection],
        target: ModelID?
    ) throws -> [StudyTask] {
        var findings: [[OptimizeReport.Found]] = []
        var tasks: [StudyTask] = []
        var named: [Session] = []
        for name in names {
            if name.contains(":") {
                var found: [OptimizeReport.Found] = []
                for (place, selection) in selections.enumerated() where found.isEmpty {
                    if place == findings.count {
                        findings.append(try optimize(in: selection, withVerdicts: false).findings)
                    }
                    found = findings[place].filter { $0.finding.id.hasPrefix(name) }
                }
                guard let finding = found.first else {
                    throw CommandError.badInput("no finding's id begins with '\(name)' in the time looked at")
                }
                guard found.count == 1 else {
                    throw CommandError.badInput("'\(name)' begins \(found.count) ids; write more of it")
                }
                tasks.append(try studyTask(for: finding, target: target))
            } else {
                named.append(try session(named: name))
            }
        }
        if !named.isEmpty { tasks.append(try studyTask(for: named, target: target)) }
        return tasks
    }

    /// A finding's study; one that names no other model has nothing to be asked.
    func studyTask(for found: OptimizeReport.Found, target: ModelID?) throws -> StudyTask {
        let finding = found.finding
        let pairs = Dictionary(grouping: finding.candidates) { $0.model }
        let largest = pairs.max { a, b in
            a.value.reduce(Money.zero) { $0 + $1.saving } < b.value.reduce(Money.zero) { $0 + $1.saving }
        }
        let proposed = found.target ?? largest?.value.compactMap(\.target).first
        guard let model = found.model ?? largest?.key, let target = target ?? proposed else {
            throw CommandError.badInput("\(finding.id) proposes no other model: there is nothing to ask one")
        }
        let candidates = finding.candidates.filter { $0.model == model }
        var task = StudyTask(
            // What another model than the proposed one does says nothing of the finding.
            subject: target == proposed ? finding.id : "\(finding.id) with \(target)",
            model: model,
            target: target,
            calls: [:],
            sessions: [:],
            saving: finding.saving,
            estimated: finding.estimated
        )
        for (id, candidates) in Dictionary(grouping: candidates, by: \.session) {
            let keys = Set(candidates.flatMap(\.calls))
            guard let session = try telling({ try store.session(id) }) else { continue }
            task.add(session) { keys.contains($0.key) }
        }
        return task
    }

    /// The study of sessions that were named: their dearest model against the cheapest of a lower tier.
    private func studyTask(for sessions: [Session], target: ModelID?) throws -> StudyTask {
        var pricer = Pricer(book: prices)
        var costs: [ModelID: Money] = [:]
        var needs = Needs(tools: true)
        for step in sessions.flatMap(\.threads).flatMap(\.steps) where !step.isContext {
            costs[step.call.model, default: .zero] += pricer.cost(of: step.call) ?? .zero
            needs.promptTokens = max(needs.promptTokens, step.call.usage.promptTokens)
        }
        guard let model = costs.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else {
            throw CommandError.badInput("the sessions have no calls")
        }
        guard let target = target ?? prices.downgradeTarget(for: model, needs: needs, on: today) else {
            throw CommandError.badInput("no cheaper model can serve what \(model) did there; name one with --target")
        }
        let names = sessions.map(\.id.name).sorted().joined(separator: ",")
        var task = StudyTask(
            subject: sessions.count == 1 ? "session:" + names : "sessions:" + contentName(of: names.utf8).prefix(12),
            model: model,
            target: target,
            calls: [:],
            sessions: [:]
        )
        for session in sessions { task.add(session) { $0.model == model } }
        return task
    }
}

extension StudyTask {
    fileprivate mutating func add(_ session: Session, where isMeant: (Call) -> Bool) {
        for step in session.threads.flatMap(\.steps) where !step.isContext && isMeant(step.call) && !step.file.isEmpty {
            calls[step.file, default: []].insert(step.call.id)
            sessions[step.file] = session.id
        }
    }
}
