import Domain
import Foundation
import JSONText
import Testing
import Wire

/// Requests as agents must have sent them, put together from the messages in their logs beside the repository.
@Suite(.enabled(if: !RecordedConversation.all.isEmpty))
struct RecordedFactsTests {
    @Test(arguments: RecordedConversation.all)
    func `the human's words in a recorded conversation are what the human typed`(conversation: RecordedConversation)
        throws
    {
        for end in conversation.ends {
            let facts = try conversation.facts(upTo: end)
            #expect(facts.messages == end)
            let text = facts.lastHumanText
            for wrapper in [
                "<system-reminder", "<environment_context", "# AGENTS.md", "<task-notification", "<command-",
            ] {
                #expect(!text.hasPrefix(wrapper))
            }
            if let typed = conversation.messages[end - 1].typed {
                #expect(text == typed)
                #expect(!facts.answersToolCalls)
            }
            #expect((facts.assistantMessages == 0) == !conversation.messages[..<end].contains(where: \.isModels))
        }
    }

    @Test(arguments: RecordedConversation.all.filter { $0.format == .messages })
    func `a recorded conversation goes to OpenAI and comes back whole`(conversation: RecordedConversation) throws {
        // Images in results move behind them on the way.
        let messages = conversation.messages.filter { !$0.json.contains("\"image\"") }
        var text = RecordedConversation(name: conversation.name, format: .messages, messages: messages)
        // A conversation that ends with the model's words would lose them as a prefill.
        text.messages.append(.init(json: #"{"role":"user","content":"Go on"}"#))
        let original = try RequestReading(Array(text.body(upTo: text.messages.count).utf8), format: .messages)
        #expect(!Essence(original.request).pieces.isEmpty)
        for other in [APIFormat.chatCompletions, .responses] {
            let over = try Conversion(original, .messages, to: other)
            let back = try RequestReading(over.converted.body, format: other)
            #expect(Essence(back.request).pieces == Essence(original.request).pieces)
        }
    }
}

struct RecordedConversation: CustomTestStringConvertible {
    struct Message {
        var json: String
        /// A plain prompt of a person's, at most as long as is kept.
        var typed: String?
        var isModels = false
    }

    var name: String
    var format: APIFormat
    var messages: [Message]

    var testDescription: String { name }

    /// Lengths of the conversation at which a request was sent: a few, with the first.
    var ends: [Int] {
        let all = messages.indices.filter { !messages[$0].isModels }.map { $0 + 1 }
        return Array(all.prefix(3)) + all.dropFirst(3).enumerated().filter { $0.offset % 40 == 0 }.map(\.element)
    }

    func body(upTo end: Int) -> String {
        let key = format == .responses ? "input" : "messages"
        let list = messages[..<end].map(\.json).joined(separator: ",")
        return "{\"model\":\"m\",\"max_tokens\":1,\"\(key)\":[\(list)]}"
    }

    func facts(upTo end: Int) throws -> RequestFacts {
        try Array(body(upTo: end).utf8).withUnsafeBytes { bytes in
            try RequestFacts(bytes, envelope: Envelope(bytes, format: format))
        }
    }

    static let all: [RecordedConversation] =
        conversations(in: ".claude/projects", .messages) + conversations(in: ".codex/sessions", .responses)

    private static func conversations(in folder: String, _ format: APIFormat) -> [RecordedConversation] {
        let home = URL(filePath: #filePath).appending(path: "../../../../../shared/data/home/\(folder)")
            .standardizedFileURL
        let files = FileManager.default.enumerator(at: home, includingPropertiesForKeys: nil)
        var found: [RecordedConversation] = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "jsonl", let bytes = try? Data(contentsOf: file), bytes.count < 3_000_000 else {
                continue
            }
            let messages = bytes.split(separator: 0x0A).compactMap { Message(line: Array($0), format) }
            if !messages.isEmpty {
                found.append(RecordedConversation(name: file.lastPathComponent, format: format, messages: messages))
            }
        }
        return found.sorted { $0.name < $1.name }
    }
}

extension RecordedConversation.Message {
    init?(line: [UInt8], _ format: APIFormat) {
        let message: RecordedConversation.Message? = line.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            var json: String?
            var type = ""
            var isMeta = false
            guard scanner.enterObject() else { return nil }
            while let key = scanner.nextKey() {
                if key.is("message") || key.is("payload") {
                    json = String(decoding: scanner.rawValue(), as: UTF8.self)
                } else if key.is("type") {
                    type = scanner.text()?.string ?? ""
                } else if key.is("isMeta") || key.is("isCompactSummary") {
                    isMeta = scanner.bool() ?? false || isMeta
                } else {
                    scanner.skipValue()
                }
            }
            guard let json, type == (format == .responses ? "response_item" : type) else { return nil }
            guard format == .responses || type == "user" || type == "assistant" else { return nil }
            return RecordedConversation.Message(json: json, isMeta: isMeta)
        }
        guard let message else { return nil }
        self = message
    }

    private init?(json: String, isMeta: Bool) {
        self.json = json
        var role = ""
        var type = "message"
        Array(json.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            guard scanner.enterObject() else { return }
            while let key = scanner.nextKey() {
                if key.is("role") {
                    role = scanner.text()?.string ?? ""
                } else if key.is("type") {
                    type = scanner.text()?.string ?? ""
                } else if key.is("content"), scanner.nextKind() == .string {
                    typed = scanner.text()?.string
                } else {
                    scanner.skipValue()
                }
            }
        }
        isModels = role == "assistant" || (role.isEmpty && !type.hasSuffix("_output"))
        guard role == "user", !isMeta, let said = typed?.trimmingCharacters(in: .whitespacesAndNewlines),
            let first = said.first, first != "<", first != "[", !said.hasPrefix("Caveat"),
            !said.hasPrefix("This session is being continued"), !said.contains("<system-reminder>"),
            said.utf8.count < 16_000
        else {
            typed = nil
            return
        }
        typed = said
    }
}
