import Domain
import Pricing

/// A session that could go through a batch, priced both ways.
struct BatchableWork {
    var steps: [SessionThread.Step] = []
    var costs: [Money] = []
    var savings: [Money] = []
    var start = Timestamp.unknown
    /// What the session began with.
    var prompt: Arrival?

    var saving: Money { savings.reduce(.zero, +) }
    var toolCalls: Int { steps.reduce(0) { $0 + $1.toolCalls.count } }
}

extension PricedSession {
    /// The session as work for batches: short, whole, with one prompt, on a bill that batches could lower.
    func batchableWork(ofTurns turns: Int, in context: AnalysisContext) -> BatchableWork? {
        guard billing != .subscription, threads.count == 1, let thread = threads.first, thread.id.kind == .main,
            thread.isOwn.allSatisfy(\.self), let first = thread.steps.first
        else { return nil }
        let hasTools = thread.steps.contains { !$0.toolCalls.isEmpty }
        guard !hasTools || thread.steps.count <= turns else { return nil }
        let prompts = thread.steps.flatMap(\.arrivals).filter { $0.kind == .prompt }
        guard prompts.count <= 1 else { return nil }
        var work = BatchableWork(start: first.call.time, prompt: prompts.first)
        for (index, step) in thread.steps.enumerated() where step.call.mode.serviceTier != .batch {
            var mode = step.call.mode
            mode.serviceTier = .batch
            let call = step.call
            guard let cost = thread.costs[index],
                let paid = context.pricer.cost(of: call.usage, on: call.model, mode: call.mode, at: call.time),
                let batch = context.pricer.cost(of: call.usage, on: call.model, mode: mode, at: call.time),
                batch < paid
            else { continue }
            work.steps.append(step)
            work.costs.append(cost)
            work.savings.append(min(paid - batch, cost))
        }
        return work.steps.isEmpty ? nil : work
    }

    func claim(on work: BatchableWork, because reason: String) -> Claim {
        let keys = work.steps.map(\.call.key)
        let turns = work.steps.count
        return Claim(
            FindingScope(kind: Batchable.kind, project: project),
            unit: .session,
            model: work.steps[0].call.model,
            shape: shape(of: WorkUnit(kind: .session, runs: [.init(thread: 0, steps: threads[0].steps.indices)])),
            reasons: [
                reason,
                work.toolCalls == 0
                    ? "\(turns.of("call")) without tools: nothing has to go back to the model"
                    : "\(turns.of("turn")) with tools: each would be a batch of its own",
            ],
            evidence: Evidence(
                session: id,
                calls: work.steps.map(\.call.id),
                file: work.steps[0].file,
                offset: work.steps[0].call.position.offset
            ),
            shares: zip(keys, zip(work.costs, work.savings)).map { Claim.Share(call: $0, cost: $1.0, saving: $1.1) },
            billing: billing,
            outputIsLowerBound: work.steps.contains { $0.call.outputIsLowerBound }
        )
    }
}
