internal import Domain
internal import JSONText
internal import Pricing

/// A run as it goes.
struct StudyWalk {
    /// Failures in a row after which nothing more is asked.
    static let mostFailuresInARow = 5

    /// A step whose request could be built.
    struct Step {
        var row: Int
        var rebuilt: RebuiltRequest
        /// Messages of its prompt.
        var messages: Int
        /// Those of the sampled prompt before it, where its own goes on from there.
        var before: Int?
    }

    /// A step's request to one of the models.
    struct Question {
        var row: Int
        var path: WritableKeyPath<StudyRow, StudyRow.Answer?>
        var request: ReplayRequest
        /// Under which its reply is kept.
        var name: String
    }

    let study: Study
    let doors: StudyDoors
    var pricer: Pricer
    var rows: [StudyRow] = []
    var budget: StudyBudget
    /// Until a provider says that it takes none.
    var hasBatches: Bool
    private var spentNow = Money.zero
    private var skipped: [String: Int] = [:]
    private var failures = 0
    private var replies = 0

    init(study: Study, doors: StudyDoors, pricer: Pricer) {
        self.study = study
        self.doors = doors
        self.pricer = pricer
        budget = StudyBudget(limit: study.budget, spent: doors.replies.lost + doors.replies.paid)
        hasBatches = study.delivery == .batches
    }

    var isWhole: Bool { rows.count + skipped.values.reduce(0, +) == study.sample.count }

    func finish(_ ending: StudyEnding) -> Study.Run {
        // What may be lost counts against the budget, but nobody knows that it was spent.
        let lost = doors.replies.lost
        return Study.Run(
            rows: rows,
            ending: ending,
            spent: budget.spent - lost,
            spentNow: spentNow,
            lost: lost,
            skipped: skipped
        )
    }

    /// Asks the steps of some sessions; an ending where nothing more is to be asked.
    mutating func ask(_ round: [[Sampler.Candidate]]) async throws -> StudyEnding? {
        var sessions: [[Step]] = []
        for batch in round {
            let steps = await steps(of: batch)
            sessions.append(steps)
            guard !hasBatches else { continue }
            if let ending = try await askOneByOne(steps) { return ending }
        }
        return hasBatches ? try await askAtOnce(sessions) : nil
    }

    private mutating func steps(of batch: [Sampler.Candidate]) async -> [Step] {
        var steps: [Step] = []
        for candidate in batch {
            guard let rebuilt = await doors.rebuild(candidate.step) else {
                skipped["no request could be built", default: 0] += 1
                continue
            }
            let tokens = candidate.step.usage.promptTokens + study.limit.tokens
            if let window = [study.candidate, study.original].compactMap(\.limits?.contextWindow).min(), tokens > window
            {
                skipped["the prompt is longer than a model's window", default: 0] += 1
                continue
            }
            let messages = JSONTree(bytes: rebuilt.body)?["messages"]?.elements?.count ?? 0
            rows.append(StudyRow(step: candidate.step, stratum: candidate.stratum, fidelity: rebuilt.fidelity))
            let before = steps.last.flatMap { $0.messages < messages ? $0.messages : nil }
            steps.append(Step(row: rows.count - 1, rebuilt: rebuilt, messages: messages, before: before))
        }
        return steps
    }

    /// Asks a session's steps, first of the candidate, then of the original: each reads its own cache.
    mutating func askOneByOne(_ steps: [Step]) async throws -> StudyEnding? {
        for path in [\StudyRow.candidate, \StudyRow.original] {
            for step in steps {
                guard let question = question(step, on: path) else { continue }
                guard let most = most(question, as: .standard), budget.reserve(most) else { return .budget }
                try doors.replies.begin(question.name, most)
                let (status, body) = await doors.ask(question.request)
                let reply = ReplayReply(status: status, body: body, to: question.request)
                let cost = pricer.cost(of: reply, on: question.request.model, isBatched: false, at: study.time)
                if status == 200 {
                    try doors.replies.keep(question.name, KeptReply(body: body, cost: cost))
                } else {
                    doors.replies.forget(question.name)
                }
                budget.settle(most, cost: cost)
                take(reply, to: question, at: cost, isKept: false)
                failures = reply.outcome == .failed ? failures + 1 : 0
                if failures >= Self.mostFailuresInARow { return .failing(reply.trouble ?? "") }
            }
        }
        return nil
    }

    /// What is still to be asked of a model about a step; nil where it is answered, or cannot be asked.
    mutating func question(
        _ step: Step,
        on path: WritableKeyPath<StudyRow, StudyRow.Answer?>
    ) -> Question? {
        guard rows[step.row][keyPath: path] == nil else { return nil }
        let isCandidate = path == \StudyRow.candidate
        let side = isCandidate ? study.candidate : study.original
        let treatment = ReplayRequest.Treatment(
            of: [study.candidate, study.original],
            recorded: rows[step.row].step.model,
            maxOutputTokens: study.limit.tokens,
            previousMessages: step.before
        )
        let request: ReplayRequest
        do throws(ReplayRequestError) {
            request = try ReplayRequest(step.rebuilt, for: side, treatment: treatment)
        } catch {
            rows[step.row][keyPath: path] = StudyRow.Answer(
                reply: ReplayReply(outcome: .failed, trouble: error.description),
                verdict: nil,
                cost: .zero,
                isKept: false
            )
            return nil
        }
        if isCandidate { rows[step.row].changes = request.changes }
        // The same model twice is asked twice: its second answer must be one of its own.
        let name = doors.replies.name(Array("\(isCandidate ? "candidate" : "original")\n".utf8) + request.body)
        let question = Question(row: step.row, path: path, request: request, name: name)
        guard let kept = doors.replies.kept(name) else { return question }
        let reply = ReplayReply(status: 200, body: kept.body, to: request)
        failures = 0
        let cost = kept.cost ?? pricer.cost(of: reply, on: request.model, isBatched: false, at: study.time)
        // What was noted is in what the shelf says was paid.
        if kept.cost == nil { budget.add(cost) }
        take(reply, to: question, at: cost, isKept: true)
        return nil
    }

    /// The most a question may come to; nil where its model has no price.
    mutating func most(_ question: Question, as tier: ServingMode.ServiceTier) -> Money? {
        pricer.reserve(
            promptTokens: max(rows[question.row].step.usage.promptTokens, question.request.body.count / 5),
            limit: OutputLimit(tokens: question.request.maxOutputTokens),
            on: question.request.model,
            mode: ServingMode(serviceTier: tier),
            at: study.time
        )
    }

    mutating func take(_ reply: ReplayReply, to question: Question, at cost: Money, isKept: Bool) {
        if !isKept { spentNow += cost }
        let verdict =
            reply.outcome == .answered
            ? doors.judge(rows[question.row].step, reply.actions, question.request.tools) : nil
        rows[question.row][keyPath: question.path] = StudyRow.Answer(
            reply: reply,
            verdict: verdict,
            cost: cost,
            isKept: isKept
        )
        replies += 1
        doors.progress(StudyProgress(replies: replies, of: study.sample.count * 2, spent: budget.spent))
    }
}
