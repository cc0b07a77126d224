import Domain
import Testing
import Wire

@Suite struct RequestFactsTests {
    private func facts(_ body: String, _ format: APIFormat = .messages) throws -> RequestFacts {
        let envelope = try Envelope(reading: body, format)
        return try Array(body.utf8).withUnsafeBytes { try RequestFacts($0, envelope: envelope) }
    }

    @Test func `a first request of Claude Code shows the human's words and the agent's system prompt`() throws {
        let facts = try facts(
            #"""
            {"model":"claude-opus-4-8[1m]","max_tokens":32000,"stream":true,"thinking":{"type":"adaptive"},
             "output_config":{"effort":"high"},
             "system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2.1;"},
              {"type":"text","text":"You are Claude Code.","cache_control":{"type":"ephemeral"}}],
             "tools":[{"name":"Read","input_schema":{"type":"object","properties":{"name":{"type":"string"}}}},
              {"name":"Bash","input_schema":{},"cache_control":{"type":"ephemeral"}}],
             "messages":[{"role":"user","content":[
              {"type":"text","text":"<system-reminder>\nCLAUDE.md\n</system-reminder>"},
              {"type":"text","text":"Fix the test\n<system-reminder>late</system-reminder>",
               "cache_control":{"type":"ephemeral"}}]}]}
            """#
        )
        #expect(facts.model == ModelID("claude-opus-4-8"))
        #expect(facts.lastHumanText == "Fix the test")
        #expect(facts.systemText == "You are Claude Code.")
        #expect(facts.toolNames == ["Read", "Bash"])
        #expect(facts.demands == [.tools, .adaptiveThinking, .effort, .longContext])
        #expect(facts.effort == .high)
        #expect(facts.cacheMarkers == 3)
        #expect(facts.messages == 1)
        #expect(facts.assistantMessages == 0)
        #expect(facts.isStreaming)
        #expect(facts.maxOutputTokens == 32_000)
        #expect(facts.promptBytes > 300)
        #expect(!facts.answersToolCalls)
    }

    @Test func `in a tool loop the human's last words stand before the results`() throws {
        let facts = try facts(
            #"""
            {"model":"m","messages":[
             {"role":"user","content":"Rename it"},
             {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"s"},
              {"type":"tool_use","id":"a","name":"Edit","input":{}}]},
             {"content":[{"type":"tool_result","tool_use_id":"a","content":[{"type":"image","source":{"type":"base64"}},
              {"type":"text","text":"done"}]},{"type":"text","text":"<system-reminder>x</system-reminder>"}],
              "role":"user"}]}
            """#
        )
        #expect(facts.lastHumanText == "Rename it")
        #expect(facts.answersToolCalls)
        #expect(facts.demands == [.signedThinking, .images])
        #expect(facts.assistantMessages == 1)
    }

    private static let workOfThreeFormats: [(APIFormat, String)] = [
        (
            .messages,
            #"""
            {"model":"m","system":"Be brief.","tools":[{"name":"Read","input_schema":{}}],"messages":[
             {"role":"user","content":"Rename it"},
             {"role":"assistant","content":[{"type":"tool_use","id":"a","name":"Read","input":{"file_path":"/a"}}]},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"0123456789"}]},
             {"role":"assistant","content":[{"type":"tool_use","id":"b","name":"Edit","input":{"x":{"path":"/z"},"path":"/a"}},
              {"type":"tool_use","id":"c","name":"Bash","input":{"command":"ls"}}]},
             {"role":"user","content":[{"is_error":true,"type":"tool_result","tool_use_id":"b","content":"no"},
              {"type":"tool_result","tool_use_id":"c","content":[{"type":"text","text":"a"}],"is_error":true}]}]}
            """#
        ),
        (
            .chatCompletions,
            #"""
            {"model":"m","tools":[{"type":"function","function":{"name":"Read"}}],"messages":[
             {"role":"system","content":"Be brief."},{"role":"user","content":"Rename it"},
             {"role":"assistant","content":null,"tool_calls":[
              {"id":"a","type":"function","function":{"name":"Read","arguments":"{\"file_path\":\"/a\"}"}}]},
             {"role":"tool","tool_call_id":"a","content":"0123456789"},
             {"role":"assistant","tool_calls":[
              {"id":"b","type":"function","function":{"arguments":"{\"path\":\"/a\"}","name":"Edit"}},
              {"id":"c","type":"function","function":{"name":"Bash","arguments":"ls"}}]},
             {"role":"tool","tool_call_id":"c","content":"0123"}]}
            """#
        ),
        (
            .responses,
            #"""
            {"model":"m","instructions":"Be brief.","tools":[{"type":"function","name":"Read"}],"input":[
             {"type":"message","role":"user","content":"Rename it"},
             {"type":"function_call","call_id":"a","name":"Read","arguments":"{\"file_path\":\"/a\"}"},
             {"type":"function_call_output","call_id":"a","output":"0123456789"},
             {"type":"function_call","call_id":"b","arguments":"{\"path\":\"/a\"}","name":"Edit"},
             {"type":"custom_tool_call","call_id":"c","name":"Bash","input":"ls"},
             {"type":"custom_tool_call_output","call_id":"c","output":"0123"}]}
            """#
        ),
    ]

    @Test(arguments: workOfThreeFormats)
    func `a request shows the work done so far`(format: APIFormat, body: String) throws {
        let facts = try facts(body, format)
        let work = facts.work
        #expect(work.tools == ["Read", "Edit", "Bash"])
        #expect(work.files == 1)
        #expect(work.turns == facts.assistantMessages)
        #expect(work.standingBytes + work.taskBytes == facts.promptBytes)
        #expect(work.standingBytes >= 30)
        #expect(work.standingBytes < work.taskBytes)
        if format == .messages {
            #expect(work.errors == 2)
            #expect(work.lastResult == .init(bytes: 32, isError: true))
        } else {
            #expect(work.lastResult == .init(bytes: 6, isError: false))
        }
    }

    @Test func `a first request shows no work`() throws {
        let work = try facts(#"{"model":"m","messages":[{"role":"user","content":"Rename it"}]}"#).work
        #expect(work.turns == 0)
        #expect(work.tools.isEmpty)
        #expect(work.lastResult == nil)
    }

    @Test func `Codex's wrapping is not the human's`() throws {
        let facts = try facts(
            #"""
            {"model":"gpt-6-sol","instructions":"You are Codex","reasoning":{"effort":"medium"},"store":false,
             "tools":[{"type":"function","name":"shell"},{"type":"namespace","name":"mcp","tools":[
               {"type":"function","name":"look"}]},{"type":"web_search"}],
             "input":[
             {"type":"message","role":"developer","content":[{"type":"input_text","text":"<permissions instructions>"}]},
             {"type":"message","role":"user","content":[{"type":"input_text","text":"# AGENTS.md instructions for /a"},
              {"type":"input_text","text":"<environment_context>\n<cwd>/a</cwd>\n</environment_context>"}]},
             {"type":"message","role":"user","content":[{"type":"input_text",
              "text":"# Context from my IDE setup:\n## Active file: a\n\n## My request for Codex:\nadd retry"}]}]}
            """#,
            .responses
        )
        #expect(facts.lastHumanText == "add retry")
        #expect(facts.systemText.hasPrefix("You are Codex"))
        #expect(facts.toolNames == ["shell", "look", "web_search"])
        #expect(facts.demands == [.tools, .serverTools, .adaptiveThinking, .effort])
        #expect(facts.messages == 3)
        #expect(facts.assistantMessages == 0)
    }

    @Test func `items of Responses in a tool loop`() throws {
        let facts = try facts(
            #"""
            {"model":"m","input":[{"role":"user","content":"go"},
             {"type":"reasoning","summary":[],"encrypted_content":"x"},
             {"type":"function_call","call_id":"c","name":"f","arguments":"{}"},
             {"type":"function_call_output","call_id":"c","output":"ok"}]}
            """#,
            .responses
        )
        #expect(facts.answersToolCalls)
        #expect(facts.lastHumanText == "go")
        #expect(facts.demands == [.signedThinking, .providerState])
        #expect(facts.assistantMessages == 2)
    }

    @Test func `a chat's facts`() throws {
        let facts = try facts(
            #"""
            {"model":"gpt-4o","temperature":0,"tool_choice":"required","response_format":{"type":"json_object"},
             "messages":[{"role":"system","content":"Be brief"},{"role":"user","content":[
              {"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:"}}]},
             {"role":"assistant","content":null,"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"c","content":"x"},{"role":"system","content":"Late"}],
             "tools":[{"type":"function","function":{"name":"f","parameters":{}}}]}
            """#,
            .chatCompletions
        )
        #expect(facts.systemText == "Be brief")
        #expect(facts.lastHumanText == "What is this?")
        #expect(facts.answersToolCalls)
        #expect(facts.demands == [.sampling, .forcedTool, .structuredOutput, .images, .tools, .lateSystem])
        #expect(facts.messages == 5)
    }

    private static let single: [(String, APIFormat, RequestFacts.Demands)] = [
        (#""thinking":{"type":"enabled","budget_tokens":1024}"#, .messages, .thinkingBudget),
        (#""thinking":{"type":"disabled"}"#, .messages, .thinkingOff),
        (#""top_k":4"#, .messages, .sampling),
        (#""temperature":null"#, .chatCompletions, []),
        (#""tool_choice":{"type":"tool","name":"f"}"#, .messages, .forcedTool),
        (#""tool_choice":{"type":"auto"}"#, .messages, []),
        (#""output_config":{"format":{"type":"json_schema","schema":{}}}"#, .messages, .structuredOutput),
        (#""mcp_servers":[{"url":"x"}]"#, .messages, .serverTools),
        (#""container":"c"}"#.replacing("}", with: ""), .messages, .providerState),
        (#""tools":[{"type":"web_search_20250305","name":"web_search"}]"#, .messages, .serverTools),
        (#""messages":[{"role":"assistant","content":"{"}]"#, .messages, .prefill),
        (
            #""messages":[{"role":"user","content":[{"type":"document","source":{"type":"file"}}]}]"#, .messages,
            [
                .documents, .providerState,
            ]
        ),
        (#""messages":[{"role":"user","content":"a"},{"role":"system","content":"b"}]"#, .messages, .lateSystem),
        (#""reasoning_effort":"none""#, .chatCompletions, [.effort, .thinkingOff]),
        (#""response_format":{"type":"text"}"#, .chatCompletions, []),
        (#""previous_response_id":"r""#, .responses, .providerState),
        (#""text":{"format":{"type":"json_schema"}}"#, .responses, .structuredOutput),
        (#""text":{"verbosity":"low"}"#, .responses, []),
        (#""input":[{"type":"item_reference","id":"x"}]"#, .responses, .providerState),
        (#""input":[{"type":"local_shell_call"}]"#, .responses, .serverTools),
    ]

    @Test(arguments: single)
    func `pitfall 7: each demand is told from its field`(
        member: String,
        format: APIFormat,
        demands: RequestFacts.Demands
    ) throws {
        #expect(try facts("{\"model\":\"m\",\(member)}", format).demands == demands)
    }

    @Test(arguments: [
        #"{"model":"m","messages":[{"role":"user","content":"This session is being continued from a previous conversation that"}]}"#,
        #"{"model":"m","messages":[{"role":"user","content":[{"type":"compaction","content":"x"}]}]}"#,
    ])
    func `a compaction's summary is seen`(body: String) throws {
        let facts = try facts(body)
        #expect(facts.followsCompaction)
        #expect(facts.lastHumanText == "")
    }

    @Test(arguments: [("", false), ("oauth-2025-04-20,context-1m-2025-08-07", true)])
    func `a beta header asks for the long window too`(betas: String, isLong: Bool) throws {
        let body = #"{"model":"m","messages":[]}"#
        let envelope = try Envelope(reading: body)
        let facts = try Array(body.utf8).withUnsafeBytes { try RequestFacts($0, envelope: envelope, betas: betas) }
        #expect(facts.demands.contains(.longContext) == isLong)
    }

    @Test func `long texts are cut between characters`() throws {
        let long = String(repeating: "é", count: 20_000)
        let facts = try facts(#"{"model":"m","system":"\#(long)","messages":[{"role":"user","content":"\#(long)"}]}"#)
        #expect((4090...4096).contains(facts.systemText.utf8.count))
        #expect((16_380...16_384).contains(facts.lastHumanText.utf8.count))
        #expect(facts.lastHumanText.allSatisfy { $0 == "é" })
    }

    @Test func `a body that breaks further down is told`() {
        #expect(throws: RequestError.self) { try facts(#"{"model":"m","messages":[{"role":"user","content":"a"]}]}"#) }
    }
}
