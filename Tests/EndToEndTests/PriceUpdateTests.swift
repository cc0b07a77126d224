import Foundation
import TestSupport
import Testing

@Suite struct PriceUpdateTests {
    private static let list = """
        {"claude-opus-4-8": {"litellm_provider": "anthropic", "mode": "chat", "max_input_tokens": 200000,
         "input_cost_per_token": 1e-5, "output_cost_per_token": 5e-5, "cache_read_input_token_cost": 1e-6,
         "cache_creation_input_token_cost": 1.25e-5}}
        """

    @Test func `a price list holds from its day on and leaves the past alone`() async throws {
        let user = try User()
        try user.log([
            ClaudeLine.reply("1", at: "2026-08-03T10:00:00.000Z"),
            ClaudeLine.reply("2", at: "2026-08-10T10:00:00.000Z"),
        ])
        try user.folder.write(Self.list, to: "prices.json")
        let update = try await user.suffice(
            "prices",
            "update",
            user.folder.path + "/prices.json",
            "--from",
            "2026-08-05"
        )
        #expect(update.status == 0, "\(update.trouble)")
        #expect(update.output.contains("claude-opus-4-8"))
        let rows = try await user.suffice("spend", "--by", "day", "--format", "json").spend.rows
        #expect(rows.map(\.figures.costUSD) == [Decimal(string: "0.006175"), Decimal(string: "0.01235")])
        let again = try await user.suffice(
            "prices",
            "update",
            user.folder.path + "/prices.json",
            "--from",
            "2026-08-05"
        )
        #expect(again.output == "nothing new: every price was known\n")
    }

    @Test func `what is no price list is refused and named`() async throws {
        let user = try User()
        try user.folder.write("<html>", to: "prices.json")
        let answer = try await user.suffice("prices", "update", user.folder.path + "/prices.json")
        #expect(answer.status == 2 || answer.status == 1)
        #expect(answer.trouble.contains("prices.json"))
        #expect(answer.output.isEmpty)
    }

    @Test func `a list that is not there is bad input`() async throws {
        let answer = try await User().suffice("prices", "update", "nowhere.json")
        #expect(answer.status == 2)
        #expect(answer.trouble.contains("nowhere.json"))
    }
}
