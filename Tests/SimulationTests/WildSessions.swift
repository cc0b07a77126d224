import Domain
import Statistics

extension Samples {
    /// Whatever may come in a session: chores from its first prompt on, beginnings that others keep warm and cold ones,
    /// entries of five minutes or an hour, compactions, subagents that look things up.
    mutating func wildSession(using generator: inout SeededGenerator, on day: Day) -> Session {
        var course = WildCourse(using: &generator)
        for task in 0..<Int.random(in: 1...8, using: &generator) where course.prompt < 120_000 {
            course.add(task: task, using: &generator)
        }
        let threads =
            [(ThreadID.main, course.main)]
            + course.subagents.enumerated().map { place, turns in
                (ThreadID(kind: .subagent, name: "a\(place)"), turns)
            }
        var made = session(threads, on: day)
        for place in made.threads.indices.dropFirst() { made.threads[place].agentType = "Explore" }
        return made
    }
}

private struct WildCourse {
    let model: String
    let isLong: Bool
    let standing: Int
    let isWarm: Bool
    var prompt: Int
    var main: [SampleTurn] = []
    var subagents: [[SampleTurn]] = []
    private var minutes = 0.0

    init(using generator: inout SeededGenerator) {
        model = ["claude-opus-4-6", "claude-sonnet-4-5", "claude-opus-4-8"].randomElement(using: &generator) ?? ""
        isLong = Int.random(in: 0..<4, using: &generator) == 0
        standing = Int.random(in: 3_000...40_000, using: &generator)
        isWarm = Bool.random(using: &generator)
        prompt = standing
    }

    mutating func add(task: Int, using generator: inout SeededGenerator) {
        let isChore = Bool.random(using: &generator)
        let isLate = task > 0 && Bool.random(using: &generator)
        let compacts = task > 0 && Int.random(in: 0..<5, using: &generator) == 0
        if task > 0 { minutes += isLate ? (isLong ? 61 : 6) : 1 }
        if compacts { prompt = standing + 3_000 }
        for turn in 0..<Int.random(in: 1...(isChore ? 6 : 30), using: &generator) {
            let begins = turn == 0 && (task == 0 || isLate)
            let held = begins ? (isWarm ? standing * 3 / 4 : 0) : turn == 0 && compacts ? standing : prompt
            let text = turn > 0 ? nil : isChore ? "git status" : "design the api of the scheduler"
            var made = self.turn(text, at: minutes, prompt: &prompt, held: held, using: &generator)
            made.isCompacted = turn == 0 && compacts
            main.append(made)
            minutes += 0.2
            if Int.random(in: 0..<40, using: &generator) == 0 { addSubagent(using: &generator) }
        }
    }

    private mutating func addSubagent(using generator: inout SeededGenerator) {
        var size = standing / 2
        let order = "Find all files that import Foundation and return their paths"
        subagents.append(
            (0..<Int.random(in: 1...8, using: &generator)).map { turn in
                let held = turn == 0 && !isWarm ? 0 : size
                let at = minutes + Double(turn) / 10
                return self.turn(turn == 0 ? order : nil, at: at, prompt: &size, held: held, using: &generator)
            }
        )
    }

    private func turn(
        _ text: String?,
        at minutes: Double,
        prompt: inout Int,
        held: Int,
        using generator: inout SeededGenerator
    ) -> SampleTurn {
        let before = min(held, prompt)
        prompt += Int.random(in: 0...4_000, using: &generator)
        var usage = Usage(outputTokens: Int.random(in: 1...900, using: &generator), cacheReadTokens: before)
        if isLong { usage.cacheWrite1hTokens = prompt - before } else { usage.cacheWrite5mTokens = prompt - before }
        return SampleTurn(text: text, minutes: minutes, usage: usage, model: model)
    }
}
