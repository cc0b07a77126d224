import Domain
import Testing

@testable import Wire

/// What the meter says of a reply that comes in these pieces.
func metered(_ pieces: [[UInt8]], _ format: APIFormat, isStream: Bool = true, ends: Bool = true) -> MeteredReply {
    var meter = UsageMeter(format: format, isStream: isStream)
    for piece in pieces { piece.withUnsafeBytes { _ = meter.read($0) } }
    if ends { meter.end() }
    return meter.reply
}

/// The frames of a stream, each with the name that its `type` says.
func stream(_ data: String...) -> [[UInt8]] { data.map { Array("data: \($0)\n\n".utf8) } }

func body(_ json: String) -> [[UInt8]] { [Array(json.utf8)] }

@Suite struct MessagesMeterTests {
    private static let start = """
        {"type":"message_start","message":{"id":"msg_1","model":"claude-opus-4-8","content":[],"usage":{"input_tokens":12,\
        "cache_creation_input_tokens":30,"cache_read_input_tokens":500,"cache_creation":{"ephemeral_5m_input_tokens":10,\
        "ephemeral_1h_input_tokens":20},"output_tokens":1,"service_tier":"priority","inference_geo":"us"}}}
        """

    @Test func `pitfall 10: message_delta overwrites what it names and keeps the rest`() {
        let reply = metered(
            stream(
                Self.start,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hello"}}"#,
                #"{"usage":{"output_tokens":40,"output_tokens_details":{"thinking_tokens":7}},"delta":{"stop_reason":"end_turn"},"type":"message_delta"}"#,
                #"{"type":"message_stop"}"#
            ),
            .messages
        )
        #expect(
            reply.usage
                == Usage(
                    inputTokens: 12,
                    outputTokens: 40,
                    cacheReadTokens: 500,
                    cacheWrite5mTokens: 10,
                    cacheWrite1hTokens: 20,
                    reasoningTokens: 7
                )
        )
        #expect(reply.id == "msg_1")
        #expect(reply.model == ModelID("claude-opus-4-8"))
        #expect(reply.mode == ServingMode(serviceTier: .priority, isUSOnly: true))
        #expect(reply.stopReason == .endTurn)
        #expect(reply.visibleOutputBytes == 5)
        #expect(reply.ending == .complete)
    }

    @Test func `a flat count of written tokens lives five minutes`() {
        let reply = metered(
            body(
                #"{"type":"message","id":"m","usage":{"input_tokens":1,"cache_creation_input_tokens":9,"output_tokens":2}}"#
            ),
            .messages,
            isStream: false
        )
        #expect(reply.usage == Usage(inputTokens: 1, outputTokens: 2, cacheWrite5mTokens: 9))
    }

    @Test func `pitfall 10: a compaction is billed besides the totals`() {
        let reply = metered(
            body(
                #"""
                {"type":"message","id":"m","model":"claude-opus-5[1m]","usage":{"input_tokens":5,"output_tokens":6,"speed":"fast","iterations":[
                {"type":"compaction","input_tokens":1000,"output_tokens":100},
                {"type":"message","input_tokens":2,"output_tokens":2},
                {"type":"message","input_tokens":3,"output_tokens":4}]}}
                """#
            ),
            .messages,
            isStream: false
        )
        #expect(reply.usage == Usage(inputTokens: 5, outputTokens: 6))
        #expect(
            reply.earlierAttempts == [
                Attempt(model: ModelID("claude-opus-5"), usage: Usage(inputTokens: 1000, outputTokens: 100))
            ]
        )
        #expect(reply.mode.isFast)
    }

    @Test func `a refused attempt before a fallback is billed on its own model`() {
        let reply = metered(
            stream(
                Self.start,
                #"{"type":"content_block_start","index":0,"content_block":{"type":"fallback","from":{"model":"claude-opus-4-8"},"to":{"model":"claude-sonnet-5"}}}"#,
                #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":7,"cache_read_input_tokens":0,"cache_creation_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":8,"iterations":[{"type":"message","model":"claude-opus-4-8","input_tokens":9,"output_tokens":1},{"type":"fallback_message","model":"claude-sonnet-5","input_tokens":7,"output_tokens":8}]}}"#,
                #"{"type":"message_stop"}"#
            ),
            .messages
        )
        #expect(reply.model == ModelID("claude-sonnet-5"))
        #expect(reply.usage == Usage(inputTokens: 7, outputTokens: 8))
        #expect(
            reply.earlierAttempts == [
                Attempt(model: ModelID("claude-opus-4-8"), usage: Usage(inputTokens: 9, outputTokens: 1))
            ]
        )
    }

    @Test func `a value of another kind than expected hides nothing behind it`() {
        let reply = metered(
            body(
                #"{"type":"message","model":7,"content":[{"type":"fallback","to":{"model":null}}],"usage":{"iterations":[{"type":null,"input_tokens":1}],"input_tokens":"x","output_tokens":3},"id":"m"}"#
            ),
            .messages,
            isStream: false
        )
        #expect(reply.usage == Usage(outputTokens: 3))
        #expect(reply.id == "m")
        let failure = #"{"type":null,"error":{"type":5,"message":"x","code":null}}"#
        #expect(metered(stream(failure), .chatCompletions).failure?.message == "x")
    }

    @Test func `tool input counts as the bytes it has outside its string`() {
        let streamed = metered(
            stream(
                Self.start,
                #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"n","input":{}}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}"#,
                #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"1}"}}"#
            ),
            .messages
        )
        #expect(streamed.visibleOutputBytes == 7)
        let whole = metered(
            body(#"{"type":"message","content":[{"type":"tool_use","id":"t","name":"n","input":{"a":1}}]}"#),
            .messages,
            isStream: false
        )
        #expect(whole.visibleOutputBytes == 7)
    }

    @Test(arguments: [
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"two words"}}"#,
        #"{"type":"content_block_delta","index":12,"delta":{"type":"thinking_delta","thinking":"h\u00e9m"}}"#,
        #"{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\"a\": 1"}}"#,
        #"{"delta":{"text":"other order","type":"text_delta"},"index":0,"type":"content_block_delta"}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"more","x":1}}"#,
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\ndata: b\"}}",
    ])
    func `a usual delta counts the same however its stream is cut`(_ delta: String) throws {
        let frame = "event: content_block_delta\ndata: \(delta)\n\n"
        let bytes = Array("event: message_start\ndata: \(Self.start)\n\n\(frame)\(frame): a comment\n\n\(frame)".utf8)
        let byBytes = metered(bytes.map { [$0] }, .messages)
        for cut in bytes.indices {
            #expect(metered([Array(bytes[..<cut]), Array(bytes[cut...])], .messages) == byBytes)
        }
        let frames =
            [Array("event: message_start\ndata: \(Self.start)\n\n".utf8)]
            + [[UInt8]](repeating: Array(frame.utf8), count: 3)
        #expect(metered(frames, .messages) == byBytes)
    }

    @Test(arguments: [
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"TEXT"}}"#,
        #"{"type":"content_block_delta","index":12,"delta":{"type":"thinking_delta","thinking":"TEXT"}}"#,
        #"{"type": "content_block_delta","index":0,"delta":{"type":"text_delta","text":"TEXT"}}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"TEXT"},"more":[{}]}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"TEXT","more":"}}"}}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"TEXT"}} "#,
        #"{"index":0,"delta":{"text":"TEXT","type":"text_delta"},"type":"content_block_delta"}"#,
    ])
    func `a delta counts the same however it is written`(event: String) {
        for (text, bytes) in [("", 0), ("five", 4), (#"\"}}\n"#, 6), ("é\u{1F600}", 6)] {
            let reply = metered(stream(Self.start, event.replacing("TEXT", with: text)), .messages)
            #expect(reply.visibleOutputBytes == bytes)
            #expect(reply.beginning == .content)
        }
    }

    @Test(arguments: [
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"cut"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"cut"}"#,
        #"{"type":"content_block_delta","index":}"#,
    ])
    func `a delta that is no JSON begins nothing`(event: String) {
        let reply = metered(stream(event), .messages)
        #expect(reply.beginning == .failed)
    }

    @Test func `pitfall 12: a stream without message_stop is not complete`() {
        #expect(metered(stream(Self.start), .messages).ending == .open)
        let stopped = metered(
            stream(Self.start, #"{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#),
            .messages
        )
        #expect(stopped.ending == .stopped)
        var meter = UsageMeter(format: .messages, isStream: true)
        for piece in stream(Self.start) { piece.withUnsafeBytes { _ = meter.read($0) } }
        #expect(meter.missingEnd.isEmpty)
        for piece in stream(#"{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#) {
            piece.withUnsafeBytes { _ = meter.read($0) }
        }
        #expect(meter.missingEnd == Array("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n".utf8))
        #expect(metered(stream(Self.start), .messages).usage?.inputTokens == 12)
    }

    @Test func `the last event may lack its blank line`() {
        let cut = stream(Self.start) + [Array("event: message_stop\ndata: {\"type\":\"message_stop\"}".utf8)]
        #expect(metered(cut, .messages).ending == .complete)
    }
}

@Suite struct OpenAIMeterTests {
    @Test func `pitfall 10: what was cached is part of OpenAI's prompt tokens`() {
        let reply = metered(
            stream(
                #"{"id":"chatcmpl-1","object":"chat.completion.chunk","model":"gpt-5.6-sol","service_tier":"flex","choices":[{"index":0,"delta":{"role":"assistant","content":"hi"},"finish_reason":null}]}"#,
                #"{"id":"chatcmpl-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
                #"{"id":"chatcmpl-1","choices":[],"usage":{"prompt_tokens":100,"completion_tokens":20,"prompt_tokens_details":{"cached_tokens":60,"cache_write_tokens":30},"completion_tokens_details":{"reasoning_tokens":15}}}"#,
                "[DONE]"
            ),
            .chatCompletions
        )
        #expect(
            reply.usage
                == Usage(
                    inputTokens: 10,
                    outputTokens: 20,
                    cacheReadTokens: 60,
                    cacheWrite5mTokens: 30,
                    reasoningTokens: 15
                )
        )
        #expect(reply.mode.serviceTier == .flex)
        #expect(reply.stopReason == .endTurn)
        #expect(reply.visibleOutputBytes == 2)
        #expect(reply.ending == .complete)
        #expect(reply.id == "chatcmpl-1")
    }

    @Test func `pitfall 23: tool calls count for more than the finish reason`() {
        let reply = metered(
            body(
                #"{"id":"c","choices":[{"message":{"content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}}]},"finish_reason":"stop"}]}"#
            ),
            .chatCompletions,
            isStream: false
        )
        #expect(reply.stopReason == .toolUse)
        #expect(reply.visibleOutputBytes == 7)
        #expect(reply.ending == .complete)
    }

    @Test func `a stream of Responses is told by its last event`() {
        let reply = metered(
            stream(
                #"{"type":"response.created","response":{"id":"resp_1","model":"gpt-6-luna","status":"in_progress","usage":null}}"#,
                #"{"type":"response.output_text.delta","delta":"hi","item_id":"m"}"#,
                #"{"type":"response.output_item.done","item":{"type":"web_search_call","action":{"type":"search"}}}"#,
                #"{"type":"response.output_item.done","item":{"type":"web_search_call","action":{"type":"open_page"}}}"#,
                #"{"type":"response.completed","response":{"id":"resp_1","status":"completed","output":[],"service_tier":"priority","usage":{"input_tokens":50,"input_tokens_details":{"cached_tokens":40},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":3}}}}"#
            ),
            .responses
        )
        #expect(
            reply.usage
                == Usage(
                    inputTokens: 10,
                    outputTokens: 5,
                    cacheReadTokens: 40,
                    reasoningTokens: 3,
                    webSearchRequests: 1
                )
        )
        #expect(reply.mode.serviceTier == .priority)
        #expect(reply.stopReason == .endTurn)
        #expect(reply.visibleOutputBytes == 2)
        #expect(reply.ending == .complete)
    }

    @Test func `an incomplete response says why`() {
        let reply = metered(
            body(
                #"{"id":"r","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"error":null,"output":[]}"#
            ),
            .responses,
            isStream: false
        )
        #expect(reply.stopReason == .maxTokens)
        #expect(reply.ending == .complete)
    }
}

@Suite struct BeginningTests {
    @Test(arguments: [
        (APIFormat.messages, #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#, 529),
        (.messages, #"{"type":"error","error":{"type":"rate_limit_error","message":"slow"}}"#, 429),
        (.chatCompletions, #"{"error":{"message":"no","type":"server_error","code":null}}"#, 500),
        (.chatCompletions, #"{"error":"plain"}"#, 500),
        (.responses, #"{"type":"error","code":"rate_limit_exceeded","message":"no"}"#, 429),
        (
            .responses,
            #"{"type":"response.failed","response":{"status":"failed","error":{"code":"server_is_overloaded","message":"x"}}}"#,
            503
        ),
        (.messages, "<html>", 500),
    ])
    func `pitfall 13: an error inside a 200 is seen before the head is given away`(
        format: APIFormat,
        event: String,
        status: Int
    ) {
        let pings = [Array(": comment\n\nevent: ping\ndata: {\"type\": \"ping\"}\n\n".utf8)]
        let before = metered(format == .messages ? pings : [], format, ends: false)
        #expect(before.beginning == .nothing)
        let reply = metered((format == .messages ? pings : []) + stream(event), format, ends: false)
        #expect(reply.beginning == .failed)
        #expect(reply.failureBeforeContent?.status == status)
        #expect(reply.ending == .failed)
    }

    @Test(arguments: APIFormat.allCases)
    func `pitfall 13: an empty reply counts as an overloaded provider`(format: APIFormat) {
        let empty = [
            metered([], format), metered([Array(": nothing\n\n".utf8)], format), metered([], format, isStream: false),
        ]
        for reply in empty + [metered(stream("[DONE]"), .chatCompletions)] {
            #expect(reply.failureBeforeContent?.kind == .overloaded)
        }
        #expect(metered([], format).failureBeforeContent?.status == (format == .messages ? 529 : 503))
        #expect(metered([], format, ends: false).failureBeforeContent == nil)
    }

    @Test func `an error after content is no reason to ask another upstream`() {
        let reply = metered(
            stream(
                #"{"type":"message_start","message":{"id":"m"}}"#,
                #"{"type":"error","error":{"type":"api_error","message":"x"}}"#
            ),
            .messages
        )
        #expect(reply.beginning == .content)
        #expect(reply.failureBeforeContent == nil)
        #expect(reply.ending == .failed)
        #expect(reply.failure?.message == "x")
    }
}
