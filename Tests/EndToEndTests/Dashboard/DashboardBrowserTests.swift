import Foundation
import TestSupport
import Testing

/// The local pages in a real browser, as their user meets them.
@Suite(.enabled(if: Browser.path != nil), .serialized) struct DashboardBrowserTests {
    /// `suffice dashboard` under way.
    private struct Shown: Decodable {
        var url: String
    }

    private func showing(_ user: User, _ body: (_ url: String) async throws -> Void) async throws {
        let dashboard = try user.start("dashboard", "--port", "0", "--format", "json")
        let shown = try JSONDecoder().decode(Shown.self, from: Data(try await dashboard.firstValue().utf8))
        do {
            try await body(shown.url)
        } catch {
            dashboard.send(SIGKILL)
            throw error
        }
        dashboard.send(SIGINT)
        let end = try await dashboard.end()
        #expect(end.status == 0 && end.trouble.isEmpty, "\(end.trouble)")
    }

    private func check(_ user: User, _ url: String, _ task: [String]) async throws {
        let python = try await PythonClients.browser.program("python")
        let browser = try #require(Browser.path)
        let answer = try await Started(
            python,
            [Package.root + "/Tests/EndToEndTests/Dashboard/Clients/check_pages.py", browser, url] + task,
            user: user,
            // Browsers write where they are at home: not among somebody's logs.
            environment: ["HOME": user.folder.path]
        ).end()
        #expect(answer.status == 0, "\(answer.output)\(answer.trouble)")
    }

    @Test(arguments: [Package.sample] + (Package.hasRealLogs ? [Package.realLogs] : []))
    func `every page shows the command line's figures, works by keyboard and passes axe`(home: String) async throws {
        let user = try User(home: home)
        if home == Package.sample {
            let journal = try String(contentsOfFile: Package.sample + "/../gateway/2026-11-03.jsonl", encoding: .utf8)
            try user.folder.write(journal, to: "data/gateway/2026-11-03.jsonl")
        }
        for (name, arguments) in [("spend", ["spend"]), ("optimize", ["optimize"]), ("sessions", ["sessions"])] {
            let answer = try await user.run(arguments + ["--since", "all", "--format", "json"])
            try user.folder.write(answer.output, to: "figures/\(name).json")
        }
        try await showing(user) { url in
            try await check(user, url, ["numbers", user.folder.path + "/figures"])
        }
    }

    @Test func `text of a log that was made to break pages shows as text`() async throws {
        let user = try User()
        let script = "<script>window.broken=1</script>"
        let image = "\"><img src=x onerror='window.broken=2'>"
        let long = String(repeating: "<b>wide</b>\u{202E}", count: 80_000)
        var lines: [String] = []
        for (index, tool) in [script, image, long, "javascript:window.broken=3"].enumerated() {
            lines.append(
                ClaudeLine.hostile(
                    index: index,
                    folder: "/code/\(script)\u{202E}\(image)",
                    model: index == 3 ? "claude-\(script)" : "claude-opus-4-8",
                    tool: tool
                )
            )
        }
        lines.append("\(String(repeating: "<script>", count: 130_000))\n")
        try user.log(lines, as: "s1")
        try user.log(
            [ClaudeLine.hostile(index: 9, session: "\(script)\(image)/../..?a=b&c#d", folder: long, tool: "Bash")],
            as: "s2"
        )
        try await showing(user) { url in try await check(user, url, ["hostile"]) }
    }

    @Test func `a study's verdict and its pairs are those of validate, and what models wrote shows as text`()
        async throws
    {
        let cheap = "claude-haiku-4-5"
        let studied = try await StudiedUser(
            sessions: 8,
            steps: 4,
            marks: "<script>window.broken = 1</script><img src=x onerror='window.broken = 2'>\u{202E}",
            [StudiedUser.original: 1, cheap: 0.5]
        )
        let answer = try await studied.validate("--target", cheap, "--yes", "--show", "--format", "json")
        try await studied.stop()
        let user = studied.user
        try user.folder.write(answer.output, to: "figures/study.json")
        try await showing(user) { url in try await check(user, url, ["proof", user.folder.path + "/figures"]) }
    }

    @Test func `a finding is applied as its page announced, and taken back to the byte`() async throws {
        let user = try User()
        let project = user.folder.path + "/home/app"
        for index in 1...9 {
            let (session, time) = ("s\(index)", "2026-10-0\(index)T10:00:0")
            try user.log(
                [
                    ClaudeLine.prompt("What?", session: session, at: time + "0.000Z", project: project),
                    ClaudeLine.reply(session, session: session, at: time + "1.000Z", project: project),
                ],
                as: session
            )
        }
        try user.folder.write("[thresholds.model-downgrade]\nusd = 0\n", to: "home/.config/suffice/suffice.toml")
        let settings = "{\r\n  // mine\r\n  \"env\": {\"A\": \"<script>window.broken=1</script>\"},\r\n}\r\n"
        try user.folder.write(settings, to: "home/app/.claude/settings.local.json")
        try await showing(user) { url in
            let file = project + "/.claude/settings.local.json"
            try await check(user, url, ["rule", user.data + "/admin.token", file])
        }
    }

    @Test func `a call that an agent logs shows on an open page by itself`() async throws {
        let user = try User()
        try user.log([ClaudeLine.hostile(index: 1, tool: "Read")])
        try user.folder.write(ClaudeLine.hostile(index: 2, tool: "Edit"), to: "line.jsonl")
        let log = user.home + "/.claude/projects/-work-app/s1.jsonl"
        try await showing(user) { url in
            try await check(user, url, ["live", log, user.folder.path + "/line.jsonl"])
        }
    }
}

/// A browser that can be driven, where there is one.
enum Browser {
    static let path: String? = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}

extension ClaudeLine {
    /// A call of an assistant with one tool call, as Claude Code logs it.
    fileprivate static func hostile(
        index: Int,
        session: String = "s1",
        folder: String = "/code/app",
        model: String = "claude-opus-4-8",
        tool: String
    ) -> String {
        func quoted(_ text: String) -> String {
            String(decoding: (try? JSONEncoder().encode(text)) ?? Data("\"\"".utf8), as: UTF8.self)
        }
        return """
            {"type":"assistant","sessionId":\(quoted(session)),"cwd":\(quoted(folder)),"version":"2.1.219",\
            "uuid":"u\(index)","requestId":"req_\(index)","timestamp":"2026-11-02T09:0\(index):00.000Z",\
            "message":{"id":"msg_\(index)","type":"message","role":"assistant","model":\(quoted(model)),\
            "content":[{"type":"tool_use","id":"toolu_\(index)","name":\(quoted(tool)),"input":{}}],\
            "stop_reason":"tool_use","usage":{"input_tokens":10,"output_tokens":200,\
            "cache_read_input_tokens":\(index * 4000),"cache_creation_input_tokens":4000}}}

            """
    }
}
