internal import Domain

extension JournalLine {
    /// The line with its line feed: to be appended in one write, so that lines of several writers do not mix.
    package var bytes: [UInt8] {
        var line = LineWriter()
        switch self {
        case .intent(let intent):
            line.begin("intent")
            line.write(intent)
        case .outcome(let intent, let outcome):
            line.begin("outcome")
            line.write(intent)
            line.write(outcome)
        }
        return line.finished()
    }
}

/// Writes one JSON object; what is empty or zero is left out.
///
/// Straight into bytes: this stands in the way of every request, and an encoder that looks types up takes fifty times
/// as long.
private struct LineWriter {
    private var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(1024) }

    mutating func begin(_ kind: StaticString) {
        raw("{\"v\":")
        number(JournalLine.version)
        raw(",\"type\":\"")
        raw(kind)
        raw("\"")
    }

    consuming func finished() -> [UInt8] {
        raw("}\n")
        return bytes
    }

    mutating func write(_ intent: Exchange.Intent) {
        field("id", intent.id)
        field("time", Int(intent.time.milliseconds))
        let sender = intent.sender
        field("path", sender.path)
        field("agent", sender.agent?.rawValue)
        field("session", sender.session)
        field("subagent", sender.subagent)
        field("app", sender.app)
        field("project", sender.project)
        field("ticket", sender.ticket)
        field("phase", sender.phase?.rawValue)
        field("billing", intent.billing == .unknown ? nil : intent.billing.rawValue)
        field("format", intent.format.rawValue)
        field("requested", intent.decision.requested.rawValue)
        field("chosen", intent.decision.chosen.rawValue)
        field("applied", intent.decision.isApplied)
        field("reason", intent.decision.reason.rawValue)
        field("detail", intent.decision.detail)
        field("effort", intent.effort?.journalName)
        field("upstream", intent.upstream)
        field("upstreamFormat", intent.upstreamFormat.rawValue)
        field("requestBytes", intent.requestBytes)
        field("content", intent.content)
    }

    mutating func write(_ outcome: Exchange.Outcome) {
        field("ending", outcome.ending.rawValue)
        field("ended", Int(outcome.time.milliseconds))
        field("answeredBy", outcome.upstream)
        field("status", outcome.status)
        field("replyID", outcome.replyID)
        field("requestID", outcome.requestID)
        field("model", outcome.model.rawValue)
        if outcome.mode.serviceTier != .standard { field("serviceTier", outcome.mode.serviceTier.journalName) }
        if outcome.mode.isFast { field("fast", true) }
        if outcome.mode.isUSOnly { field("usOnly", true) }
        if let usage = outcome.usage { field("usage", usage) }
        if let usage = outcome.counterfactualUsage { field("counterfactualUsage", usage) }
        if !outcome.earlierAttempts.isEmpty { field("earlierAttempts", outcome.earlierAttempts) }
        if outcome.stopReason != .unknown { field("stopReason", outcome.stopReason.journalName) }
        field("attempts", outcome.attempts)
        if let milliseconds = outcome.firstByteMilliseconds { field("firstByteMilliseconds", milliseconds) }
        field("visibleOutputBytes", outcome.visibleOutputBytes)
        if !outcome.dropped.isEmpty { field("dropped", outcome.dropped) }
    }

    private mutating func field(_ key: StaticString, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        self.key(key)
        string(text)
    }

    private mutating func field(_ key: StaticString, _ value: Int) {
        self.key(key)
        number(value)
    }

    private mutating func field(_ key: StaticString, _ flag: Bool) {
        self.key(key)
        raw(flag ? "true" : "false")
    }

    private mutating func field(_ key: StaticString, _ usage: Usage) {
        self.key(key)
        object(usage)
    }

    private mutating func field(_ key: StaticString, _ attempts: [Attempt]) {
        self.key(key)
        for (place, attempt) in attempts.enumerated() {
            raw(place == 0 ? "[{\"model\":" : ",{\"model\":")
            string(attempt.model.rawValue)
            raw(",\"usage\":")
            object(attempt.usage)
            raw("}")
        }
        raw("]")
    }

    private mutating func field(_ key: StaticString, _ counts: [String: Int]) {
        self.key(key)
        for (place, count) in counts.sorted(by: { $0.key < $1.key }).enumerated() {
            raw(place == 0 ? "{" : ",")
            string(count.key)
            raw(":")
            number(count.value)
        }
        raw("}")
    }

    private mutating func object(_ usage: Usage) {
        raw("{\"input\":")
        number(usage.inputTokens)
        field("output", usage.outputTokens)
        if usage.cacheReadTokens != 0 { field("cacheRead", usage.cacheReadTokens) }
        if usage.cacheWrite5mTokens != 0 { field("cacheWrite5m", usage.cacheWrite5mTokens) }
        if usage.cacheWrite1hTokens != 0 { field("cacheWrite1h", usage.cacheWrite1hTokens) }
        if usage.reasoningTokens != 0 { field("reasoning", usage.reasoningTokens) }
        if usage.webSearchRequests != 0 { field("webSearches", usage.webSearchRequests) }
        raw("}")
    }

    private mutating func key(_ key: StaticString) {
        raw(",\"")
        raw(key)
        raw("\":")
    }

    private mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func number(_ value: Int) {
        guard value >= 0 && value < 10 else { return bytes.append(contentsOf: String(value).utf8) }
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + value))
    }

    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            // Names and ids need no escapes, and are most of a line.
            if utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
                bytes.append(contentsOf: utf8)
            } else {
                for byte in utf8 { escaped(byte) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0..<0x20:
            raw("\\u00")
            for digit in [byte >> 4, byte & 0xF] { bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
        default: bytes.append(byte)
        }
    }
}
