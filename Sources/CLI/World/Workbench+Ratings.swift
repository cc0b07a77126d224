import Domain
import Ingestion
import Replay
import Reports
import Routing
import Store
import Wire

extension Workbench {
    /// What the user's own history says of models: the gateway's decisions, and which of them a complaint took back.
    func gatewayHistory(since start: Timestamp? = nil) throws -> GatewayHistory {
        var history = GatewayHistory()
        let window = Window(from: start)
        try telling { try store.forEachExchange(in: window) { history.take($0) } }
        return history
    }

    /// The ratings as rows to learn from, and how many of their prompts can be read no more.
    ///
    /// A prompt is what the human, or for a subagent its caller, said last before the step, read back from the agent's
    /// log. Several ratings of a model on one step count in the mean.
    func ratedPrompts() async throws -> (rows: [RatedPrompt], unread: Int) {
        let known = try await gatewayHistory().finished().ratings + replayRatings()
        let byCall = Dictionary(grouping: known, by: \.call)
        let rules = try telling { try store.rules() }
        guard !byCall.isEmpty || !rules.isEmpty else { return ([], 0) }
        var rows: [String: RatedPrompt] = [:]
        var unread = Set(byCall.keys)
        try telling {
            try store.forEachSession { session in
                var ratings = byCall
                for rating in rules.flatMap({ $0.ratings(in: session) }) {
                    ratings[rating.call, default: []].append(rating)
                }
                for thread in session.threads {
                    for row in thread.ratedPrompts(by: ratings) {
                        unread.remove(row.id)
                        rows[row.id] = row
                    }
                }
            }
        }
        return (rows.values.sorted { $0.id < $1.id }, unread.count)
    }
}

extension Workbench {
    /// What replays say of the steps on which both models acted: did either do again what was done in fact.
    ///
    /// The original's own answer counts too: where even that differs, the step tells the two models apart no more.
    private func replayRatings() async throws -> [Rating] {
        var ratings: [Rating] = []
        for verdict in try telling({ try store.everyVerdict() }) {
            guard let report = try await keptStudy(verdict) else { continue }
            for row in report.run.rows {
                guard let candidate = row.candidate?.verdict, let original = row.original?.verdict,
                    row.fidelity != .inferred
                else { continue }
                for (model, answer) in [(verdict.target, candidate), (verdict.model, original)] {
                    ratings.append(
                        Rating(
                            call: row.step.id,
                            model: model,
                            score: answer.agrees ? 1 : 0,
                            source: .replay,
                            time: verdict.time
                        )
                    )
                }
            }
        }
        return ratings
    }
}

extension Rule {
    /// What the rule's fate says of the model it moves work to: on the first step of each thread that it moved.
    ///
    /// Kept and measured to do no harm, that was enough; taken back, or measured to harm, it was not.
    fileprivate func ratings(in session: Session) -> [Rating] {
        guard let score, let model, let target, session.id.agent == agent,
            project.map({ $0 == session.project }) ?? true
        else { return [] }
        return session.threads.flatMap { thread -> [Rating] in
            guard moves(thread), let step = thread.steps.first(where: { !$0.isContext }), step.call.model == target,
                step.call.time >= applied, status.isInForce || step.call.time < changed
            else { return [] }
            return [(target, score), (model, 1)].map { model, score in
                Rating(call: step.call.id, model: model, score: score, source: .rule, time: step.call.time)
            }
        }
    }

    /// Nil while nothing is known.
    private var score: Double? {
        switch status {
        case .promoted: 1
        case .demoted, .undone, .rolledBack: 0
        case .applying, .applied: nil
        }
    }

    private func moves(_ thread: SessionThread) -> Bool {
        switch action {
        case .model: thread.id.kind == .main
        case .subagentModel:
            thread.id.kind == .subagent && (subagents.isEmpty || thread.agentType.map(subagents.contains) ?? false)
        case .instruction, .cacheLifetime, .route: false
        }
    }
}

extension SessionThread {
    fileprivate func ratedPrompts(by ratings: [String: [Rating]]) -> [RatedPrompt] {
        guard steps.contains(where: { ratings[$0.call.id] != nil }) else { return [] }
        var rows: [RatedPrompt] = []
        var said: (arrival: Arrival, file: String)?
        var gathering = WorkGathering()
        for step in steps {
            let work = gathering.next(step)
            for arrival in step.arrivals where arrival.kind == .prompt || arrival.kind == .delegation {
                said = (arrival, step.file)
            }
            guard let found = ratings[step.call.id], !step.isContext, let said,
                let text = said.arrival.text(inLogAt: said.file).map({ HumanText($0).text }), !text.isEmpty
            else { continue }
            rows.append(RatedPrompt(id: step.call.id, prompt: text, work: work, results: found.results))
        }
        return rows
    }
}

extension [Rating] {
    /// The mean score of each model.
    fileprivate var results: [RatedPrompt.Result] {
        Dictionary(grouping: self, by: \.model).sorted { $0.key < $1.key }.map { model, ratings in
            RatedPrompt.Result(model: model, score: ratings.reduce(0) { $0 + $1.score } / Double(ratings.count))
        }
    }
}
