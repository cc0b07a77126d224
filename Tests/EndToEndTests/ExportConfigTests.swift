import Foundation
import TestSupport
import Testing

/// Each export is read by the program it is for, where that can be had, or by its language's own parser.
@Suite struct ExportConfigTests {
    private func export(_ target: String, _ user: User) async throws -> String {
        let answer = try await user.suffice(
            "optimize",
            "export-config",
            "--target",
            target,
            "--since",
            "all",
            environment: ["SUFFICE_THRESHOLDS_MODEL_DOWNGRADE_USD": "0"]
        )
        #expect(answer.status == 0, "\(answer.trouble)")
        return answer.output
    }

    /// Ten small sessions of Claude Code on a frontier model: most of what was spent can move.
    private func furnished() throws -> User {
        let user = try User()
        for index in 0..<10 {
            let name = "s\(index)"
            try user.log([ClaudeLine.prompt(session: name), ClaudeLine.reply(name, session: name)], as: name)
        }
        return user
    }

    @Test func `Claude Code's settings are one object with the model and its schema`() async throws {
        struct Settings: Decodable {
            var model: String
        }
        let text = try await export("claude-code-settings", try furnished())
        #expect(try JSONDecoder().decode(Settings.self, from: Data(text.utf8)).model.hasPrefix("claude-haiku"))
    }

    @Test(arguments: ["codex-config", "gateway"])
    func `what is TOML is read by another parser`(target: String) async throws {
        for user in [try User(home: Package.sample), try furnished()] {
            try user.folder.write(try await export(target, user), to: "home/x.toml")
            let read = try await user.shell("python3 -c 'import tomllib; tomllib.load(open(\"x.toml\", \"rb\"))'")
            #expect(read.status == 0, "\(read.trouble)")
        }
    }

    @Test func `the gateway takes its file`() async throws {
        let user = try furnished()
        let text = try await export("gateway", user)
        #expect(text.contains("[[route]]"))
        try user.folder.write(text, to: "home/gate/suffice.toml")
        let check = try await user.suffice("serve", "--check", "--config", "gate/suffice.toml")
        #expect(check.status == 0, "\(check.output)\(check.trouble)")
    }

    @Test func `a shell takes its file`() async throws {
        let user = try furnished()
        try user.folder.write(try await export("shell", user), to: "home/x.sh")
        let answer = try await user.shell("bash -n x.sh && . ./x.sh && echo \"$ANTHROPIC_MODEL\"")
        #expect(answer.status == 0, "\(answer.trouble)")
        #expect(answer.output.hasPrefix("claude-haiku"))
    }

    @Test func `LiteLLM starts with its file and answers for the model that is asked for`() async throws {
        let litellm = try await PythonClients.agents.program("litellm")
        let user = try furnished()
        try user.folder.write(try await export("litellm", user), to: "home/litellm.yaml")
        let port = try freePort()
        let proxy = try Started(
            litellm,
            ["--config", "litellm.yaml", "--host", "127.0.0.1", "--port", String(port)],
            user: user,
            environment: [
                "LITELLM_LOCAL_MODEL_COST_MAP": "True", "ANTHROPIC_API_KEY": "none", "OPENAI_API_KEY": "none",
                "LITELLM_MASTER_KEY": "sk-litellm-test",
            ]
        )
        try await proxy.listens(on: port)
        let models = try await user.shell(
            """
            python3 -c 'import urllib.request as r
            request = r.Request("http://127.0.0.1:\(port)/v1/model/info", headers={"x-api-key": "sk-litellm-test"})
            request.add_header("Authorization", "Bearer sk-litellm-test")
            print(r.urlopen(request).read().decode().replace(" ", ""))'
            """
        )
        proxy.send(SIGKILL)
        _ = try await proxy.end()
        #expect(models.output.contains("\"model_name\":\"claude-opus-4-8\""), "\(models.trouble)")
        #expect(models.output.contains("anthropic/claude-haiku"))
    }
}
