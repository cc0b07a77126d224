import Domain
import Testing
import Wire

@Suite struct ModelListTests {
    private let list = ModelList([
        .init(id: "claude-opus-5", displayName: "Claude Opus 5", provider: .anthropic, maxInputTokens: 1_000_000),
        .init(id: "gpt-6-sol", provider: .openAI, created: Timestamp(milliseconds: 1_000)),
        .init(id: "claude-opus-5", provider: .anthropic),
    ])

    @Test func `pitfall 20: Anthropic's clients get its shape`() {
        #expect(ModelList.provider(anthropicVersion: "2023-06-01") == .anthropic)
        #expect(
            String(decoding: list.written(for: .anthropic), as: UTF8.self)
                == #"{"data":[{"type":"model","id":"claude-opus-5","display_name":"Claude Opus 5","created_at":"1970-01-01T00:00:00Z","max_input_tokens":1000000},{"type":"model","id":"gpt-6-sol","display_name":"gpt-6-sol","created_at":"1970-01-01T00:00:01Z"}],"has_more":false,"first_id":"claude-opus-5","last_id":"gpt-6-sol"}"#
        )
    }

    @Test func `pitfall 20: all others get OpenAI's`() {
        #expect(ModelList.provider(anthropicVersion: nil) == .openAI)
        #expect(
            String(decoding: list.written(for: .openAI), as: UTF8.self)
                == #"{"object":"list","data":[{"id":"claude-opus-5","object":"model","created":0,"owned_by":"anthropic"},{"id":"gpt-6-sol","object":"model","created":1,"owned_by":"openai"}]}"#
        )
    }

    @Test func `a list of nothing has no first and no last`() {
        #expect(
            String(decoding: ModelList([]).written(for: .anthropic), as: UTF8.self)
                == #"{"data":[],"has_more":false,"first_id":null,"last_id":null}"#
        )
    }
}
