import Foundation
import TestSupport
import Testing

@Suite struct SpendTests {
    @Test func `JSON has the keys that programs read`() async throws {
        let output = try await User(home: Package.sample).suffice("spend", "--since", "all", "--format", "json").output
        let json = try #require(JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        #expect(json["schema"] as? Int == 1)
        #expect(Set(json.keys).isSuperset(of: ["schema", "window", "rows", "totals", "unpriced", "skippedLines"]))
        #expect(Set((json["window"] as? [String: Any] ?? [:]).keys) == ["from", "to"])
        let figures: Set = [
            "calls", "inputTokens", "outputTokens", "cacheReadTokens", "cacheWrite5mTokens", "cacheWrite1hTokens",
            "costUSD", "billing",
        ]
        for row in try #require(json["rows"] as? [[String: Any]]) {
            #expect(Set(row.keys).isSuperset(of: figures.union(["key"])))
            #expect(
                Set((row["billing"] as? [String: Any] ?? [:]).keys) == ["apiUSD", "subscriptionUSD", "unknownUSD"]
            )
        }
        #expect(Set((json["totals"] as? [String: Any] ?? [:]).keys).isSuperset(of: figures))
    }

    @Test(arguments: ["day", "week", "month", "model", "project", "session", "agent", "tool", "subagent"])
    func `rows sum to the totals`(grouping: String) async throws {
        let user = try User(home: Package.sample)
        let spend = try await user.suffice("spend", "--by", grouping, "--since", "all", "--format", "json").spend
        #expect(spend.totals.calls > 0)
        #expect(spend.sum == spend.totals)
    }

    @Test(arguments: ["table", "csv", "markdown"])
    func `a second run says the same`(format: String) async throws {
        let user = try User(home: Package.sample)
        let first = try await user.suffice("spend", "--format", format)
        let second = try await user.suffice("spend", "--format", format)
        #expect(first.status == 0)
        #expect(first.output == second.output)
    }

    @Test func `without ingesting it answers from what is known`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1")])
        #expect(try await user.suffice("spend", "--no-ingest", "--format", "json").spend.totals.calls == 0)
        #expect(try await user.totals().calls == 1)
        try user.log([ClaudeLine.reply("1"), ClaudeLine.reply("2")])
        #expect(try await user.suffice("spend", "--no-ingest", "--format", "json").spend.totals.calls == 1)
        #expect(try await user.totals().calls == 2)
    }

    /// Two calls on either side of midnight in Brussels.
    private func night() throws -> User {
        let user = try User()
        try user.log([
            ClaudeLine.reply("1", at: "2026-08-03T21:59:59.999Z"),
            ClaudeLine.reply("2", at: "2026-08-03T22:00:00.000Z"),
        ])
        return user
    }

    @Test(arguments: [("UTC", ["2026-08-03"]), ("Europe/Brussels", ["2026-08-03", "2026-08-04"])])
    func `days are the zone's`(zone: String, days: [String]) async throws {
        let spend = try await night().suffice("spend", "--by", "day", "--timezone", zone, "--format", "json").spend
        #expect(spend.rows.map(\.key) == days)
    }

    @Test(arguments: [
        (["--since", "2026-08-04"], 1), (["--until", "2026-08-03"], 1), (["--since", "2026-08-03"], 2),
        (["--since", "2026-08-05"], 0), (["--since", "2026-08-03", "--until", "2026-08-04"], 2), ([], 2),
    ])
    func `bounds are local days, both included`(flags: [String], calls: Int) async throws {
        let arguments = ["spend", "--timezone", "Europe/Brussels", "--format", "json"] + flags
        #expect(try await night().run(arguments).spend.totals.calls == calls)
    }

    @Test func `an empty window says what there is instead`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1", at: "2026-01-01T00:00:00.000Z")])
        let answer = try await user.suffice("spend", "--since", "2026-02-01")
        #expect(answer.status == 0)
        #expect(answer.output.contains("the newest is from 2026-01-01; try --since all"))
    }

    @Test(arguments: [
        (["--project", "app"], 1), (["--project", "/code/app"], 1), (["--project", "/code"], 2),
        (["--project", "ap"], 0), (["--agent", "claude-code"], 2), (["--agent", "codex"], 0),
    ])
    func `projects and agents narrow it`(flags: [String], calls: Int) async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1")])
        try user.log([ClaudeLine.reply("2", session: "s2", project: "/code/other")], as: "s2")
        #expect(try await user.run(["spend", "--format", "json"] + flags).spend.totals.calls == calls)
    }

    @Test func `a call is priced at the list price of its day, and unknown models are named`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1"), ClaudeLine.reply("2", model: "nobody-1")])
        let spend = try await user.suffice("spend", "--format", "json").spend
        // 10 in at $5, 100 out at $25, 1,000 read at $0.50 and 500 written at $6.25 per million tokens.
        #expect(spend.totals.costUSD == Decimal(string: "0.006175"))
        #expect(spend.unpriced == [.init(model: "nobody-1", calls: 1, tokens: 1610)])
    }

    @Test func `how it was paid comes from the user where no log says`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1")])
        try user.folder.write("[billing]\nclaude-code = \"subscription\"\n", to: "home/.config/suffice/suffice.toml")
        let billing = try await user.totals().billing
        #expect(billing.subscriptionUSD == Decimal(string: "0.006175"))
        #expect(billing.apiUSD == 0)
        let answer = try await user.suffice(
            "spend",
            "--format",
            "json",
            environment: ["SUFFICE_BILLING_CLAUDE_CODE": "api"]
        )
        #expect(try answer.spend.totals.billing.apiUSD == Decimal(string: "0.006175"))
    }

    @Test(.enabled(if: Package.hasRealLogs)) func `Claude Code's real logs come to what is known of them`() async throws
    {
        let user = try User(home: Package.realLogs)
        let totals = try await user.suffice("spend", "--agent", "claude-code", "--format", "json").spend.totals
        #expect(totals.calls == 5285)
        #expect(totals.cacheReadTokens == 873_765_243)
        #expect(abs(totals.costUSD - 716.8953) < 0.0001)
    }

    @Test(.enabled(if: Package.hasRealLogs)) func `Codex's real logs come to what is known of them`() async throws {
        let user = try User(home: Package.realLogs)
        let spend = try await user.suffice("spend", "--agent", "codex", "--format", "json").spend
        let priced = spend.rows.filter { row in !spend.unpriced.contains { $0.model == row.key } }.map(\.figures)
        let sum = priced.reduce(.zero, +)
        #expect(sum.calls == 2176)
        #expect(sum.inputTokens + sum.cacheReadTokens == 253_426_878)
        #expect(sum.cacheReadTokens == 240_096_768)
        #expect(sum.outputTokens == 788_658)
    }
}
