import CAllocations
import Domain
import Pricing
import Routing
import Wire

/// Counts what a decision allocates for a request that goes on with its conversation, by how long that is.

/// A body of Claude Code's after so many turns, each a tool's call and its answer.
func body(turns: Int) -> [UInt8] {
    var messages = [#"{"role":"user","content":[{"type":"text","text":"git status"}]}"#]
    for turn in 0..<turns {
        messages.append(
            #"{"role":"assistant","content":[{"type":"text","text":"Looking."},"#
                + #"{"type":"tool_use","id":"t\#(turn)","name":"Read","input":{"file_path":"/src/file\#(turn).swift"}}]}"#
        )
        let answer = String(repeating: "let line = \(turn) ", count: 20)
        messages.append(
            #"{"role":"user","content":[{"type":"tool_result","tool_use_id":"t\#(turn)","content":"\#(answer)"}]}"#
        )
    }
    return Array(
        (#"{"model":"claude-opus-4-8","max_tokens":32000,"stream":true,"tools":[{"name":"Read"}],"messages":["#
            + messages.joined(separator: ",") + "]}").utf8
    )
}

let router = {
    var policy = RoutingPolicy()
    policy.mode = .route
    policy.bearableLoss = 100
    return Router(policy: policy, book: .builtin, providers: [.anthropic])
}()
let noon = Timestamp(milliseconds: 1_795_176_000_000)
let opus = ModelID("claude-opus-4-8")
let usage = Usage(outputTokens: 500, cacheReadTokens: 15_000, cacheWrite5mTokens: 1_500)

/// A conversation as the gateway remembers it, begun by a chore or by work.
func conversation(begunBy text: String, bytes: Int) -> Conversation {
    var first = RequestFacts(format: .messages, model: opus)
    first.sender.session = "s"
    first.lastHumanText = text
    first.promptBytes = bytes
    first.toolNames = ["Read"]
    guard case .decided(let routed) = router.decide(first, in: nil, at: noon) else { fatalError("not decided") }
    var conversation = Conversation(routed)
    conversation.record(routed, promptBytes: bytes, usage: usage, at: noon)
    return conversation
}

func difference(_ work: () throws -> Void) rethrows -> (count: UInt, bytes: UInt) {
    // What is made once and kept is made before the count begins.
    for _ in 0..<3 { try work() }
    let before = allocations_so_far()
    for _ in 0..<100 { try work() }
    let after = allocations_so_far()
    return ((after.count - before.count) / 100, (after.bytes - before.bytes) / 100)
}

var sink = 0
print("| turns | body, bytes | pinned: allocations | bytes | moved: allocations | bytes |\n|---|---|---|---|---|---|")
for turns in [10, 100, 1_000, 4_000] {
    let bytes = body(turns: turns)
    let pinned = conversation(begunBy: "design the api", bytes: bytes.count - 400)
    let moved = conversation(begunBy: "git status", bytes: bytes.count - 400)
    var sender = RequestFacts.Sender()
    sender.session = "s"
    let now = noon.advanced(byMilliseconds: 60_000)
    let pinnedCost = try bytes.withUnsafeBytes { bytes in
        try difference {
            let envelope = try Envelope(bytes, format: .messages)
            let routed = router.pinned(
                model: envelope.modelName.id,
                sender: sender,
                promptBytes: bytes.count,
                in: pinned,
                at: now
            )
            guard routed?.decision.chosen == opus else { fatalError("not pinned") }
            sink += 1
        }
    }
    let movedCost = try bytes.withUnsafeBytes { bytes in
        try difference {
            let envelope = try Envelope(bytes, format: .messages)
            let isPinned = router.pinned(
                model: envelope.modelName.id,
                sender: sender,
                promptBytes: bytes.count,
                in: moved,
                at: now
            )
            guard isPinned == nil else { fatalError("not moved") }
            let facts = try RequestFacts(bytes, envelope: envelope, sender: sender)
            guard case .decided(let routed) = router.decide(facts, in: moved, at: now),
                routed.decision.chosen != opus
            else { fatalError("taken back") }
            sink += 1
        }
    }
    print(
        "| \(turns) | \(bytes.count) | \(pinnedCost.count) | \(pinnedCost.bytes) "
            + "| \(movedCost.count) | \(movedCost.bytes) |"
    )
}
