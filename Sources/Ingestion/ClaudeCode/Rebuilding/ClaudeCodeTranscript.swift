internal import JSONText

/// A log of Claude Code's, read as the conversation that it is: what was asked, answered and done, step by step.
///
/// Holds the whole file as a tree; for one session at a time.
package struct ClaudeCodeTranscript: Sendable {
    /// A line of the log that belongs to the conversation.
    struct Record: Sendable {
        var type: String
        var parent: String?
        var tree: JSONTree
        /// Of an answer, the id of the response it is a piece of.
        var message: String?
    }

    /// Lines of the conversation by their `uuid`.
    private(set) var records: [String: Record] = [:]
    /// The lines of each response, in the order of the log.
    private(set) var answers: [String: [String]] = [:]
    /// Responses, in the order of the log.
    private(set) var order: [String] = []
    /// By the id of the tool call that it answers: what the agent keeps of a result beside what the model saw.
    private(set) var results: [String: JSONTree] = [:]
    private(set) var requests = ClaudeCodeRequests()
    /// Texts that people's messages have as blocks, not as the whole content.
    private(set) var spokenBlocks: Set<String> = []
    /// The agent's snapshots of its prompt, with the number of responses before each.
    private(set) var snapshots: [(before: Int, snapshot: JSONTree)] = []

    /// Reads a log's bytes; lines that are none are left out.
    package init(log bytes: [UInt8]) {
        for line in bytes.split(separator: 0x0A) {
            guard let tree = JSONTree(String(decoding: line, as: UTF8.self)), let type = tree["type"]?.text else {
                continue
            }
            add(tree, type)
        }
    }

    private mutating func add(_ tree: JSONTree, _ type: String) {
        switch type {
        case "api-request", "api-request-shape", "api-request-blob": requests.add(tree, type)
        case "user", "assistant", "attachment", "system":
            if type == "attachment", let attachment = tree["attachment"], attachment["type"]?.text == "prompt_snapshot"
            {
                snapshots.append((order.count, attachment))
            }
            guard let uuid = tree["uuid"]?.text, records[uuid] == nil else { return }
            var record = Record(type: type, parent: tree["parentUuid"]?.text, tree: tree)
            if type == "assistant", let message = tree["message"]?["id"]?.text {
                record.message = message
                if answers[message] == nil { order.append(message) }
                answers[message, default: []].append(uuid)
            }
            for block in type == "user" ? tree["message"]?["content"]?.elements ?? [] : [] {
                if let id = block["tool_use_id"]?.text, let result = tree["toolUseResult"] { results[id] = result }
                if let text = block["text"]?.text { spokenBlocks.insert(text) }
            }
            records[uuid] = record
        default: return
        }
    }

    /// A response's blocks in the order they were written, put together from its lines.
    func blocks(of message: String) -> [JSONTree] {
        (answers[message] ?? []).flatMap { records[$0]?.tree["message"]?["content"]?.elements ?? [] }
    }

    /// The lines before a response, oldest first, back to where the conversation began or was compacted.
    func conversation(before message: String) -> [Record] {
        var lines: [Record] = []
        var seen: Set<String> = []
        var next = answers[message]?.first.flatMap { records[$0]?.parent }
        while let uuid = next, seen.insert(uuid).inserted, let record = records[uuid] {
            if record.tree["subtype"]?.text == "compact_boundary" { break }
            lines.append(record)
            next = record.parent
        }
        return lines.reversed()
    }
}
