import Domain
import Testing
import Wire

/// One conversation with tools, parallel calls and an image, in each format, and what it becomes in the others.
@Suite struct GoldenConversionTests {
    private static let messages = #"""
        {"model":"claude-opus-5","max_tokens":4096,"stream":true,
         "system":[{"type":"text","text":"x-anthropic-billing-header: cc;"},
          {"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],
         "tools":[{"name":"look","description":"Looks","input_schema":{"type":"object","properties":{"z":{"type":"number"},"a":{}}}}],
         "messages":[
          {"role":"user","content":[{"type":"text","text":"Look twice"},
           {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]},
          {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"sig"},
           {"type":"text","text":"Looking"},
           {"type":"tool_use","id":"toolu_1","name":"look","input":{"z":1.50,"a":"x"}},
           {"type":"tool_use","id":"toolu_2","name":"look","input":{}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"one"},
           {"type":"tool_result","tool_use_id":"toolu_2","content":[{"type":"text","text":"two"}],"is_error":true},
           {"type":"text","text":"Go on"}]}]}
        """#

    @Test func `Messages to Chat Completions`() throws {
        let conversion = try Conversion(Self.messages, .messages, to: .chatCompletions, model: "gpt-6-luna")
        #expect(
            conversion.body
                == [
                    #"{"model":"gpt-6-luna","messages":["#,
                    #"{"role":"system","content":"Be brief."},"#,
                    #"{"role":"user","content":[{"type":"text","text":"Look twice"},"#,
                    #"{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},"#,
                    #"{"role":"assistant","content":"Looking","tool_calls":["#,
                    #"{"id":"toolu_1","type":"function","function":{"name":"look","arguments":"{\"z\":1.50,\"a\":\"x\"}"}},"#,
                    #"{"id":"toolu_2","type":"function","function":{"name":"look","arguments":"{}"}}]},"#,
                    #"{"role":"tool","tool_call_id":"toolu_1","content":"one"},"#,
                    #"{"role":"tool","tool_call_id":"toolu_2","content":"Error: two"},"#,
                    #"{"role":"user","content":"Go on"}],"#,
                    #""max_completion_tokens":4096,"stream":true,"stream_options":{"include_usage":true},"#,
                    #""reasoning_effort":"none","#,
                    #""tools":[{"type":"function","function":{"name":"look","description":"Looks","#,
                    #""parameters":{"type":"object","properties":{"z":{"type":"number"},"a":{}}}}}]}"#,
                ].joined()
        )
        #expect(conversion.loss == [.attribution: 1, .cacheMarker: 1, .thinking: 1])
    }

    @Test func `Messages to Responses`() throws {
        let conversion = try Conversion(Self.messages, .messages, to: .responses, model: "gpt-6-luna")
        #expect(
            conversion.body
                == [
                    #"{"model":"gpt-6-luna","input":["#,
                    #"{"type":"message","role":"system","content":[{"type":"input_text","text":"Be brief."}]},"#,
                    #"{"type":"message","role":"user","content":[{"type":"input_text","text":"Look twice"},"#,
                    #"{"type":"input_image","image_url":"data:image/png;base64,AAAA","detail":"auto"}]},"#,
                    #"{"type":"message","role":"assistant","content":"Looking"},"#,
                    #"{"type":"function_call","call_id":"toolu_1","name":"look","arguments":"{\"z\":1.50,\"a\":\"x\"}"},"#,
                    #"{"type":"function_call","call_id":"toolu_2","name":"look","arguments":"{}"},"#,
                    #"{"type":"function_call_output","call_id":"toolu_1","output":"one"},"#,
                    #"{"type":"function_call_output","call_id":"toolu_2","output":"Error: two"},"#,
                    #"{"type":"message","role":"user","content":[{"type":"input_text","text":"Go on"}]}],"#,
                    #""max_output_tokens":4096,"stream":true,"store":false,"reasoning":{"effort":"none"},"#,
                    #""tools":[{"type":"function","name":"look","description":"Looks","#,
                    #""parameters":{"type":"object","properties":{"z":{"type":"number"},"a":{}}},"strict":false}]}"#,
                ].joined()
        )
    }

    private static let chat = #"""
        {"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true},"max_tokens":100,
         "messages":[{"role":"system","content":"Be brief."},
          {"role":"user","content":[{"type":"text","text":"Look twice"},
           {"type":"image_url","image_url":{"url":"https://a.b/c.png"}}]},
          {"role":"assistant","content":null,"tool_calls":[
           {"id":"call_1","type":"function","function":{"name":"look","arguments":"{\"z\": 1.50}"}},
           {"id":"call_2","type":"function","function":{"name":"look","arguments":""}}]},
          {"role":"tool","tool_call_id":"call_1","content":"one"},
          {"role":"tool","tool_call_id":"call_2","content":[{"type":"text","text":"two"}]},
          {"role":"user","content":"Go on"}],
         "tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object"}}}]}
        """#

    @Test func `Chat Completions to Messages`() throws {
        let conversion = try Conversion(Self.chat, .chatCompletions, to: .messages, model: "claude-haiku-4-5", .haiku)
        #expect(
            conversion.body
                == [
                    #"{"model":"claude-haiku-4-5","max_tokens":100,"#,
                    #""system":[{"type":"text","text":"Be brief."}],"messages":["#,
                    #"{"role":"user","content":[{"type":"text","text":"Look twice"},"#,
                    #"{"type":"image","source":{"type":"url","url":"https://a.b/c.png"}}]},"#,
                    #"{"role":"assistant","content":[{"type":"tool_use","id":"call_1","name":"look","input":{"z": 1.50}},"#,
                    #"{"type":"tool_use","id":"call_2","name":"look","input":{}}]},"#,
                    #"{"role":"user","content":["#,
                    #"{"type":"tool_result","tool_use_id":"call_1","content":[{"type":"text","text":"one"}]},"#,
                    #"{"type":"tool_result","tool_use_id":"call_2","content":[{"type":"text","text":"two"}]},"#,
                    #"{"type":"text","text":"Go on"}]}],"stream":true,"#,
                    #""tools":[{"name":"look","input_schema":{"type":"object"}}],"#,
                    #""cache_control":{"type":"ephemeral"}}"#,
                ].joined()
        )
        #expect(conversion.converted.request.wantsStreamUsage)
        #expect(conversion.loss == [:])
    }

    @Test func `Chat Completions to Responses`() throws {
        let conversion = try Conversion(Self.chat, .chatCompletions, to: .responses, model: "gpt-5-codex")
        #expect(
            conversion.body
                == [
                    #"{"model":"gpt-5-codex","input":["#,
                    #"{"type":"message","role":"system","content":[{"type":"input_text","text":"Be brief."}]},"#,
                    #"{"type":"message","role":"user","content":[{"type":"input_text","text":"Look twice"},"#,
                    #"{"type":"input_image","image_url":"https://a.b/c.png","detail":"auto"}]},"#,
                    #"{"type":"function_call","call_id":"call_1","name":"look","arguments":"{\"z\": 1.50}"},"#,
                    #"{"type":"function_call","call_id":"call_2","name":"look","arguments":"{}"},"#,
                    #"{"type":"function_call_output","call_id":"call_1","output":"one"},"#,
                    #"{"type":"function_call_output","call_id":"call_2","output":"two"},"#,
                    #"{"type":"message","role":"user","content":[{"type":"input_text","text":"Go on"}]}],"#,
                    #""max_output_tokens":100,"stream":true,"store":false,"#,
                    #""tools":[{"type":"function","name":"look","parameters":{"type":"object"},"strict":false}]}"#,
                ].joined()
        )
    }

    private static let responses = #"""
        {"model":"gpt-6-sol","instructions":"Be brief.","stream":true,"store":false,"prompt_cache_key":"k",
         "reasoning":{"effort":"high"},"include":["reasoning.encrypted_content"],
         "tools":[{"type":"function","name":"look","parameters":{"type":"object"},"strict":false},
          {"type":"custom","name":"apply_patch","format":{"type":"grammar"}},
          {"type":"namespace","name":"mcp","tools":[{"type":"function","name":"go","parameters":{"type":"object"}}]}],
         "input":[{"type":"message","role":"developer","content":[{"type":"input_text","text":"Rules"}]},
          {"role":"user","content":"Look"},
          {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}]},
          {"type":"message","role":"assistant","phase":"commentary","content":[{"type":"output_text","text":"Ok"}]},
          {"type":"function_call","call_id":"c1","name":"go","namespace":"mcp","arguments":"{}"},
          {"type":"custom_tool_call","call_id":"c2","name":"apply_patch","input":"*** \"x\""},
          {"type":"function_call_output","call_id":"c1","output":"one"},
          {"type":"custom_tool_call_output","call_id":"c2","output":[{"type":"input_text","text":"two"}]}]}
        """#

    @Test func `Responses to Messages`() throws {
        let conversion = try Conversion(Self.responses, .responses, to: .messages, model: "claude-opus-5")
        #expect(
            conversion.body
                == [
                    #"{"model":"claude-opus-5","max_tokens":128000,"#,
                    #""system":[{"type":"text","text":"Be brief."},{"type":"text","text":"Rules"}],"messages":["#,
                    #"{"role":"user","content":[{"type":"text","text":"Look"}]},"#,
                    #"{"role":"assistant","content":[{"type":"text","text":"Ok"},"#,
                    #"{"type":"tool_use","id":"c1","name":"mcp__go","input":{}},"#,
                    #"{"type":"tool_use","id":"c2","name":"apply_patch","input":{"input":"*** \"x\""}}]},"#,
                    #"{"role":"user","content":["#,
                    #"{"type":"tool_result","tool_use_id":"c1","content":[{"type":"text","text":"one"}]},"#,
                    #"{"type":"tool_result","tool_use_id":"c2","content":[{"type":"text","text":"two"}]}]}],"stream":true,"#,
                    #""tools":[{"name":"look","input_schema":{"type":"object"}},"#,
                    #"{"name":"apply_patch","input_schema":{"type":"object","properties":{"input":{"type":"string"}},"required":["input"]}},"#,
                    #"{"name":"mcp__go","input_schema":{"type":"object"}}],"#,
                    #""thinking":{"type":"adaptive"},"output_config":{"effort":"high"},"#,
                    #""cache_control":{"type":"ephemeral"}}"#,
                ].joined()
        )
        #expect(conversion.loss == [.thinking: 1, .phase: 1, .strictness: 1])
        let names = conversion.converted.names
        #expect(names.clientTool(named: "mcp__go") == .init(name: "go", namespace: "mcp"))
        #expect(names.clientTool(named: "apply_patch") == .init(name: "apply_patch", takesText: true))
        #expect(names.clientTool(named: "look") == .init(name: "look"))
    }

    @Test func `Responses to Chat Completions`() throws {
        let conversion = try Conversion(Self.responses, .responses, to: .chatCompletions, model: "gpt-6-sol")
        #expect(
            conversion.body
                == [
                    #"{"model":"gpt-6-sol","messages":["#,
                    #"{"role":"system","content":"Be brief."},{"role":"developer","content":"Rules"},"#,
                    #"{"role":"user","content":"Look"},"#,
                    #"{"role":"assistant","content":"Ok","tool_calls":["#,
                    #"{"id":"c1","type":"function","function":{"name":"mcp__go","arguments":"{}"}},"#,
                    #"{"id":"c2","type":"function","function":{"name":"apply_patch","arguments":"{\"input\":\"*** \\\"x\\\"\"}"}}]},"#,
                    #"{"role":"tool","tool_call_id":"c1","content":"one"},"#,
                    #"{"role":"tool","tool_call_id":"c2","content":"two"}],"#,
                    #""stream":true,"stream_options":{"include_usage":true},"reasoning_effort":"high","#,
                    #""tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object"},"strict":false}},"#,
                    #"{"type":"function","function":{"name":"apply_patch","parameters":{"type":"object","properties":{"input":{"type":"string"}},"required":["input"]}}},"#,
                    #"{"type":"function","function":{"name":"mcp__go","parameters":{"type":"object"}}}],"prompt_cache_key":"k"}"#,
                ].joined()
        )
    }
}
