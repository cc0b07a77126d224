import Domain
import Statistics
import Wire

/// Conversations of every shape that all formats can hold, the same for the same seed.
struct RandomConversation {
    private var random: SeededGenerator
    private var calls = 0

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func request() -> ModelRequest {
        var request = ModelRequest(model: "m")
        request.maxOutputTokens = 1 + random.nextIndex(below: 50_000)
        request.isStreaming = random.nextIndex(below: 2) == 0
        for index in 0..<4 {
            request.tools.append(
                Tool(
                    name: "tool_\(index)",
                    description: random.nextIndex(below: 2) == 0 ? text() : nil,
                    inputSchema: JSONFragment(#"{"type":"object","properties":{"z":{},"a":{"type":"number"}}}"#)
                )
            )
        }
        if random.nextIndex(below: 2) == 0 { request.turns.append(Turn(role: .system, parts: texts())) }
        for _ in 0...random.nextIndex(below: 5) {
            request.turns.append(Turn(role: .user, parts: texts()))
            if random.nextIndex(below: 5) == 0 { request.turns.append(Turn(role: .system, parts: texts())) }
            request.turns += toolLoop()
            request.turns.append(Turn(role: .assistant, parts: texts()))
        }
        request.turns.append(Turn(role: .user, parts: texts() + [image()]))
        return request
    }

    private mutating func toolLoop() -> [Turn] {
        var turns: [Turn] = []
        for _ in 0..<random.nextIndex(below: 3) {
            var uses: [Part] = []
            var results: [Part] = []
            for _ in 0...random.nextIndex(below: 3) {
                calls += 1
                let id = [
                    "call_\(calls)", "toolu_\(calls)", "a b:\(calls)", String(repeating: "x", count: 70) + "\(calls)",
                ]
                let chosen = id[random.nextIndex(below: id.count)]
                let name = "tool_\(random.nextIndex(below: 4))"
                uses.append(Part(.toolUse(ToolUse(id: chosen, name: name, arguments: arguments()))))
                results.append(Part(.toolResult(ToolResult(toolUseID: chosen, parts: [Part(.text(text()))]))))
            }
            turns.append(Turn(role: .assistant, parts: (random.nextIndex(below: 2) == 0 ? texts() : []) + uses))
            turns.append(Turn(role: .user, parts: results))
        }
        return turns
    }

    private mutating func texts() -> [Part] { (0...random.nextIndex(below: 2)).map { _ in Part(.text(text())) } }

    private mutating func text() -> String {
        let words = ["a", "é", "\"", "\\", "\n", "𝄞", "\u{1}", "</x>", "data:", " ", "漢", "\t", "{", "\u{2028}"]
        return "x" + (0..<random.nextIndex(below: 12)).map { _ in words[random.nextIndex(below: words.count)] }.joined()
    }

    private mutating func arguments() -> JSONFragment {
        let values = [
            "{}", #"{"b":1,"a":2}"#, #"{"n":1.50e3,"big":12345678901234567890}"#, #"{"q":"\"\\\u00e9"}"#,
            #"{ "spaced" : [ 1 , null ] }"#,
        ]
        return JSONFragment(values[random.nextIndex(below: values.count)])
    }

    private mutating func image() -> Part {
        Part(
            .image(
                Image(
                    source: random.nextIndex(below: 2) == 0
                        ? .url("https://a.b/c") : .base64(mediaType: "image/png", data: "AA")
                )
            )
        )
    }
}

/// What must survive every way round: who said what, which tools were called with what, and what they answered.
struct Essence: Hashable {
    enum Piece: Hashable {
        case text(Bool, String)
        case use(id: String, name: String, arguments: JSONFragment)
        case result(id: String, String)
        case image(MediaSource)
    }

    var pieces: [Piece] = []
    var tools: [Tool]
    var maxOutputTokens: Int?
    var isStreaming: Bool

    init(_ request: ModelRequest) {
        // Whether a tool is strict is no more than a default where nobody said.
        tools = request.tools.map { Tool(name: $0.name, description: $0.description, inputSchema: $0.inputSchema) }
        maxOutputTokens = request.maxOutputTokens
        isStreaming = request.isStreaming
        for turn in request.turns {
            for part in turn.parts {
                switch part.content {
                case .text(let text): if !text.isEmpty { pieces.append(.text(turn.role == .assistant, text)) }
                case .toolUse(let use):
                    pieces.append(.use(id: ToolIDs.fit(use.id), name: use.name, arguments: use.arguments))
                case .toolResult(let result):
                    let texts = result.parts.compactMap { if case .text(let text) = $0.content { text } else { nil } }
                    let text = (result.isError ? "Error: " : "") + texts.filter { !$0.isEmpty }.joined(separator: "\n")
                    pieces.append(.result(id: ToolIDs.fit(result.toolUseID), text))
                case .image(let image): pieces.append(.image(image.source))
                case .document, .thinking, .refusal: break
                }
            }
        }
    }
}
