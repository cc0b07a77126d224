import Foundation
import TestSupport
import Testing

/// A cascade as the user of `suffice serve` meets it.
@Suite struct CascadeServingTests {
    private static let configuration = """
        [routing]
        mode = "route"
        cascade = { try = ["claude-haiku-4-5"] }

        """

    /// The provider calls `bash` with a `command`, whatever the schema says.
    private static func request(argument: String, stream: Bool) -> String {
        #"{"model":"claude-opus-4-8","max_tokens":500,"stream":\#(stream),"tools":[{"name":"bash","input_schema":"#
            + #"{"type":"object","properties":{"\#(argument)":{"type":"string"}},"required":["\#(argument)"]}}],"#
            + #""messages":[{"role":"user","content":"Think about how our parser should recover from errors."}]}"#
    }

    @Test func `judges that cannot be used are said, and plain checks decide`() async throws {
        let user = try User()
        try user.configure(before: "https://api.anthropic.com", Self.configuration)
        try user.folder.write("{}", to: "data/router/cascade.json")
        let answer = try await user.suffice(
            "serve",
            "--check",
            "--config",
            user.folder.path + "/configuration",
            environment: ["TEST_UPSTREAM_KEY": "sk-1"]
        )
        #expect(answer.status == 0)
        #expect(answer.trouble.contains("cascade.json: warning: is damaged, and plain checks decide"))
    }

    @Test(arguments: [false, true])
    func `a cheaper model's answer is given where it keeps to the schema, and its cost told where it does not`(
        stream: Bool
    ) async throws {
        let gateway = try await ServedGateway(Self.configuration)
        let (address, user) = (try await gateway.listening(), gateway.user)
        var heads: [String] = []
        for argument in ["command", "script"] {
            let body = Self.request(argument: argument, stream: stream)
            let answer = try await user.shell(
                "curl --silent --include '\(address.url)/v1/messages' --header 'content-type: application/json' "
                    + "--data '\(body)'"
            )
            heads.append(answer.output)
        }
        let left = try await gateway.stop()
        #expect(left.status == 0, "\(left.trouble)")
        #expect(heads[0].contains("x-suffice-decision: cascade; accepted"))
        #expect(heads[0].contains("x-suffice-model: claude-haiku-4-5"))
        #expect(heads[1].contains("x-suffice-decision: cascade; claude-haiku-4-5: tool call"))
        #expect(heads[1].contains("x-suffice-model: claude-opus-4-8"))
        #expect(heads[1].contains(#""model": "claude-opus-4-8""#) && !heads[1].contains(#""model": "claude-haiku"#))
        let asked = try gateway.received().map(\.body.model)
        #expect(asked == ["claude-haiku-4-5", "claude-haiku-4-5", "claude-opus-4-8"])
        // Each reply is billed 120 tokens in, 57 out, 4,000 read from the cache and 300 written to it: $0.00118 on
        // Haiku 4.5, $0.0059 on Opus 4.8.
        let spend = try await user.suffice("spend", "--since", "all", "--format", "json").spend
        #expect(spend.totals.calls == 2)
        #expect(spend.totals.costUSD == Decimal(string: "0.00826"))
    }
}
