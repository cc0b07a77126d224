import Domain

/// Sessions on which one kind of finding has something to say.
extension Session {
    /// Files of 5,000 tokens, read at the beginning, that so many calls carry along.
    static func carrying(_ name: String = "s", agent: Agent = .claudeCode, calls: Int = 60, files: Int = 1) -> Session {
        var prompt = 0
        var steps: [SessionThread.Step] = []
        for index in 0..<calls {
            let added = (1...files).contains(index) ? 5000 + index : 100
            let key = UInt64(index)
            let result = Arrival.sample(.toolResult, bytes: added * 2, answers: key, content: key)
            let id = "\(name)-\(index)"
            let call = Call.sample(id, minute: Double(index), read: prompt, write5m: added, stop: .toolUse)
            steps.append(
                .sample(
                    call,
                    after: index == 0 ? [.sample(.prompt)] : [result],
                    tools: [.sample(key: key + 1, target: key)]
                )
            )
            prompt += added
        }
        return .sample(name, agent: agent, steps: steps)
    }

    /// So many tokens before the first word, carried by ten calls.
    static func starting(_ name: String, project: String, standing: Int, labels: [Arrival] = []) -> Session {
        var steps: [SessionThread.Step] = []
        for index in 0..<10 {
            let whole = standing + 100
            let call = Call.sample(
                "\(name)-\(index)",
                minute: Double(index),
                read: index == 0 ? 0 : whole,
                write5m: index == 0 ? whole : 0
            )
            steps.append(.sample(call, after: index == 0 ? labels + [.sample(.prompt, bytes: 360)] : []))
        }
        return .sample(name, project: project, steps: steps)
    }

    /// Shell commands one after the other, on a day; with an error's number, each fails with it.
    static func running(_ commands: [String], _ name: String, day: Double = 0, failing error: UInt64? = nil) -> Session
    {
        let minute = day * 1440
        var steps: [SessionThread.Step] = []
        for (index, command) in commands.enumerated() {
            let call = Call.sample("\(name)-\(index)", minute: minute + Double(index), read: 100_000, stop: .toolUse)
            let hash = command.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }
            let tool = ToolCall.sample(
                .execute,
                name: "Bash",
                key: UInt64(index),
                action: .build,
                command: command,
                hash: hash
            )
            steps.append(.sample(call, after: steps.isEmpty ? [.sample(.prompt)] : [answer(index)], tools: [tool]))
        }
        let last = Call.sample("\(name)-end", minute: minute + Double(commands.count), read: 100_000)
        steps.append(.sample(last, after: [answer(commands.count)]))

        func answer(_ index: Int) -> Arrival {
            .sample(
                .toolResult,
                minute: minute + Double(index),
                bytes: 60,
                answers: UInt64(index - 1),
                isError: error != nil,
                content: error ?? 0
            )
        }
        return .sample(name, steps: steps)
    }

    /// The same request as in every other of these, met by reading the same file.
    static func asking(_ name: String, day: Double, isHeadless: Bool = false) -> Session {
        let prompt = Arrival.sample(.prompt, bytes: 400, content: 1, sketch: (0..<16).map { UInt32($0) })
        return .sample(
            name,
            isHeadless: isHeadless,
            steps: [
                .sample(
                    .sample(name + "1", minute: day * 1440, read: 50_000, stop: .toolUse),
                    after: [prompt],
                    tools: [.sample(key: 1, target: 3)]
                ),
                .sample(
                    .sample(name + "2", minute: day * 1440 + 1, read: 50_000),
                    after: [.sample(.toolResult, answers: 1)]
                ),
            ]
        )
    }
}
