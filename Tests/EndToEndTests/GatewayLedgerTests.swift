import Foundation
import TestSupport
import Testing

/// What the reports make of the gateway's journal.
@Suite struct GatewayLedgerTests {
    private func line(_ type: String, id: String, session: String? = "s1", more: String = "") -> String {
        let session = session.map { #""agent":"claude-code","session":"\#($0)","# } ?? ""
        return #"{"v":1,"type":"\#(type)","id":"\#(id)","time":1785751200000,\#(session)"app":"ci","billing":"api""#
            + #","format":"messages","requested":"claude-opus-4-8","chosen":"claude-haiku-4-5","applied":true"#
            + #","reason":"pattern","upstream":"main","upstreamFormat":"messages","requestBytes":9\#(more)}"# + "\n"
    }

    /// Served by Haiku: 10 tokens in, 100 out, 1,000 read from the cache and 500 written to it, for $0.001235.
    private func outcome(reply: String, ending: String = "finished") -> String {
        #","ending":"\#(ending)","ended":1785751201000,"answeredBy":"main","status":200,"replyID":"\#(reply)""#
            + #","requestID":"req_1","model":"claude-haiku-4-5","usage":{"input":10,"output":100,"cacheRead":1000"#
            + #","cacheWrite5m":500},"attempts":1"#
    }

    @Test func `a routed conversation and its agent's log are one call each, at the price that served`() async throws {
        let user = try User()
        try user.log([ClaudeLine.prompt(), ClaudeLine.reply("1"), ClaudeLine.reply("2")])
        let journal = ["1", "2"].map { number in
            line("intent", id: "x-\(number)")
                + line("outcome", id: "x-\(number)", more: outcome(reply: "msg_\(number)"))
        }
        try user.folder.write(journal.joined(), to: "data/gateway/2026-08-03.jsonl")
        let spend = try await user.suffice("spend", "--by", "model", "--since", "all", "--format", "json").spend
        #expect(spend.rows.map(\.key) == ["claude-haiku-4-5"])
        #expect(spend.totals.calls == 2)
        #expect(spend.totals.costUSD == Decimal(string: "0.00247"))
        #expect(spend.totals.billing.apiUSD == spend.totals.costUSD)
        let projects = try await user.suffice("spend", "--by", "project", "--since", "all", "--format", "json").spend
        #expect(projects.rows.map(\.key) == ["/code/app"])
    }

    @Test func `what only the gateway saw is a call of the client's own`() async throws {
        let user = try User()
        try user.folder.write(
            line("outcome", id: "x-1", session: nil, more: outcome(reply: "msg_1")),
            to: "data/gateway/2026-08-03.jsonl"
        )
        let spend = try await user.suffice("spend", "--by", "agent", "--since", "all", "--format", "json").spend
        #expect(spend.rows.map(\.key) == ["gateway"])
        let apps = try await user.suffice("sessions", "--agent", "gateway", "--format", "json")
        #expect(apps.output.contains("\"ci 2026-08-03\""))
    }

    @Test func `requests without an end are told, and in no figure`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1")])
        // The kill came while the second line was being written.
        let journal = line("intent", id: "x-1") + line("intent", id: "x-2") + #"{"v":1,"type":"outco"#
        try user.folder.write(journal, to: "data/gateway/2026-08-03.jsonl")
        let answer = try await user.suffice("spend", "--since", "all", "--format", "json")
        #expect(answer.output.contains("\"interruptedRequests\": 2"))
        #expect(try answer.spend.totals.calls == 1)
        let table = try await user.suffice("spend", "--since", "all", environment: ["COLUMNS": "200"])
        #expect(table.output.contains("2 requests through the gateway without an end"))
        let doctor = try await user.suffice("doctor", environment: ["COLUMNS": "200"])
        #expect(doctor.output.contains("2 requests through the gateway without an end"))
    }

    @Test func `an app's last use is the newest of its requests`() async throws {
        let user = try User()
        #expect(try await user.suffice("apps", "add", "ci").status == 0)
        try user.folder.write(line("intent", id: "x-1"), to: "data/gateway/2026-08-03.jsonl")
        let apps = try await user.suffice("apps", "--format", "json")
        #expect(apps.output.contains("\"lastUsed\": \"2026-08-03T10:00:00Z\""))
    }

    @Test(
        arguments: [
            ("scope = \"total\"\nwindow = \"day\"\nusd = 1", [], 0, "ok"),
            ("scope = \"total\"\nwindow = \"month\"\nusd = 0.001", [], 3, "stop"),
            ("scope = \"project:app\"\nwindow = \"day\"\nusd = 0.001", ["--project", "app"], 3, "stop"),
            ("scope = \"app:ci\"\nwindow = \"day\"\nusd = 1", [], 2, ""),
        ] as [(String, [String], Int32, String)]
    )
    func `guard takes the budget of the configuration where none is typed`(
        budget: String,
        flags: [String],
        status: Int32,
        state: String
    ) async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1", at: ClaudeLine.time())])
        try user.folder.write("[[budget]]\n" + budget, to: "home/.config/suffice/suffice.toml")
        let answer = try await user.run(["guard"] + flags)
        #expect(answer.status == status && answer.output.hasPrefix(state))
        if status == 2 { #expect(answer.trouble.contains("no [[budget]] in suffice.toml is for 'total'")) }
    }
}
