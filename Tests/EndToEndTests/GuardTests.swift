import Foundation
import TestSupport
import Testing

@Suite struct GuardTests {
    /// A user who has spent $0.006175 a moment ago, and the same forty days before.
    private func spender(model: String = "claude-opus-4-8") throws -> User {
        let user = try User()
        try user.log([
            ClaudeLine.reply("old", at: ClaudeLine.time(ago: 40 * 86_400)),
            ClaudeLine.reply("new", at: ClaudeLine.time(), model: model),
        ])
        return user
    }

    @Test(arguments: ["day", "week", "month"], [("1", 0, "ok"), ("$0.008", 0, "warn"), ("0.006175", 3, "stop")])
    func `the exit code is the verdict`(window: String, budget: (amount: String, status: Int32, state: String))
        async throws
    {
        let answer = try await spender().suffice("guard", "--budget", budget.amount, "--window", window)
        #expect(answer.status == budget.status)
        #expect(answer.output.hasPrefix(budget.state + ": "))
        #expect(answer.trouble.isEmpty)
    }

    @Test func `JSON has the keys that programs read, and a refusal says why on stderr`() async throws {
        let answer = try await spender()
            .suffice("guard", "--budget", "0.005", "--window", "week", "--format", "json", "--timezone", "Asia/Tokyo")
        #expect(answer.status == 3)
        #expect(answer.trouble.contains("spent this week"))
        let json = try #require(JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
        #expect(json["schema"] as? Int == 1)
        #expect(json["state"] as? String == "stop")
        #expect(json["spentUSD"] as? Double == 0.006175)
        #expect(json["remainingUSD"] as? Double == -0.001175)
        #expect(json["share"] as? Double == 1.235)
        #expect(json["timezone"] as? String == "Asia/Tokyo")
        let window = try #require(json["window"] as? [String: String])
        // Midnight in Tokyo.
        #expect(window["from"]?.hasSuffix("T15:00:00Z") == true)
        #expect(window["to"]?.hasSuffix("T15:00:00Z") == true)
    }

    @Test func `a model without a price stops a script, with its name and the remedy`() async throws {
        let user = try spender(model: "nobody-1")
        let answer = try await user.suffice("guard", "--budget", "100", "--window", "day")
        #expect(answer.status == 3)
        #expect(answer.output.contains("nobody-1 (1 call, 1.61k tokens)"))
        #expect(answer.output.contains("[[price]]"))
        let csv = try await user.suffice("guard", "--budget", "100", "--window", "day", "--format", "csv")
        #expect(csv.status == 3)
        #expect(csv.trouble.contains("nobody-1 (1 call, 1.61k tokens)"))
        try user.folder.write(
            "[[price]]\nmodel = \"nobody-1\"\ninput = 1.0\noutput = 1.0\n",
            to: "home/.config/suffice/suffice.toml"
        )
        #expect(try await user.suffice("guard", "--budget", "100", "--window", "day").status == 0)
    }

    @Test(
        arguments: [
            (["--billing", "all"], 3), (["--billing", "api"], 0), (["--project", "app"], 3),
            (["--project", "other"], 0),
            (["--agent", "claude-code"], 3), (["--agent", "codex"], 0), (["--stop", "2"], 0), (["--no-ingest"], 0),
        ] as [([String], Int32)]
    )
    func `flags say what counts`(flags: [String], status: Int32) async throws {
        let answer = try await spender().run(
            ["guard", "--budget", "0.005", "--window", "month"] + flags,
            environment: ["SUFFICE_BILLING_CLAUDE_CODE": "subscription"]
        )
        #expect(answer.status == status, "\(answer.output)")
    }

    @Test(arguments: [
        ["--window", "day"], ["--budget", "5"], ["--budget", "0", "--window", "day"],
        ["--budget", "-1", "--window", "day"], ["--budget", "five", "--window", "day"],
        ["--budget", "1,000", "--window", "day"], ["--budget", "0.00000000001", "--window", "day"],
        ["--budget", "", "--window", "day"], ["--budget", "5", "--window", "fortnight"],
        ["--budget", "5", "--window", "day", "--warn", "0.9", "--stop", "0.8"],
        ["--budget", "5", "--window", "day", "--warn", "70", "--stop", "100"],
        ["--budget", "5", "--window", "day", "--warn", "nan"], ["--budget", "5", "--window", "day", "--frobnicate"],
        ["--budget", "5", "--window", "day", "--timezone", "Mars/Olympus"],
    ])
    func `what makes no budget is bad input`(arguments: [String]) async throws {
        let answer = try await User().run(["guard"] + arguments)
        #expect(answer.status == 2)
        #expect(!answer.trouble.isEmpty)
        #expect(answer.output.isEmpty)
    }

    @Test func `without calls it says so and passes`() async throws {
        let user = try User()
        let nothing = try await user.suffice("guard", "--budget", "5", "--window", "day")
        #expect(nothing.status == 0)
        #expect(nothing.output.contains("No log holds any call yet."))
        try user.log([ClaudeLine.reply("1", at: "2026-01-01T00:00:00.000Z")])
        let answer = try await user.suffice("guard", "--budget", "5", "--window", "day")
        #expect(answer.output.contains("ok: no calls today"))
        #expect(answer.output.contains("The newest call is from 2026-01-01."))
    }

    @Test func `several at once come to the same verdict`() async throws {
        let user = try spender()
        let runs = try (0..<6).map { _ in
            try user.start("guard", "--budget", "0.005", "--window", "month", "--format", "csv")
        }
        var outputs: Set<String> = []
        for run in runs {
            let answer = try await run.end()
            #expect(answer.status == 3, "\(answer.trouble)")
            outputs.insert(answer.output)
        }
        #expect(outputs.count == 1)
    }
}
