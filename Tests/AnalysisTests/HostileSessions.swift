import Analysis
import Domain
import Statistics

/// Sessions in which every kind may find something, with what no sane log holds drawn into them.
struct HostileSessions {
    private var generator: SeededGenerator
    private let seed: UInt64

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        self.seed = seed
    }

    mutating func draw() -> [Session] {
        var sessions = work()
        for number in sessions.indices where generator.nextIndex(below: 3) == 0 { spoil(&sessions[number]) }
        return sessions
    }

    /// A tool call and how its result came back.
    private struct Act {
        var tool: ToolCall
        var bytes = 400
        var isError = false
    }

    private func act(_ action: ActionKind, _ name: String, bytes: Int = 400, isError: Bool = false) -> Act {
        let hash = name.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }
        let kind: ToolKind = action == .readFile ? .read : action == .search ? .search : .execute
        let tool = ToolCall.sample(kind, name: "Bash", action: action, command: name, hash: hash, target: hash)
        return Act(tool: tool, bytes: bytes, isError: isError)
    }

    /// A prompt, a call for each act and an answer, on a prompt that grows and is cached.
    private func steps(
        _ name: String,
        day: Double,
        opening: Arrival = .sample(.prompt, bytes: 360),
        standing: Int = 20_000,
        acts: [Act],
        output: Int = 100,
        answer: Int = 2500,
        pause: Double = 1
    ) -> [SessionThread.Step] {
        var held = 0
        return (0...acts.count).map { index in
            let added = index == 0 ? standing : 150 + acts[index - 1].bytes / 4
            defer { held += added }
            var after = [opening]
            if index > 0 {
                let act = acts[index - 1]
                after = [
                    .sample(
                        .toolResult,
                        bytes: act.bytes,
                        answers: UInt64(index),
                        isError: act.isError,
                        content: act.isError ? 3 : UInt64(index)
                    )
                ]
            }
            var tools: [ToolCall] = []
            if index < acts.count {
                tools = [acts[index].tool]
                tools[0].key = UInt64(index + 1)
            }
            let call = Call.sample(
                "\(seed)-\(name)-\(index)",
                minute: day * 1440 + Double(index) * pause,
                output: index == acts.count ? answer : output,
                read: pause > 5 ? 0 : held,
                write5m: pause > 5 ? held + added : added,
                stop: index == acts.count ? .endTurn : .toolUse
            )
            return .sample(call, after: after, tools: tools)
        }
    }

    private func session(
        _ name: String,
        project: String = "/p",
        isHeadless: Bool = false,
        _ steps: [SessionThread.Step]
    )
        -> Session
    {
        .sample(name, project: project, isHeadless: isHeadless, steps: steps)
    }

    private func work() -> [Session] {
        var sessions: [Session] = []
        let release = ["git fetch", "make build", "make sign", "make upload"].map { act(.run, $0) }
        let sketch = (0..<16).map { UInt32($0) }
        let request = Arrival.sample(.prompt, bytes: 300, content: 8, sketch: sketch)
        let failures = [act(.build, "make", isError: true), act(.build, "make", isError: true), act(.build, "make")]
        let many = [act(.readFile, "a", bytes: 40_000)] + (0..<80).map { act(.edit, "b\($0)") }
        for number in 0..<4 {
            let day = Double(number)
            sessions += [
                session("release\(number)", steps("release\(number)", day: day, acts: release)),
                session(
                    "lean\(number)",
                    project: "/lean",
                    steps("lean\(number)", day: 1, standing: 4000, acts: failures)
                ),
                session("retry\(number)", steps("retry\(number)", day: day, standing: 90_000, acts: failures)),
                session(
                    "again\(number)",
                    steps("again\(number)", day: day, opening: request, acts: [act(.readFile, "x")])
                ),
                session("batch\(number)", isHeadless: true, steps("batch\(number)", day: day, acts: [])),
                session("rest\(number)", steps("rest\(number)", day: day, acts: many.suffix(6), pause: 20)),
            ]
        }
        sessions.append(session("carry", steps("carry", day: 0, acts: many)))
        let looks = (0..<8).map { act(.readFile, "l\($0)", bytes: 4000) }
        var delegating = session("delegate", steps("delegate", day: 0, acts: [act(.edit, "e")]))
        let subagent = steps("looker", day: 0, opening: .sample(.delegation), acts: looks)
        delegating.threads.append(SessionThread(id: ThreadID(kind: .subagent, name: "a"), steps: subagent))
        sessions.append(delegating)
        let mixed = [act(.edit, "m", bytes: 8000)] + (0..<6).map { act(.test, "t\($0)") } + [act(.edit, "m")]
        var balanced = session("phases", steps("phases", day: 0, standing: 60_000, acts: mixed, output: 40))
        for index in balanced.threads[0].steps.indices { balanced.threads[0].steps[index].call.model = .sonnet }
        sessions.append(balanced)
        var older = session("older", steps("older", day: 0, acts: release))
        for index in older.threads[0].steps.indices { older.threads[0].steps[index].call.model = .olderOpus }
        sessions.append(older)
        var long = session("long", steps("long", day: 0, standing: 150_000, acts: release))
        for index in long.threads[0].steps.indices { long.threads[0].steps[index].call.model = .haiku }
        sessions += [long, Session.small("small\(seed)")]
        for number in 0..<12 {
            let thinking = number == 0 ? 5000 : 500
            let call = Call.sample("\(seed)-think\(number)", input: 10, output: 100 + thinking, reasoning: thinking)
            sessions.append(session("think\(number)", [.sample(call, after: [.sample(.prompt, bytes: 200)])]))
        }
        return sessions
    }

    /// Counts, times, keys and sizes that no log should hold.
    private mutating func spoil(_ session: inout Session) {
        let way = generator.nextIndex(below: 6)
        for thread in session.threads.indices {
            if way == 5 { crowd(&session.threads[thread].steps) }
            for index in session.threads[thread].steps.indices where generator.nextIndex(below: 3) == 0 {
                switch way {
                case 0: session.threads[thread].steps[index].call.usage = absurdUsage()
                case 1: session.threads[thread].steps[index].call.time = .unknown
                case 2:
                    session.threads[thread].steps[index].call.time = .minute(-Double(generator.nextIndex(below: 9000)))
                case 3: session.threads[thread].steps[index].call.time = session.threads[thread].steps[0].call.time
                case 4:
                    for tool in session.threads[thread].steps[index].toolCalls.indices {
                        session.threads[thread].steps[index].toolCalls[tool].key = 1
                        session.threads[thread].steps[index].toolCalls[tool].name = ""
                        session.threads[thread].steps[index].toolCalls[tool].command = ""
                    }
                default: session.threads[thread].steps[index].isContext = generator.nextIndex(below: 4) == 0
                }
            }
        }
    }

    private mutating func absurdUsage() -> Usage {
        func count() -> Int { [0, 1, 1_000_000_000_000][generator.nextIndex(below: 3)] }
        return Usage(
            inputTokens: count(),
            outputTokens: count(),
            cacheReadTokens: count(),
            cacheWrite5mTokens: count(),
            cacheWrite1hTokens: count()
        )
    }

    /// Thousands of tool calls at once, each answered.
    private func crowd(_ steps: inout [SessionThread.Step]) {
        guard steps.count > 1, !steps[0].toolCalls.isEmpty else { return }
        steps[0].toolCalls = (0..<2000).map { .sample(key: UInt64($0 % 1500), hash: UInt64($0), target: UInt64($0)) }
        steps[1].arrivals = (0..<2000).map { .sample(.toolResult, answers: UInt64($0), isError: $0 % 7 == 0) }
    }
}
