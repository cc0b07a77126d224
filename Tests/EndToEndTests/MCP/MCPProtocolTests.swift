import Domain
import Foundation
import GRDB
import Store
import TestSupport
import Testing

/// What `suffice mcp` says to lines as they come, right or wrong.
@Suite struct MCPProtocolTests {
    /// A JSON object as a test looks at it.
    private struct Message {
        var members: [String: Any]

        init(_ line: some StringProtocol) throws {
            members = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }

        subscript(path: String...) -> Any? {
            path.reduce(members as Any?) { ($0 as? [String: Any])?[$1] }
        }

        var code: Int? { self["error", "code"] as? Int }
    }

    private static let hello = initialize("2025-11-25")

    private static func initialize(_ version: String) -> String {
        #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\#(version)","capabilities":{}"#
            + #","clientInfo":{"name":"t","version":"1"}}}"#
    }

    private static func call(_ id: Int, _ tool: String, _ arguments: String = "{}") -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
    }

    /// What is answered to lines, stdin closed behind them.
    private func answers(_ lines: [String], of user: User? = nil) async throws -> [Message] {
        let input = lines.map { $0 + "\n" }.joined()
        let answer = try await (user ?? User()).suffice("mcp", input: input)
        #expect(answer.status == 0, "\(answer.trouble)")
        return try answer.output.split(separator: "\n").map { try Message($0) }
    }

    /// The answers in the order of the questions, which are numbered: what takes longer is answered later.
    private func answersInOrder(_ lines: [String], of user: User) async throws -> [Message] {
        try await answers(lines, of: user).sorted { ($0["id"] as? Int ?? 0) < ($1["id"] as? Int ?? 0) }
    }

    @Test(arguments: [
        ("2025-11-25", "2025-11-25"), ("2025-06-18", "2025-06-18"), ("2024-11-05", "2024-11-05"),
        ("2025-03-26", "2024-11-05"), ("2099-01-01", "2025-11-25"), ("1999-01-01", "2025-11-25"),
    ])
    func `the version agreed on is one that both know`(asked: String, given: String) async throws {
        let answers = try await answers([Self.initialize(asked)])
        #expect(answers.map { $0["result", "protocolVersion"] as? String } == [given])
        #expect(answers.first?["result", "serverInfo", "name"] as? String == "suffice")
    }

    @Test func `the schemas of all tools together are under two kilobytes`() async throws {
        let answer = try await User().suffice(
            "mcp",
            input: Self.hello + "\n" + #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"# + "\n"
        )
        let line = try #require(answer.output.split(separator: "\n").last)
        let tools = try #require(line.range(of: #""tools": ["#))
        let bytes = line[tools.lowerBound...].utf8.count
        #expect(bytes > 500 && bytes < 2_048)
    }

    @Test func `a request may say its version itself, without initialize`() async throws {
        func request(
            _ method: String,
            version: String,
            capabilities: String = #","io.modelcontextprotocol/clientCapabilities":{}"#
        )
            -> String
        {
            #"{"jsonrpc":"2.0","id":"a","method":"\#(method)","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"#
                + #""\#(version)"\#(capabilities)}}}"#
        }
        let answers = try await answers([
            request("server/discover", version: "2026-07-28"), request("tools/list", version: "2026-07-28"),
            request("tools/list", version: "2031-01-01"),
            request("tools/list", version: "2026-07-28", capabilities: ""),
        ])
        #expect(answers.count == 4)
        #expect(answers[0]["result", "supportedVersions"] as? [String] == ["2026-07-28"])
        #expect(answers[1]["result", "resultType"] as? String == "complete")
        #expect((answers[1]["result", "tools"] as? [Any])?.count == 4)
        #expect(answers[2].code == -32022)
        #expect((answers[2]["error", "data", "supported"] as? [String])?.contains("2026-07-28") == true)
        #expect(answers[3].code == -32602)
        #expect(answers.allSatisfy { $0["id"] as? String == "a" })
    }

    @Test(arguments: [
        ("{", -32700), ("\u{1}", -32700), ("[]", -32600), ("7", -32600),
        (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1}"#, -32600), (#"{"jsonrpc":"2.0","id":1,"method":7}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#, -32601),
        (#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#, -32602),
        (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_spend","arguments":[]}}"#, -32602),
    ])
    func `what is no request is named, and the conversation goes on`(line: String, code: Int) async throws {
        let answers = try await answers([Self.hello, line, #"{"jsonrpc":"2.0","id":2,"method":"ping"}"#])
        #expect(answers.count == 3)
        #expect(answers[1].code == code)
        #expect(answers[2]["id"] as? Int == 2)
        #expect(answers[2]["result"] != nil)
    }

    @Test func `before initialize nothing but a ping is answered`() async throws {
        let answers = try await answers([
            #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, #"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#,
        ])
        #expect(answers[0]["result"] != nil)
        #expect(answers[1].code == -32602)
    }

    @Test func `a question taken back is not answered, and notifications never are`() async throws {
        let answers = try await answers([
            Self.hello, #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, Self.call(1, "get_spend"),
            #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#,
            #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"nobody"}}"#,
            #"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#, #"{"jsonrpc":"2.0","id":9,"result":{}}"#,
            Self.call(2, "get_spend"),
        ])
        #expect(answers.map { $0["id"] as? Int } == [0, 2])
    }

    @Test(arguments: [Verdict.Outcome.supported, .inconclusive, .contradicted])
    func `an advice tells what a replay showed, and keeps to it`(outcome: Verdict.Outcome) async throws {
        let user = try User()
        let project = user.home + "/app"
        for index in 0..<3 {
            let time = "2026-10-0\(index + 1)T10:00:0"
            let prompt = ClaudeLine.prompt("What is it?", session: "s\(index)", at: time + "0.000Z", project: project)
            let reply = ClaudeLine.reply(
                "\(index)",
                session: "s\(index)",
                at: time + "1.000Z",
                model: "claude-opus-4-8",
                project: project
            )
            try user.log([prompt, reply], as: "s\(index)")
        }
        let limits = ["SUFFICE_THRESHOLDS_MODEL_DOWNGRADE_USD": "0"]
        let listed = try await user.run(["optimize", "--since", "all", "--format", "json"], environment: limits)
        let findings = try #require(Message(listed.output)["findings"] as? [[String: Any]])
        let finding = try #require(findings.first { $0["kind"] as? String == "model-downgrade" && $0["id"] is String })
        let candidates = try #require(finding["candidates"] as? [[String: Any]])
        let target = try #require(candidates.first?["target"] as? String)
        let store = try Store(folder: user.data)
        try store.keep(
            Verdict(
                subject: try #require(finding["id"] as? String),
                study: "t",
                time: Timestamp(milliseconds: 1_790_000_000_000),
                outcome: outcome,
                model: ModelID("claude-opus-4-8"),
                target: ModelID(target),
                steps: 40,
                agreement: 0.9,
                floor: 0.9,
                difference: 0,
                differenceLow: -0.1,
                differenceHigh: 0.1,
                extraCalls: 1,
                spent: .zero,
                text: "Tried on 40 steps."
            )
        )
        let arguments = #"{"prompt":"git status please","model":"claude-opus-4-8","project":"\#(project)"}"#
        let lines = [Self.hello, Self.call(1, "should_downgrade_for_task", arguments)].map { $0 + "\n" }.joined()
        let answer = try await user.suffice("mcp", environment: limits, input: lines)
        let message = try Message(try #require(answer.output.split(separator: "\n").last))
        let said = try #require(message["result", "structuredContent", "evidence"] as? [String: Any])
        #expect(said["verdict"] as? String == outcome.rawValue, "\(answer.output)")
        let confidence = message["result", "structuredContent", "confidence"] as? String
        #expect(confidence == (outcome == .supported ? "replayValidated" : "structural"))
        let isAdvised = message["result", "structuredContent", "downgrade"] as? Bool
        #expect(isAdvised == (outcome != .contradicted))
    }

    @Test func `it ends when its client goes, however long that said nothing`() async throws {
        let user = try User()
        try user.log([ClaudeLine.prompt(), ClaudeLine.reply("1")])
        _ = try await user.totals()
        // Long enough for all that is worked out beside the conversation to be done.
        let line = "{ printf '%s\\n' '\(Self.hello)'; sleep 2; } | timeout 20 '\(Binary.path)' mcp"
        let answer = try await user.shell(line)
        #expect(answer.status == 0)
        #expect(answer.output.split(separator: "\n").count == 1)
    }

    @Test func `a line too long for a message is refused, and the next one is read`() async throws {
        let long = #"{"jsonrpc":"2.0","id":1,"method":""# + String(repeating: "x", count: 17 << 20) + #""}"#
        let answers = try await answers([Self.hello, long, #"{"jsonrpc":"2.0","id":2,"method":"ping"}"#])
        #expect(answers.map(\.code) == [nil, -32700, nil])
        #expect(answers.last?["id"] as? Int == 2)
    }

    @Test func `stdout holds the protocol alone, whatever there is to warn of`() async throws {
        let user = try User()
        try user.folder.write("[billing]\nnobody = \"api\"\n", to: "home/.config/suffice/suffice.toml")
        let answer = try await user.suffice("mcp", input: Self.hello + "\n" + Self.call(1, "get_spend") + "\n")
        #expect(answer.output.split(separator: "\n").count == 2)
        for line in answer.output.split(separator: "\n") { _ = try Message(line) }
        #expect(answer.trouble.contains("nobody"))
    }

    @Test func `settings that cannot be read are told to the agent`() async throws {
        let user = try User()
        try user.folder.write("[billing\n", to: "home/.config/suffice/suffice.toml")
        let answers = try await answers([Self.hello, Self.call(1, "get_spend")], of: user)
        #expect(answers[1]["result", "isError"] as? Bool == true)
    }

    /// JSON that is equal where values are.
    private func text(of value: Any?) throws -> String {
        let data = try JSONSerialization.data(
            withJSONObject: try #require(value),
            options: [.sortedKeys, .fragmentsAllowed]
        )
        return String(decoding: data, as: UTF8.self)
    }

    @Test(arguments: [
        [], ["--since", "2026-07-01"], ["--project", "/nowhere"], ["--since", "9000h", "--project", ""],
    ])
    func `what was spent is told as by the command line, by whatever and of whichever part`(part: [String]) async throws
    {
        let user = try User(home: Package.hasRealLogs ? Package.realLogs : Package.sample)
        let projects = try await user.suffice("spend", "--by", "project", "--format", "json").spend.rows
        let largest = try #require(projects.first).key
        let part = part.map { $0.isEmpty ? largest : $0 }
        let groupings = ["day", "week", "month", "model", "project", "session", "agent", "tool", "subagent"]
        let pairs = stride(from: 0, to: part.count, by: 2).map {
            #","\#(part[$0].dropFirst(2))":"\#(part[$0 + 1].replacing("\\", with: "\\\\"))""#
        }
        let calls = groupings.enumerated().map {
            Self.call($0 + 1, "get_spend", #"{"by":"\#($1)"\#(pairs.joined())}"#)
        }
        let answers = try await answersInOrder([Self.hello] + calls, of: user)
        for (answer, grouping) in zip(answers.dropFirst(), groupings) {
            let command = ["spend", "--by", grouping, "--no-ingest", "--format", "json"] + part
            let wanted = try await Message(user.run(command).output)
            for key in ["totals", "unpriced", "by", "newestCall"] {
                #expect(try text(of: answer["result", "structuredContent", key]) == text(of: wanted[key]))
            }
            let rows = try #require(wanted["rows"] as? [Any])
            let isInTime = ["day", "week", "month"].contains(grouping)
            let shown = Array(isInTime ? rows.suffix(20) : rows.prefix(20))
            #expect(try text(of: answer["result", "structuredContent", "rows"]) == text(of: shown))
            #expect(answer["result", "structuredContent", "rowsLeftOut"] as? Int == rows.count - shown.count)
        }
    }

    @Test func `a decision is that of the command line`() async throws {
        let user = try User(home: Package.sample)
        let decided = try await user.suffice("decide", "git status please", "--format", "json")
        let call = Self.call(1, "explain_decision", #"{"prompt":"git status please"}"#)
        let answers = try await answers([Self.hello, call], of: user)
        let decision = try #require(answers[1]["result", "structuredContent"] as? [String: Any])
        #expect(NSDictionary(dictionary: decision) == NSDictionary(dictionary: try Message(decided.output).members))
    }

    @Test func `it answers while another process holds the database to write`() async throws {
        let user = try User()
        try user.log([ClaudeLine.prompt(), ClaudeLine.reply("1")])
        _ = try await user.totals()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let holder = try DatabaseQueue(path: user.database, configuration: configuration)
        try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE; DELETE FROM page") }
        let messages = try await answers([Self.hello, Self.call(1, "get_spend")], of: user)
        try await holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(messages[1]["result", "structuredContent", "totals", "calls"] as? Int == 1)
    }

    @Test func `it writes nothing, and where there is no database it makes none`() async throws {
        let user = try User()
        let messages = try await answers([Self.hello, Self.call(1, "get_spend")], of: user)
        #expect(messages[1]["result", "structuredContent", "totals", "calls"] as? Int == 0)
        #expect(!FileManager.default.fileExists(atPath: user.database))
    }

    @Test func `a session under way is weighed by the prompt it would have to write anew`() async throws {
        let user = try User()
        let project = user.home + "/app"
        let reply = ClaudeLine.reply("1", at: ClaudeLine.time(ago: 10), project: project)
            .replacing(#""cache_read_input_tokens":1000"#, with: #""cache_read_input_tokens":400000"#)
        try user.log([ClaudeLine.prompt(at: ClaudeLine.time(ago: 20), project: project), reply])
        _ = try await user.totals()
        let arguments = #"{"prompt":"git status please","project":"\#(project)"}"#
        let messages = try await answers([Self.hello, Self.call(1, "should_downgrade_for_task", arguments)], of: user)
        #expect(messages[1]["result", "structuredContent", "downgrade"] as? Bool == true)
        let reasons = try #require(messages[1]["result", "structuredContent", "reasons"] as? [String])
        #expect(reasons.contains { $0.contains("tokens of prompt to write anew") }, "\(reasons)")
    }

    @Test(.enabled(if: Package.hasRealLogs))
    func `what was found before is given at once in the next start, with its time`() async throws {
        let user = try User(home: Package.realLogs)
        let found = try await user.suffice("--since", "all", "--format", "json")
        #expect(found.status == 0, "\(found.trouble)")
        let kept = try #require(FileManager.default.contents(atPath: user.data + "/findings.json"))
        #expect(!kept.isEmpty)
        let call = Self.call(1, "get_findings", #"{"since":"all"}"#)
        let advice = Self.call(2, "should_downgrade_for_task", #"{"prompt":"git status please"}"#)
        let messages = try await answersInOrder([Self.hello, call, advice], of: user)
        #expect(messages[1]["result", "structuredContent", "asOf"] is String)
        #expect(messages[1]["result", "structuredContent", "findings"] is [Any])
        #expect(messages[2]["result", "structuredContent", "evidence", "sessions"] is Int)
        // Another price list is another ground.
        try user.folder.write("[[price]]\nmodel = \"x\"\ninput = 1\noutput = 2\n", to: "home/suffice.toml")
        let again = try await answers([Self.hello, call], of: user)
        #expect(again[1]["result", "structuredContent", "pending"] as? Bool == true)
        #expect(again[1]["result", "structuredContent", "asOf"] == nil)
    }

    @Test(.enabled(if: Package.hasRealLogs))
    func `until a part of the history is looked at, what is known of more is told as such`() async throws {
        let user = try User(home: Package.realLogs)
        let found = try await user.suffice("optimize", "--since", "all", "--format", "json")
        let findings = try #require(Message(found.output)["findings"] as? [[String: Any]])
        let finding = try #require(findings.last { $0["status"] as? String == "found" })
        let project = try #require((finding["scope"] as? [String: Any])?["project"] as? String)
        let kind = try #require(finding["kind"] as? String)
        func escaped(_ text: String) -> String { text.replacing("\\", with: "\\\\") }
        let messages = try await answersInOrder(
            [
                Self.hello, Self.call(1, "get_findings", #"{"since":"all","kind":"\#(kind)"}"#),
                Self.call(2, "get_findings", #"{"since":"all","project":"\#(escaped(project))"}"#),
                Self.call(3, "get_findings", #"{"since":"2026-01-15"}"#),
            ],
            of: user
        )
        func told(_ message: Message) -> [[String: Any]] {
            message["result", "structuredContent", "findings"] as? [[String: Any]] ?? []
        }
        #expect(messages.dropFirst().allSatisfy { $0["result", "structuredContent", "asOf"] is String })
        #expect(Set(told(messages[1]).map { $0["kind"] as? String }) == [kind])
        #expect(messages[1]["result", "structuredContent", "totalUSD"] != nil)
        #expect(messages[1]["result", "structuredContent", "note"] == nil)
        let projects = Set(told(messages[2]).map { ($0["scope"] as? [String: Any])?["project"] as? String })
        #expect(projects == [project])
        #expect(messages[2]["result", "structuredContent", "totalUSD"] == nil, "that of all is not the project's")
        #expect((messages[2]["result", "structuredContent", "note"] as? String)?.contains("ask again") == true)
        #expect(told(messages[3]).count == 8)
        let note = try #require(messages[3]["result", "structuredContent", "note"] as? String)
        #expect(note.hasPrefix("of all time; since 2026-01-15 is being looked at"))
    }

    @Test(.enabled(if: Package.hasRealLogs))
    func `a history that nobody has looked at yet is pending, and nobody waits for it`() async throws {
        let user = try User(home: Package.realLogs)
        _ = try await user.totals()
        let advice = Self.call(2, "should_downgrade_for_task", #"{"prompt":"git status please"}"#)
        // All of it, which nobody looks through in the time that an agent waits.
        let call = Self.call(1, "get_findings", #"{"since":"all"}"#)
        let messages = try await answersInOrder([Self.hello, call, advice], of: user)
        #expect(messages[1]["result", "structuredContent", "pending"] as? Bool == true)
        #expect(messages[1]["result", "structuredContent", "findings"] == nil)
        #expect(messages[2]["result", "structuredContent", "downgrade"] as? Bool == true)
        // Whoever stays hears it.
        let asking = """
            for n in $(seq 60); do sleep 1; grep -q '"findings"' out && break; \
            printf '%s\\n' '\(Self.call(7, "get_findings"))'; done
            """
        let line =
            "touch out; { printf '%s\\n' '\(Self.hello)'; \(asking); } | timeout 90 '\(Binary.path)' mcp | tee out"
        let later = try await user.shell(line)
        let last = try Message(try #require(later.output.split(separator: "\n").last))
        #expect(last["result", "structuredContent", "findings"] is [Any], "\(later.trouble)")
    }
}
