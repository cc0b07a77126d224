import Domain
import Pricing

/// A thread that went on with a model of a higher tier of the same family.
struct Escalation: Hashable {
    var from: ModelID
    var to: ModelID
}

extension Session {
    /// The calls that count here, of all threads.
    var ownSteps: some Sequence<SessionThread.Step> {
        threads.lazy.flatMap(\.steps).filter { !$0.isContext }
    }

    /// When each task with a call that counts here began: at the first call after a person's prompt.
    var starts: [Timestamp] {
        var starts: [Timestamp] = []
        for thread in threads where thread.id.kind == .main {
            var start: Timestamp?
            for step in thread.steps {
                if step.arrivals.contains(where: { $0.kind == .prompt }) { start = step.call.time }
                guard !step.isContext, let begun = start else { continue }
                starts.append(begun)
                // Counted: the rest of the task adds nothing.
                start = nil
            }
        }
        return starts.sorted()
    }

    /// How many tool calls ran one of these commands and came to a good end.
    func count(of commands: Set<String>) -> Int {
        threads.reduce(0) { count, thread in
            let asked = thread.steps.lazy.filter { !$0.isContext }.flatMap(\.toolCalls)
                .filter { commands.contains($0.command) }
            let keys = Set(asked.map(\.key))
            guard !keys.isEmpty else { return count }
            let arrivals = thread.steps.lazy.flatMap(\.arrivals) + thread.trailing
            let done = arrivals.filter { $0.kind == .toolResult && !$0.isError }.compactMap(\.tool)
            return count + keys.intersection(done).count
        }
    }

    /// Every step up inside a thread, and when it was taken.
    func escalations(_ facts: (ModelID) -> ModelFacts?) -> [(time: Timestamp, escalation: Escalation)] {
        var found: [(time: Timestamp, escalation: Escalation)] = []
        for thread in threads {
            var before: (model: ModelID, family: String, tier: Tier)?
            for step in thread.steps {
                guard let facts = facts(step.call.model), let tier = facts.tier else { continue }
                if !step.isContext, let before, before.family == facts.family, before.tier < tier {
                    found.append((step.call.time, Escalation(from: before.model, to: step.call.model)))
                }
                before = (step.call.model, facts.family, tier)
            }
        }
        return found
    }
}
