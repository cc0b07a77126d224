import Foundation
import TestSupport
import Testing

@Suite struct KPITests {
    /// A prompt and a reply that read 1,000 of its 1,510 prompt tokens from the cache, for $0.006175.
    private func user(targets: String = "") throws -> User {
        let user = try User()
        try user.log([ClaudeLine.prompt(), ClaudeLine.reply("1")])
        if !targets.isEmpty { try user.folder.write("[kpi]\n" + targets, to: "home/.config/suffice/suffice.toml") }
        return user
    }

    private func rows(_ answer: Answer) throws -> [String: [String: Any]] {
        let json = try #require(JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
        #expect(json["schema"] as? Int == 1)
        #expect(Set((json["window"] as? [String: Any] ?? [:]).keys) == ["from", "to"])
        let rows = try #require(json["kpis"] as? [[String: Any]])
        return Dictionary(rows.map { ($0["key"] as? String ?? "", $0) }) { first, _ in first }
    }

    @Test func `JSON has the keys that programs read`() async throws {
        let answer = try await user(targets: "cache_hit_rate = 0.6\n").suffice("kpi", "--format", "json")
        #expect(answer.status == 0)
        let rows = try rows(answer)
        let keys: Set = ["key", "value", "unit", "target", "direction", "met", "basis", "n", "note"]
        for row in rows.values { #expect(Set(row.keys).isSuperset(of: keys)) }
        #expect(rows["cache_hit_rate"]?["value"] as? Double == 0.662252)
        #expect(rows["cache_hit_rate"]?["met"] as? Bool == true)
        #expect(rows["cache_hit_rate"]?["direction"] as? String == "minimum")
        #expect(rows["frontier_share"]?["value"] as? Double == 1)
        #expect(rows["cost_per_task"]?["value"] as? Double == 0.006175)
        #expect(rows["cost_per_task"]?["basis"] as? String == "priced")
        #expect(rows["estimate_accuracy"]?["value"] is NSNull)
    }

    @Test func `commits and merges that went through are counted from the commands in the log`() async throws {
        let user = try User()
        var lines = [ClaudeLine.prompt("commit this")]
        for (id, command, isError) in [
            ("1", "cd /code/app && git add -A && git commit -m 'Fix the tide'", false),
            ("2", "git commit -m more", true),
            ("3", "git commit --amend --no-edit 2>&1 | tail -3", false), ("4", "gh pr merge 7 --squash", false),
            ("5", "echo git commit", false),
        ] {
            lines += [ClaudeLine.reply(id, content: ClaudeLine.bash(command, id: id))]
            lines += [ClaudeLine.result(of: id, isError: isError)]
        }
        try user.log(lines)
        let answer = try await user.suffice("kpi", "--format", "json")
        let rows = try rows(answer)
        #expect(rows["cost_per_commit"]?["n"] as? Int == 2)
        #expect(rows["cost_per_commit"]?["value"] as? Double == 0.0154375)
        #expect(rows["cost_per_merged_pr"]?["n"] as? Int == 1)
        #expect(!answer.output.contains("tide"))
    }

    @Test func `a commit that is pushed and a merge that is pulled are counted as what they are`() async throws {
        let user = try User()
        var lines = [ClaudeLine.prompt("ship this")]
        for (id, command) in [
            ("1", "git add -A && git commit -m x && git push"),
            ("2", "gh pr merge 1 --squash && git checkout main && git pull"),
            ("3", "git commit -F m && rm m"), ("4", "glab mr merge 4 --yes && git pull"),
        ] {
            lines += [ClaudeLine.reply(id, content: ClaudeLine.bash(command, id: id)), ClaudeLine.result(of: id)]
        }
        try user.log(lines)
        let rows = try rows(await user.suffice("kpi", "--format", "json"))
        #expect(rows["cost_per_commit"]?["n"] as? Int == 2)
        #expect(rows["cost_per_merged_pr"]?["n"] as? Int == 2)
    }

    @Test(arguments: [
        ("cache_hit_rate = 0.6\nfrontier_share = 1\ncost_per_session = 0.01\n", 0, "3 of 3 targets met"),
        ("cache_hit_rate = 0.7\n", 3, "cache_hit_rate is 66.2%, its target is at least 70%"),
        ("frontier_share = 0\n", 3, "frontier_share is 100%, its target is at most 0%"),
        ("cost_per_session = 0.006\n", 3, "cost_per_session is $0.006175, its target is at most $0.006"),
        ("estimate_accuracy = 0.8\ncost_per_commit = 1\n", 0, "cost_per_commit cannot be judged"),
    ])
    func `a check fails when a target is missed, and says which`(targets: String, status: Int32, text: String)
        async throws
    {
        let user = try user(targets: targets)
        let answer = try await user.suffice("kpi", "--check")
        #expect(answer.status == status)
        #expect(answer.output.contains(text))
        let json = try await user.suffice("kpi", "--check", "--format", "json")
        #expect(json.status == status)
        if status == 3 { #expect(json.trouble.contains(text)) }
        #expect(try await user.suffice("kpi").status == 0)
    }

    @Test func `a check without calls or without targets passes and says that it judged nothing`() async throws {
        let empty = try await user(targets: "cache_hit_rate = 0.6\n").suffice("kpi", "--check", "--since", "2026-09-01")
        #expect(empty.status == 0)
        #expect(empty.output.contains("no target can be judged"))
        let aimless = try await user().suffice("kpi", "--check")
        #expect(aimless.status == 0)
        #expect(aimless.trouble.contains("no targets are set"))
    }

    @Test func `an unpriced model keeps a cost from being judged as met`() async throws {
        let user = try user(targets: "cost_per_session = 5\n")
        try user.log([ClaudeLine.reply("2", session: "s2", model: "nobody-1")], as: "s2")
        let answer = try await user.suffice("kpi", "--check")
        #expect(answer.status == 0)
        #expect(answer.output.contains("nobody-1 (1 call"))
        #expect(answer.output.contains("cost_per_session cannot be judged"))
    }

    @Test func `targets come from variables before files, and unknown ones are told`() async throws {
        let user = try user(targets: "cache_hit_rate = 0.6\ncache_hit_rat = 0.6\n")
        let answer = try await user.suffice("kpi", "--check", environment: ["SUFFICE_KPI_CACHE_HIT_RATE": "0.9"])
        #expect(answer.status == 3)
        #expect(answer.trouble.contains("suffice.toml:3: unknown key 'kpi.cache_hit_rat' is ignored"))
    }

    @Test(arguments: ["cache_hit_rate = 60\n", "cache_hit_rate = \"much\"\n", "cost_per_task = -1\n"])
    func `a target that makes no sense is named with its line`(targets: String) async throws {
        let answer = try await user(targets: targets).suffice("kpi")
        #expect(answer.status == 2)
        #expect(answer.trouble.contains("suffice.toml:2: kpi."))
        #expect(answer.output.isEmpty)
    }

    @Test func `the figures cover what spend covers`() async throws {
        let user = try User(home: Package.sample)
        let spend = try await user.totals()
        let output = try await user.suffice("kpi", "--format", "json").output
        let json = try #require(JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        let totals = try JSONSerialization.data(withJSONObject: #require(json["totals"]))
        #expect(try JSONDecoder().decode(Spend.Figures.self, from: totals) == spend)
    }
}
