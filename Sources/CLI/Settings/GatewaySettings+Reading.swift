import Domain
import Foundation
import Gateway
import Providers
import Reports
import Routing
import Settings
import TOMLKit

extension GatewaySettings {
    /// A `suffice.toml`, as it was found.
    struct Source {
        var path: String
        var text: String
        /// False for a file that came with the folder one stands in: it must not say where keys go.
        var isTrusted = true
    }

    /// What the world around says of what a configuration names.
    struct Surroundings {
        var variable: (String) -> String?
        /// A path as written, from the root on.
        var absolute: (String) -> String
        /// A file's text and permissions; nil where it is not there, or cannot be read.
        var file: (String) -> (text: String, mode: Int)?
    }

    /// Reads the files, the one that wins first: a list is taken from the first that has it, as is a key of a table.
    init(_ sources: [Source], in surroundings: Surroundings) {
        var seen: Set<String> = []
        for source in sources {
            let notes = TOMLSection.Notes(path: source.path, text: source.text)
            do {
                let table = try TOMLTable(string: source.text)
                read(TOMLSection(table, name: "", notes: notes), source, surroundings, &seen)
                problems += notes.problems
            } catch let error as TOMLParseError {
                let begin = error.source.begin
                problems.append(
                    ConfigurationProblem(
                        weight: .error,
                        path: source.path,
                        place: TOMLPlaces.Place(line: begin.line, column: begin.column),
                        key: "",
                        text: error.description
                    )
                )
            } catch {
                notes.add(.error, "", "\(error)")
                problems += notes.problems
            }
        }
        if !seen.contains("upstream") { upstreams = GatewaySettings.passThrough }
    }

    private mutating func read(
        _ file: TOMLSection,
        _ source: Source,
        _ surroundings: Surroundings,
        _ seen: inout Set<String>
    ) {
        var file = file
        for key in ["upstream", "serve"] where file.has(key) && !source.isTrusted {
            file.warn(
                key,
                "is ignored in the current folder, as it says where keys go; put it into your own suffice.toml"
            )
        }
        if source.isTrusted {
            if file.has("upstream"), seen.insert("upstream").inserted {
                for section in file.sections("upstream") { readUpstream(section, surroundings) }
            }
            if let section = file.section("serve") { readServe(section, &seen) }
        }
        if let section = file.section("routing") { readRouting(section, surroundings, &seen) }
        if file.has("route"), seen.insert("route").inserted {
            for section in file.sections("route") { readRoute(section) }
            noteShadowedRules(in: file)
        }
        if let section = file.section("aliases") {
            var section = section
            for name in section.keys {
                guard let model = section.string(name), seen.insert("aliases.\(name)").inserted else { continue }
                policy.aliases[ModelID(name)] = ModelID(model)
            }
        }
        if let phases = file.section("phase") {
            var phases = phases
            for name in phases.keys {
                guard let section = phases.section(name), seen.insert("phase.\(name)").inserted else { continue }
                readPhase(Phase(rawValue: name), section)
            }
        }
        if file.has("budget"), seen.insert("budget").inserted {
            for section in file.sections("budget") { readBudget(section) }
        }
    }

    private mutating func readUpstream(_ section: TOMLSection, _ surroundings: Surroundings) {
        var section = section
        defer { section.reportUnknown(known: ["key_env", "key_file", "pass_through"]) }
        let name = section.string("name")
        if name == nil, !section.has("name") { section.error("", "needs a name") }
        let provider: Provider? = section.word("provider")
        if !section.has("provider") { section.error("", "needs a provider: anthropic or openai") }
        let weight = section.integer("weight", in: 0...1000) ?? 1
        let models = section.strings("models") ?? []
        let standard = provider.flatMap { provider in GatewaySettings.passThrough.first { $0.provider == provider }?.url
        }
        let url = section.has("url") ? section.string("url").flatMap { checkedURL($0, section) } : standard
        let credential = credential(&section, surroundings)
        guard let name, let provider, let url, let credential else { return }
        if upstreams.contains(where: { $0.name == name }) {
            return section.error("name", "'\(name)' names an upstream before it; names must differ")
        }
        upstreams.append(
            Upstream(
                name: name,
                provider: provider,
                url: url,
                credential: credential,
                weight: weight,
                models: models
            )
        )
    }

    private func checkedURL(_ text: String, _ section: TOMLSection) -> String? {
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty, url.query() == nil, url.user() == nil,
            url.fragment() == nil
        else {
            section.error("url", "'\(text)' is no address; write one like https://api.anthropic.com")
            return nil
        }
        let isLoopback = host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.")
        switch url.scheme?.lowercased() {
        case "https": return text
        case "http":
            if !isLoopback { section.warn("url", "sends keys and prompts in the clear; write https:// where it can") }
            return text
        default:
            section.error("url", "'\(text)' must begin with https:// or http://")
            return nil
        }
    }

    private func credential(_ section: inout TOMLSection, _ surroundings: Surroundings) -> Upstream.Credential? {
        let given = ["key_env", "key_file", "pass_through"].filter(section.has)
        guard given.count == 1 else {
            section.error(
                given.last ?? "",
                given.isEmpty
                    ? "needs key_env, key_file or pass_through = true"
                    : "stands beside \(given[0]); only one of key_env, key_file and pass_through can be"
            )
            return nil
        }
        if given == ["pass_through"] {
            guard let passes = section.bool("pass_through") else { return nil }
            if passes { return .passThrough }
            section.error("pass_through", "is false and no key is named; write key_env or key_file")
            return nil
        }
        if given == ["key_env"] {
            guard let variable = section.string("key_env") else { return nil }
            guard let key = surroundings.variable(variable)?.trimmed, !key.isEmpty else {
                section.error("key_env", "\(variable) is not set; set it, or name another")
                return nil
            }
            return .key(Secret(key))
        }
        guard let path = section.string("key_file").map(surroundings.absolute) else { return nil }
        guard let file = surroundings.file(path) else {
            section.error("key_file", "\(path) is not there or cannot be read; write the key into it, mode 600")
            return nil
        }
        guard file.mode & 0o077 == 0 else {
            section.error("key_file", "others may read \(path); run: chmod 600 '\(path)'")
            return nil
        }
        let key = file.text.trimmed
        guard !key.isEmpty, !key.contains(where: \.isNewline) else {
            section.error("key_file", "\(path) must hold the key on one line and nothing else")
            return nil
        }
        return .key(Secret(key))
    }

    private mutating func readRouting(
        _ section: TOMLSection,
        _ surroundings: Surroundings,
        _ seen: inout Set<String>
    ) {
        var section = section
        func isNew(_ key: String) -> Bool { section.has(key) && seen.insert("routing.\(key)").inserted }
        if let mode: RoutingPolicy.Mode = section.word("mode"), isNew("mode") { policy.mode = mode }
        if let dial = section.number("dial", in: 0...1, "a number from 0 (most capable) to 1 (cheapest)"),
            isNew("dial")
        {
            policy.dial = dial
        }
        if let loss = section.number("bearable_loss", in: 0...100, "a part of a session's cost, such as 0.02"),
            isNew("bearable_loss")
        {
            policy.bearableLoss = loss
        }
        if let path = section.string("backlog"), isNew("backlog") { readBacklog(path, section, surroundings) }
        if let crosses = section.bool("cross_provider"), isNew("cross_provider") { policy.crossesProviders = crosses }
        if var classifier = section.section("classifier"), isNew("classifier") {
            let timeout = classifier.integer("timeout_ms", in: 1...60_000)
            if let model = classifier.string("model") {
                policy.classifier = .init(model: ModelID(model))
                if let timeout { policy.classifier?.timeoutMilliseconds = timeout }
            } else if !classifier.has("model") {
                classifier.error("", "needs a model")
            }
            classifier.reportUnknown()
        }
        if var escalation = section.section("escalation"), isNew("escalation") {
            let perSession = escalation.integer("per_session", in: 0...1000)
            let perTicket = escalation.integer("per_ticket", in: 0...1000)
            if let model = escalation.string("model") {
                policy.escalation = .init(
                    model: ModelID(model),
                    perSession: perSession ?? 1,
                    perTicket: perTicket ?? 1
                )
            } else if !escalation.has("model") {
                escalation.error("", "needs a model")
            }
            escalation.reportUnknown()
        }
        if let cascade = section.section("cascade"), isNew("cascade") { readCascade(cascade) }
        for example in section.sections("example") { readExample(example) }
        section.reportUnknown()
    }

    private mutating func readExample(_ section: TOMLSection) {
        var section = section
        defer { section.reportUnknown() }
        let (name, prompts, use) = (section.string("name"), section.strings("prompts"), section.string("use"))
        let likeness = section.number("likeness", in: 0...1, "a number from 0 (anything) to 1 (the same words)")
        for key in ["name", "prompts", "use"] where !section.has(key) { section.error("", "needs \(key)") }
        guard let name, let prompts, let use else { return }
        guard !prompts.isEmpty else { return section.error("prompts", "is empty; write what such requests say") }
        guard !policy.examples.contains(where: { $0.name == name }) else {
            return section.error("name", "'\(name)' is the name of another example; choose one of its own")
        }
        policy.examples.append(
            RoutingPolicy.Example(
                name: name,
                prompts: prompts,
                use: use == "requested" ? .requested : .model(ModelID(use)),
                likeness: likeness ?? 0.6
            )
        )
    }

    private mutating func readCascade(_ section: TOMLSection) {
        var section = section
        defer { section.reportUnknown() }
        let when: CascadePolicy.When? = section.word("when")
        guard let models = section.strings("try") else {
            if !section.has("try") { section.error("", "needs try: the models to ask first") }
            return
        }
        guard (1...Cascade.mostEscalations).contains(models.count) else {
            return section.error("try", "names \(models.count) models; one or two are tried before the one asked for")
        }
        policy.cascade = CascadePolicy(models: models.map { ModelID($0) }, when: when ?? .unsure)
    }

    /// Takes phases, their tiers and limits from a `backlog.config.json`, where `[phase.NAME]` does not say them.
    private mutating func readBacklog(_ path: String, _ section: TOMLSection, _ surroundings: Surroundings) {
        guard let text = surroundings.file(surroundings.absolute(path))?.text else {
            return section.error("backlog", "'\(path)' cannot be read; name a backlog.config.json of at most 64 KB")
        }
        guard let backlog = BacklogRouting(backlogConfig: Array(text.utf8)) else {
            return section.error("backlog", "'\(path)' is no JSON object, or was cut")
        }
        let imported = backlog.imported
        policy.take(imported) { _ in nil }
        for line in imported.notUnderstood {
            section.warn("backlog", "'\(line)' of \(path) names no tier: free, cheap, balanced or frontier")
        }
        if imported.escalationTier != nil, policy.escalation == nil {
            section.warn("backlog", "\(path) escalates to a tier; say to which model: escalation = { model = \"…\" }")
        }
    }

    private mutating func readRoute(_ section: TOMLSection) {
        var section = section
        var when = RouteRule.Condition()
        if var conditions = section.section("when") {
            when.phase = conditions.string("phase").map(Phase.init)
            when.model = conditions.string("model")
            if let name = conditions.string("agent") {
                when.agent = Agent(rawValue: name)
                if when.agent == nil {
                    let names = Agent.allCases.map(\.rawValue).joined(separator: ", ")
                    conditions.error("agent", "is '\(name)'; write \(names)")
                }
            }
            when.project = conditions.string("project")
            when.path = conditions.string("path")
            when.app = conditions.string("app")
            if var headers = conditions.section("header") {
                for name in headers.keys {
                    if let value = headers.string(name) { when.headers[name.lowercased()] = value }
                }
            }
            if conditions.keys.isEmpty { conditions.warn("", "is empty and holds for every request") }
            conditions.reportUnknown()
        } else if !section.has("when") {
            section.error("", "needs when, such as when = { phase = \"classify\" }; {} means every request")
        }
        if let use = section.string("use") {
            policy.rules.append(RouteRule(when: when, use: use == "requested" ? .requested : .model(ModelID(use))))
        } else {
            if !section.has("use") { section.error("", "needs use: a model, or \"requested\"") }
            // The place of a rule is its number among all, whether it can be used or not.
            policy.rules.append(RouteRule(when: when, use: .requested))
        }
        section.reportUnknown()
    }

    private mutating func readPhase(_ phase: Phase, _ section: TOMLSection) {
        var section = section
        var limits = RoutingPolicy.PhaseLimits(
            maxInputTokens: section.integer("max_input_tokens", in: 1...1_000_000_000),
            maxOutputTokens: section.integer("max_output_tokens", in: 1...1_000_000_000)
        )
        if let name = section.string("tier") {
            switch name {
            case "cheap": limits.tier = .cheap
            case "balanced": limits.tier = .balanced
            case "frontier": limits.tier = .frontier
            default: section.error("tier", "is '\(name)'; write cheap, balanced, frontier")
            }
        }
        section.reportUnknown()
        let imported = policy.phases[phase]
        policy.phases[phase] = RoutingPolicy.PhaseLimits(
            maxInputTokens: limits.maxInputTokens ?? imported?.maxInputTokens,
            maxOutputTokens: limits.maxOutputTokens ?? imported?.maxOutputTokens,
            tier: limits.tier ?? imported?.tier
        )
    }

    private mutating func readBudget(_ section: TOMLSection) {
        var section = section
        let scope = section.string("scope")
        let window: BudgetWindow? = section.word("window")
        let usd = section.number("usd", in: 0.000_001...1e9, "US$ above zero, such as 5.0")
        section.reportUnknown()
        for key in ["scope", "window", "usd"] where !section.has(key) { section.error("", "needs \(key)") }
        guard let scope, let window, let usd else { return }
        guard let meant = SpendingLimit.Scope(scope) else {
            return section.error("scope", "is '\(scope)'; write total, app:NAME or project:NAME")
        }
        if budgets.contains(where: { $0.scope == meant && $0.window == window }) {
            return section.error("scope", "'\(scope)' has a budget a \(window.rawValue) before it; keep one of them")
        }
        budgetKeys.append(section.name)
        budgets.append(BudgetSetting(scope: meant, window: window, amount: Money(approximatingUSD: usd)))
    }

    private mutating func readServe(_ section: TOMLSection, _ seen: inout Set<String>) {
        var section = section
        func isNew(_ key: String) -> Bool { section.has(key) && seen.insert("serve.\(key)").inserted }
        let day = 86_400_000
        if let port = section.integer("port", in: 0...65_535), isNew("port") { serve.port = port }
        if let port = section.integer("dashboard_port", in: 0...65_535), isNew("dashboard_port") {
            serve.dashboardPort = port
        }
        if let threads = section.integer("threads", in: 1...256), isNew("threads") { serve.threads = threads }
        if let balancing: Balancing = section.word("balancing"), isNew("balancing") {
            serve.balancing = balancing
        }
        if let time = section.integer("connect_ms", in: 1...day), isNew("connect_ms") {
            serve.connectMilliseconds = time
        }
        if let time = section.integer("first_byte_ms", in: 1...day), isNew("first_byte_ms") {
            serve.firstByteMilliseconds = time
        }
        if let time = section.integer("idle_ms", in: 1...day), isNew("idle_ms") { serve.idleMilliseconds = time }
        if let time = section.integer("stop_ms", in: 0...day), isNew("stop_ms") { serve.stopMilliseconds = time }
        if let size = section.integer("max_body_mb", in: 1...1024), isNew("max_body_mb") {
            serve.maxBodyMegabytes = size
        }
        if let hosts = section.strings("hosts"), isNew("hosts") { serve.hosts = hosts }
        if let origins = section.strings("origins"), isNew("origins") { serve.origins = origins }
        if let days = section.integer("journal_days", in: 1...36_500), isNew("journal_days") {
            serve.journalDays = days
        }
        section.reportUnknown()
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
