import Domain
import Foundation
import Gateway
import Pricing
import Providers
import Reports
import Routing
import TestSupport
import Testing

@testable import suffice

@Suite struct GatewaySettingsTests {
    private func settings(
        _ text: String,
        isTrusted: Bool = true,
        variables: [String: String] = ["KEY": "sk-1"],
        files: [String: (String, Int)] = [:],
        apps: Apps = Apps()
    ) -> GatewaySettings {
        let source = GatewaySettings.Source(path: "suffice.toml", text: text, isTrusted: isTrusted)
        var settings = GatewaySettings(
            [source],
            in: .init(
                variable: { variables[$0] },
                absolute: { "/home/me/" + $0 },
                file: { files[$0].map { (text: $0.0, mode: $0.1) } }
            )
        )
        settings.check(against: .builtin, apps: apps, sources: [source])
        return settings
    }

    private func problems(_ text: String) -> [String] { settings(text).problems.map(\.description) }

    @Test func `without a file requests pass through to both providers and are observed`() {
        let settings = settings("")
        #expect(settings.problems.isEmpty)
        #expect(settings.upstreams.map(\.url) == ["https://api.anthropic.com", "https://api.openai.com"])
        #expect(settings.upstreams.map(\.credential) == [.passThrough, .passThrough])
        #expect(settings.policy == RoutingPolicy() && settings.policy.mode == .observe)
    }

    @Test func `everything that can be set is read`() {
        let settings = settings(
            """
            [[upstream]]
            name = "main"
            provider = "anthropic"
            url = "https://api.anthropic.com"
            key_env = "KEY"
            weight = 3
            models = ["claude-*"]
            [[upstream]]
            name = "spare"
            provider = "openai"
            url = "http://127.0.0.1:8080/openai"
            key_file = "keys/openai"
            [[upstream]]
            name = "own"
            provider = "anthropic"
            pass_through = true

            [routing]
            mode = "route"
            dial = 1
            cross_provider = true
            bearable_loss = 0.5
            classifier = { model = "claude-haiku-4-5", timeout_ms = 500 }
            escalation = { model = "claude-opus-4-8", per_session = 2, per_ticket = 3 }

            [[routing.example]]
            name = "translation"
            prompts = ["Translate this letter"]
            use = "claude-haiku-4-5"
            likeness = 0.7
            [[routing.example]]
            name = "proofs"
            prompts = ["Prove it"]
            use = "requested"

            [[route]]
            when = { phase = "classify", model = "claude-*", agent = "claude-code", project = "/p", path = "/v1/*", \
            app = "ci", header = { X-Team = "search*" } }
            use = "claude-haiku-4-5"
            [[route]]
            when = { app = "ci" }
            use = "requested"

            [aliases]
            best = "claude-opus-4-8"
            "claude-4.5" = "claude-haiku-4-5"

            [phase.refinement]
            max_input_tokens = 20000
            max_output_tokens = 4000
            tier = "balanced"

            [[budget]]
            scope = "app:ci"
            window = "day"
            usd = 5.0

            [serve]
            port = 5000
            dashboard_port = 5001
            balancing = "headroom"
            connect_ms = 1
            first_byte_ms = 2
            idle_ms = 3
            stop_ms = 4
            max_body_mb = 5
            hosts = ["gateway.local"]
            origins = ["http://localhost:3000"]
            journal_days = 6
            """,
            files: ["/home/me/keys/openai": ("sk-2\n", 0o600)],
            apps: Apps([App(name: "ci", keyHash: "", created: .unknown)])
        )
        #expect(settings.problems.map(\.description) == [])
        #expect(
            settings.upstreams == [
                Upstream(
                    name: "main",
                    provider: .anthropic,
                    url: "https://api.anthropic.com",
                    credential: .key(Secret("sk-1")),
                    weight: 3,
                    models: ["claude-*"]
                ),
                Upstream(
                    name: "spare",
                    provider: .openAI,
                    url: "http://127.0.0.1:8080/openai",
                    credential: .key(Secret("sk-2"))
                ),
                Upstream(name: "own", provider: .anthropic, url: "https://api.anthropic.com"),
            ]
        )
        var policy = RoutingPolicy()
        policy.mode = .route
        policy.dial = 1
        policy.crossesProviders = true
        policy.bearableLoss = 0.5
        policy.examples = [
            .init(
                name: "translation",
                prompts: ["Translate this letter"],
                use: .model(ModelID("claude-haiku-4-5")),
                likeness: 0.7
            ), .init(name: "proofs", prompts: ["Prove it"], use: .requested),
        ]
        policy.classifier = .init(model: ModelID("claude-haiku-4-5"), timeoutMilliseconds: 500)
        policy.escalation = .init(model: ModelID("claude-opus-4-8"), perSession: 2, perTicket: 3)
        policy.rules = [
            RouteRule(
                when: .init(
                    phase: Phase(rawValue: "classify"),
                    model: "claude-*",
                    agent: .claudeCode,
                    project: "/p",
                    path: "/v1/*",
                    app: "ci",
                    headers: ["x-team": "search*"]
                ),
                use: .model(ModelID("claude-haiku-4-5"))
            ), RouteRule(when: .init(app: "ci"), use: .requested),
        ]
        policy.aliases = [
            ModelID("best"): ModelID("claude-opus-4-8"), ModelID("claude-4.5"): ModelID("claude-haiku-4-5"),
        ]
        policy.phases = [
            Phase(rawValue: "refinement"): .init(maxInputTokens: 20000, maxOutputTokens: 4000, tier: .balanced)
        ]
        #expect(settings.policy == policy)
        #expect(
            settings.budgets == [
                .init(scope: .app("ci"), window: .day, amount: Money(nanoUSD: 5_000_000_000))
            ]
        )
        var serve = ServeSettings()
        (serve.port, serve.dashboardPort, serve.balancing) = (5000, 5001, .headroom)
        (serve.connectMilliseconds, serve.firstByteMilliseconds) = (1, 2)
        (serve.idleMilliseconds, serve.stopMilliseconds, serve.maxBodyMegabytes) = (3, 4, 5)
        (serve.hosts, serve.origins, serve.journalDays) = (["gateway.local"], ["http://localhost:3000"], 6)
        #expect(settings.serve == serve)
    }

    @Test(
        arguments: [
            ("[routing\nmode = 1", "suffice.toml:1:9: error: "),
            (
                "[routing]\n  mode = \"fast\"",
                "suffice.toml:2:3: error: routing.mode: is 'fast'; write off, observe, route"
            ),
            ("[routing]\nmood = 1", "suffice.toml:2:1: warning: routing.mood: unknown key, ignored; known are "),
            (
                "[routing]\nclassifier = { model = \"claude-haiku-4-5\", timeout = 5 }",
                "suffice.toml:2:44: warning: routing.classifier.timeout: unknown key, ignored"
            ),
            ("[routing]\ndial = 2", "suffice.toml:2:1: error: routing.dial: must be a number from 0 (most capable)"),
            (
                "[[upstream]]\nname = \"a\"\nprovider = \"anthropic\"\nkey_env = \"NONE\"",
                "suffice.toml:4:1: error: upstream[1].key_env: NONE is not set; set it, or name another"
            ),
            (
                "[[upstream]]\nname = \"a\"\nprovider = \"anthropic\"\nkey_file = \"k\"",
                "suffice.toml:4:1: error: upstream[1].key_file: /home/me/k is not there or cannot be read"
            ),
            (
                "[[upstream]]\nname = \"a\"\nprovider = \"anthropic\"",
                "suffice.toml:1:1: error: upstream[1]: needs key_env, key_file or pass_through = true"
            ),
            (
                "[[upstream]]\nname = \"a\"\nprovider = \"anthropic\"\nkey_env = \"KEY\"\npass_through = true",
                "suffice.toml:5:1: error: upstream[1].pass_through: stands beside key_env; only one of"
            ),
            (
                "[[upstream]]\nname = \"a\"\nprovider = \"anthropic\"\npass_through = true\nurl = \"api.anthropic.com\"",
                "suffice.toml:5:1: error: upstream[1].url: 'api.anthropic.com' is no address; write one like"
            ),
            (
                "[[upstream]]\nname = \"a\"\nprovider = \"anthropic\"\npass_through = true\nurl = \"http://far.example\"",
                "suffice.toml:5:1: warning: upstream[1].url: sends keys and prompts in the clear"
            ),
            (
                "[[upstream]]\nname = \"a\"\nprovider = \"mistral\"\npass_through = true",
                "suffice.toml:3:1: error: upstream[1].provider: is 'mistral'; write anthropic, openai"
            ),
            (
                "[[upstream]]\nname = \"a\"\nprovider = \"openai\"\npass_through = true\n"
                    + "[[upstream]]\nname = \"a\"\nprovider = \"openai\"\npass_through = true",
                "suffice.toml:6:1: error: upstream[2].name: 'a' names an upstream before it; names must differ"
            ),
            (
                "[[route]]\nwhen = { model = \"claude-*\" }\nuse = \"claude-haiku-4-5\"\n"
                    + "[[route]]\nwhen = { model = \"claude-opus-*\", app = \"ci\" }\nuse = \"requested\"",
                "suffice.toml:4:1: error: route[2]: never applies: route[1] takes every request it means"
            ),
            (
                "[[route]]\nwhen = { phaze = \"x\" }\nuse = \"requested\"",
                "suffice.toml:2:10: warning: route[1].when.phaze: unknown key, ignored"
            ),
            (
                "[[route]]\nwhen = { phase = \"x\" }\nuse = \"claude-nonesuch-9\"",
                "suffice.toml:3:1: warning: route[1].use: 'claude-nonesuch-9' has no price"
            ),
            (
                "[[route]]\nwhen = { phase = \"x\" }",
                "suffice.toml:1:1: error: route[1]: needs use: a model, or \"requested\""
            ),
            (
                "[[upstream]]\nname = \"a\"\nprovider = \"openai\"\npass_through = true\n"
                    + "[[route]]\nwhen = { phase = \"x\" }\nuse = \"claude-haiku-4-5\"",
                "suffice.toml:7:1: error: route[1].use: no [[upstream]] serves 'claude-haiku-4-5'; add one"
            ),
            (
                "[[budget]]\nscope = \"app:ci\"\nwindow = \"day\"\nusd = 5",
                "suffice.toml:2:1: error: budget[1].scope: no app is called 'ci': there are none; run: suffice apps add ci"
            ),
            (
                "[[budget]]\nscope = \"everything\"\nwindow = \"day\"\nusd = 5",
                "suffice.toml:2:1: error: budget[1].scope: is 'everything'; write total, app:NAME or project:NAME"
            ),
            (
                "[[budget]]\nscope = \"total\"\nwindow = \"day\"\nusd = 0",
                "suffice.toml:4:1: error: budget[1].usd: must be US$"
            ),
            (
                "[phase.a]\nmax_input_tokens = -1",
                "suffice.toml:2:1: error: phase.a.max_input_tokens: must be a whole number"
            ),
            ("[serve]\nhosts = \"x\"", "suffice.toml:2:1: error: serve.hosts: must be a list of texts"),
        ] as [(String, String)]
    )
    func `a problem says where, what, and what to write instead`(text: String, beginning: String) {
        let problems = problems(text)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix(beginning) == true, "\(problems)")
    }

    @Test func `behind one that cannot be read the places of the others stay theirs`() {
        let text =
            "[[budget]]\nscope = \"x\"\nwindow = \"day\"\nusd = 1\n"
            + "[[budget]]\nscope = \"app:ci\"\nwindow = \"day\"\nusd = 1\n"
            + "[[route]]\nwhen = { app = \"a\" }\n[[route]]\nwhen = { app = \"b\" }\nuse = \"claude-nonesuch-9\""
        #expect(
            settings(text).problems.map(\.key) == ["route[1]", "budget[1].scope", "route[2].use", "budget[2].scope"]
        )
    }

    @Test func `a key file that others may read is refused, and the key is in no text`() {
        let text = "[[upstream]]\nname = \"a\"\nprovider = \"openai\"\nkey_file = \"k\""
        let open = settings(text, files: ["/home/me/k": ("sk-secret", 0o644)])
        #expect(open.problems.map(\.text) == ["others may read /home/me/k; run: chmod 600 '/home/me/k'"])
        #expect(open.hasErrors && open.upstreams.isEmpty)
        let closed = settings(text, files: ["/home/me/k": ("sk-secret", 0o600)])
        #expect(closed.problems.isEmpty)
        #expect(!"\(closed)".contains("sk-secret"))
    }

    /// Pitfall 33: a repository that is looked into must not send one's keys elsewhere.
    @Test func `the current folder's file says nothing of where keys go`() {
        let text =
            "[[upstream]]\nname = \"evil\"\nprovider = \"anthropic\"\nurl = \"https://evil.example\"\nkey_env = \"KEY\"\n"
            + "[serve]\nhosts = [\"evil.example\"]\n[routing]\nmode = \"off\""
        let settings = settings(text, isTrusted: false)
        #expect(settings.upstreams.map(\.name) == ["anthropic", "openai"])
        #expect(settings.serve.hosts.isEmpty)
        #expect(settings.policy.mode == .off)
        #expect(settings.problems.map(\.key) == ["upstream", "serve"])
        #expect(!settings.hasErrors)
    }

    @Test func `lists are taken from the first file that has them, keys of tables one by one`() {
        let first = GatewaySettings.Source(
            path: "a",
            text: "[routing]\ndial = 0.1\n[[route]]\nwhen = {app = \"x\"}\nuse = \"m\""
        )
        let second = GatewaySettings.Source(
            path: "b",
            text:
                "[routing]\ndial = 0.9\nmode = \"route\"\n[[route]]\nwhen = {}\nuse = \"n\"\n[phase.p]\nmax_input_tokens = 1"
        )
        let settings = GatewaySettings(
            [first, second],
            in: .init(variable: { _ in nil }, absolute: { $0 }, file: { _ in nil })
        )
        #expect(settings.policy.dial == 0.1 && settings.policy.mode == .route)
        #expect(settings.policy.rules.map(\.use) == [.model(ModelID("m"))])
        #expect(settings.policy.phases.count == 1)
    }

    @Test(
        arguments: [
            (.init(), .init(app: "a"), true), (.init(app: "a"), .init(), false),
            (.init(model: "claude-*"), .init(model: "claude-opus-*"), true),
            (.init(model: "claude-opus-*"), .init(model: "claude-*"), false),
            (.init(model: "*"), .init(), true), (.init(model: "Claude-*"), .init(model: "claude-haiku-4-5"), true),
            (.init(headers: ["x": "*"]), .init(headers: ["x": "a"]), true),
            (.init(headers: ["x": "*"]), .init(), false),
            (.init(project: "p", app: "a"), .init(app: "a"), false),
        ] as [(RouteRule.Condition, RouteRule.Condition, Bool)]
    )
    func `a rule covers another where it holds whenever that one does`(
        rule: RouteRule.Condition,
        other: RouteRule.Condition,
        covers: Bool
    ) {
        #expect(rule.covers(other) == covers)
    }

    @Test func `a backlog configuration gives phases their tiers and limits where the user does not`() {
        let backlog = #"""
            {"version":"1.1","llmOps":{"routing":{"entryModelDraft":"cheap","entryModelImplement":"balanced",
            "entryModelReview":"gold","escalationModel":"frontier","maxEscalationsPerTicket":2,"nested":{"a":1}},
            "tokenPolicy":{"maxInputByPhase":{"draft":9000},"maxOutputByPhase":{"draft":900}}},"other":[1]}
            """#
        let settings = settings(
            """
            [routing]
            backlog = "b.json"
            [phase.draft]
            max_input_tokens = 100
            """,
            files: ["/home/me/b.json": (backlog, 0o644)]
        )
        let draft = settings.policy.phases[Phase(rawValue: "draft")]
        #expect(draft == .init(maxInputTokens: 100, maxOutputTokens: 900, tier: .cheap))
        #expect(settings.policy.phases[Phase(rawValue: "implement")] == .init(tier: .balanced))
        #expect(
            settings.problems.map(\.description) == [
                "suffice.toml:2:1: warning: routing.backlog: 'entryModelReview = gold' of b.json names no tier: "
                    + "free, cheap, balanced or frontier",
                "suffice.toml:2:1: warning: routing.backlog: b.json escalates to a tier; say to which model: "
                    + #"escalation = { model = "…" }"#,
            ]
        )
    }

    @Test(arguments: [
        ("no.json", "'no.json' cannot be read; name a backlog.config.json of at most 64 KB"),
        ("cut.json", "'cut.json' is no JSON object, or was cut"),
    ])
    func `a backlog configuration that cannot be used is named`(path: String, text: String) {
        let settings = settings(
            "[routing]\nbacklog = \"\(path)\"",
            files: ["/home/me/cut.json": (#"{"llmOps":{"rou"#, 0o644)]
        )
        #expect(settings.problems.map(\.text) == [text])
    }

    @Test func `a cascade is read`() {
        let read = settings(
            """
            [routing]
            mode = "route"
            cascade = { try = ["claude-haiku-4-5", "claude-sonnet-4-5"], when = "open" }
            """
        )
        #expect(read.problems.isEmpty)
        let models = [ModelID("claude-haiku-4-5"), ModelID("claude-sonnet-4-5")]
        #expect(read.policy.cascade == CascadePolicy(models: models, when: .open))
        #expect(settings("").policy.cascade == nil)
    }

    @Test(arguments: [
        (#"when = "unsure""#, "error", "needs try: the models to ask first"),
        (#"try = []"#, "error", "names 0 models; one or two are tried before the one asked for"),
        (
            #"try = ["claude-haiku-4-5", "claude-sonnet-4-5", "claude-opus-4-8"]"#, "error",
            "names 3 models; one or two are tried before the one asked for"
        ),
        (#"try = ["claude-haiku-4-5"], when = "never""#, "error", "is 'never'; write unsure, open"),
        (
            #"try = ["claude-haiku-9"]"#, "error",
            "'claude-haiku-9' has no price, so that nobody knows it to be cheaper; add [[price]]"
        ),
        (
            #"try = ["claude-sonnet-4-5", "claude-haiku-4-5"]"#, "error",
            "'claude-haiku-4-5' is not stronger than 'claude-sonnet-4-5' before it; name the weaker one first"
        ),
        (
            #"try = ["claude-haiku-4-5", "claude-haiku-4-5"]"#, "error",
            "'claude-haiku-4-5' is not stronger than 'claude-haiku-4-5' before it; name the weaker one first"
        ),
        (
            "try = [\"claude-haiku-4-5\"] }\ndial = 0\naliases = {", "warning",
            "is never tried, as dial is 0; raise it"
        ),
        (
            "try = [\"claude-haiku-4-5\"] }\nmode = \"off\"\naliases = {", "warning",
            "is never tried, as mode is off; write mode = \"observe\" or \"route\""
        ),
    ])
    func `a cascade that would never do is named`(cascade: String, weight: String, text: String) throws {
        let found = settings("[routing]\ncascade = { \(cascade) }").problems.filter { $0.key.contains("cascade") }
        let problem = try #require(found.first)
        #expect(problem.text == text && problem.weight == (weight == "error" ? .error : .warning))
        #expect(found.count == 1)
    }

    /// What `Docs/Configuration.md` shows is what is read.
    @Test func `every key of the gateway is documented, and every documented key is read`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Docs/Configuration.md")
        let text = try String(contentsOf: file.standardizedFileURL, encoding: .utf8)
        let start = try #require(text.range(of: "<!-- gateway -->\n```toml\n"))
        let end = try #require(text[start.upperBound...].range(of: "```"))
        let example = String(text[start.upperBound..<end.lowerBound])
        let read = settings(
            example,
            variables: ["ANTHROPIC_API_KEY": "a"],
            files: [
                "/home/me/~/.config/suffice/openai.key": ("b", 0o600),
                "/home/me/backlog.config.json": ("{}", 0o644),
            ],
            apps: Apps([App(name: "ci", keyHash: "", created: .unknown)])
        )
        #expect(read.problems.map(\.description) == [])
        // An unknown key is answered with those that are known.
        for table in ["[[upstream]]", "[routing]", "[[route]]", "[phase.p]", "[[budget]]", "[serve]"] {
            let unknown = try #require(
                settings("\(table)\nnonesuch = 1").problems.first { $0.key.hasSuffix("nonesuch") }
            )
            let known = unknown.text.split(separator: "known are ").last?.split(separator: ", ") ?? []
            for key in known { #expect(example.contains(key), "\(table) \(key)") }
        }
    }
}
