import Domain
import Foundation
import Reports
import Store
import Testing

extension Call {
    /// A call of a dollar's worth of nothing in particular; tests change what they are about.
    static func sample(
        id: String = "msg_1",
        time: Timestamp = .noon,
        model: ModelID = ModelID("claude-opus-5"),
        inputTokens: Int = 10,
        outputTokens: Int = 100,
        cacheReadTokens: Int = 1000,
        mode: ServingMode = .standard,
        earlierAttempts: [Attempt] = [],
        outputIsLowerBound: Bool = false,
        visibleOutputBytes: Int = 0
    ) -> Call {
        Call(
            key: CallKey(id: UInt64(bitPattern: Int64(id.hashValue))),
            id: id,
            time: time,
            model: model,
            mode: mode,
            usage: Usage(inputTokens: inputTokens, outputTokens: outputTokens, cacheReadTokens: cacheReadTokens),
            earlierAttempts: earlierAttempts,
            visibleOutputBytes: visibleOutputBytes,
            outputIsLowerBound: outputIsLowerBound,
            position: LogPosition(offset: 0, length: 0)
        )
    }
}

extension LedgerEntry {
    static func sample(
        _ call: Call = .sample(),
        session: String = "0f6c2a7e-9d0b-4a53-8f57-0b8f3f1f6f11",
        agent: Agent = .claudeCode,
        thread: ThreadID = .main,
        agentType: String? = nil,
        project: String = "/home/dev/projects/harbour",
        billing: Billing = .api,
        tools: [String] = []
    ) -> LedgerEntry {
        LedgerEntry(
            session: SessionID(agent: agent, name: session),
            thread: thread,
            agentType: agentType,
            project: project,
            billing: billing,
            isHeadless: false,
            call: call,
            tools: tools
        )
    }
}

extension Timestamp {
    /// 2026-08-20T12:00:00Z.
    static let noon = Timestamp(milliseconds: Day(year: 2026, month: 8, day: 20).start.milliseconds + 43_200_000)

    static func utc(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0) -> Timestamp {
        let start = Day(year: year, month: month, day: day).start.milliseconds
        return Timestamp(milliseconds: start + Int64(hour * 60 + minute) * 60_000)
    }
}

extension Period {
    static func sample(
        window: Window = .everything,
        name: String = "all time",
        scope: String? = nil,
        zone: Zone = .utc
    ) -> Period {
        Period(window: window, name: name, scope: scope, now: .utc(2026, 8, 21), zone: zone)
    }
}

/// A cent a token of output, nothing else: costs that can be added in the head.
func centsPerOutputToken(_ call: Call) -> Money? {
    guard call.model != ModelID("mystery-1") else { return nil }
    return Money(nanoUSD: Int64(call.billedUsage.outputTokens) * 10_000_000)
}

extension SpendReport {
    static func sample(
        by grouping: SpendGrouping,
        of entries: [LedgerEntry],
        period: Period = .sample(),
        skippedLines: Int = 0,
        newestCall: Timestamp? = nil
    ) -> SpendReport {
        var tally = SpendTally(by: grouping, zone: period.zone, cost: centsPerOutputToken)
        for entry in entries { tally.add(entry) }
        return SpendReport(tally, period: period, skippedLines: skippedLines, newestCall: newestCall)
    }
}

/// Compares a text with the file of that name beside the tests; `RECORD_SNAPSHOTS=1` writes the file instead.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
        try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, "\(name) differs; RECORD_SNAPSHOTS=1 records it", sourceLocation: sourceLocation)
}
