import Domain
import Testing

@testable import Wire

private func stream(stopping reason: StopReason, with usage: Usage, in format: APIFormat) -> [UInt8] {
    var writer = format.streamWriter(for: view())
    var bytes: [UInt8] = []
    let events: [ReplyEvent] = [
        .started(id: "x", model: "m"), .usage(usage, .standard), .stopped(ModelReply.Stop(reason)),
    ]
    for event in events { writer.write(event, to: &bytes) }
    writer.end(to: &bytes)
    return bytes
}

/// The rows of `Docs/Formats.md` about replies.
@Suite struct FormatTableTests {
    @Test(arguments: [
        ("end_turn", "stop", "completed", StopReason.endTurn),
        ("tool_use", "tool_calls", "completed", .toolUse),
        ("max_tokens", "length", "max_output_tokens", .maxTokens),
        ("model_context_window_exceeded", "length", "max_output_tokens", .maxTokens),
        ("stop_sequence", "stop", "completed", .stopSequence),
        ("pause_turn", "stop", "completed", .pauseTurn),
        ("refusal", "content_filter", "content_filter", .refusal),
        ("another", "stop", "completed", .unknown),
    ])
    func `stop reasons`(anthropic: String, chat: String, responses: String, reason: StopReason) throws {
        let call =
            reason == .toolUse ? #",{"type":"tool_use","id":"t","name":"f","input":{}}"# : ""
        let body = Array(
            #"{"type":"message","id":"msg_1","content":[{"type":"text","text":"x"}\#(call)],"stop_reason":"\#(anthropic)"}"#
                .utf8
        )
        #expect(try reply(body, in: .messages).stop.reason == reason)
        let completion = try converted(body, from: .messages, to: .chatCompletions).body
        #expect(String(decoding: completion, as: UTF8.self).contains("\"finish_reason\":\"\(chat)\""))
        let response = String(decoding: try converted(body, from: .messages, to: .responses).body, as: UTF8.self)
        #expect(response.contains(responses == "completed" ? #""status":"completed""# : #""status":"incomplete""#))
        if responses != "completed" { #expect(response.contains("\"reason\":\"\(responses)\"")) }
        // Back again: only these three have a word of their own.
        let back: StopReason = [.toolUse, .maxTokens, .refusal].contains(reason) ? reason : .endTurn
        #expect(try reply(completion, in: .chatCompletions).stop.reason == back)
        #expect(try reply(Array(response.utf8), in: .responses).stop.reason == back)
    }

    @Test(arguments: APIFormat.allCases)
    func `pitfall 10: tokens keep their meaning in every format`(format: APIFormat) {
        let usage = Usage(
            inputTokens: 5,
            outputTokens: 40,
            cacheReadTokens: 300,
            cacheWrite5mTokens: 20,
            reasoningTokens: 30
        )
        let bytes = stream(stopping: .endTurn, with: usage, in: format)
        #expect(metered([bytes], format).usage == usage)
        if format != .messages {
            let name = format == .responses ? "input_tokens" : "prompt_tokens"
            #expect(String(decoding: bytes, as: UTF8.self).contains("\"\(name)\":325"))
        }
    }

    @Test func `an hour's cache writes are told to OpenAI's clients in one count`() {
        let usage = Usage(inputTokens: 1, cacheWrite5mTokens: 2, cacheWrite1hTokens: 4)
        let bytes = stream(stopping: .endTurn, with: usage, in: .responses)
        #expect(metered([bytes], .responses).usage == Usage(inputTokens: 1, cacheWrite5mTokens: 6))
        let whole = stream(stopping: .endTurn, with: usage, in: .messages)
        #expect(metered([whole], .messages).usage == usage)
    }

    @Test func `a refusal in words is plain text to Anthropic's clients and a refusal to OpenAI's`() throws {
        let body = Array(
            #"{"id":"chatcmpl-1","object":"chat.completion","choices":[{"message":{"content":null,"refusal":"I will not."},"finish_reason":"stop"}]}"#
                .utf8
        )
        let messages = String(decoding: try converted(body, from: .chatCompletions, to: .messages).body, as: UTF8.self)
        #expect(messages.contains(#""content":[{"type":"text","text":"I will not."}],"stop_reason":"refusal""#))
        let response = String(decoding: try converted(body, from: .chatCompletions, to: .responses).body, as: UTF8.self)
        #expect(response.contains(#""content":[{"type":"refusal","refusal":"I will not."}]"#))
        #expect(response.contains(#""status":"completed""#))
    }

    @Test func `reasoning summaries are thinking without a signature, and reasoning_content`() throws {
        let body = Array(
            #"{"id":"resp_1","object":"response","status":"completed","output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"a"},{"type":"summary_text","text":"b"}],"encrypted_content":"x"},{"type":"message","content":[{"type":"output_text","text":"c"}]}]}"#
                .utf8
        )
        let messages = String(decoding: try converted(body, from: .responses, to: .messages).body, as: UTF8.self)
        #expect(messages.contains(#"{"type":"thinking","thinking":"a\n\nb","signature":""}"#))
        let chat = String(decoding: try converted(body, from: .responses, to: .chatCompletions).body, as: UTF8.self)
        #expect(chat.contains(#""content":"c","refusal":null,"reasoning_content":"a\n\nb""#))
    }

    @Test func `arguments that are no object are handed on where they can be seen`() throws {
        let body = Array(
            #"{"id":"chatcmpl-1","choices":[{"message":{"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":"}}]},"finish_reason":"tool_calls"}]}"#
                .utf8
        )
        let messages = String(decoding: try converted(body, from: .chatCompletions, to: .messages).body, as: UTF8.self)
        #expect(messages.contains(#""input":{"arguments":"{\"x\":"}"#))
    }

    @Test(arguments: [
        (APIFormat.messages, "msg_abc"), (.chatCompletions, "chatcmpl-abc"), (.responses, "resp_abc"),
    ])
    func `a reply's id is the same behind each format's prefix`(client: APIFormat, id: String) {
        for upstream in ["msg_abc", "chatcmpl-abc", "resp_abc", "abc"] {
            #expect(ReplyID(upstream, fallback: "x").name(in: client) == id)
        }
        #expect(ReplyID("", fallback: "abc").name(in: client) == id)
    }

    @Test func `the client sees the model it asked for`() throws {
        let body = Array(
            #"{"type":"message","id":"msg_1","model":"claude-haiku-4-5","content":[],"stop_reason":"end_turn"}"#.utf8
        )
        for client in [APIFormat.chatCompletions, .responses] {
            let told = String(decoding: try converted(body, from: .messages, to: client).body, as: UTF8.self)
            #expect(told.contains(#""model":"shown-model""#))
            #expect(!told.contains("haiku"))
        }
    }

    @Test(arguments: [
        (APIFormat.messages, #"{"type":"error","error":{"type":"overloaded_error","message":"x"}}"#, 503),
        (.chatCompletions, #"{"error":{"message":"x","type":"insufficient_quota","code":"insufficient_quota"}}"#, 402),
        (
            .responses,
            #"{"id":"r","status":"failed","error":{"code":"rate_limit_exceeded","message":"x"},"output":[]}"#, 429
        ),
        (.chatCompletions, "<html>", 500),
    ])
    func `pitfall 13: an error inside a 200 is thrown in the client's words`(
        upstream: APIFormat,
        body: String,
        status: Int
    ) {
        let client: APIFormat = upstream == .messages ? .chatCompletions : .messages
        #expect(throws: ReplyFailure.self) { try converted(Array(body.utf8), from: upstream, to: client) }
        do throws(ReplyFailure) {
            _ = try converted(Array(body.utf8), from: upstream, to: client)
        } catch {
            #expect(error.status == status)
        }
    }

    @Test(arguments: [
        (
            APIFormat.chatCompletions,
            #"{"id":"c","choices":[{"index":0,"logprobs":{"content":[]},"message":{"content":"x","annotations":[{},{}]},"finish_reason":"stop"},{"index":1}]}"#,
            [ConversionLoss.Kind.logProbabilities: 1, .citations: 2, .unknownPart: 1]
        ),
        (
            .responses,
            #"{"id":"r","status":"completed","output":[{"type":"web_search_call"},{"type":"compaction"},{"type":"message","content":[{"type":"output_text","text":"x","annotations":[{}]}]}]}"#,
            [.serverTool: 1, .unknownPart: 1, .citations: 1]
        ),
        (
            .chatCompletions,
            #"{"id":"c","choices":[{"message":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"[1]"}}]},"finish_reason":"tool_calls"}]}"#,
            [.malformedArguments: 1]
        ),
    ])
    func `what has no equivalent is counted`(
        upstream: APIFormat,
        body: String,
        counts: [ConversionLoss.Kind: Int]
    ) throws {
        #expect(try converted(Array(body.utf8), from: upstream, to: .messages).loss.counts == counts)
    }

    @Test func `what Anthropic's tools at the provider did is dropped and counted`() throws {
        let body = Array(
            #"{"type":"message","id":"m","content":[{"type":"server_tool_use","id":"s","name":"web_search","input":{}},{"type":"web_search_tool_result","tool_use_id":"s","content":[]},{"type":"redacted_thinking","data":"x"},{"type":"text","text":"y","citations":[{}]}],"stop_reason":"end_turn"}"#
                .utf8
        )
        let loss = try converted(body, from: .messages, to: .chatCompletions).loss
        #expect(loss.counts == [.serverTool: 1, .thinking: 1, .citations: 1])
    }

    @Test func `a stream's counted losses are those of its events`() {
        var converter = StreamConverter(from: .chatCompletions, to: .responses, for: view())
        let chunk = #"{"id":"c","choices":[{"index":0,"delta":{"content":"x"},"logprobs":{}},{"index":1,"delta":{}}]}"#
        stream(chunk)[0].withUnsafeBytes { _ = converter.read($0) }
        #expect(converter.loss.counts == [.logProbabilities: 1, .unknownPart: 1])
    }

    @Test func `a client of Messages learns a converted stream's tokens at its end`() throws {
        let source = stream(
            #"{"id":"c","choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop"}]}"#,
            #"{"id":"c","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":4}}}"#,
            "[DONE]"
        )
        let frames = try events(in: [converted(source, from: .chatCompletions, to: .messages)])
        #expect(frames.first?.data.contains(#""usage":{"input_tokens":0,"#) == true)
        let end = frames.first { $0.name == "message_delta" }?.data ?? ""
        #expect(end.contains(#""usage":{"input_tokens":5,"#))
        #expect(end.contains(#""cache_read_input_tokens":4,"#))
    }
}
