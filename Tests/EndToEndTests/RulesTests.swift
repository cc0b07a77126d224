import Foundation
import TestSupport
import Testing

@Suite struct RulesTests {
    /// A user with a project of ten small sessions on a frontier model.
    private struct Project {
        let user: User
        let folder: String
        let settings: String

        init(sessions: Int = 10) throws {
            user = try User()
            folder = user.folder.path + "/home/app"
            settings = folder + "/.claude/settings.local.json"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for index in 0..<sessions { try log("s\(index)", model: "claude-opus-4-8", day: 1 + index) }
        }

        /// A session of one small task, or of a large one.
        func log(_ session: String, model: String, day: Int, month: String = "10", isLarge: Bool = false) throws {
            let time = "2026-\(month)-\(day < 10 ? "0" : "")\(day)T10:00:0"
            try user.log(
                [
                    ClaudeLine.prompt("What is \(session)?", session: session, at: time + "0.000Z", project: folder),
                    ClaudeLine.reply(session, session: session, at: time + "1.000Z", model: model, project: folder)
                        .replacing(
                            #""output_tokens":100"#,
                            with: isLarge ? #""output_tokens":9000"# : #""output_tokens":100"#
                        ),
                ],
                as: session
            )
        }

        func write(_ text: String) throws { try user.folder.write(text, to: "home/app/.claude/settings.local.json") }

        var text: String? { try? String(contentsOfFile: settings, encoding: .utf8) }

        /// With no limit to how little a finding may save.
        func rules(_ arguments: String...) async throws -> Answer {
            try await user.run(["rules"] + arguments, environment: Project.environment)
        }

        static let environment = ["SUFFICE_THRESHOLDS_MODEL_DOWNGRADE_USD": "0"]

        func finding() async throws -> String {
            let answer = try await rules("list", "--format", "json")
            let list = try JSONDecoder().decode(List.self, from: Data(answer.output.utf8))
            return try #require(list.proposals?.first { $0.kind == "model-downgrade" }?.finding, "\(answer.output)")
        }
    }

    private struct List: Decodable {
        struct Proposal: Decodable {
            var finding: String
            var kind: String
        }
        struct Rule: Decodable {
            var id: String
            var status: String
            var action: String
        }
        struct Event: Decodable {
            var event: String
        }
        var proposals: [Proposal]?
        var rules: [Rule]
        var events: [Event]?
    }

    private struct Change: Decodable {
        struct File: Decodable {
            var path: String
            var diff: String
            var outcome: String
        }
        struct Rule: Decodable {
            struct Forecast: Decodable {
                var savingUSD: Double
                var sessions: Int
                var unflaggedSessions: Int
                var flaggedShare: Double
            }
            var id: String
            var action: String
            var target: String?
            var forecast: Forecast
        }
        var event: String
        var rule: Rule
        var files: [File]
    }

    private func change(_ answer: Answer) throws -> Change {
        try JSONDecoder().decode(Change.self, from: Data(answer.output.utf8))
    }

    private func list(_ answer: Answer) throws -> List {
        try JSONDecoder().decode(List.self, from: Data(answer.output.utf8))
    }

    @Test func `a rule is shown, applied as shown, and taken back to the byte`() async throws {
        let project = try Project()
        let before = "{\r\n  // mine\r\n  \"permissions\": {\"allow\": [\"Bash(ls)\"]},\r\n}\r\n"
        try project.write(before)
        let finding = try await project.finding()
        let shown = try change(try await project.rules("show", finding, "--format", "json"))
        #expect(shown.event == "proposed")
        #expect(shown.rule.action == "model")
        #expect(shown.rule.forecast.sessions == 10)
        #expect(shown.rule.forecast.savingUSD > 0)
        #expect(shown.rule.forecast.flaggedShare > 0.9)
        #expect(project.text == before)

        let refused = try await project.rules("apply", finding)
        #expect(refused.status == 3)
        #expect(refused.trouble.contains("--yes"))
        #expect(project.text == before)

        let applied = try change(try await project.rules("apply", finding, "--yes", "--format", "json"))
        #expect(applied.event == "applied")
        #expect(applied.files.map(\.diff) == shown.files.map(\.diff))
        let target = try #require(applied.rule.target)
        #expect(
            project.text
                == before.replacingOccurrences(of: "]},\r\n", with: "]},\r\n  \"model\": \"\(target)\",\r\n")
        )
        #expect(try list(try await project.rules("list", "--format", "json")).rules.map(\.status) == ["applied"])
        #expect(try change(try await project.rules("apply", finding, "--yes", "--format", "json")).event == "unchanged")

        let undone = try change(try await project.rules("undo", applied.rule.id, "--format", "json"))
        #expect(undone.files.map(\.outcome) == ["as it was before, to the byte"])
        #expect(project.text == before)
        let history = try list(try await project.rules("history", "--format", "json"))
        #expect(history.events?.map(\.event) == ["applied", "undone"])
        #expect(history.rules.map(\.status) == ["undone"])
    }

    @Test func `a rule makes a settings file where there is none, and undo leaves no trace`() async throws {
        let project = try Project()
        let finding = try await project.finding()
        let applied = try await project.rules("apply", finding, "--yes")
        #expect(applied.status == 0, "\(applied.trouble)")
        #expect(project.text?.contains("\"model\"") == true)
        #expect(try await project.rules("undo", finding).status == 0)
        #expect(!FileManager.default.fileExists(atPath: project.folder + "/.claude"))
    }

    @Test func `a rule that the user takes back in the file is remembered, and not proposed again`() async throws {
        let project = try Project()
        let finding = try await project.finding()
        _ = try await project.rules("apply", finding, "--yes")
        try project.write("{}\n")
        let history = try list(try await project.rules("history", "--format", "json"))
        #expect(history.rules.map(\.status) == ["rolledBack"])
        let after = try list(try await project.rules("list", "--format", "json"))
        #expect(after.proposals?.contains { $0.finding == finding } == false)
        let again = try await project.rules("apply", finding, "--yes")
        #expect(again.status == 2)
        #expect(again.trouble.contains("--again"))
        #expect(project.text == "{}\n")
    }

    @Test func `a file that cannot be parsed is refused with its place`() async throws {
        let project = try Project()
        try project.write("{\n  \"a\" 1\n}\n")
        let answer = try await project.rules("apply", try await project.finding(), "--yes")
        #expect(answer.status == 2)
        #expect(answer.trouble.contains("settings.local.json:2:7: ':' is missing"))
        #expect(project.text == "{\n  \"a\" 1\n}\n")
    }

    @Test func `a read-only file is refused with what to do`() async throws {
        let project = try Project()
        try project.write("{}\n")
        chmod(project.settings, 0o444)
        let answer = try await project.rules("apply", try await project.finding(), "--yes")
        #expect(answer.status == 2)
        #expect(answer.trouble.contains("chmod u+w"))
        #expect(project.text == "{}\n")
    }

    /// How often a process is killed: `SUFFICE_KILLS`, or so often.
    private static let kills = ProcessInfo.processInfo.environment["SUFFICE_KILLS"].flatMap { Int($0) } ?? 9

    @Test func `killed at any moment, nothing is lost`() async throws {
        let project = try Project()
        let before = "{\n  // mine\n}\n"
        try project.write(before)
        let finding = try await project.finding()
        let records = project.user.data + "/changes"
        var (whole, none) = (0, 0)
        for round in 0..<Self.kills {
            let apply = try start(project, "apply", finding, "--yes", "--no-ingest")
            if round % 3 == 0 {
                apply.send(SIGKILL, after: .milliseconds(8 * round))
            } else {
                // The record is the first thing on disk: from then on files are being written.
                while apply.isRunning, holds(records, no: ".json") { usleep(50) }
                apply.send(SIGKILL, after: .microseconds(40 * round))
            }
            _ = try await apply.end()
            let now = try #require(project.text)
            #expect(now == before || now.hasPrefix("{\n  // mine\n  \"model\": \"claude-"))
            let rules = try list(try await project.rules("list", "--format", "json")).rules
            // What was half done is undone, what was done is a rule like any other.
            #expect(rules.isEmpty == (project.text == before))
            guard !rules.isEmpty else {
                none += 1
                continue
            }
            whole += 1
            let undo = try start(project, "undo", finding)
            undo.send(SIGKILL, after: .milliseconds(5 * round))
            _ = try await undo.end()
            let left = try list(try await project.rules("list", "--format", "json")).rules
            #expect(left.isEmpty == (project.text == before))
            if !left.isEmpty { #expect(try await project.rules("undo", finding, "--format", "json").status == 0) }
            #expect(project.text == before)
        }
        if Self.kills > 9 { print("killed \(Self.kills) times: \(whole) rules whole, \(none) not there") }
        let left = try FileManager.default.contentsOfDirectory(atPath: project.folder + "/.claude")
        #expect(left == ["settings.local.json"])
        #expect(holds(records, no: ".json"))
    }

    private func start(_ project: Project, _ arguments: String...) throws -> Started {
        try Started(Binary.path, ["rules"] + arguments, user: project.user, environment: Project.environment)
    }

    private func holds(_ folder: String, no suffix: String) -> Bool {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        return !(names ?? []).contains { $0.hasSuffix(suffix) }
    }

    @Test func `applied twice at once there is one rule, which goes back to the byte`() async throws {
        let project = try Project()
        let before = "{\"a\": 1}"
        try project.write(before)
        let finding = try await project.finding()
        let line =
            "suffice rules apply \(finding) --yes --no-ingest & suffice rules apply \(finding) --yes --no-ingest; wait"
        _ = try await project.user.shell(line, environment: Project.environment)
        let rules = try list(try await project.rules("list", "--format", "json")).rules
        #expect(rules.map(\.status) == ["applied"])
        #expect(try await project.rules("undo", finding).status == 0)
        #expect(project.text == before)
    }

    @Test func `an unknown finding or rule is named`() async throws {
        let project = try Project(sessions: 1)
        for arguments in [["show", "x"], ["apply", "x", "--yes"], ["undo", "x"], ["history", "x"]] {
            let answer = try await project.user.run(["rules"] + arguments)
            #expect(answer.status == 2)
            #expect(answer.trouble.contains("'x'"))
        }
    }

    @Test(arguments: [
        ("home/app/.claude/settings.json", #"{"env": {"ANTHROPIC_MODEL": "opus"}}"#, "env.ANTHROPIC_MODEL"),
        ("home/.claude/settings.json", #"{"env": {"ANTHROPIC_MODEL": "opus"}}"#, "env.ANTHROPIC_MODEL"),
        ("home/app/.claude/settings.local.json", #"{"model": "opus"}"#, "model"),
    ])
    func `what wins over a rule is named before and after it is applied`(
        file: String,
        text: String,
        key: String
    ) async throws {
        let project = try Project()
        let finding = try await project.finding()
        try project.user.folder.write(text, to: file)
        // The user's local settings win over the project's shared ones, which the rule is to be in.
        let wish = key == "model" ? ["--shared"] : []
        let arguments = ["rules", "apply", finding, "--yes", "--format", "json"] + wish
        let applied = try await project.user.run(arguments, environment: Project.environment)
        #expect(try notes(applied, "notes").contains { $0.contains("\(file)") && $0.contains("sets \(key) to 'opus'") })
        let listed = try await project.rules("list", "--format", "json")
        #expect(try notes(listed, "warnings").contains { $0.contains("sets \(key) to 'opus' and wins") })
        #expect(try await project.user.suffice("doctor").output.contains("overridden"))
        try project.user.folder.write("{}", to: file)
        #expect(try notes(try await project.rules("list", "--format", "json"), "warnings").isEmpty)
    }

    @Test func `a lower file, and one that says the same, win over nothing`() async throws {
        let project = try Project()
        let finding = try await project.finding()
        try project.user.folder.write(#"{"model": "opus"}"#, to: "home/.claude/settings.json")
        try project.user.folder.write(#"{"model": "opus"}"#, to: "home/app/.claude/settings.json")
        #expect(try notes(try await project.rules("show", finding, "--format", "json"), "notes").isEmpty)
    }

    @Test func `everywhere is every project of the agent, not another agent's work`() async throws {
        let project = try Project()
        for index in 0..<3 { try project.log("l\(index)", model: "claude-opus-4-8", day: 20 + index, isLarge: true) }
        // Codex spends far more, on a model that has a cheaper one of its tier.
        for index in 0..<5 {
            let identity = "0199a000-0000-7000-8000-00000000000\(index)"
            let time = "2026-10-1\(index)T10:00:0"
            let usage =
                #"{"input_tokens":900000,"cached_input_tokens":0,"output_tokens":9000,"reasoning_output_tokens":0"#
                + #","total_tokens":909000}"#
            let lines = [
                ("0.0", "session_meta", #"{"id":"\#(identity)","cwd":"/code/other","cli_version":"0.163.0"}"#),
                ("0.1", "turn_context", #"{"cwd":"/code/other","model":"gpt-5.5"}"#),
                ("0.2", "event_msg", #"{"type":"user_message","message":"hi"}"#),
                (
                    "1.1", "event_msg",
                    #"{"type":"token_count","info":{"total_token_usage":\#(usage),"last_token_usage":\#(usage)}}"#
                ),
            ].map { #"{"timestamp":"\#(time)\#($0.0)00Z","type":"\#($0.1)","payload":\#($0.2)}"# + "\n" }
            try project.user.folder.write(
                lines.joined(),
                to: "home/.codex/sessions/2026/10/1\(index)/rollout-\(time)0-\(identity).jsonl"
            )
        }
        let listed = try await project.rules("list", "--format", "json")
        let proposals = try list(listed).proposals ?? []
        let kinds = proposals.filter { $0.kind == "same-tier-cheaper" }.map(\.finding)
        #expect(kinds.count == 2, "\(listed.output)")
        var targets: Set<String> = []
        for finding in kinds {
            let shown = try change(try await project.rules("show", finding, "--everywhere", "--format", "json"))
            let path = try #require(shown.files.first?.path)
            let target = try #require(shown.rule.target)
            #expect(target.hasPrefix(path.contains("/.claude/") ? "claude-" : "gpt-"), "\(path): \(target)")
            targets.insert(target)
        }
        #expect(targets.count == 2)
        let page = try await project.rules("show", kinds[0], "--everywhere").output
        #expect(page.contains("\(kinds[0]) --everywhere --yes"))
    }

    @Test func `a default model is not changed for the part of the work that is on one of three models`() async throws {
        func project(onThreeModels: Bool) throws -> Project {
            let project = try Project(sessions: 0)
            for index in 0..<3 { try project.log("s\(index)", model: "claude-opus-4-8", day: 1 + index, isLarge: true) }
            guard onThreeModels else { return project }
            for index in 0..<3 { try project.log("o\(index)", model: "claude-opus-4-5", day: 7 + index, isLarge: true) }
            for index in 0..<5 {
                try project.log("t\(index)", model: "claude-sonnet-5", day: 10 + index, isLarge: true)
            }
            return project
        }
        let three = try project(onThreeModels: true)
        let proposals = try list(try await three.rules("list", "--format", "json")).proposals ?? []
        #expect(!proposals.contains { $0.kind == "same-tier-cheaper" }, "\(proposals)")
        let one = try project(onThreeModels: false)
        let alone = try list(try await one.rules("list", "--format", "json")).proposals ?? []
        #expect(alone.contains { $0.kind == "same-tier-cheaper" })
    }

    @Test func `what it takes to judge a rule is said as it is set`() async throws {
        let project = try Project()
        let finding = try await project.finding()
        try project.user.folder.write(
            "[validation]\ntasks = 7\nsessions = 3\n",
            to: "home/.config/suffice/suffice.toml"
        )
        _ = try await project.rules("apply", finding, "--yes")
        #expect(try await project.rules("list").output.contains("it takes 7 in 3 on each side"))
        let environment = Project.environment.merging(["SUFFICE_VALIDATION_TASKS": "9"]) { $1 }
        let listed = try await project.user.run(["rules"], environment: environment)
        #expect(listed.output.contains("it takes 9 in 3 on each side"))
    }

    @Test(arguments: [
        ("[validation]\nsessions = 1\n", "suffice.toml:2: validation.sessions must be a whole number from 2 to"),
        ("[validation]\n\ndays = 7.5\n", "suffice.toml:3: validation.days must be a whole number from 1 to 90"),
        ("[validation]\ntasks = \"20\"\n", "suffice.toml:2: validation.tasks must be a number"),
    ])
    func `a limit that cannot be is refused at the start with its place`(text: String, trouble: String) async throws {
        let user = try User()
        try user.folder.write(text, to: "home/.config/suffice/suffice.toml")
        let answer = try await user.suffice("rules")
        #expect(answer.status == 2)
        #expect(answer.trouble.contains(trouble), "\(answer.trouble)")
        let variable = try await User().suffice("rules", environment: ["SUFFICE_VALIDATION_DAYS": "0"])
        #expect(variable.status == 2)
        #expect(variable.trouble.contains("SUFFICE_VALIDATION_DAYS: is '0'; write a whole number from 1 to 90"))
    }

    private func notes(_ answer: Answer, _ key: String) throws -> [String] {
        let object = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
        return try #require(object?[key] as? [String], "\(answer.output) \(answer.trouble)")
    }

    @Test func `a rule is taken back once, and again nothing is left to do`() async throws {
        let project = try Project()
        let finding = try await project.finding()
        _ = try await project.rules("apply", finding, "--yes")
        #expect(try await project.rules("undo", finding).status == 0)
        let again = try await project.rules("undo", finding)
        #expect(again.status == 0)
        #expect(again.output.contains("taken back already"))
    }

    @Test func `where the file was deleted, nothing of the rule is left to take back`() async throws {
        let project = try Project()
        let finding = try await project.finding()
        _ = try await project.rules("apply", finding, "--yes")
        try FileManager.default.removeItem(atPath: project.folder + "/.claude")
        let undone = try await project.rules("undo", finding)
        #expect(undone.status == 0)
        // Wherever the line is broken.
        #expect(
            undone.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
                "nothing of the rule was left"
            )
        )
        #expect(!FileManager.default.fileExists(atPath: project.folder + "/.claude"))
    }

    @Test func `a project that was moved keeps what stood there before, until it is back`() async throws {
        let project = try Project()
        try project.write("{\"a\": 1}")
        let finding = try await project.finding()
        _ = try await project.rules("apply", finding, "--yes")
        try project.user.folder.rename("home/app", to: "home/moved")
        let listed = try await project.rules("list", "--format", "json")
        #expect(try list(listed).rules.map(\.status) == ["applied"])
        #expect(listed.trouble.contains("is not there: moved, or deleted?"))
        let refused = try await project.rules("undo", finding)
        #expect(refused.status == 1)
        #expect(refused.trouble.contains("model in ") && refused.trouble.contains("--forget"))
        try project.user.folder.rename("home/moved", to: "home/app")
        #expect(try await project.rules("undo", finding).status == 0)
        #expect(project.text == "{\"a\": 1}")
        // Deleted for good, it can be forgotten.
        _ = try await project.rules("apply", finding, "--yes")
        try project.user.folder.remove("home/app")
        #expect(try await project.rules("undo", finding, "--forget").status == 0)
        #expect(try list(try await project.rules("list", "--format", "json")).rules.isEmpty)
    }

    @Test func `a finding that is gone is named, and a rule of it still goes back`() async throws {
        let project = try Project()
        let finding = try await project.finding()
        _ = try await project.rules("apply", finding, "--yes")
        // Other limits find nothing any more.
        let undone = try await project.user.suffice("rules", "undo", finding)
        #expect(undone.status == 0, "\(undone.trouble)")
        let limits = ["SUFFICE_THRESHOLDS_MODEL_DOWNGRADE_USD": "1000"]
        let gone = try await project.user.run(["rules", "apply", finding, "--yes"], environment: limits)
        #expect(gone.status == 2)
        #expect(gone.trouble.contains("no finding is called '\(finding)'"))
        #expect(project.text == nil)
    }

    @Test(arguments: [("y\n", 0), ("n\n", 3), ("\u{4}", 3), ("\u{3}", 130)])
    func `at a terminal it asks, and only a yes writes`(keys: String, status: Int32) async throws {
        let project = try Project()
        let finding = try await project.finding()
        // Types once the question stands there.
        let typist = """
            import os, pty, sys
            keys = sys.argv[1].encode()
            pid, master = pty.fork()
            if pid == 0: os.execv(sys.argv[2], sys.argv[2:])
            seen = b""
            while True:
                try: piece = os.read(master, 4096)
                except OSError: break
                if not piece: break
                seen += piece
                if b"[y/N]" in seen and keys: os.write(master, keys); keys = b""
            ended = os.waitpid(pid, 0)[1]
            sys.stdout.buffer.write(seen)
            sys.exit(128 + os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else os.WEXITSTATUS(ended))
            """
        let answer = try await Started(
            "/usr/bin/env",
            ["python3", "-c", typist, keys, Binary.path, "rules", "apply", finding],
            user: project.user,
            environment: Project.environment.merging(["TERM": "xterm"]) { $1 }
        ).end()
        #expect(answer.status == status, "\(answer.output)")
        #expect(answer.output.contains("[y/N]"))
        #expect((project.text != nil) == (status == 0))
        #expect(try list(try await project.rules("list", "--format", "json")).rules.count == (status == 0 ? 1 : 0))
    }

    @Test(.enabled(if: FullDisk.isPossible), arguments: ["project", "data"])
    func `on a full disk nothing is half done`(full: String) async throws {
        let project = try Project()
        try project.write("{\"a\": 1}")
        let finding = try await project.finding()
        let folder = full == "project" ? project.folder : project.user.data
        let line = FullDisk.line(over: folder, "'\(Binary.path)' rules apply \(finding) --yes --no-ingest")
        let answer = try await project.user.shell(line, environment: Project.environment)
        #expect(answer.status != 0)
        #expect(answer.trouble.contains("cannot be written"), "\(answer)")
        #expect(answer.output.contains("--{\"a\": 1}--"), "\(answer)")
        #expect(!answer.output.contains(".suffice-"))
        #expect(try list(try await project.rules("list", "--format", "json")).rules.isEmpty)
    }
}

/// A disk without room, in a namespace of mounts of its own.
private enum FullDisk {
    static let isPossible = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "unshare -rm mount -t tmpfs none /mnt"]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        return (try? process.run()).map { process.waitUntilExit() } != nil && process.terminationStatus == 0
    }()

    /// Runs a command where a folder lies on a full disk, and then shows what is in the folder's settings.
    static func line(over folder: String, _ command: String) -> String {
        """
        cat > "$HOME/full.sh" <<'END'
        cp -a '\(folder)' "$HOME/copy"
        mount -t tmpfs -o size=1m none '\(folder)'
        cp -a "$HOME/copy/." '\(folder)'
        dd if=/dev/zero of='\(folder)/filling' bs=4k 2> /dev/null
        \(command)
        status=$?
        echo "--$(cat "$HOME/app/.claude/settings.local.json")--"
        ls -a "$HOME/app/.claude"
        exit $status
        END
        unshare -rm /bin/sh "$HOME/full.sh"
        """
    }
}
