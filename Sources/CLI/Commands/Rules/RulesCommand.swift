import ArgumentParser
import Domain
import Reports
import Store

struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Turns findings into settings, measures what they really saved, and takes them back.",
        discussion: """
            A rule changes only its own keys of a settings file; everything else stays to the byte. It is first played \
            through all history of its scope, and shown as a diff before anything is written.
            """,
        subcommands: [List.self, Show.self, Apply.self, Undo.self, History.self],
        defaultSubcommand: List.self
    )
}

extension RulesCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "The rules in force, what they saved, and findings that could become one."
        )

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let bench = try await Workbench(readingFor: output)
            try await bench.ingestIfAsked()
            let rules = try bench.watched(try bench.rules())
            let proposals = try bench.proposals(of: try bench.findings(), beside: rules)
            let shown = rules.filter(\.status.isInForce)
            let warnings = try bench.overrides(of: shown).flatMap { rule, overrides in
                overrides.map { "\(rule.id): \($0.text)" }
            }
            try bench.show(RulesReport(rules: shown, proposals: proposals, warnings: warnings, zone: bench.zone))
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history",
            abstract: "All rules there ever were, what happened to them, and what each came to."
        )

        @Argument(help: "Only this rule, or the rules of this finding.")
        var name: String?

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let bench = try await Workbench(readingFor: output)
            try await bench.ingestIfAsked()
            var rules = try bench.watched(try bench.rules())
            if let name {
                rules = rules.filter { $0.id == name || $0.finding == name }
                guard !rules.isEmpty else {
                    throw CommandError.badInput("no rule is or was called '\(name)'; see: suffice rules history")
                }
            }
            let ids = Set(rules.map(\.id))
            let events = try bench.telling {
                try bench.store.ruleEvents().filter { name == nil || ids.contains($0.rule) }
            }
            try bench.show(RulesReport(rules: rules, events: events, zone: bench.zone))
        }
    }
}

extension Rule.Action: ExpressibleByArgument {}

/// How a finding becomes a rule.
struct RuleOptions: ParsableArguments {
    @Flag(help: "For every project, in your own settings; else for the finding's project only.")
    var everywhere = false

    @Flag(help: "Into the project's shared settings.json, not your own settings.local.json.")
    var shared = false

    @Option(name: .customLong("as"), help: "Change this, not what would be chosen.")
    var action: Rule.Action?

    @Option(help: ArgumentHelp("Into this profile of Codex's.", valueName: "name"))
    var profile: String?

    @Flag(help: "Though it did harm or was taken back before.")
    var again = false

    func validate() throws {
        if let trouble = wish.trouble { throw ValidationError(trouble) }
    }

    var wish: RuleWish {
        var wish = RuleWish()
        wish.isEverywhere = everywhere
        wish.isShared = shared
        wish.action = action
        wish.profile = profile
        wish.again = again
        return wish
    }
}
