import Domain
import Testing

@testable import Wire

@Suite struct StreamedReplyTests {
    private func reply(_ stream: [UInt8], _ format: APIFormat) throws -> ModelReply {
        try stream.withUnsafeBytes { bytes in try ModelReply(stream: bytes, in: format) }
    }

    private let whole = ModelReply(
        id: "1",
        model: "m",
        parts: [
            Part(.text("Look: \u{1F44B}")),
            Part(.toolUse(ToolUse(id: "call_1", name: "read", arguments: JSONFragment(#"{"path":"a"}"#)))),
            Part(.toolUse(ToolUse(id: "call_2", name: "list", arguments: JSONFragment("{}")))),
        ],
        stop: ModelReply.Stop(.toolUse),
        usage: Usage(inputTokens: 8, outputTokens: 3)
    )

    @Test(arguments: APIFormat.allCases)
    func `a stream says what the whole reply would`(format: APIFormat) throws {
        var view = ClientView(model: "m", createdAt: 1, fallbackID: "f")
        view.includesUsage = true
        var writer = format.streamWriter(for: view)
        var bytes: [UInt8] = []
        for event in whole.events { writer.write(event, to: &bytes) }
        writer.end(to: &bytes)
        let read = try reply(bytes, format)
        #expect(read.parts.first == whole.parts.first)
        #expect(read.stop.reason == .toolUse && read.usage == whole.usage)
        let calls = read.parts.compactMap { if case .toolUse(let use) = $0.content { use } else { nil } }
        #expect(calls.map(\.name) == ["read", "list"])
        #expect(calls.first?.arguments.string == #"{"path":"a"}"#)
    }

    @Test func `one that ends with an error, or is none, is thrown`() {
        let error =
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}\n\n"
        #expect(throws: ReplyFailure.self) { try reply(Array(error.utf8), .messages) }
        #expect(throws: ReplyFailure.self) { try reply(Array("garbage".utf8), .chatCompletions) }
        #expect(throws: ReplyFailure.self) { try reply([], .responses) }
    }
}
