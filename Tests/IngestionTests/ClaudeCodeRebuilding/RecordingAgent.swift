import JSONText
import Store

/// An agent that logs as Claude Code does with its own record of every request, and knows what went over the wire.
struct RecordingAgent {
    private(set) var log = ""
    /// The bodies it sent, by the id of the reply.
    private(set) var wire: [String: String] = [:]

    private var messages: [JSONTree] = []
    private var blobs: Set<String> = []
    private var lastRequest: String?
    private var lastRecord: String?

    private static let system =
        #"[{"type":"text","text":"Be \"brief\"\n\t– ünd /slash\#u{2028}"},{"type":"text","text":"rules"}]"#
    private static let markedSystem =
        #"[{"type":"text","text":"Be \"brief\"\n\t– ünd /slash\#u{2028}"},"#
        + #"{"type":"text","text":"rules","cache_control":{"type":"ephemeral","ttl":"1h"}}]"#
    private static let tools =
        #"[{"name":"Bash","description":"Runs <it>","input_schema":{"type":"object","required":["command"]}}]"#
    private static let params =
        #""max_tokens":32000,"thinking":{"type":"enabled","budget_tokens":31999},"temperature":1"#

    init() {
        line(
            #"{"type":"api-request-shape","shapeHash":"s1","shape":{"system":\#(Self.system),"tools":\#(Self.tools)}}"#
        )
    }

    /// Somebody says something, or a tool answers.
    mutating func hear(_ message: String, uuid: String) {
        messages.append(tree(message))
        let parent = lastRecord.map { "\"\($0)\"" } ?? "null"
        line(
            #"{"type":"user","uuid":"\#(uuid)","parentUuid":\#(parent),"cwd":"/work","message":\#(message)}"#
        )
        lastRecord = uuid
    }

    /// A request goes out; every message but the model's own is logged once, by its hash.
    mutating func ask(for reply: String) {
        // Hashes are of blocks: a text counts as the one block that it could be.
        let messages = messages.map(\.withBlocks)
        for message in messages where message["role"]?.text == "user" {
            let hash = contentName(of: message.sortedBytes)
            if blobs.insert(hash).inserted {
                line(#"{"type":"api-request-blob","hash":"\#(hash)","message":\#(text(message))}"#)
            }
        }
        let keep = max(0, messages.count - 3)
        let tail = messages[keep...].map { "\"\(contentName(of: $0.sortedBytes))\"" }.joined(separator: ",")
        let base = lastRequest.map { "\"\($0)\"" } ?? "null"
        let last = messages.count - 1
        var sent = self.messages.map(text)
        // A mark makes a block of a text.
        sent[last] = text(messages[last])
        if sent[last].hasSuffix("}]}") {
            sent[last] = sent[last].dropLast(3) + #","cache_control":{"type":"ephemeral"}}]}"#
        }
        let body =
            #"{"model":"claude-opus-4-5","messages":[\#(sent.joined(separator: ","))],"system":\#(Self.markedSystem),"#
            + #""tools":\#(Self.tools),\#(Self.params)}"#
        wire[reply] = body
        let digested = tree(body).setting("betas", to: tree(#"["b1"]"#))
            .setting("messages", to: .array((tree(body)["messages"]?.elements ?? []).map(\.withBlocks)))
        line(
            #"{"type":"api-request","id":"req-\#(reply)","base":\#(base),"keep":\#(keep),"tail":[\#(tail)],"#
                + #""params":{"model":"claude-opus-4-5","betas":["b1"],\#(Self.params)},"shapeHash":"s1","#
                + #""cacheControl":[{"path":["system",1],"value":{"type":"ephemeral","ttl":"1h"}},"#
                + #"{"path":"messages.\#(last).content.0","value":{"type":"ephemeral"}}],"#
                + #""requestDigest":"\#(contentName(of: digested.sortedBytes))"}"#
        )
        lastRequest = "req-\(reply)"
    }

    /// The reply comes: a line a block.
    mutating func reply(_ id: String, blocks: [String]) {
        for (place, block) in blocks.enumerated() {
            let uuid = "\(id)-\(place)"
            let parent = lastRecord.map { "\"\($0)\"" } ?? "null"
            line(
                #"{"type":"assistant","uuid":"\#(uuid)","parentUuid":\#(parent),"cwd":"/work","requestRef":"req-\#(id)","#
                    + #""timestamp":"2026-08-03T10:00:00.000Z","message":{"id":"\#(id)","role":"assistant","#
                    + #""model":"claude-opus-4-5","content":[\#(block)],"usage":{"input_tokens":3,"output_tokens":5}}}"#
            )
            lastRecord = uuid
        }
        let content = blocks.map { tree($0).removing("caller") }
        messages.append(
            tree(#"{"role":"assistant","content":[]}"#).setting("content", to: .array(content))
        )
    }

    private mutating func line(_ text: String) { log += text + "\n" }

    private func tree(_ text: String) -> JSONTree { JSONTree(text) ?? .null }
    private func text(_ tree: JSONTree) -> String { String(decoding: tree.bytes, as: UTF8.self) }
}

extension JSONTree {
    /// A message whose text is the one block that it stands for.
    fileprivate var withBlocks: JSONTree {
        guard let said = self["content"], said.text != nil else { return self }
        let block = JSONTree.object([JSONTree.Member("type", .string("text")), JSONTree.Member("text", said)])
        return setting("content", to: .array([block]))
    }
}
