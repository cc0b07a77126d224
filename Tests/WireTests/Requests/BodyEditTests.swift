import Domain
import Testing
import Wire

@Suite struct BodyEditTests {
    private func edited(
        _ body: String,
        _ format: APIFormat = .messages,
        _ edit: (Envelope, UnsafeRawBufferPointer) -> BodyEdit?
    ) throws -> String {
        let envelope = try Envelope(reading: body, format)
        let bytes = Array(body.utf8)
        let edits = bytes.withUnsafeBytes { edit(envelope, $0) }.map { [$0] } ?? []
        return String(decoding: edits.applied(to: bytes), as: UTF8.self)
    }

    @Test func `pitfall 4: of another model only the name's bytes change`() throws {
        let body = "{ \"z\":1.50e1,\t\"model\" :\"claude-opus-5\",\n\"a\":{\"b\":\"\\u00e9é\"} , \"messages\":[ ] }"
        let edited = try edited(body) { envelope, _ in envelope.replacing(model: ModelID("claude-haiku-4-5")) }
        #expect(edited == body.replacing("claude-opus-5", with: "claude-haiku-4-5"))
    }

    @Test func `pitfall 3: fields nobody knows go through`() throws {
        let body = #"{"model":"a","context_management":{"edits":[]},"brand_new":[1],"messages":[]}"#
        let edited = try edited(body) { envelope, _ in envelope.replacing(model: ModelID("b")) }
        #expect(edited == #"{"model":"b","context_management":{"edits":[]},"brand_new":[1],"messages":[]}"#)
    }

    @Test func `the same name is no edit, and a window's mark is one`() throws {
        let same = try Envelope(reading: #"{"model":"a"}"#)
        #expect(same.replacing(model: ModelID("a")) == nil)
        let marked = try edited(#"{"model":"a[1m]"}"#) { envelope, _ in envelope.replacing(model: ModelID("a")) }
        #expect(marked == #"{"model":"a"}"#)
    }

    @Test(arguments: [
        (#"{"model":"m","max_tokens":128000}"#, APIFormat.messages, #"{"model":"m","max_tokens":64000}"#),
        (#"{"model":"m","max_tokens":64000}"#, .messages, #"{"model":"m","max_tokens":64000}"#),
        (#"{"model":"m","max_tokens":0}"#, .messages, #"{"model":"m","max_tokens":0}"#),
        (#"{"model":"m"}"#, .messages, #"{"model":"m"}"#),
        (#"{"model":"m"}"#, .chatCompletions, #"{"max_completion_tokens":64000,"model":"m"}"#),
        (#"{"model":"m","max_tokens":null}"#, .chatCompletions, #"{"model":"m","max_tokens":64000}"#),
        (#"{"model":"m"}"#, .responses, #"{"max_output_tokens":64000,"model":"m"}"#),
    ])
    func `output is capped and never raised`(body: String, format: APIFormat, expected: String) throws {
        #expect(try edited(body, format) { envelope, _ in envelope.capping(output: 64_000) } == expected)
    }

    @Test(arguments: [
        (#"{"model":"m","stream":true}"#, #"{"stream_options":{"include_usage":true},"model":"m","stream":true}"#),
        (
            #"{"model":"m","stream":true,"stream_options":{"include_obfuscation":false}}"#,
            #"{"model":"m","stream":true,"stream_options":{"include_usage":true,"include_obfuscation":false}}"#
        ),
        (
            #"{"model":"m","stream":true,"stream_options":{ "include_usage": false }}"#,
            #"{"model":"m","stream":true,"stream_options":{ "include_usage":true }}"#
        ),
        (
            #"{"model":"m","stream":true,"stream_options":{}}"#,
            #"{"model":"m","stream":true,"stream_options":{"include_usage":true}}"#
        ),
        (
            #"{"model":"m","stream":true,"stream_options":null}"#,
            #"{"model":"m","stream":true,"stream_options":{"include_usage":true}}"#
        ),
        (#"{"model":"m","stream":false}"#, #"{"model":"m","stream":false}"#),
        (
            #"{"model":"m","stream":true,"stream_options":{"include_usage":true}}"#,
            #"{"model":"m","stream":true,"stream_options":{"include_usage":true}}"#
        ),
    ])
    func `a chat stream is asked for its usage`(body: String, expected: String) throws {
        #expect(try edited(body, .chatCompletions) { envelope, _ in envelope.addingStreamUsage() } == expected)
    }

    private static let attributions: [(String, String)] = [
        (
            #"{"model":"m","system":[{"type":"text","text":"x-anthropic-billing-header: cc_version=2;"}, {"text":"You"}]}"#,
            #"{"model":"m","system":[{"text":"You"}]}"#
        ),
        (#"{"model":"m","system":[{"text":"x-anthropic-billing-header: a"}]}"#, #"{"model":"m","system":[]}"#),
        (
            #"{"model":"m","system":[{"text":"x-anthropic-billing-header: a\\b\nYou"}]}"#,
            #"{"model":"m","system":[{"text":"You"}]}"#
        ),
        (#"{"model":"m","system":"x-anthropic-billing-header: a\nYou"}"#, #"{"model":"m","system":"You"}"#),
        (
            #"{"model":"m","system":[{"text":"You"},{"text":"x-anthropic-billing-header: a"}]}"#,
            #"{"model":"m","system":[{"text":"You"},{"text":"x-anthropic-billing-header: a"}]}"#
        ),
        (#"{"model":"m","system":"You"}"#, #"{"model":"m","system":"You"}"#),
        (#"{"model":"m"}"#, #"{"model":"m"}"#),
    ]

    @Test(arguments: attributions)
    func `pitfall 8: the attribution block goes, and nothing else`(body: String, expected: String) throws {
        #expect(try edited(body) { envelope, bytes in envelope.removingAttribution(in: bytes) } == expected)
    }

    @Test func `edits are made together at the places of the original`() throws {
        let body = #"{"model":"a","max_tokens":9000,"system":[{"text":"x-anthropic-billing-header: a"}]}"#
        let envelope = try Envelope(reading: body)
        let bytes = Array(body.utf8)
        let edits = bytes.withUnsafeBytes { bytes in
            [
                envelope.removingAttribution(in: bytes), envelope.capping(output: 10),
                envelope.replacing(model: ModelID("long-name")),
            ].compactMap { $0 }
        }
        #expect(
            String(decoding: edits.applied(to: bytes), as: UTF8.self)
                == #"{"model":"long-name","max_tokens":10,"system":[]}"#
        )
    }

    @Test func `pitfall 9: no edit touches a marker or makes a string of a block system`() throws {
        let body = #"""
            {"model":"a","max_tokens":9,"system":[{"type":"text","text":"x-anthropic-billing-header: a"},
            {"type":"text","text":"You","cache_control":{"type":"ephemeral","ttl":"1h"}}],"messages":[]}
            """#
        let edited = try edited(body) { envelope, bytes in envelope.removingAttribution(in: bytes) }
        #expect(
            edited.contains(#""system":[{"type":"text","text":"You","cache_control":{"type":"ephemeral","ttl":"1h"}}]"#)
        )
    }

    private static let thoughts: [(Envelope.Thoughts, String, String)] = [
        (
            .foreign,
            #"[{"role":"assistant","content":[{"type":"thinking","thinking":"a","signature":""}, {"type":"text","text":"b"}]}]"#,
            #"[{"role":"assistant","content":[{"type":"text","text":"b"}]}]"#
        ),
        (
            .foreign,
            #"[{"role":"assistant","content":[{"type":"text","text":"b"} , {"type":"thinking","thinking":"a"}]}]"#,
            #"[{"role":"assistant","content":[{"type":"text","text":"b"}]}]"#
        ),
        (
            .foreign,
            #"[{"role":"user","content":"q"},{"content":[{"thinking":"a","type":"thinking"}],"role":"assistant"},{"role":"user","content":"r"}]"#,
            #"[{"role":"user","content":"q"},{"role":"user","content":"r"}]"#
        ),
        (
            .foreign, #"[{"role":"assistant","content":[{"type":"thinking","thinking":"a","signature":"s"}]}]"#,
            #"[{"role":"assistant","content":[{"type":"thinking","thinking":"a","signature":"s"}]}]"#
        ),
        (
            .all,
            #"[{"role":"assistant","content":[{"type":"redacted_thinking","data":"d"},{"type":"thinking","signature":"s"},{"type":"tool_use","input":{"signature":1}}]}]"#,
            #"[{"role":"assistant","content":[{"type":"tool_use","input":{"signature":1}}]}]"#
        ),
        (.all, #"[{"role":"assistant","content":[{"type":"thinking"}]}]"#, "[]"),
    ]

    @Test(arguments: thoughts)
    func `pitfall 6: thoughts that are not Anthropic's own go, and all others keep their bytes`(
        which: Envelope.Thoughts,
        messages: String,
        expected: String
    ) throws {
        let bytes = Array(#"{"model":"m", "messages": \#(messages) ,"max_tokens":9}"#.utf8)
        let edited = try bytes.withUnsafeBytes { bytes in
            try Envelope(bytes, format: .messages).removing(which, in: bytes).applied(to: bytes)
        }
        #expect(String(decoding: edited, as: UTF8.self) == #"{"model":"m", "messages": \#(expected) ,"max_tokens":9}"#)
    }

    @Test(arguments: [
        ("false", #"[{"role":"user"},{"type":"reasoning","encrypted_content":"e"}]"#),
        ("true", #"[{"role":"user"},{"type":"reasoning","id":"rs"},{"type":"reasoning","encrypted_content":"e"}]"#),
    ])
    func `pitfall 27: reasoning that OpenAI neither keeps nor can decrypt is not sent to it`(
        store: String,
        expected: String
    ) throws {
        let input = #"[{"role":"user"},{"type":"reasoning","id":"rs"},{"type":"reasoning","encrypted_content":"e"}]"#
        let bytes = Array(#"{"model":"m","store":\#(store),"input":\#(input)}"#.utf8)
        let edited = try bytes.withUnsafeBytes { bytes in
            try Envelope(bytes, format: .responses).removing(.foreign, in: bytes).applied(to: bytes)
        }
        #expect(String(decoding: edited, as: UTF8.self) == #"{"model":"m","store":\#(store),"input":\#(expected)}"#)
    }
}

extension Envelope {
    init(reading body: String, _ format: APIFormat = .messages) throws(RequestError) {
        let result: Result<Envelope, RequestError> = Array(body.utf8).withUnsafeBytes { bytes in
            do throws(RequestError) { return .success(try Envelope(bytes, format: format)) } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }
}
