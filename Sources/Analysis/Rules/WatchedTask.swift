import Domain
import Pricing

/// A task or a subagent as it is compared across a rule's beginning: what was asked, what it cost, what went wrong.
struct WatchedTask {
    /// What a task is alike another in: only what the rule cannot have changed, so that a rule which makes tasks longer
    /// is not set beside long tasks.
    struct Likeness: Hashable {
        /// The type of the subagent; nil for a task of the main conversation.
        var subagent: String?
        var isHeadless: Bool
        var project: String
        /// Tokens of the request, in three sizes.
        var asked: Int
        /// Tokens of prompt before it, in three sizes.
        var carried: Int
        /// Whether nothing was called, the world only looked at, or something changed.
        var work: Int
    }

    var likeness: Likeness
    var start: Timestamp
    var cost: Money
    var failures = 0
    var retries = 0
    var escalations = 0

    func count(of harm: Rule.Outcome.Harm.Kind) -> Int {
        switch harm {
        case .failures: failures
        case .retries: retries
        case .escalations: escalations
        }
    }
}

extension PricedSession {
    /// The tasks of the main conversation, each with the subagents and compactions that ran while it did.
    func watchedTasks(in context: AnalysisContext) -> [WatchedTask] {
        guard let main = threads.indices.first(where: { threads[$0].id.kind == .main }) else { return [] }
        let tasks = tasks(of: main)
        let steps = threads[main].steps
        return tasks.indices.compactMap { place in
            let range = tasks[place].runs[0].steps
            let next = place + 1 < tasks.count ? tasks[place + 1].runs[0].steps : nil
            guard var task = watched(range, of: main, in: context) else { return nil }
            let end = next.map { steps[$0.lowerBound].call.time }
            for thread in threads.indices where thread != main {
                let began = threads[thread].steps.first?.call.time ?? .unknown
                guard began >= task.start, end.map({ began < $0 }) ?? true else { continue }
                for index in threads[thread].steps.indices where threads[thread].isOwn[index] {
                    task.cost += threads[thread].costs[index] ?? .zero
                }
            }
            guard let next else { return task }
            let prompt = steps[range.lowerBound].arrivals.last { $0.kind == .prompt }
            let again = steps[next.lowerBound].arrivals.last { $0.kind == .prompt }
            if let prompt, let again, prompt.resembles(again) { task.retries += 1 }
            let tier = { (step: SessionThread.Step) in context.prices.facts(of: step.call.model)?.tier }
            if let before = tier(steps[range.upperBound - 1]), let after = tier(steps[next.lowerBound]), after > before
            {
                task.escalations += 1
            }
            return task
        }
    }

    /// Subagents of these types, or all of them.
    func watchedSubagents(of types: Set<String>, in context: AnalysisContext) -> [WatchedTask] {
        threads.indices.compactMap { thread in
            guard subagent(thread) != nil else { return nil }
            let type = threads[thread].thread.agentType ?? ""
            guard types.isEmpty || types.contains(type) else { return nil }
            var task = watched(threads[thread].steps.indices, of: thread, in: context)
            task?.likeness.subagent = type
            return task
        }
    }

    private func watched(_ range: Range<Int>, of thread: Int, in context: AnalysisContext) -> WatchedTask? {
        let steps = threads[thread].steps
        var cost = Money.zero
        for index in range {
            // A task that cannot be priced whole would look cheap.
            guard let price = threads[thread].costs[index] else { return nil }
            cost += price
        }
        let tools = steps[range].flatMap(\.toolCalls)
        let likeness = WatchedTask.Likeness(
            isHeadless: isHeadless,
            project: project,
            asked: steps.tokensBroughtIn(at: range.lowerBound).place(in: [500, 4_000]),
            carried: steps[range.lowerBound].call.usage.promptTokens.place(in: [30_000, 100_000]),
            work: tools.isEmpty ? 0 : tools.allSatisfy(\.purpose.isObservation) ? 1 : 2
        )
        var task = WatchedTask(likeness: likeness, start: steps[range.lowerBound].call.time, cost: cost)
        task.count(steps[range], in: context.prices)
        return task
    }
}

extension WatchedTask {
    /// Counts failures, what was done again after one, and changes to a stronger model within the task.
    fileprivate mutating func count(_ steps: ArraySlice<SessionThread.Step>, in prices: PriceBook) {
        var actions: [UInt64: UInt64] = [:]
        var failed: Set<UInt64> = []
        var tier: Tier?
        for (place, step) in steps.enumerated() {
            if place > 0 {
                for arrival in step.arrivals where arrival.kind == .toolResult && arrival.isError {
                    failures += 1
                    if let tool = arrival.tool, let action = actions[tool] { failed.insert(action) }
                }
            }
            for tool in step.toolCalls {
                if failed.contains(tool.actionHash) { retries += 1 }
                actions[tool.key] = tool.actionHash
            }
            guard let now = prices.facts(of: step.call.model)?.tier else { continue }
            if let tier, now > tier { escalations += 1 }
            tier = now
        }
    }
}

extension Int {
    /// How many of these limits it has reached.
    fileprivate func place(in limits: [Int]) -> Int { limits.count { self >= $0 } }
}
