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
/// Straight into memory: this stands in the way of every request, an encoder that looks types up takes fifty times as
/// long, and an array that is appended to, key by key, four times.
private struct LineWriter: ~Copyable {
    private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: 2048, alignment: 1)
    private var end = 0

    deinit { room.deallocate() }

    mutating func begin(_ kind: StaticString) {
        raw("{\"v\":")
        number(JournalLine.version)
        raw(",\"type\":\"")
        raw(kind)
        raw("\"")
    }

    consuming func finished() -> [UInt8] {
        raw("}\n")
        return Array(UnsafeRawBufferPointer(rebasing: room[..<end]))
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
        let count = key.utf8CodeUnitCount
        reserve(count + 4)
        room[end] = UInt8(ascii: ",")
        room[end + 1] = UInt8(ascii: "\"")
        copy(UnsafeRawBufferPointer(start: key.utf8Start, count: count), at: end + 2)
        room[end + count + 2] = UInt8(ascii: "\"")
        room[end + count + 3] = UInt8(ascii: ":")
        end += count + 4
    }

    private mutating func raw(_ text: StaticString) {
        copy(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func number(_ value: Int) {
        // Nineteen digits and a sign at most: put at the end of the room for them, and moved.
        let mostDigits = 20
        reserve(2 * mostDigits)
        var start = end + 2 * mostDigits
        var rest = value.magnitude
        repeat {
            start -= 1
            room[start] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
            rest /= 10
        } while rest > 0
        if value < 0 {
            start -= 1
            room[start] = UInt8(ascii: "-")
        }
        let digits = UnsafeRawBufferPointer(rebasing: room[start..<(end + 2 * mostDigits)])
        copy(digits, at: end)
        end += digits.count
    }

    private mutating func string(_ text: String) {
        byte(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            // Names and ids need no escapes, and are most of a line.
            if needsEscapes(UnsafeRawBufferPointer(utf8)) {
                for byte in utf8 { escaped(byte) }
            } else {
                copy(UnsafeRawBufferPointer(utf8))
            }
        }
        byte(UInt8(ascii: "\""))
    }

    private mutating func escaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            self.byte(UInt8(ascii: "\\"))
            self.byte(byte)
        case 0..<0x20:
            raw("\\u00")
            for digit in [byte >> 4, byte & 0xF] { self.byte(digit < 10 ? 0x30 + digit : 0x57 + digit) }
        default: self.byte(byte)
        }
    }

    private mutating func byte(_ byte: UInt8) {
        reserve(1)
        room[end] = byte
        end += 1
    }

    private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
        reserve(bytes.count)
        copy(bytes, at: end)
        end += bytes.count
    }

    private func copy(_ bytes: UnsafeRawBufferPointer, at place: Int) {
        UnsafeMutableRawBufferPointer(rebasing: room[place...]).copyMemory(from: bytes)
    }

    @inline(__always)
    private mutating func reserve(_ count: Int) { if room.count - end < count { grow(by: count) } }

    private mutating func grow(by count: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: (room.count + count) * 2, alignment: 1)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: room[..<end]))
        room.deallocate()
        room = larger
    }
}

/// Whether a byte is below 0x20, a quote or a backslash; looked for in eight at a time.
private func needsEscapes(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index + 8 <= bytes.count {
        if needsEscapes(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) { return true }
        index += 8
    }
    while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return true }
        index += 1
    }
    return false
}

/// Of eight bytes at once: a borrow from one to the next begins only at a byte that does.
@inline(__always)
private func needsEscapes(_ bytes: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = bytes ^ (ones &* UInt64(UInt8(ascii: "\"")))
    let backslashes = bytes ^ (ones &* UInt64(UInt8(ascii: "\\")))
    let low = (bytes &- ones &* 0x20) & ~bytes
    return (low | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)) & (ones << 7) != 0
}
