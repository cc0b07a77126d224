import Foundation
import JSONText

@testable import Actions

/// A tool call of a real session, and what the log says came of it.
struct RecordedCall: Sendable {
    var id: String
    var tool: String
    var input: JSONTree
    var folder: String
    /// What Claude Code notes of a call's effect.
    var result: JSONTree?
    var isError = false

    var call: ComparedCall { ComparedCall(tool: tool, input: input, place: ActionPlace(folder: folder)) }

    /// Claude Code writes dates and ids of its own into the files in its memory.
    var isStamped: Bool {
        let path = result?["filePath"]?.text ?? ""
        return path.contains(".claude") && path.contains("memory")
    }

    /// What the log tells of the file that the call is about.
    var known: KnownFiles {
        let action = call.action
        guard let path = action.targets.first else { return KnownFiles() }
        var files = KnownFiles()
        if let original = result?["originalFile"]?.text { files.before[path] = .text(original) }
        if let count = result?["file"]?["totalLines"]?.integer { files.lineCounts[path] = count }
        return files
    }

    /// Every call in the logs that somebody has put beside the repository; none where nobody has.
    static let all: [RecordedCall] = {
        let home = URL(filePath: #filePath).resolvingSymlinksInPath()
            .appending(path: "../../../../../shared/data/home").standardized
        let files = FileManager.default.enumerator(at: home, includingPropertiesForKeys: nil)
        var calls: [RecordedCall] = []
        var places: [String: Int] = [:]
        while let file = files?.nextObject() as? URL {
            guard ["jsonl", "json"].contains(file.pathExtension), let data = try? Data(contentsOf: file) else {
                continue
            }
            var folder = "/"
            let lines = file.pathExtension == "json" ? [data[...]] : data.split(separator: 0x0A)
            for line in lines {
                guard let tree = JSONTree(String(decoding: line, as: UTF8.self)) else { continue }
                if let cwd = (tree["cwd"] ?? tree["payload"]?["cwd"])?.text { folder = cwd }
                for call in found(in: tree, folder) where places[call.id] == nil {
                    places[call.id] = calls.count
                    calls.append(call)
                }
                for part in tree["message"]?["content"]?.elements ?? [] {
                    guard let id = part["tool_use_id"]?.text, let place = places[id] else { continue }
                    if calls[place].result == nil { calls[place].result = tree["toolUseResult"] }
                    calls[place].isError = calls[place].isError || part["is_error"] == .bool(true)
                }
            }
        }
        return calls
    }()

    private static func found(in tree: JSONTree, _ folder: String) -> [RecordedCall] {
        // Claude Code and Pi: blocks of a message; Codex: the record's payload; Copilot CLI: its data; Gemini CLI: a list.
        let blocks = tree["message"]?["content"]?.elements ?? []
        let listed = (tree["messages"]?.elements ?? [tree]).flatMap { $0["toolCalls"]?.elements ?? [] }
        let candidates = blocks + [tree["payload"], tree["data"]].compactMap { $0 } + listed
        return candidates.compactMap { block in
            guard let tool = (block["name"] ?? block["toolName"])?.text,
                let input = block["input"] ?? block["arguments"] ?? block["args"],
                let id = (block["id"] ?? block["call_id"] ?? block["toolCallId"])?.text
            else { return nil }
            return RecordedCall(id: id, tool: tool, input: input, folder: folder)
        }
    }
}
