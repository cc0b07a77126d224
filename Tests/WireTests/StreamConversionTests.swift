import Domain
import Testing

@testable import Wire

/// The parts of chunks of a chat completion, framed.
private func chunks(_ choices: String...) -> [[UInt8]] {
    choices.map { Array("data: {\"id\":\"chatcmpl-1\",\"model\":\"gpt\",\"choices\":[\($0)]}\n\n".utf8) }
}

private func call(_ index: String, _ members: String) -> String {
    #"{"index":0,"delta":{"tool_calls":[{\#(index)\#(members)}]}}"#
}

private let stop = #"{"index":0,"delta":{},"finish_reason":"stop"}"#

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

@Suite struct StreamConversionTests {
    private static let hello = chunks(#"{"index":0,"delta":{"role":"assistant","content":"Hello"}}"#, stop)

    @Test func `pitfall 11: every frame of Messages is named and ends with a blank line`() throws {
        let bytes = converted(Self.hello, from: .chatCompletions, to: .messages)
        #expect(text(bytes).hasSuffix("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"))
        #expect(text(bytes).contains(#""content":[],"stop_reason":null"#))
        let names = try events(in: [bytes]).map(\.name)
        #expect(
            names == [
                "message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta",
                "message_stop",
            ]
        )
    }

    @Test func `pitfall 11: every chunk of a chat completion says that it is one`() throws {
        let source = converted(Self.hello, from: .chatCompletions, to: .responses)
        let frames = try events(in: [converted([source], from: .responses, to: .chatCompletions)])
        #expect(frames.last?.data == "[DONE]")
        #expect(frames.dropLast().allSatisfy { $0.data.contains(#""object":"chat.completion.chunk""#) })
        #expect(frames.first?.data.contains(#""delta":{"role":"assistant","content":""}"#) == true)
    }

    @Test func `pitfall 12: a broken stream of Messages ends with an error event`() {
        let bytes = converted([Self.hello[0]], from: .chatCompletions, to: .messages)
        #expect(
            text(bytes).hasSuffix(
                """
                event: error
                data: {"type":"error","error":{"type":"api_error","message":"the provider's reply broke off before its end"}}


                """
            )
        )
    }

    @Test func `pitfall 12: a broken chat completion ends with an error and without DONE`() {
        let messages = stream(#"{"type":"message_start","message":{"id":"msg_1","usage":{}}}"#)
        let bytes = converted(messages, from: .messages, to: .chatCompletions)
        #expect(text(bytes).hasSuffix(#""type":"server_error","param":null,"code":"server_error"}}"# + "\n\n"))
        #expect(!text(bytes).contains("[DONE]"))
    }

    @Test func `pitfall 27: a response always ends with completed, failed or incomplete`() throws {
        let limit = #"{"index":0,"delta":{},"finish_reason":"length"}"#
        for (ending, last) in [
            ([], "response.failed"), (chunks(stop), "response.completed"), (chunks(limit), "response.incomplete"),
        ] {
            let bytes = converted([Self.hello[0]] + ending, from: .chatCompletions, to: .responses)
            let frames = try events(in: [bytes])
            #expect(frames.last?.name == last)
            #expect(frames.first?.name == "response.created")
            for (number, frame) in frames.enumerated() {
                #expect(frame.data.contains("\"sequence_number\":\(number)"), "\(frame.name)")
                #expect(frame.data.hasPrefix("{\"type\":\"\(frame.name)\""))
            }
        }
        let nothing = try events(in: [converted([], from: .messages, to: .responses)]).map(\.name)
        #expect(nothing == ["response.created", "response.in_progress", "response.failed"])
    }

    @Test func `pitfall 27: the last event repeats the whole output`() throws {
        let bytes = converted(
            chunks(
                #"{"index":0,"delta":{"content":"Hi"}}"#,
                call(#""index":0,"#, #""id":"call_1","function":{"name":"f","arguments":"{\"a\":1}"}"#),
                #"{"index":0,"delta":{},"finish_reason":"tool_calls"}"#
            ),
            from: .chatCompletions,
            to: .responses
        )
        #expect(
            try events(in: [bytes]).map(\.name) == [
                "response.created", "response.in_progress", "response.output_item.added", "response.content_part.added",
                "response.output_text.delta", "response.output_text.done", "response.content_part.done",
                "response.output_item.done", "response.output_item.added", "response.function_call_arguments.delta",
                "response.function_call_arguments.done", "response.output_item.done", "response.completed",
            ]
        )
        let last = try #require(try events(in: [bytes]).last?.data)
        #expect(last.contains(#""content":[{"type":"output_text","annotations":[],"logprobs":[],"text":"Hi"}]"#))
        #expect(last.contains(#""call_id":"call_1","name":"f","arguments":"{\"a\":1}""#))
    }

    @Test func `pitfall 23: tool calls that run side by side become blocks one after the other`() throws {
        let bytes = converted(
            chunks(
                call(#""index":0,"#, #""id":"a","function":{"name":"first","arguments":""}"#),
                call(#""index":1,"#, #""id":"b","function":{"name":"second","arguments":""}"#),
                call(#""index":1,"#, #""function":{"arguments":"{\"y\":"}"#),
                call(#""index":0,"#, #""function":{"arguments":"{\"x\":1}"}"#),
                call(#""index":1,"#, #""function":{"arguments":"2}"}"#),
                stop
            ),
            from: .chatCompletions,
            to: .messages
        )
        let names = try events(in: [bytes]).map(\.name)
        #expect(
            names == [
                "message_start", "content_block_start", "content_block_delta", "content_block_stop",
                "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop",
                "message_delta", "message_stop",
            ]
        )
        let reply = SharedReply(read([bytes], in: .messages))
        #expect(reply.calls == [["first", #"{"x":1}"#], ["second", #"{"y":2}"#]])
        #expect(reply.callIDs == ["a", "b"])
        #expect(reply.stop == .toolUse)
    }

    @Test(arguments: APIFormat.allCases)
    func `pitfall 23: a call without arguments has empty ones`(client: APIFormat) throws {
        let source = chunks(call(#""index":0,"#, #""id":"a","function":{"name":"f"}"#), stop)
        guard client != .chatCompletions else { return }
        let bytes = converted(source, from: .chatCompletions, to: client)
        let back = converted([bytes], from: client, to: .chatCompletions)
        #expect(text(back).contains(#""function":{"arguments":"{}"}"#))
        if client == .responses { #expect(text(bytes).contains(#""arguments":"{}""#)) }
        if client == .messages { #expect(text(bytes).contains(#""input":{}"#)) }
    }

    @Test(arguments: [
        // No index at all.
        [
            call("", #""id":"a","function":{"name":"f","arguments":"{}"}"#),
            call("", #""id":"b","function":{"name":"g","arguments":"{}"}"#),
        ],
        // The same index for each.
        [
            call(#""index":0,"#, #""id":"a","function":{"name":"f","arguments":"{}"}"#),
            call(#""index":0,"#, #""id":"b","function":{"name":"g","arguments":"{}"}"#),
        ],
        // The name comes later than the arguments' beginning.
        [
            call(#""index":0,"#, #""id":"a","function":{"arguments":"{"}"#),
            call(#""index":0,"#, #""function":{"name":"f","arguments":"}"}"#),
            call(#""index":1,"#, #""id":"b","function":{"name":"g","arguments":"{}"}"#),
        ],
        // Each piece repeats id and name.
        [
            call(#""index":0,"#, #""id":"a","function":{"name":"f","arguments":"{"}"#),
            call(#""index":0,"#, #""id":"a","function":{"name":"f","arguments":"}"}"#),
            call(#""index":1,"#, #""id":"b","function":{"name":"g","arguments":"{}"}"#),
        ],
    ])
    func `pitfall 23: servers that number their calls otherwise are understood`(calls: [String]) {
        let source = calls.flatMap { chunks($0) } + chunks(stop)
        let reply = SharedReply(read(source, in: .chatCompletions))
        #expect(reply.calls == [["f", "{}"], ["g", "{}"]])
        #expect(reply.callIDs == ["a", "b"])
    }

    @Test func `pitfall 22: a tool call's id fits every format, and different ids stay different`() {
        let source = chunks(
            call(#""index":0,"#, #""id":"llm_version:0","function":{"name":"f","arguments":"{}"}"#),
            call(#""index":1,"#, #""id":"llm_version.0","function":{"name":"f","arguments":"{}"}"#),
            call(#""index":2,"#, #""id":"","function":{"name":"g","arguments":"{}"}"#),
            stop
        )
        let bytes = converted(source, from: .chatCompletions, to: .messages)
        let ids = read([bytes], in: .messages).compactMap { event in
            if case .partStarted(_, .toolUse(let id, _)) = event { id } else { nil }
        }
        #expect(Set(ids).count == 3)
        for id in ids {
            #expect(id.utf8.count <= 64 && !id.isEmpty)
            #expect(id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") })
        }
    }

    @Test func `pitfall 25: the client sees its tools by the names it gave them`() {
        var tools = ToolNames()
        tools.keep(ToolNames.ClientTool(name: "a name that is too long"), as: "hashed")
        tools.keep(ToolNames.ClientTool(name: "read", namespace: "mcp"), as: "mcp__read")
        tools.keep(ToolNames.ClientTool(name: "patch", takesText: true), as: "apply")
        let source = chunks(
            call(#""index":0,"#, #""id":"a","function":{"name":"hashed","arguments":"{}"}"#),
            call(#""index":1,"#, #""id":"b","function":{"name":"mcp__read","arguments":"{}"}"#),
            call(#""index":2,"#, #""id":"c","function":{"name":"apply","arguments":"{\"input\":"}"#),
            call(#""index":2,"#, #""function":{"arguments":"\"*** Begin\\n\"}"}"#),
            stop
        )
        let messages = converted(source, from: .chatCompletions, to: .messages, for: view(tools: tools))
        #expect(text(messages).contains(#""name":"a name that is too long""#))
        let responses = text(converted(source, from: .chatCompletions, to: .responses, for: view(tools: tools)))
        #expect(responses.contains(#""name":"read","namespace":"mcp""#))
        #expect(responses.contains(#""type":"custom_tool_call""#))
        #expect(responses.contains(#""input":"*** Begin\n""#))
        #expect(responses.contains("event: response.custom_tool_call_input.delta"))
    }

    @Test func `a custom tool call of Responses carries its text within an object`() {
        let source = stream(
            #"{"type":"response.created","response":{"id":"resp_1"}}"#,
            #"{"type":"response.output_item.added","output_index":0,"item":{"type":"custom_tool_call","call_id":"c","name":"patch","input":""}}"#,
            #"{"type":"response.custom_tool_call_input.delta","output_index":0,"delta":"a \"b\""}"#,
            #"{"type":"response.custom_tool_call_input.delta","output_index":0,"delta":"\n"}"#,
            #"{"type":"response.output_item.done","output_index":0,"item":{"type":"custom_tool_call","call_id":"c","name":"patch","input":"a \"b\"\n"}}"#,
            #"{"type":"response.completed","response":{"id":"resp_1","status":"completed"}}"#
        )
        #expect(SharedReply(read(source, in: .responses)).calls == [["patch", #"{"input":"a \"b\"\n"}"#]])
    }

    @Test func `items of Responses that come whole are handed on whole`() {
        let source = stream(
            #"{"type":"response.created","response":{"id":"resp_1"}}"#,
            #"{"type":"response.output_item.done","output_index":0,"item":{"type":"message","content":[{"type":"output_text","text":"hi"}]}}"#,
            #"{"type":"response.output_item.added","output_index":1,"item":{"type":"function_call","call_id":"a","name":"f","arguments":""}}"#,
            #"{"type":"response.output_item.done","output_index":1,"item":{"type":"function_call","call_id":"a","name":"f","arguments":"{\"x\":1}"}}"#,
            #"{"type":"response.output_item.done","output_index":2,"item":{"type":"function_call","call_id":"b","name":"g","arguments":""}}"#,
            #"{"type":"response.completed","response":{"id":"resp_1","status":"completed"}}"#
        )
        let reply = SharedReply(read(source, in: .responses))
        #expect(reply.text == "hi")
        #expect(reply.calls == [["f", #"{"x":1}"#], ["g", "{}"]])
        #expect(reply.stop == .toolUse)
    }

    @Test func `the tokens of a streamed chat completion are told to those who asked`() {
        let source = stream(
            #"{"type":"message_start","message":{"id":"msg_1","usage":{"input_tokens":3,"cache_read_input_tokens":4}}}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5}}"#,
            #"{"type":"message_stop"}"#
        )
        let asked = text(converted(source, from: .messages, to: .chatCompletions, for: view(includesUsage: true)))
        #expect(asked.contains(#""choices":[],"usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12"#))
        let unasked = text(converted(source, from: .messages, to: .chatCompletions, for: view(includesUsage: false)))
        #expect(!unasked.contains("usage"))
        #expect(unasked.hasSuffix("data: [DONE]\n\n"))
    }

    @Test(arguments: APIFormat.allCases)
    func `an error in mid-stream comes in the client's words`(client: APIFormat) {
        guard client != .messages else { return }
        let source = stream(
            #"{"type":"message_start","message":{"id":"msg_1","usage":{}}}"#,
            #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#
        )
        let told = metered([converted(source, from: .messages, to: client)], client)
        #expect(
            told.failure
                == ReplyFailure(status: 503, type: "server_error", message: "Overloaded", code: "server_is_overloaded")
        )
    }

    @Test func `what has no equivalent is counted`() {
        var converter = StreamConverter(from: .messages, to: .responses, for: view())
        let source = stream(
            #"{"type":"message_start","message":{"id":"msg_1","usage":{}}}"#,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s","name":"web_search","input":{}}}"#,
            #"{"type":"content_block_start","index":1,"content_block":{"type":"web_search_tool_result","tool_use_id":"s","content":[]}}"#,
            #"{"type":"content_block_start","index":2,"content_block":{"type":"redacted_thinking","data":"x"}}"#,
            #"{"type":"content_block_start","index":3,"content_block":{"type":"compaction"}}"#,
            #"{"type":"content_block_start","index":4,"content_block":{"type":"text","text":""}}"#,
            #"{"type":"content_block_delta","index":4,"delta":{"type":"citations_delta","citation":{"url":"x"}}}"#
        )
        for piece in source { piece.withUnsafeBytes { _ = converter.read($0) } }
        #expect(converter.loss.counts == [.serverTool: 1, .thinking: 1, .unknownPart: 1, .citations: 1])
    }

    @Test(arguments: APIFormat.allCases)
    func `pitfall 18: what keeps a stream open changes nothing of it`(format: APIFormat) throws {
        let source =
            format == .chatCompletions ? Self.hello : [converted(Self.hello, from: .chatCompletions, to: format)]
        let alive = [SSEFrame.keepAlive(in: format)] + source + [SSEFrame.keepAlive(in: format)]
        #expect(read(alive, in: format) == read(source, in: format))
        #expect(metered([SSEFrame.keepAlive(in: format)], format, ends: false).beginning == .nothing)
    }

    @Test func `an event that is too long ends the client's stream with an error`() {
        var converter = StreamConverter(from: .chatCompletions, to: .messages, for: view())
        _ = Self.hello[0].withUnsafeBytes { converter.read($0) }
        let endless = [UInt8](repeating: 0x78, count: SSEParser.usualLimit + 1)
        let bytes = endless.withUnsafeBytes { converter.read($0) }
        #expect(text(bytes).hasPrefix("event: error\n"))
        #expect(converter.isOver)
        #expect(converter.end().isEmpty)
    }
}

@Suite struct EventRelayTests {
    private static let usage = #"{"id":"c","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#
    private static let source = stream(
        #"{"id":"c","choices":[{"delta":{"content":"x"}}],"usage":null}"#,
        usage,
        "[DONE]"
    )

    private func relayed(_ pieces: [[UInt8]], withholdingUsage: Bool) throws -> [UInt8] {
        var relay = EventRelay(withholdingUsage: withholdingUsage)
        var bytes: [UInt8] = []
        for piece in pieces { bytes += try piece.withUnsafeBytes { try relay.read($0) } }
        return bytes + relay.end()
    }

    @Test(arguments: [1, 2, 17, 10_000])
    func `the chunk of tokens is kept from a client that did not ask`(size: Int) throws {
        let pieces = Array(Self.source.joined()).chunks(of: size)
        #expect(try relayed(pieces, withholdingUsage: true) == Self.source[0] + Self.source[2])
        #expect(try relayed(pieces, withholdingUsage: false) == Array(Self.source.joined()))
    }

    @Test func `an event that has not ended is held back, comments are not`() throws {
        var relay = EventRelay()
        let read: (String) throws -> String = { piece in
            text(try Array(piece.utf8).withUnsafeBytes { try relay.read($0) })
        }
        #expect(try read("data: x\n\ndata: {\"cut\":") == "data: x\n\n")
        #expect(try read("1}\n\n") == "data: {\"cut\":1}\n\n")
        #expect(try read(": alive\n\n") == ": alive\n\n")
    }
}
