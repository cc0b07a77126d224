import Domain
import Statistics

extension Call {
    static func sample(
        _ id: UInt64 = 1,
        request: UInt32 = 1,
        at seconds: Int64 = 0,
        output: Int = 10,
        offset: Int64 = 0
    ) -> Call {
        Call(
            key: CallKey(id: id, request: request),
            id: "msg_\(id)",
            time: .sample(seconds),
            model: ModelID("m"),
            usage: Usage(inputTokens: 1, outputTokens: output),
            position: LogPosition(offset: offset, length: 9)
        )
    }
}

extension Timestamp {
    /// Seconds into 2026-06-03.
    static func sample(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: 1_780_444_800_000 + seconds * 1000) }
}

extension Arrival {
    static func sample(_ content: UInt64, _ kind: Kind = .prompt, at seconds: Int64, offset: Int64) -> Arrival {
        Arrival(
            kind: kind,
            time: .sample(seconds),
            bytes: 5,
            contentHash: content,
            position: LogPosition(offset: offset, length: 9)
        )
    }
}

extension ToolCall {
    static func sample(_ key: UInt64, of call: UInt64, name: String = "Read") -> ToolCall {
        ToolCall(key: key, call: CallKey(id: call, request: 1), name: name, kind: .read, inputBytes: 3, actionHash: key)
    }
}

extension Reading.Strand {
    static func sample(
        session: String = "s1",
        thread: ThreadID = .main,
        project: String = "/code/app",
        isEcho: Bool = false,
        calls: [Call] = [],
        toolCalls: [ToolCall] = [],
        arrivals: [Arrival] = []
    ) -> Reading.Strand {
        Reading.Strand(
            session: SessionID(agent: .claudeCode, name: session),
            thread: thread,
            project: project,
            isEcho: isEcho,
            calls: calls,
            toolCalls: toolCalls,
            arrivals: arrivals
        )
    }
}

extension SourceUpdate {
    static func sample(
        _ path: String = "/logs/a.jsonl",
        _ strands: Reading.Strand...,
        skipped: [SkippedLine] = [],
        continuity: Continuity = .appends,
        lines: Int = 0,
        linesRead: Int = 0
    ) -> SourceUpdate {
        SourceUpdate(
            checkpoint: Checkpoint(
                agent: .claudeCode,
                path: path,
                size: 100,
                modified: 5,
                inode: .max,
                offset: 100,
                lines: lines,
                tailHash: .max,
                extractorVersion: 1,
                state: [1, 2]
            ),
            reading: Reading(strands: strands, skipped: skipped),
            continuity: continuity,
            linesRead: linesRead
        )
    }
}

/// Records with anything in them that their types can hold, the same ones for the same seed.
struct RandomRecords {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func strands(of session: SessionID) -> [Reading.Strand] {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in
            Reading.Strand(
                session: session,
                thread: ThreadID(kind: ThreadID.Kind.allCases.randomElement(using: &random) ?? .main, name: text()),
                agentType: Bool.random(using: &random) ? "Explore" : nil,
                project: text(),
                billing: Billing.allCases.randomElement(using: &random) ?? .api,
                isHeadless: Bool.random(using: &random),
                isEcho: Bool.random(using: &random),
                exchange: Bool.random(using: &random) ? nil : text(),
                calls: many { $0.call() },
                toolCalls: many { $0.tool() },
                arrivals: many { $0.arrival() }
            )
        }
    }

    private mutating func many<T>(_ make: (inout RandomRecords) -> T) -> [T] {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in make(&self) }
    }

    private mutating func text() -> String {
        ["", "a", "é中🙂", "/code/app", String(repeating: "long ", count: 60)].randomElement(using: &random) ?? ""
    }

    /// Small as a rule, at times the largest there is.
    private mutating func count() -> Int {
        [0, 1, 127, 128, Int.random(in: 0...1_000_000, using: &random), .max].randomElement(using: &random) ?? 0
    }

    private mutating func number() -> Int64 {
        [0, -1, 1, .min, .max, Int64.random(in: -1_000_000...1_000_000, using: &random)].randomElement(using: &random)
            ?? 0
    }

    private mutating func position() -> LogPosition { LogPosition(offset: number(), length: count()) }

    private mutating func usage() -> Usage {
        Usage(
            inputTokens: count(),
            outputTokens: count(),
            cacheReadTokens: count(),
            cacheWrite5mTokens: count(),
            cacheWrite1hTokens: count(),
            reasoningTokens: count(),
            webSearchRequests: count()
        )
    }

    private mutating func call() -> Call {
        Call(
            key: CallKey(id: random.next(), request: UInt32(truncatingIfNeeded: random.next())),
            id: text(),
            time: Timestamp(milliseconds: number()),
            model: ModelID(text()),
            mode: ServingMode(
                serviceTier: ServingMode.ServiceTier.allCases.randomElement(using: &random) ?? .standard,
                isFast: Bool.random(using: &random),
                isUSOnly: Bool.random(using: &random)
            ),
            usage: usage(),
            earlierAttempts: Bool.random(using: &random)
                ? []
                : [Attempt(model: ModelID(text()), usage: usage()), Attempt(model: ModelID(text()), usage: .zero)],
            effort: Bool.random(using: &random) ? nil : Effort.allCases.randomElement(using: &random),
            stopReason: StopReason.allCases.randomElement(using: &random) ?? .unknown,
            visibleOutputBytes: count(),
            outputIsLowerBound: Bool.random(using: &random),
            loggedCost: Bool.random(using: &random) ? nil : Money(nanoUSD: number()),
            cacheMissReason: Bool.random(using: &random) ? nil : text(),
            position: position()
        )
    }

    private mutating func tool() -> ToolCall {
        ToolCall(
            key: random.next(),
            call: CallKey(id: random.next(), request: 7),
            name: text(),
            kind: ToolKind.allCases.randomElement(using: &random) ?? .other,
            action: ActionKind.allCases.randomElement(using: &random) ?? .other,
            command: text(),
            inputBytes: count(),
            actionHash: random.next(),
            targetHash: Bool.random(using: &random) ? nil : random.next()
        )
    }

    private mutating func arrival() -> Arrival {
        Arrival(
            kind: Arrival.Kind.allCases.randomElement(using: &random) ?? .context,
            label: text(),
            time: Timestamp(milliseconds: number()),
            bytes: count(),
            attachments: count(),
            tool: Bool.random(using: &random) ? nil : random.next(),
            isError: Bool.random(using: &random),
            contentHash: random.next(),
            sketch: (0..<(Bool.random(using: &random) ? 0 : 16)).map { _ in UInt32(truncatingIfNeeded: random.next()) },
            position: position()
        )
    }
}
