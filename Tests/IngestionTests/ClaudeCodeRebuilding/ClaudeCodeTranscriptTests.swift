import Domain
import Ingestion
import JSONText
import Store
import Testing

@Suite struct ClaudeCodeTranscriptTests {
    private static let session = SessionID(agent: .claudeCode, name: "s")

    private var recorded: RecordingAgent {
        var agent = RecordingAgent()
        agent.hear(#"{"role":"user","content":[{"type":"text","text":"fix it: a/b \"c\""}]}"#, uuid: "u1")
        agent.ask(for: "m1")
        agent.reply(
            "m1",
            blocks: [
                #"{"type":"thinking","thinking":"hm","signature":"c2ln"}"#,
                #"{"type":"tool_use","id":"t1","name":"Bash","input":{"command":"ls","n":1.50},"caller":{"type":"direct"}}"#,
            ]
        )
        agent.hear(
            #"{"role":"user","content":[{"tool_use_id":"t1","type":"tool_result","is_error":true,"content":"no\nfile"}]}"#,
            uuid: "u2"
        )
        agent.ask(for: "m2")
        agent.reply("m2", blocks: [#"{"type":"tool_use","id":"t2","name":"Bash","input":{"command":"pwd"}}"#])
        agent.hear(
            #"{"role":"user","content":[{"tool_use_id":"t2","type":"tool_result","content":"/work"}]}"#,
            uuid: "u3"
        )
        agent.ask(for: "m3")
        agent.reply("m3", blocks: [#"{"type":"text","text":"done"}"#])
        return agent
    }

    private func request(_ id: String, in log: String) -> RebuiltRequest? {
        ClaudeCodeTranscript(log: Array(log.utf8)).rebuiltRequest(of: id) { contentName(of: $0) }
    }

    @Test(arguments: ["m1", "m2", "m3"])
    func `a recorded request is built again to the byte`(id: String) throws {
        let agent = recorded
        let rebuilt = try #require(request(id, in: agent.log))
        #expect(rebuilt.fidelity == .exact)
        #expect(rebuilt.betas == ["b1"])
        #expect(String(decoding: rebuilt.body, as: UTF8.self) == agent.wire[id])
    }

    @Test func `what is said as a text is a block only in the request that marks it`() throws {
        var agent = recorded
        agent.hear(#"{"role":"user","content":"and the rest"}"#, uuid: "u4")
        agent.ask(for: "m4")
        agent.reply("m4", blocks: [#"{"type":"text","text":"which?"}"#])
        agent.hear(#"{"role":"user","content":[{"type":"text","text":"all"}]}"#, uuid: "u5")
        agent.ask(for: "m5")
        agent.reply("m5", blocks: [#"{"type":"text","text":"done"}"#])
        for id in ["m4", "m5"] {
            #expect(request(id, in: agent.log).map { String(decoding: $0.body, as: UTF8.self) } == agent.wire[id])
        }
        #expect(agent.wire["m4"]?.contains(#"[{"type":"text","text":"and the rest","cache_control""#) == true)
        #expect(agent.wire["m5"]?.contains(#""content":"and the rest""#) == true)
    }

    /// The agent's digest differs, it cut something out, or it withheld a parameter.
    @Test(arguments: [
        (#""requestDigest":""#, #""requestDigest":"0"#), (#""keep""#, #""cut":{"kind":"account"},"keep""#),
        (#""keep""#, #""withheld":["temperature"],"keep""#),
    ])
    func `a request that is not known to be whole is not taken for exact`(text: String, other: String) throws {
        let log = recorded.log.replacing(text, with: other)
        #expect(try #require(request("m2", in: log)).fidelity == .inferred)
    }

    @Test func `a request of which a part is lost is put together from the conversation`() throws {
        let log = recorded.log.split(separator: "\n").filter { !$0.contains("api-request-blob") }.joined(
            separator: "\n"
        )
        let rebuilt = try #require(request("m2", in: log))
        #expect(rebuilt.fidelity == .inferred)
        let body = try #require(JSONTree(bytes: rebuilt.body))
        #expect(body["messages"]?.elements?.compactMap { $0["role"]?.text } == ["user", "assistant", "user"])
        #expect(body["tools"]?.elements?.first?["input_schema"]?["required"] == JSONTree(#"["command"]"#))
    }

    @Test func `with a snapshot of the prompt the request is put together with it`() throws {
        let snapshot =
            #"{"type":"attachment","uuid":"x","parentUuid":null,"attachment":{"type":"prompt_snapshot","#
            + #""systemPrompt":["one","two"],"tools":[{"name":"Bash","description":"d","schema":{"type":"object"}}]}}"#
        let log = recorded.log.split(separator: "\n").filter { !$0.contains("api-request") }.joined(separator: "\n")
        let rebuilt = try #require(request("m2", in: snapshot + "\n" + log))
        #expect(rebuilt.fidelity == .snapshot)
        let body = try #require(JSONTree(bytes: rebuilt.body))
        #expect(body["system"]?.elements?.compactMap { $0["text"]?.text } == ["one", "two"])
        #expect(body["tools"]?.elements?.first?["input_schema"] == JSONTree(#"{"type":"object"}"#))
    }

    @Test func `nothing of a step itself stands in its request`() throws {
        let log = recorded.log.split(separator: "\n").filter { !$0.contains("api-request") }.joined(separator: "\n")
        let body = try #require(request("m2", in: log).map { String(decoding: $0.body, as: UTF8.self) })
        #expect(body.contains("no\\nfile"))
        #expect(!body.contains("pwd"))
    }

    @Test func `what came before a compaction is not sent again`() throws {
        let boundary = #"{"type":"system","subtype":"compact_boundary","uuid":"b","parentUuid":null}"#
        let summary =
            #"{"type":"user","uuid":"c","parentUuid":"b","isCompactSummary":true,"message":{"role":"user","content":"so far"}}"#
        let reply =
            #"{"type":"assistant","uuid":"d","parentUuid":"c","message":{"id":"m9","model":"m","content":[],"usage":{}}}"#
        let rebuilt = try #require(request("m9", in: [recorded.log, boundary, summary, reply].joined(separator: "\n")))
        let body = try #require(JSONTree(bytes: rebuilt.body))
        #expect(body["messages"]?.elements?.count == 1)
        #expect(String(decoding: rebuilt.body, as: UTF8.self).contains("so far"))
    }

    @Test func `steps tell what was done, in which state and what came next`() throws {
        let steps = ClaudeCodeTranscript(log: Array(recorded.log.utf8)).steps(of: Self.session)
        #expect(steps.map(\.id) == ["m1", "m2", "m3"])
        #expect(steps.map(\.followsError) == [false, true, false])
        #expect(steps.map(\.actions.count) == [1, 1, 0])
        #expect(steps[0].actions[0].input == #"{"command":"ls","n":1.50}"#)
        #expect(steps[0].upcoming.count == 2)
        #expect(steps[2].text == "done")
        #expect(steps[0].folder == "/work")
    }

    @Test func `a call is taken as the model sent it, where the log keeps that`() throws {
        let log = recorded.log.replacing(
            #""uuid":"m2-0""#,
            with: #""uuid":"m2-0","wireToolInputs":{"t2":{"command":"cd /work && pwd"}}"#
        )
        let steps = ClaudeCodeTranscript(log: Array(log.utf8)).steps(of: Self.session)
        #expect(steps[1].actions[0].input == #"{"command":"cd /work && pwd"}"#)
    }

    @Test func `lines that are no log's, and notices of the agent's own, are no steps`() {
        let lines = [
            "no JSON", "{}", #"{"type":"assistant"}"#,
            #"{"type":"assistant","uuid":"a","message":{"id":"m","model":"<synthetic>","content":[]}}"#,
            #"{"type":"api-request","id":"r","base":"r","keep":0,"tail":["x"]}"#,
        ]
        let transcript = ClaudeCodeTranscript(log: Array(lines.joined(separator: "\n").utf8))
        #expect(transcript.steps(of: Self.session).isEmpty)
        #expect(transcript.rebuiltRequest(of: "m") { _ in "" } == nil)
    }
}
