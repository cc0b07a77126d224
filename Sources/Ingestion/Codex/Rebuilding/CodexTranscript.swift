internal import Domain
internal import JSONText

/// A rollout of Codex's, read as the conversation that it is: what was said, answered and done, response by response.
///
/// The log holds the instructions and every item, but not the tools that were offered: those are inferred from the calls.
/// What only the provider can read (reasoning, its own summaries and searches) is left out.
package struct CodexTranscript: Sendable {
    /// One response of the model.
    struct Response: Sendable {
        /// As its call is known to the ledger: the provider's, or that of its first item, or its turn's.
        var id: String
        /// The items before it that the model saw.
        var context: Range<Int>
        /// Its own items.
        var items: Range<Int>
        var time: String
        var model: String
        var effort: String?
        var usage: CodexUsage
        var folder: String
        var followsError: Bool
    }

    /// A response whose token count has not come yet.
    private struct Open {
        var context: Range<Int>
        /// Where its items end; nil while they come.
        var end: Int?
        var id = ""
        var time: String
    }

    /// Items as a request carries them, in the order of the log; a summary is followed by what it leaves of the rest.
    private(set) var items: [JSONTree] = []
    private(set) var responses: [Response] = []
    private(set) var instructions: String?
    private(set) var version: String?

    // Where the log has been read to.
    private var start = 0
    private var open: Open?
    private var turn = ""
    private var model = ""
    private var effort: String?
    private var folder = ""
    private var totals: CodexUsage?
    private var recorded: CodexUsage?
    private var hasFailed = false

    /// Reads a rollout's bytes; lines that are none are left out.
    package init(log bytes: [UInt8]) {
        for line in bytes.split(separator: 0x0A) {
            guard let record = JSONTree(String(decoding: line, as: UTF8.self)), let payload = record["payload"] else {
                continue
            }
            read(payload, as: record["type"]?.text ?? "", at: record["timestamp"]?.text ?? "")
        }
    }

    private mutating func read(_ payload: JSONTree, as type: String, at time: String) {
        switch type {
        case "session_meta":
            // The first says whose file it is; copies of a parent's follow.
            guard version == nil else { return }
            version = payload["cli_version"]?.text ?? ""
            folder = payload["cwd"]?.text ?? ""
            instructions = payload["base_instructions"]?["text"]?.text ?? payload["base_instructions"]?.text
        case "turn_context":
            model = payload["model"]?.text ?? model
            effort = payload["effort"]?.text ?? effort
            folder = payload["cwd"]?.text ?? folder
            turn = payload["turn_id"]?.text ?? turn
        case "response_item": add(payload, at: time)
        case "compacted": compact(payload)
        case "event_msg": readEvent(payload)
        case "token_usage_record":
            guard let usage = payload["usage"].flatMap(CodexUsage.init(logged:)) else { return }
            recorded = usage
            model = payload["model"]?.text ?? model
            close(usage, id: payload["response_id"]?.text)
        default: return
        }
    }

    private mutating func readEvent(_ event: JSONTree) {
        if ["task_started", "turn_started"].contains(event["type"]?.text) {
            turn = event["turn_id"]?.text ?? turn
            // What an interrupted response showed has no tokens to go with.
            open = nil
        }
        guard event["type"]?.text == "token_count", let info = event["info"], info.members != nil else { return }
        let total = info["total_token_usage"].flatMap(CodexUsage.init(logged:))
        let earlier = totals
        totals = total ?? earlier
        // Repeats tell nothing new.
        if let total, total == earlier { return }
        guard let usage = info["last_token_usage"].flatMap(CodexUsage.init(logged:)) ?? total?.beyond(earlier),
            !usage.isEmpty
        else { return }
        if let recorded, usage.isSameResponse(as: recorded) { return }
        recorded = nil
        close(usage, id: nil)
    }

    /// A response has ended; its tools have run already.
    private mutating func close(_ usage: CodexUsage, id: String?) {
        guard let open, !usage.isEmpty else { return }
        self.open = nil
        let own = open.context.upperBound..<(open.end ?? items.count)
        let named = id.flatMap { $0.isEmpty ? nil : $0 } ?? (open.id.isEmpty ? turn : open.id)
        responses.append(
            Response(
                id: named,
                context: open.context,
                items: own,
                time: open.time,
                model: model,
                effort: effort,
                usage: usage,
                folder: folder,
                followsError: hasFailed
            )
        )
        hasFailed = items[own].contains { item in
            guard item["type"]?.text?.hasSuffix("_output") == true, let output = item["output"] else { return false }
            return output.bytes.withUnsafeBytes { CodexToolText.saysFailed($0) }
        }
    }

    private mutating func add(_ item: JSONTree, at time: String) {
        if item.isOfResponse {
            let id = item["id"]?.text ?? item["call_id"]?.text ?? ""
            var response = open ?? Open(context: start..<items.count, time: time)
            if response.id.isEmpty { response.id = id }
            open = response
        }
        if let kept = item.asInput { items.append(kept) }
    }

    /// What the model was left with.
    private mutating func compact(_ record: JSONTree) {
        // What led to a summary ends here, whenever its tokens are told.
        if open?.end == nil { open?.end = items.count }
        start = items.count
        if let history = record["replacement_history"]?.elements {
            items += history.compactMap(\.asInput)
        } else if let summary = record["message"]?.text, !summary.isEmpty {
            items.append(.message(summary))
        }
    }
}

extension CodexUsage {
    init?(logged tree: JSONTree) {
        guard tree.members != nil else { return nil }
        func count(_ name: String) -> Int { tree[name]?.count ?? 0 }
        self.init(
            input: count("input_tokens"),
            cached: count("cached_input_tokens"),
            cacheWrite: count("cache_write_input_tokens"),
            output: count("output_tokens"),
            reasoning: count("reasoning_output_tokens"),
            total: count("total_tokens")
        )
    }
}
