import Domain
import Pricing
import Routing
import Statistics

@testable import Simulation

/// A turn of a made-up conversation; change what the test is about.
struct SampleTurn {
    /// What the human or the calling agent said before it; nil: the model's tools answered.
    var text: String?
    var minutes: Double
    var usage: Usage
    var model = "claude-opus-4-6"
    var callsTool = false
    var isCompacted = false
    var isContext = false

    static func says(_ text: String, at minutes: Double, _ usage: Usage, callsTool: Bool = false) -> SampleTurn {
        SampleTurn(text: text, minutes: minutes, usage: usage, callsTool: callsTool)
    }

    static func goesOn(at minutes: Double, _ usage: Usage, callsTool: Bool = false) -> SampleTurn {
        SampleTurn(text: nil, minutes: minutes, usage: usage, callsTool: callsTool)
    }
}

/// Sessions whose texts stand beside them, as logs hold them.
struct Samples {
    /// A day on which Haiku 4.5 is the cheapest Claude: 1 and 5 dollars a million tokens, where Opus 4.6 costs 5 and 25.
    static let winter = Day(year: 2026, month: 3, day: 2)
    /// A day with Haiku 5.5: 0.10 and 0.50 dollars.
    static let autumn = Day(year: 2026, month: 11, day: 20)

    private var texts: [UInt64: String] = [:]
    private var nextKey: UInt64 = 1

    mutating func session(
        _ threads: [(ThreadID, [SampleTurn])],
        on day: Day = winter,
        agent: Agent = .claudeCode,
        project: String = "/p"
    ) -> Session {
        let threads = threads.map { id, turns in
            SessionThread(id: id, steps: turns.map { step($0, on: day, isSubagent: id.kind == .subagent) })
        }
        return Session(id: SessionID(agent: agent, name: "s"), project: project, threads: threads)
    }

    mutating func session(_ turns: [SampleTurn], on day: Day = winter, agent: Agent = .claudeCode) -> Session {
        session([(.main, turns)], on: day, agent: agent)
    }

    /// Work and chores in any order on one model, some behind a pause that lets the prompt cache of five minutes go;
    /// as much as fits a window of 200,000 tokens.
    mutating func randomSession(using generator: inout SeededGenerator, on day: Day = winter) -> Session {
        let model = ["claude-opus-4-6", "claude-sonnet-4-5"].randomElement(using: &generator) ?? ""
        var turns: [SampleTurn] = []
        var (minutes, prompt) = (0.0, Int.random(in: 5_000...40_000, using: &generator))
        for task in 0..<Int.random(in: 1...12, using: &generator) where prompt < 120_000 {
            let isChore = task > 0 && Bool.random(using: &generator)
            let isLate = Bool.random(using: &generator)
            minutes += isLate ? 6 : 1
            for turn in 0..<Int.random(in: 1...(isChore ? 6 : 30), using: &generator) {
                let (growth, output) = (
                    Int.random(in: 0...4_000, using: &generator), Int.random(in: 1...900, using: &generator)
                )
                let isCold = turns.isEmpty || (turn == 0 && isLate)
                let usage = Usage.turn(
                    read: isCold ? 0 : prompt,
                    wrote: isCold ? prompt + growth : growth,
                    output: output
                )
                let text = turn > 0 ? nil : isChore ? "git status" : "design the api of the scheduler"
                turns.append(SampleTurn(text: text, minutes: minutes, usage: usage, model: model))
                prompt += growth
                minutes += 0.2
            }
        }
        return session(turns, on: day)
    }

    func simulation(dial: Double = 0.5, reads: Bool = true) -> Simulation {
        var policy = RoutingPolicy()
        policy.mode = .route
        policy.dial = dial
        return Simulation(policy: policy, book: .builtin, providers: [.anthropic, .openAI]) { [texts] arrival, _ in
            reads ? texts[arrival.contentHash] : nil
        }
    }

    private mutating func step(_ turn: SampleTurn, on day: Day, isSubagent: Bool) -> SessionThread.Step {
        let time = day.start.advanced(byMilliseconds: 36_000_000 + Int64(turn.minutes * 60_000))
        nextKey += 1
        let key = CallKey(id: nextKey)
        let position = LogPosition(offset: 0, length: 1)
        var arrivals: [Arrival] = []
        if turn.isCompacted {
            arrivals.append(Arrival(kind: .compactSummary, time: time, bytes: 9, position: position))
        }
        if let text = turn.text {
            texts[nextKey] = text
            let kind: Arrival.Kind = isSubagent ? .delegation : .prompt
            arrivals.append(
                Arrival(kind: kind, time: time, bytes: text.utf8.count, contentHash: nextKey, position: position)
            )
        } else if !turn.isCompacted {
            arrivals.append(Arrival(kind: .toolResult, time: time, bytes: 100, position: position))
        }
        let tool = ToolCall(key: nextKey, call: key, name: "Bash", kind: .execute, inputBytes: 9, actionHash: 0)
        return SessionThread.Step(
            call: Call(
                key: key,
                id: "call-\(nextKey)",
                time: time,
                model: ModelID(turn.model),
                usage: turn.usage,
                stopReason: turn.callsTool ? .toolUse : .endTurn,
                position: position
            ),
            isContext: turn.isContext,
            arrivals: arrivals,
            toolCalls: turn.callsTool ? [tool] : []
        )
    }
}

extension Usage {
    /// Read from the cache, written into it for five minutes, and answered, in tokens.
    static func turn(read: Int = 0, wrote: Int = 0, output: Int = 0) -> Usage {
        Usage(outputTokens: output, cacheReadTokens: read, cacheWrite5mTokens: wrote)
    }
}

extension Money {
    /// The sum of tokens times what a million of them cost in dollars.
    static func sum(_ parts: (tokens: Double, price: Double)...) -> Money {
        Money(approximatingUSD: parts.reduce(0) { $0 + $1.tokens * $1.price } / 1e6)
    }
}
