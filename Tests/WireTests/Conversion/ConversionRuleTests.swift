import Domain
import Testing
import Wire

/// A test for each row of the request tables in `Docs/Formats.md` that the golden conversions do not show.
@Suite struct ConversionRuleTests {
    private func messages(_ members: String) -> String {
        #"{"model":"m","max_tokens":100,"messages":[{"role":"user","content":"hi"}]"# + members + "}"
    }

    private func chat(_ members: String) -> String {
        #"{"model":"m","messages":[{"role":"user","content":"hi"}]"# + members + "}"
    }

    private func responses(_ members: String) -> String { #"{"model":"m","input":"hi""# + members + "}" }

    private static let refused: [(String, APIFormat, ConversionError.Reason)] = [
        (#"{"model":"m","max_tokens":0,"messages":[]}"#, .messages, .cacheWarming),
        (#"{"model":"m","max_tokens":9,"container":"c","messages":[]}"#, .messages, .providerState),
        (
            #"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"f"}}]}]}"#,
            .messages, .uploadedFile
        ),
        (
            #"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"container_upload","file_id":"f"}]}]}"#,
            .messages, .uploadedFile
        ),
        (
            #"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"document","source":{"type":"url","url":"https://a.b"}}]}]}"#,
            .messages, .documentAddress
        ),
        (#"{"model":"m","n":2,"messages":[]}"#, .chatCompletions, .severalChoices),
        (#"{"model":"m","functions":[],"messages":[]}"#, .chatCompletions, .oldFunctions),
        (#"{"model":"m","audio":{},"messages":[]}"#, .chatCompletions, .audio),
        (
            #"{"model":"m","messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}]}"#,
            .chatCompletions, .audio
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"f"}}]}]}"#,
            .chatCompletions, .uploadedFile
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}"#,
            .chatCompletions, .prefill
        ),
        (#"{"model":"m","previous_response_id":"r","input":"a"}"#, .responses, .providerState),
        (#"{"model":"m","conversation":"c","input":"a"}"#, .responses, .providerState),
        (#"{"model":"m","prompt":{"id":"p"}}"#, .responses, .providerState),
        (#"{"model":"m","background":true,"input":"a"}"#, .responses, .background),
        (#"{"model":"m","input":[{"type":"item_reference","id":"i"}]}"#, .responses, .providerState),
        (#"{"model":"m","input":[{"type":"compaction","encrypted_content":"e"}]}"#, .responses, .providerState),
        (
            #"{"model":"m","input":[{"role":"user","content":[{"type":"input_image","file_id":"f"}]}]}"#, .responses,
            .uploadedFile
        ),
    ]

    @Test(arguments: refused)
    func `what cannot be said elsewhere stays with the requested model`(
        body: String,
        source: APIFormat,
        reason: ConversionError.Reason
    ) {
        let target: APIFormat = source == .messages ? .chatCompletions : .messages
        #expect(throws: ConversionError.refused(reason)) { try Conversion(body, source, to: target) }
    }

    @Test func `pitfall 27: encrypted reasoning stays with the provider that wrote it`() {
        let body = #"{"model":"m","input":[{"type":"reasoning","summary":[],"encrypted_content":"e"}]}"#
        for target in [APIFormat.messages, .chatCompletions] {
            #expect(throws: ConversionError.refused(.providerState)) { try Conversion(body, .responses, to: target) }
        }
    }

    @Test func `pitfall 25: a request that only warms the cache is never converted`() {
        let body = #"{"model":"m","max_tokens":0,"messages":[{"role":"user","content":"a"}]}"#
        #expect(throws: ConversionError.refused(.cacheWarming)) { try Conversion(body, .messages, to: .responses) }
    }

    @Test(arguments: [
        (RequestFacts.Demands.tools, ConversionError.Reason.tools), (.images, .images),
        (.structuredOutput, .structuredOutput), (.forcedTool, .forcedTool), (.documents, .documents),
    ])
    func `pitfall 7: a model that cannot serve the request is not asked`(
        rejected: RequestFacts.Demands,
        reason: ConversionError.Reason
    ) {
        let body = #"""
            {"model":"m","max_tokens":9,"tools":[{"name":"f","input_schema":{}}],"tool_choice":{"type":"any"},
             "output_config":{"format":{"type":"json_schema","schema":{}}},"messages":[{"role":"user","content":[
             {"type":"image","source":{"type":"url","url":"u"}},
             {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"A"}}]}]}
            """#
        let limits = ModelLimits(provider: .openAI, rejected: rejected, formats: [.chatCompletions])
        #expect(throws: ConversionError.refused(reason)) {
            try Conversion(body, .messages, to: .chatCompletions, limits)
        }
    }

    private static let toEffort: [(String, ModelLimits, String?, [ConversionLoss.Kind: Int])] = [
        (#""thinking":{"type":"disabled"}"#, .gpt, "none", [:]),
        (#""metadata":{}"#, .gpt, "none", [:]),
        (#""metadata":{}"#, .gptThatThinks, "low", [:]),
        (#""metadata":{}"#, .plainGPT, nil, [:]),
        (#""thinking":{"type":"disabled"}"#, .gptThatThinks, "low", [.effort: 1]),
        (#""thinking":{"type":"adaptive"}"#, .gpt, nil, [:]),
        (#""thinking":{"type":"adaptive"},"output_config":{"effort":"low"}"#, .gpt, "low", [:]),
        (#""output_config":{"effort":"max"}"#, .gpt, "xhigh", [.effort: 1]),
        (#""thinking":{"type":"enabled","budget_tokens":2000}"#, .gpt, "low", [.thinkingBudget: 1]),
        (#""thinking":{"type":"enabled","budget_tokens":8000}"#, .gpt, "medium", [.thinkingBudget: 1]),
        (#""thinking":{"type":"enabled","budget_tokens":32000}"#, .gpt, "high", [.thinkingBudget: 1]),
        (#""output_config":{"effort":"low"}"#, .plainGPT, nil, [.effort: 1]),
        (#""thinking":{"type":"disabled"}"#, .plainGPT, nil, [:]),
    ]

    @Test(arguments: toEffort)
    func `thinking becomes OpenAI's effort`(
        members: String,
        limits: ModelLimits,
        effort: String?,
        loss: [ConversionLoss.Kind: Int]
    ) throws {
        let conversion = try Conversion(messages("," + members), .messages, to: .chatCompletions, limits)
        #expect(conversion.body.contains("reasoning_effort") == (effort != nil))
        if let effort { #expect(conversion.body.contains("\"reasoning_effort\":\"\(effort)\"")) }
        #expect(conversion.loss == loss)
    }

    private static let fromEffort: [(String, ModelLimits, String)] = [
        ("medium", .claude, #""thinking":{"type":"adaptive"},"output_config":{"effort":"medium"}"#),
        ("minimal", .claude, #""thinking":{"type":"adaptive"},"output_config":{"effort":"low"}"#),
        ("none", .claude, #""thinking":{"type":"disabled"}"#),
        ("none", .alwaysThinking, #""output_config":{"effort":"low"}"#),
        ("low", .haiku, #""thinking":{"type":"enabled","budget_tokens":2048}"#),
        ("high", .haiku, #""thinking":{"type":"enabled","budget_tokens":16384}"#),
    ]

    @Test(arguments: fromEffort)
    func `OpenAI's effort becomes the thinking a Claude model knows`(
        effort: String,
        limits: ModelLimits,
        expected: String
    ) throws {
        let body = chat(",\"reasoning_effort\":\"\(effort)\"")
        #expect(try Conversion(body, .chatCompletions, to: .messages, limits).body.contains(expected))
    }

    @Test func `a model with a thinking budget does not think where its last thoughts are missing`() throws {
        let body = #"""
            {"model":"m","reasoning_effort":"high","messages":[{"role":"user","content":"a"},
             {"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"c","content":"x"}]}
            """#
        let conversion = try Conversion(body, .chatCompletions, to: .messages, .haiku)
        #expect(!conversion.body.contains("thinking"))
        #expect(conversion.loss == [.effort: 1])
    }

    @Test func `who forces a tool gets no thinking from a Claude model`() throws {
        let tools = #","tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":"required""#
        let conversion = try Conversion(chat(tools + #","reasoning_effort":"high""#), .chatCompletions, to: .messages)
        #expect(conversion.body.contains(#""tool_choice":{"type":"any"}"#))
        #expect(!conversion.body.contains("adaptive"))
        #expect(conversion.loss == [.effort: 1])
    }

    @Test func `pitfall 6: thoughts and signatures go to no other provider`() throws {
        let body = #"""
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[
             {"type":"thinking","thinking":"secret thought","signature":"sig"},{"type":"redacted_thinking","data":"d"}]},
             {"role":"user","content":"b"}]}
            """#
        for target in [APIFormat.chatCompletions, .responses] {
            let conversion = try Conversion(body, .messages, to: target)
            #expect(!conversion.body.contains("secret thought"))
            #expect(!conversion.body.contains("sig"))
            #expect(conversion.loss == [.thinking: 2])
        }
    }

    private static let parameters: [(String, APIFormat, APIFormat, ModelLimits, String, [ConversionLoss.Kind: Int])] = [
        (#""temperature":0.50"#, .messages, .chatCompletions, .plainGPT, #""temperature":0.50"#, [:]),
        (#""temperature":0.5,"top_p":0.9"#, .messages, .chatCompletions, .gpt, "", [.sampling: 2]),
        (#""top_k":5"#, .messages, .chatCompletions, .plainGPT, "", [.topK: 1]),
        (
            #""stop_sequences":["a","b","c","d","e"]"#, .messages, .chatCompletions, .plainGPT,
            #""stop":["a","b","c","d"]"#, [.stopSequences: 1]
        ),
        (#""stop_sequences":["a"]"#, .messages, .chatCompletions, .gpt, "", [.stopSequences: 1]),
        (#""stop_sequences":["a"]"#, .messages, .responses, .plainGPT, "", [.stopSequences: 1]),
        (#""metadata":{"user_id":"me"}"#, .messages, .chatCompletions, .gpt, "", [.metadata: 1]),
        (#""service_tier":"auto""#, .messages, .chatCompletions, .gpt, "", [:]),
        (#""speed":"fast""#, .messages, .chatCompletions, .gpt, "", [.serviceTier: 1]),
        (#""context_management":{"edits":[]}"#, .messages, .chatCompletions, .gpt, "", [.contextManagement: 1]),
        (#""cache_control":{"type":"ephemeral"}"#, .messages, .chatCompletions, .gpt, "", [.cacheMarker: 1]),
        (#""mcp_servers":[{}]"#, .messages, .chatCompletions, .gpt, "", [.serverTool: 1]),
        (#""tools":[{"type":"web_search_20250305","name":"w"}]"#, .messages, .responses, .gpt, "", [.serverTool: 1]),
        (#""brand_new":1"#, .messages, .chatCompletions, .gpt, "", [.unknownField: 1]),
        (
            #""output_config":{"format":{"type":"json_schema","schema":{"b":1,"a":2}}}"#, .messages, .chatCompletions,
            .gpt,
            #""response_format":{"type":"json_schema","json_schema":{"name":"output","schema":{"b":1,"a":2}}}"#, [:]
        ),
        (
            #""output_config":{"format":{"type":"json_schema","schema":{}}}"#, .messages, .responses, .gpt,
            #""text":{"format":{"type":"json_schema","name":"output","schema":{}}}"#, [:]
        ),
        (#""temperature":1.7,"top_p":0.9"#, .chatCompletions, .messages, .haiku, #""temperature":1,"#, [.sampling: 2]),
        (#""top_p":0.9"#, .chatCompletions, .messages, .haiku, #""top_p":0.9"#, [:]),
        (#""temperature":0"#, .chatCompletions, .messages, .claude, "", [.sampling: 1]),
        (#""stop":"END""#, .chatCompletions, .messages, .claude, #""stop_sequences":["END"]"#, [:]),
        (#""stop":["a","\n"]"#, .chatCompletions, .messages, .claude, #""stop_sequences":["a"]"#, [.stopSequences: 1]),
        (#""seed":1,"presence_penalty":1"#, .chatCompletions, .messages, .claude, "", [.sampling: 2]),
        (#""logprobs":true"#, .chatCompletions, .messages, .claude, "", [.logProbabilities: 1]),
        (#""user":"me","metadata":{}"#, .chatCompletions, .messages, .claude, "", [.metadata: 2]),
        (#""verbosity":"low""#, .chatCompletions, .messages, .claude, "", [.verbosity: 1]),
        (#""service_tier":"flex""#, .chatCompletions, .messages, .claude, "", [.serviceTier: 1]),
        (#""response_format":{"type":"json_object"}"#, .chatCompletions, .messages, .claude, "", [.jsonMode: 1]),
        (
            #""response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"a":1}}}"#, .chatCompletions,
            .messages, .claude, #""output_config":{"format":{"type":"json_schema","schema":{"a":1}}}"#, [:]
        ),
        (
            #""parallel_tool_calls":false,"tools":[{"type":"function","function":{"name":"f"}}]"#, .chatCompletions,
            .messages, .claude, #""tool_choice":{"type":"auto","disable_parallel_tool_use":true}"#, [:]
        ),
        (
            #""tool_choice":{"type":"function","function":{"name":"f"}},"tools":[{"type":"function","function":{"name":"f"}}]"#,
            .chatCompletions, .messages, .claude, #""tool_choice":{"type":"tool","name":"f"}"#, [:]
        ),
        (
            #""tool_choice":"none","tools":[{"type":"function","function":{"name":"f"}}]"#, .chatCompletions, .messages,
            .claude, #""tool_choice":{"type":"none"}"#, [:]
        ),
        (
            #""tools":[{"type":"function","function":{"name":"f","strict":true}}]"#, .chatCompletions, .messages,
            .claude,
            #""input_schema":{"type":"object","properties":{}}"#, [.strictness: 1]
        ),
        (
            #""verbosity":"low","service_tier":"flex","user":"me""#, .chatCompletions, .responses, .gpt,
            #""text":{"verbosity":"low"},"service_tier":"flex","safety_identifier":"me""#, [:]
        ),
        (
            #""truncation":"auto","metadata":{},"max_tool_calls":3"#, .responses, .messages, .claude, "",
            [.contextManagement: 1, .metadata: 1]
        ),
        (#""tools":[{"type":"web_search"}]"#, .responses, .messages, .claude, "", [.serverTool: 1]),
    ]

    @Test(arguments: parameters)
    func `a parameter becomes what it means elsewhere, or is dropped and counted`(
        members: String,
        source: APIFormat,
        target: APIFormat,
        limits: ModelLimits,
        expected: String,
        loss: [ConversionLoss.Kind: Int]
    ) throws {
        let body =
            switch source {
            case .messages: messages("," + members)
            case .chatCompletions: chat("," + members)
            case .responses: responses("," + members)
            }
        let conversion = try Conversion(body, source, to: target, limits)
        #expect(expected.isEmpty || conversion.body.contains(expected), "\(conversion.body)")
        #expect(conversion.loss == loss)
    }

    @Test(arguments: [
        (APIFormat.chatCompletions, 200_000, #""max_completion_tokens":128000"#),
        (.responses, 5, #""max_output_tokens":16"#), (.chatCompletions, 5, #""max_completion_tokens":5"#),
    ])
    func `the output bound fits the model`(target: APIFormat, asked: Int, expected: String) throws {
        let body = #"{"model":"m","max_tokens":\#(asked),"messages":[{"role":"user","content":"a"}]}"#
        #expect(try Conversion(body, .messages, to: target).body.contains(expected))
    }

    @Test(arguments: APIFormat.allCases)
    func `a cap holds where the client asks for more or says nothing`(format: APIFormat) throws {
        let source: APIFormat = format == .messages ? .responses : .messages
        for asked in [nil, 50, 5000] {
            var request = ModelRequest(model: "m")
            request.turns = [Turn(role: .user, text: "a")]
            request.maxOutputTokens = asked
            let target = ConvertedRequest.Target(format: format, model: ModelID("x"), limits: .claude, outputCap: 400)
            let converted = try ConvertedRequest(RequestReading(request), from: source, to: target)
            let read = try RequestReading(converted.body, format: format).request
            #expect(read.maxOutputTokens == min(asked ?? 400, 400))
        }
    }

    @Test func `where the client says nothing of it a Claude model may write all it can`() throws {
        #expect(try Conversion(chat(""), .chatCompletions, to: .messages).body.contains(#""max_tokens":128000"#))
    }

    @Test func `pitfall 22: ids that Anthropic does not take are mapped, use and result alike`() throws {
        let body = #"""
            {"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[
             {"id":"call:1","function":{"name":"f","arguments":"{}"}},{"id":"call.1","function":{"name":"f","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"call:1","content":"x"},{"role":"tool","tool_call_id":"call.1","content":"y"}]}
            """#
        let conversion = try Conversion(body, .chatCompletions, to: .messages)
        let back = try RequestReading(conversion.converted.body, format: .messages).request
        let uses = back.turns.flatMap(\.parts).compactMap {
            if case .toolUse(let use) = $0.content { use.id } else { nil }
        }
        let results = back.turns.flatMap(\.parts).compactMap {
            if case .toolResult(let result) = $0.content { result.toolUseID } else { nil }
        }
        #expect(uses == results)
        #expect(Set(uses).count == 2)
        #expect(uses.allSatisfy { $0.utf8.count <= 64 && !$0.contains(":") && !$0.contains(".") })
    }

    @Test func `pitfall 22: ids that both take stay`() {
        #expect(ToolIDs.fit("toolu_01-A") == "toolu_01-A")
        #expect(ToolIDs.fit(String(repeating: "a", count: 64)).utf8.count == 64)
        #expect(ToolIDs.fit(String(repeating: "a", count: 65)).utf8.count <= 64)
        #expect(!ToolIDs.fit("").isEmpty)
        var ids = ToolIDs()
        let odd = ids.written("a b")
        #expect(ids.written("a b") == odd)
        #expect(ids.written(odd) != odd)
    }

    @Test func `pitfall 25: a long tool name comes back`() throws {
        let long = "mcp__" + String(repeating: "server", count: 12) + "__tool"
        let body = messages(
            #","tools":[{"name":"\#(long)","input_schema":{}}],"tool_choice":{"type":"tool","name":"\#(long)"}"#
        )
        let conversion = try Conversion(body, .messages, to: .chatCompletions)
        let written = try RequestReading(conversion.converted.body, format: .chatCompletions).request
        let name = try #require(written.tools.first?.name)
        #expect(name.utf8.count <= 64)
        #expect(written.toolChoice == .tool(name))
        #expect(conversion.converted.names.clientTool(named: name).name == long)
    }

    @Test func `pitfall 24: all results stand in the next user message before text`() throws {
        let body = #"""
            {"model":"m","input":[{"role":"user","content":"a"},
             {"type":"function_call","call_id":"1","name":"f","arguments":"{}"},
             {"type":"function_call","call_id":"2","name":"f","arguments":"{}"},
             {"type":"function_call_output","call_id":"1","output":"x"},
             {"role":"user","content":"stop"},
             {"type":"function_call_output","call_id":"2","output":"y"}]}
            """#
        let conversion = try Conversion(body, .responses, to: .messages)
        let turns = try RequestReading(conversion.converted.body, format: .messages).request.turns
        #expect(turns.map(\.role) == [.user, .assistant, .user])
        #expect(turns.last?.parts.map(\.kind) == ["result", "result", "text"])
    }

    @Test func `pitfall 24: images of a result go on as the user's where a result takes none`() throws {
        let body = #"""
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"a"},{"role":"assistant","content":[
             {"type":"tool_use","id":"t","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result",
             "tool_use_id":"t","is_error":true,"content":[{"type":"text","text":"no"},
             {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA"}}]}]}]}
            """#
        let chat = try Conversion(body, .messages, to: .chatCompletions).body
        #expect(chat.contains(#"{"role":"tool","tool_call_id":"t","content":"Error: no"}"#))
        #expect(chat.contains(#"{"type":"image_url","image_url":{"url":"data:image/png;base64,AA"}}"#))
        let responses = try Conversion(body, .messages, to: .responses).body
        #expect(
            responses.contains(
                #""output":[{"type":"input_text","text":"Error: "},{"type":"input_text","text":"no"},{"type":"input_image","#
            )
        )
    }

    @Test(arguments: [("{broken", 1), ("[1]", 1), ("  ", 0), (#"{\"a\":1}"#, 0)])
    func `arguments that are no object are kept as text`(arguments: String, malformed: Int) throws {
        let body = #"""
            {"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[{"id":"c",
             "function":{"name":"f","arguments":"\#(arguments)"}}]},{"role":"tool","tool_call_id":"c","content":"x"}]}
            """#
        let conversion = try Conversion(body, .chatCompletions, to: .messages)
        #expect(conversion.loss[.malformedArguments] ?? 0 == malformed)
        #expect(malformed == 0 || conversion.body.contains(#""input":{"arguments":"#))
    }

    @Test func `calls without declared tools get declarations, which Anthropic demands`() throws {
        let body = #"""
            {"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[{"id":"c",
             "function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"x"}]}
            """#
        let converted = try Conversion(body, .chatCompletions, to: .messages).body
        #expect(
            converted.contains(
                #""tools":[{"name":"f","input_schema":{"type":"object"}}],"tool_choice":{"type":"none"}"#
            )
        )
    }

    @Test func `only allowed tools are declared`() throws {
        let body = chat(
            #","tools":[{"type":"function","function":{"name":"a"}},{"type":"function","function":{"name":"b"}}],"#
                + #""tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"b"}}]}}"#
        )
        let conversion = try Conversion(body, .chatCompletions, to: .messages)
        #expect(conversion.body.contains(#""tools":[{"name":"b""#))
        #expect(conversion.body.contains(#""tool_choice":{"type":"any"}"#))
        #expect(!conversion.body.contains(#""name":"a""#))
    }

    @Test func `pitfall 26: system and developer messages keep their places`() throws {
        let body = #"""
            {"model":"m","messages":[{"role":"system","content":"1"},{"role":"developer","content":"2"},
             {"role":"user","content":"3"},{"role":"developer","content":"4"},{"role":"user","content":"5"}]}
            """#
        let claude = try Conversion(body, .chatCompletions, to: .messages).body
        #expect(claude.contains(#""system":[{"type":"text","text":"1"},{"type":"text","text":"2"}]"#))
        #expect(claude.contains(#"{"role":"system","content":[{"type":"text","text":"4"}]}"#))
        let haiku = try Conversion(body, .chatCompletions, to: .messages, .haiku).body
        #expect(haiku.contains(#"{"role":"user","content":[{"type":"text","text":"<system>\n4\n</system>"}]}"#))
        let late = #"""
            {"model":"m","max_tokens":9,"system":"1","messages":[{"role":"user","content":"2"},
             {"role":"system","content":"3"},{"role":"user","content":"4"}]}
            """#
        let chat = try Conversion(late, .messages, to: .chatCompletions).body
        #expect(
            chat.contains(
                #"[{"role":"system","content":"1"},{"role":"user","content":"2"},{"role":"system","content":"3"},{"role":"user","content":"4"}]"#
            )
        )
    }

    @Test func `a system message between call and result waits for the result`() throws {
        let body = #"""
            {"model":"m","input":[{"role":"user","content":"a"},
             {"type":"function_call","call_id":"1","name":"f","arguments":"{}"},{"role":"developer","content":"rule"},
             {"type":"function_call_output","call_id":"1","output":"x"}]}
            """#
        let conversion = try Conversion(body, .responses, to: .messages)
        let turns = try RequestReading(conversion.converted.body, format: .messages).request.turns
        #expect(turns.map(\.role) == [.user, .assistant, .user, .system])
    }

    @Test func `pitfall 25: a prefill is dropped for OpenAI`() throws {
        let body = #"""
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"{"}]}
            """#
        let conversion = try Conversion(body, .messages, to: .chatCompletions)
        #expect(!conversion.body.contains("assistant"))
        #expect(conversion.loss == [.prefill: 1])
    }

    @Test(arguments: [
        #"{"model":"m","messages":[{"role":"system","content":"only"}]}"#,
        #"{"model":"m","messages":[{"role":"assistant","content":"I begin"},{"role":"user","content":""},{"role":"user","content":"x"}]}"#,
    ])
    func `a conversation that nobody began begins with an empty word for Anthropic`(body: String) throws {
        let conversion = try Conversion(body, .chatCompletions, to: .messages)
        #expect(
            conversion.body.contains(#""messages":[{"role":"user","content":[{"type":"text","text":"(no message)"}]}"#)
        )
    }

    @Test func `pitfall 9: a client's breakpoint becomes a marker, and with none the whole request is marked`() throws {
        let marked = #"""
            {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a","prompt_cache_breakpoint":{"mode":"explicit"}}]}]}
            """#
        let body = try Conversion(marked, .chatCompletions, to: .messages).body
        #expect(body.contains(#"{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}"#))
        #expect(body.split(separator: "cache_control").count == 2)
        #expect(
            try Conversion(chat(""), .chatCompletions, to: .messages).body.hasSuffix(
                #""cache_control":{"type":"ephemeral"}}"#
            )
        )
    }

    @Test func `pitfall 9: of more than four breakpoints the last four are kept`() throws {
        let part = #"{"type":"text","text":"a","prompt_cache_breakpoint":{"mode":"explicit"}}"#
        let list = Array(repeating: part, count: 6).joined(separator: ",")
        let body = #"{"model":"m","messages":[{"role":"user","content":[\#(list)]}]}"#
        let conversion = try Conversion(body, .chatCompletions, to: .messages)
        let plain = #"{"type":"text","text":"a"}"#
        let marked = #"{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}"#
        let expected = ([plain, plain] + Array(repeating: marked, count: 4)).joined(separator: ",")
        #expect(conversion.body.contains("[\(expected)]"))
        #expect(conversion.loss == [.cacheMarker: 2])
    }

    private static let parts: [(String, APIFormat, APIFormat, String, [ConversionLoss.Kind: Int])] = [
        (
            #"{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AA"},"title":"t","context":"c"}"#,
            .messages, .chatCompletions,
            #"{"type":"file","file":{"filename":"t","file_data":"data:application/pdf;base64,AA"}}"#,
            [.documentDetail: 1]
        ),
        (
            #"{"type":"document","source":{"type":"text","media_type":"text/plain","data":"words"},"title":"t"}"#,
            .messages, .chatCompletions, #"{"type":"text","text":"t\nwords"}"#, [:]
        ),
        (
            #"{"type":"document","source":{"type":"url","url":"https://a.b/c.pdf"}}"#, .messages, .responses,
            #"{"type":"input_file","file_url":"https://a.b/c.pdf"}"#, [:]
        ),
        (
            #"{"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"w"}]}"#, .messages,
            .chatCompletions, #""t\ns\nw""#, [:]
        ),
        (
            #"{"type":"text","text":"a","citations":[{}]}"#, .messages, .chatCompletions, #""content":"a""#,
            [.citations: 1]
        ),
        (#"{"type":"compaction","content":"sum"}"#, .messages, .chatCompletions, #""content":"sum""#, [:]),
        (
            #"{"type":"server_tool_use","id":"s","name":"web_search","input":{}}"#, .messages, .chatCompletions, "",
            [
                .serverTool: 1
            ]
        ),
        (#"{"type":"brand_new"}"#, .messages, .chatCompletions, "", [.unknownPart: 1]),
        (
            #"{"type":"image_url","image_url":{"url":"data:image/png;base64,AA","detail":"low"}}"#, .chatCompletions,
            .messages, #"{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA"}}"#,
            [.imageDetail: 1]
        ),
        (
            #"{"type":"file","file":{"filename":"f.pdf","file_data":"data:application/pdf;base64,AA"}}"#,
            .chatCompletions, .messages,
            #"{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AA"},"title":"f.pdf"}"#,
            [:]
        ),
    ]

    @Test(arguments: parts)
    func `a part becomes its like`(
        part: String,
        source: APIFormat,
        target: APIFormat,
        expected: String,
        loss: [ConversionLoss.Kind: Int]
    ) throws {
        let body = #"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[\#(part)]}]}"#
        let conversion = try Conversion(body, source, to: target)
        #expect(expected.isEmpty || conversion.body.contains(expected), "\(conversion.body)")
        #expect(conversion.loss == loss)
    }

    @Test func `a model nobody knows is asked for nothing out of the ordinary`() throws {
        let body = #"""
            {"model":"m","reasoning_effort":"high","messages":[{"role":"developer","content":"1"},
             {"role":"user","content":"2"},{"role":"developer","content":"3"},{"role":"user","content":"4"}]}
            """#
        let reading = try RequestReading(Array(body.utf8), format: .chatCompletions)
        let target = ConvertedRequest.Target(format: .messages, model: ModelID("local"), limits: nil)
        let converted = try ConvertedRequest(reading, from: .chatCompletions, to: target)
        let text = String(decoding: converted.body, as: UTF8.self)
        #expect(!text.contains("thinking"))
        #expect(text.contains(#"<system>\n3\n</system>"#))
        #expect(text.contains(#""max_tokens":8192"#))
        let chat = ConvertedRequest.Target(format: .chatCompletions, model: ModelID("local"), limits: nil)
        let same = try ConvertedRequest(reading, from: .responses, to: chat)
        #expect(!String(decoding: same.body, as: UTF8.self).contains("developer"))
    }

    @Test func `what the model refused in words is text to Anthropic`() throws {
        let body = #"""
            {"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","content":null,"refusal":"no"},
             {"role":"user","content":"b"}]}
            """#
        #expect(
            try Conversion(body, .chatCompletions, to: .messages).body
                .contains(#"{"role":"assistant","content":[{"type":"text","text":"no"}]}"#)
        )
    }
}

extension Part {
    var kind: String {
        switch content {
        case .text: "text"
        case .toolResult: "result"
        case .toolUse: "use"
        case .image, .document, .thinking, .refusal: "other"
        }
    }
}
