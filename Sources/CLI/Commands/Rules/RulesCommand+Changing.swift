import ArgumentParser
import Domain
import Foundation
import Reports
import Settings
import Store

extension RulesCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract:
                "What a finding would change as a rule, and would have saved; or how a rule stands. Writes nothing."
        )

        @Argument(help: "A finding's id, as 'suffice optimize' names it, or a rule's.")
        var name: String

        @OptionGroup var options: RuleOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let bench = try await Workbench(readingFor: output)
            try await bench.ingestIfAsked()
            let rules = try bench.watched(try bench.rules())
            if let rule = rules.first(where: { $0.id == name }) { return try bench.show(try bench.standing(of: rule)) }
            let (draft, plan) = try bench.planned(name, options.wish, beside: rules)
            try bench.show(bench.report(.proposed, draft, plan, options.wish))
        }
    }

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "apply",
            abstract: "Shows what a rule changes, asks, and writes it. Without a terminal it writes only with --yes."
        )

        @Argument(help: "A finding's id, as 'suffice optimize' names it.")
        var finding: String

        @Flag(help: "Write without asking.")
        var yes = false

        @OptionGroup var options: RuleOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let bench = try await Workbench(readingFor: output)
            try await bench.ingestIfAsked()
            let report = try bench.makeRule(of: finding, options.wish) { try yes || bench.agrees(to: $0) }
            guard let report else { throw CommandError.refused }
            try bench.show(report)
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "undo",
            abstract: "Takes a rule back: to the byte where its file was not touched since, else only its own keys."
        )

        @Argument(help: "A rule's id, or its finding's.")
        var rule: String

        @Flag(help: "Accepted for scripts: an undo does not ask.")
        var yes = false

        @Flag(help: "The project's folder is gone for good: forget what stood in it before.")
        var forget = false

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let bench = try Workbench(output)
            try bench.show(try bench.takeBack(rule, forgetting: forget))
        }
    }
}

extension Workbench {
    /// Makes a finding a rule once somebody agrees to what it changes, as announced; nil where they do not.
    func makeRule(
        of name: String,
        _ wish: RuleWish,
        agrees: (RuleChangeReport) throws -> Bool
    ) throws -> RuleChangeReport? {
        let rules = try rules()
        if let rule = rules.first(where: { ($0.finding == name || $0.id == name) && $0.status.isInForce }) {
            return RuleChangeReport(.unchanged, rule, files: [])
        }
        let (draft, plan) = try planned(name, wish, beside: rules)
        guard plan.contains(where: { !$0.changesNothing }) else { return report(.unchanged, draft, plan, wish) }
        guard try agrees(report(.proposed, draft, plan, wish)) else { return nil }
        return report(try apply(draft, plan) ? .applied : .unchanged, draft, plan, wish)
    }

    /// Takes back the rule of a name, or of a finding.
    func takeBack(_ name: String, forgetting: Bool = false, by whom: String = "by the command") throws
        -> RuleChangeReport
    {
        let named = try rules().filter { $0.id == name || $0.finding == name }
        guard let found = named.first(where: \.status.isInForce) ?? named.first else {
            throw CommandError.badInput("no rule is called '\(name)'; see: suffice rules list")
        }
        return try undo(found, forgetting: forgetting, by: whom)
    }

    /// A finding as a rule, and what the rule makes of its files as they are.
    fileprivate func planned(_ name: String, _ wish: RuleWish, beside rules: [Rule]) throws -> (
        RuleDraft, [PlannedChange]
    ) {
        let findings = try findings()
        guard var finding = findings.first(where: { $0.id == name }) else {
            throw CommandError.badInput(
                "no finding is called '\(name)'; see: suffice optimize --since all, or suffice rules"
            )
        }
        if !wish.again, let failed = rules.first(where: { $0.finding == name && !$0.isOutweighed(by: finding) }) {
            let why = failed.outcome?.verdict == .demoted ? "did harm before" : "was taken back before"
            throw CommandError.badInput(
                "\(failed.id) \(why), and there is no new evidence; --again applies it all the same"
            )
        }
        if wish.isEverywhere, let agent = finding.mainAgent {
            // What the same kind of finding is about in this agent's other projects is flagged as well.
            finding.candidates = findings.filter { $0.kind == finding.kind }.flatMap(\.candidates)
                .filter { $0.session.agent == agent }
        }
        var draft = try draft(of: finding, as: wish)
        let places = AgentSettings(world: world, project: draft.rule.project, isShared: wish.isShared)
        // For every project: the ones the finding is about, with others' of the same kind.
        let projects = Set(findings.filter { $0.kind == finding.kind }.map(\.project)).sorted()
        let overrides = draft.changes.flatMap { places.overrides(of: $0, for: draft.rule.agent, in: projects) }
        draft.notes = overrides.map(\.text) + draft.notes
        try refuseConflict(of: draft, with: rules)
        return (draft, try settled { try journal.plan(draft.changes) })
    }

    /// Two rules on one key could not be taken back one by one.
    private func refuseConflict(of draft: RuleDraft, with rules: [Rule]) throws {
        let own = Set(draft.changes.flatMap(\.keys))
        for rule in rules where rule.status.isInForce && rule.id != draft.rule.id {
            let held = try settled { try journal.isApplied(rule.id) ? journal.standing(of: rule.id).map(\.change) : [] }
            guard let key = held.flatMap(\.keys).first(where: own.contains) else { continue }
            throw CommandError.badInput("\(rule.id) sets \(key) already; first: suffice rules undo \(rule.id)")
        }
    }

    /// Writes a rule; false where another suffice has just done so.
    fileprivate func apply(_ draft: RuleDraft, _ plan: [PlannedChange]) throws -> Bool {
        try telling {
            try store.keep(draft.rule)
            do {
                try journal.apply(plan, as: draft.rule.id)
            } catch let error as SettingsError {
                if try journal.isApplied(draft.rule.id) {
                    try store.keep(draft.rule.with(.applied, at: world.now))
                    return false
                }
                try store.forgetRule(draft.rule.id)
                throw CommandError.failed(error.description)
            }
            let event = RuleEvent(rule: draft.rule.id, time: world.now, kind: .applied, text: draft.rule.text)
            try store.keep(draft.rule.with(.applied, at: world.now), after: event)
            return true
        }
    }

    private func undo(_ rule: Rule, forgetting: Bool, by whom: String) throws -> RuleChangeReport {
        guard try rule.status.isInForce || settled({ try journal.isApplied(rule.id) }) else {
            return RuleChangeReport(.undone, rule, files: [], notes: ["It was taken back already."])
        }
        if !forgetting, let folder = missingFolder(of: rule) {
            let keys = try settled { try journal.standing(of: rule.id) }.flatMap(\.change.names)
            throw CommandError.failed(
                "\(folder) is not there. Where it was moved, move it back and undo again, or take out by hand: "
                    + "\(keys.joined(separator: ", ")). Where it was deleted: suffice rules undo \(rule.id) --forget"
            )
        }
        let undone = try settled { try journal.undo(rule.id) }
        let after = rule.status == .rolledBack ? rule : rule.with(.undone, at: world.now)
        let event = RuleEvent(rule: rule.id, time: world.now, kind: .undone, text: whom)
        try telling { try store.keep(after, after: event) }
        return RuleChangeReport(
            .undone,
            after,
            files: undone.map { .init(path: $0.path, diff: "", outcome: $0.outcome.text) }
        )
    }

    fileprivate func report(
        _ event: RuleChangeReport.Event,
        _ draft: RuleDraft,
        _ plan: [PlannedChange],
        _ wish: RuleWish
    ) -> RuleChangeReport {
        var rule = draft.rule
        if event == .applied { rule.status = .applied }
        let files = plan.map { RuleChangeReport.File(path: $0.change.path, diff: $0.diff) }
        return RuleChangeReport(event, rule, files: files, notes: draft.notes, flags: wish.flags)
    }

    /// How a rule's files stand.
    fileprivate func standing(of rule: Rule) throws -> RuleChangeReport {
        guard rule.status.isInForce else { return RuleChangeReport(.undone, rule, files: []) }
        let files = try settled { try journal.standing(of: rule.id) }.map { change, holds in
            let kept = holds.count(where: \.self)
            return RuleChangeReport.File(
                path: change.path,
                diff: "",
                outcome: "\(kept) of \(holds.count.of("key")) as set"
            )
        }
        let notes = try overrides(of: [rule]).flatMap { $0.overrides.map(\.text) }
        return RuleChangeReport(.applied, rule, files: files, notes: notes)
    }

    /// Shows what is about to be written, and asks; false where nobody can be asked.
    fileprivate func agrees(to report: RuleChangeReport) throws -> Bool {
        try show(report)
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            Output.trouble("nothing was written: nobody can be asked here; add --yes")
            return false
        }
        Output.progress("Write it? [y/N] ")
        let answer = readLine()?.lowercased() ?? ""
        guard answer == "y" || answer == "yes" else {
            Output.trouble("nothing was written")
            return false
        }
        return true
    }

    /// Turns the troubles of settings files into the command's.
    private func settled<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as SettingsError {
            switch error {
            case .refused, .isReadOnly, .unreadable: throw CommandError.badInput(error.description)
            default: throw CommandError.failed(error.description)
            }
        }
    }
}

extension SettingsChange {
    /// What it writes, for people.
    fileprivate var names: [String] {
        edits.map { edit in
            switch edit {
            case .set(let path, _), .remove(let path), .append(let path, _):
                "\(path.joined(separator: ".")) in \(self.path)"
            case .block: "the marked block in \(path)"
            }
        }
    }

    /// What it sets, by file and key; appended elements stand beside others.
    fileprivate var keys: [String] {
        edits.compactMap { edit in
            switch edit {
            case .set(let path, _), .remove(let path): "\(path.joined(separator: ".")) in \(self.path)"
            case .block(let name, _): "\(name) in \(path)"
            case .append: nil
            }
        }
    }
}

extension UndoneChange.Outcome {
    fileprivate var text: String {
        switch self {
        case .restored: "as it was before, to the byte"
        case .keysReverted(let count, 0): "edited since: \(count.of("key")) taken back, everything else left"
        case .keysReverted(let count, let left):
            "edited since: \(count.of("key")) taken back, \(left) left as somebody changed \(left == 1 ? "it" : "them")"
        case .nothingLeft: "nothing of the rule was left in it"
        }
    }
}
