import Domain
import JSONText
import Pricing
import Replay
import Testing

@Suite struct ReplayRequestTests {
    private static let body = """
        {"model":"claude-opus-4-5","max_tokens":32000,"stream":true,"metadata":{"user_id":"me"},\
        "thinking":{"type":"enabled","budget_tokens":31999},"temperature":1,"output_config":{"effort":"high"},\
        "system":[{"type":"text","text":"You are powered by the model named Opus 4.5. The exact model ID is \
        claude-opus-4-5. Be kind.","cache_control":{"type":"ephemeral"}}],\
        "tools":[{"name":"Bash","input_schema":{"type":"object"}}],"messages":[\
        {"role":"user","content":"do it"},\
        {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"x"},\
        {"type":"tool_use","id":"t","name":"Bash","input":{}}]},\
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"ok",\
        "cache_control":{"type":"ephemeral"}}]}]}
        """

    private func request(
        for model: String = "claude-haiku-4-5",
        beside other: String = "claude-opus-4-5",
        as format: APIFormat? = nil,
        after previousMessages: Int? = nil
    ) throws -> (request: ReplayRequest, body: JSONTree) {
        let sides = [model, other].map { name in
            ReplayRequest.Side(
                model: ModelID(name),
                limits: PriceBook.builtin.limits(of: ModelID(name)),
                format: format
            )
        }
        let request = try ReplayRequest(
            RebuiltRequest(
                format: .messages,
                body: Array(Self.body.utf8),
                betas: ["claude-code-1", "interleaved-thinking-1", "tool-search-1"],
                fidelity: .exact
            ),
            for: sides[0],
            treatment: ReplayRequest.Treatment(
                of: sides,
                recorded: ModelID("claude-opus-4-5"),
                maxOutputTokens: 8192,
                previousMessages: previousMessages
            )
        )
        return (request, try #require(JSONTree(bytes: request.body)))
    }

    @Test func `asks for a whole reply of a bounded length, without thinking and without who asks`() throws {
        let (request, body) = try request()
        #expect(body["model"]?.text == "claude-haiku-4-5")
        #expect(body["max_tokens"] == .number("8192"))
        for gone in ["stream", "metadata", "thinking", "output_config"] { #expect(body[gone] == nil, "\(gone)") }
        #expect(request.betas == ["tool-search-1"])
        #expect(request.changes == ["without extended thinking", "without effort high"])
    }

    @Test func `keeps the temperature where both models take one`() throws {
        #expect(try request().body["temperature"] == .number("1"))
        #expect(try request(beside: "claude-opus-4-8").body["temperature"] == nil)
        #expect(try request(for: "claude-opus-4-8", beside: "claude-haiku-4-5").body["temperature"] == nil)
    }

    @Test func `keeps an effort that both models take`() throws {
        let body = try request(for: "claude-opus-4-6", beside: "claude-opus-4-5").body
        #expect(body["output_config"]?["effort"]?.text == "high")
    }

    @Test func `leaves thoughts out of the conversation`() throws {
        let messages = try #require(request().body["messages"]?.elements)
        #expect(messages.map { $0["content"]?.elements?.count ?? 0 } == [0, 1, 1])
    }

    @Test func `marks the end for the cache, and where the prompt before it ended`() throws {
        func marked(_ body: JSONTree) -> [Int] {
            (body["messages"]?.elements ?? []).indices.filter { place in
                let blocks = body["messages"]?.elements?[place]["content"]?.elements ?? []
                return blocks.contains { $0["cache_control"] != nil }
            }
        }
        #expect(try marked(request().body) == [2])
        #expect(try marked(request(after: 1).body) == [0, 2])
    }

    @Test func `tells the model its own name`() throws {
        let text = try request().body["system"]?.elements?.first?["text"]?.text
        #expect(
            text == "You are powered by the model claude-haiku-4-5. The exact model ID is claude-haiku-4-5. Be kind."
        )
    }

    @Test func `is written anew for a server of another API`() throws {
        let (request, body) = try request(for: "gpt-5.4-mini", as: .chatCompletions)
        #expect(request.format == .chatCompletions)
        #expect(body["tools"]?.elements?.first?["function"]?["name"]?.text == "Bash")
        #expect(request.tools.keys.sorted() == ["Bash"])
    }

    @Test func `what is no JSON cannot be asked`() {
        #expect(throws: ReplayRequestError.unreadable) {
            _ = try ReplayRequest(
                RebuiltRequest(format: .messages, body: [0x7B], fidelity: .exact),
                for: ReplayRequest.Side(model: ModelID("m"), limits: nil),
                treatment: ReplayRequest.Treatment(of: [], recorded: ModelID("m"), maxOutputTokens: 1)
            )
        }
    }
}
