import Domain
import Testing
import Wire

@Suite struct EnvelopeTests {
    private func envelope(_ body: String, _ format: APIFormat = .messages) throws(RequestError) -> Envelope {
        try Envelope(reading: body, format)
    }

    @Test func `the model and its place are found wherever they stand`() throws {
        let body = #"{"messages":[{"role":"user","content":"\"model\""}], "model" : "claude-opus-5" }"#
        let envelope = try envelope(body)
        #expect(envelope.model == "claude-opus-5")
        let place = try #require(envelope.place(of: .model))
        #expect(String(decoding: Array(body.utf8)[place], as: UTF8.self) == #""claude-opus-5""#)
    }

    @Test func `stream, output bound and end user are read`() throws {
        let envelope = try envelope(
            #"{"model":"m","stream":true,"max_tokens":32000,"metadata":{"a":1,"user_id":"u"},"messages":[]}"#
        )
        #expect(envelope.isStreaming)
        #expect(envelope.maxOutputTokens == 32_000)
        #expect(envelope.endUser == "u")
        #expect(envelope.conversation != nil)
        #expect(envelope.place(of: .tools) == nil)
    }

    @Test(
        arguments: [
            (#""output_config":{"format":null,"effort":"high"}"#, .messages, .high),
            (#""reasoning":{"effort":"minimal"}"#, .responses, .minimal),
            (#""reasoning_effort":"xhigh""#, .chatCompletions, .xhigh), (#""reasoning_effort":"high""#, .messages, nil),
            (#""reasoning":"high""#, .responses, nil), (#""output_config":{"effort":7}"#, .messages, nil),
        ] as [(String, APIFormat, Effort?)]
    )
    func `the effort is read where the format has it`(member: String, format: APIFormat, effort: Effort?) throws {
        #expect(try envelope(#"{"model":"m",\#(member)}"#, format).effort == effort)
    }

    @Test(arguments: ["{\"max_completion_tokens\":5,\"max_tokens\":9", "{\"max_tokens\":9,\"max_completion_tokens\":5"])
    func `of two output bounds of Chat Completions the newer counts`(beginning: String) throws {
        let envelope = try envelope(beginning + #","model":"m","messages":[]}"#, .chatCompletions)
        #expect(envelope.maxOutputTokens == 5)
        #expect(envelope.outputBound?.field == .maxCompletionTokens)
    }

    @Test func `null is as good as nothing where clients send it`() throws {
        let envelope = try envelope(#"{"model":"m","stream":null,"max_tokens":null}"#, .chatCompletions)
        #expect(!envelope.isStreaming)
        #expect(envelope.maxOutputTokens == nil)
    }

    private static let broken: [(String, RequestError)] = [
        ("", .notJSON(offset: 0)),
        ("hello", .notJSON(offset: 0)),
        ("[]", .notAnObject),
        (#"{"model":"m""#, .notJSON(offset: 12)),
        (#"{"model":"m"} x"#, .notJSON(offset: 14)),
        (#"{}"#, .missing("model")),
        (#"{"model":""}"#, .wrongType("model", expected: "the name of a model")),
        (#"{"model":7}"#, .wrongType("model", expected: "a string")),
        (#"{"model":"a","model":"b"}"#, .duplicateKey("model")),
        (#"{"model":"a","mod\u0065l":"b"}"#, .escapedKey),
        (#"{"model":"a","stream":"yes"}"#, .wrongType("stream", expected: "true or false")),
        (#"{"model":"a","max_tokens":"9"}"#, .wrongType("max_tokens", expected: "a whole number")),
        (#"{"model":"a","messages":"hi"}"#, .wrongType("messages", expected: "an array")),
    ]

    @Test(arguments: broken)
    func `what cannot be read is named`(body: String, error: RequestError) {
        #expect(throws: error) { try envelope(body) }
    }

    @Test func `a message tells the client what to do`() {
        #expect(RequestError.duplicateKey("model").description.contains("send it once"))
        #expect(RequestError.missing("model").field == "model")
    }

    @Test(arguments: [
        ("claude-opus-4-8[1m]", "claude-opus-4-8", true), ("claude-opus-4-8", "claude-opus-4-8", false),
        ("claude-haiku-4-5-20251001", "claude-haiku-4-5-20251001", false), ("x[2m]", "x", false),
    ])
    func `pitfall 20: a window's mark is no part of the model's name`(name: String, id: String, isLong: Bool) {
        #expect(RequestedModel(name).id == ModelID(id))
        #expect(RequestedModel(name).wantsLongContext == isLong)
    }

    @Test(arguments: [
        ("POST", "/v1/messages?beta=true", Endpoint.generate(.messages)),
        ("POST", "/v1/chat/completions", .generate(.chatCompletions)),
        ("POST", "/v1/responses/", .generate(.responses)),
        ("GET", "/v1/models?limit=1000", .models),
        ("GET", "/v1/models/claude-opus-5", .model(id: "claude-opus-5")),
        ("GET", "/health", .health),
    ])
    func `an endpoint is told by its path alone`(method: String, target: String, endpoint: Endpoint) {
        #expect(Endpoint(method: method, target: target) == endpoint)
    }

    @Test func `pitfall 19: counting tokens is found with and without the query`() {
        #expect(Endpoint(method: "POST", target: "/v1/messages/count_tokens?beta=true") == .countTokens)
        #expect(Endpoint(method: "POST", target: "/v1/messages/count_tokens") == .countTokens)
        #expect(Endpoint(method: "POST", target: "/v1/messages/count_tokens_x") == nil)
    }

    @Test func `pitfall 27: a WebSocket's beginning on responses is nothing the gateway has`() {
        #expect(Endpoint(method: "GET", target: "/v1/responses") == nil)
    }
}
