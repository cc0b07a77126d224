import Domain
import Ingestion
import Routing
import Store
import TestSupport
import Testing
import Wire

/// A router learns from logs and is asked with requests: both must show it the same work.
@Suite struct WorkOnBothSidesTests {
    private var agent: RecordingAgent {
        var agent = RecordingAgent()
        var turn = 0
        func heard(_ agent: inout RecordingAgent, _ content: String) {
            turn += 1
            agent.hear(#"{"role":"user","content":[\#(content)]}"#, uuid: "u\(turn)")
            agent.ask(for: "m\(turn)")
        }
        func call(_ name: String, _ input: String) -> String {
            #"{"type":"tool_use","id":"t\#(turn)","name":"\#(name)","input":\#(input)}"#
        }
        func answer(_ text: String, _ more: String = "") -> String {
            #"{"tool_use_id":"t\#(turn)","type":"tool_result"\#(more),"content":"\#(text)"}"#
        }
        heard(&agent, #"{"type":"text","text":"rename it"}"#)
        agent.reply("m1", blocks: [call("Read", #"{"file_path":"/a.swift"}"#)])
        heard(&agent, answer(String(repeating: "a line, ", count: 5_000)))
        agent.reply(
            "m2",
            blocks: [#"{"type":"text","text":"now"}"#, call("Edit", #"{"old":"x","file_path":"/b\/c.swift"}"#)]
        )
        heard(&agent, answer("no such file", #","is_error":true"#))
        agent.reply("m3", blocks: [call("Grep", #"{"pattern":"x","path":"/a.swift"}"#)])
        heard(&agent, answer("found"))
        agent.reply("m4", blocks: [call("Bash", #"{"command":"ls"}"#)])
        heard(&agent, answer("exit 1", #","is_error":true"#))
        agent.reply("m5", blocks: [call("WebFetch", #"{"url":"https://a"}"#)])
        heard(&agent, answer("page"))
        agent.reply("m6", blocks: [#"{"type":"text","text":"done"}"#])
        heard(&agent, #"{"type":"text","text":"and the tests"}"#)
        agent.reply("m7", blocks: [#"{"type":"text","text":"done"}"#])
        return agent
    }

    /// All that a router sees of the work but the last three, which are bytes: logs know those from tokens only.
    private func seen(_ work: WorkSoFar) -> [Float] {
        let all = PromptFeatures(of: "", embedding: nil, action: ActionFeatures(work)).surface
        return Array(all.suffix(ActionFeatures.count).dropLast(3))
    }

    @Test func `a step's work in the log is the work that its request shows`() async throws {
        let agent = agent
        let home = try ClaudeHome()
        try home.write(agent.log)
        try await home.ingest()
        var compared = 0
        try home.store.forEachSession { session in
            for thread in session.threads {
                var gathering = WorkGathering()
                for step in thread.steps {
                    let logged = gathering.next(step)
                    let body = Array(try #require(agent.wire[step.call.id]).utf8)
                    let asked = try body.withUnsafeBytes { bytes in
                        try RequestFacts(bytes, envelope: Envelope(bytes, format: .messages)).work
                    }
                    #expect(seen(logged) == seen(asked), "\(step.call.id): \(logged) and \(asked)")
                    #expect(logged.tools == asked.tools)
                    compared += 1
                }
            }
        }
        #expect(compared == 7)
    }

    @Test(arguments: [(WorkFiles.most, WorkFiles.most), (WorkFiles.most + 1, WorkFiles.most), (1, 1)])
    func `files are counted up to a number`(different: Int, counted: Int) {
        var files = WorkFiles()
        for _ in 0..<2 { for file in 0..<different { files.insert(UInt64(file)) } }
        #expect(files.count == counted)
    }
}
