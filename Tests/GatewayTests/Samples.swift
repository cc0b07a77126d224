/// Replies of a provider as they stand on the wire.
enum Sample {
    static let request =
        #"{"model":"claude-opus-4-8","max_tokens":100,"messages":[{"role":"user","content":"Hi"}]}"#
    static let streamRequest =
        #"{"model":"claude-opus-4-8","max_tokens":100,"stream":true,"messages":[{"role":"user","content":"Hi"}]}"#

    static let message =
        #"{"id":"msg_1","type":"message","role":"assistant","model":"claude-opus-4-8","content":[{"type":"text","text":"Héllo"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":8,"output_tokens":3}}"#

    static let events = [
        event(
            "message_start",
            #"{"type":"message_start","message":{"id":"msg_2","type":"message","role":"assistant","model":"claude-opus-4-8","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":8,"output_tokens":1}}}"#
        ),
        event(
            "content_block_start",
            #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#
        ),
        event(
            "content_block_delta",
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Héllo 👋"}}"#
        ),
        event("content_block_stop", #"{"type":"content_block_stop","index":0}"#),
        event(
            "message_delta",
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":3}}"#
        ),
        event("message_stop", #"{"type":"message_stop"}"#),
    ]

    static let ping = event("ping", #"{"type": "ping"}"#)
    static let overloaded = #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#

    static func event(_ name: String, _ data: String) -> String { "event: \(name)\ndata: \(data)\n\n" }

    static func chunk(_ text: String) -> String { "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n" }

    static let streamHead =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nrequest-id: req_2\r\ntransfer-encoding: chunked\r\n\r\n"

    /// The whole stream, an event a chunk.
    static let stream = streamHead + events.map(chunk).joined() + "0\r\n\r\n"

    static func reply(_ status: Int, _ body: String, _ fields: [String] = []) -> String {
        "HTTP/1.1 \(status) X\r\ncontent-type: application/json\r\n" + fields.map { $0 + "\r\n" }.joined()
            + "content-length: \(body.utf8.count)\r\n\r\n" + body
    }
}
