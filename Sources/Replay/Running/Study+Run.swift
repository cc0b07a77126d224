package import Domain
internal import JSONText
package import Pricing
internal import Statistics

extension Study {
    /// What came of a run.
    package struct Run: Sendable {
        package var rows: [StudyRow]
        package var ending: StudyEnding
        /// In all runs of the study.
        package var spent: Money
        /// In this one.
        package var spentNow: Money
        /// Steps that were not asked, by the reason.
        package var skipped: [String: Int]
    }

    /// Failures in a row after which nothing more is asked.
    fileprivate static let mostFailuresInARow = 5

    /// Asks both models, session by session, until the sample, the money or the question is used up.
    ///
    /// - Throws: what keeping a reply throws: a reply that cannot be kept would be paid twice.
    package func run(through doors: StudyDoors, pricedBy prices: PriceBook) async throws -> Run {
        var walk = StudyWalk(study: self, doors: doors, pricer: Pricer(book: prices))
        let test = MarginTest(margin: margin)
        for batch in sample.batches {
            if let ending = try await walk.ask(batch) { return walk.finish(ending) }
            let answer = test.answer(to: PairedDifference(pairing: walk.rows, in: sample))
            if answer != .open { return walk.finish(walk.isWhole ? .complete : .decided) }
        }
        return walk.finish(.complete)
    }
}

/// A run as it goes.
private struct StudyWalk {
    let study: Study
    let doors: StudyDoors
    var pricer: Pricer
    var rows: [StudyRow] = []
    private var budget: StudyBudget
    private var spentNow = Money.zero
    private var skipped: [String: Int] = [:]
    private var failures = 0
    private var replies = 0

    init(study: Study, doors: StudyDoors, pricer: Pricer) {
        self.study = study
        self.doors = doors
        self.pricer = pricer
        budget = StudyBudget(limit: study.budget, spent: doors.replies.lost)
    }

    var isWhole: Bool { rows.count + skipped.values.reduce(0, +) == study.sample.count }

    func finish(_ ending: StudyEnding) -> Study.Run {
        Study.Run(rows: rows, ending: ending, spent: budget.spent, spentNow: spentNow, skipped: skipped)
    }

    /// Asks a session's steps, first of the candidate, then of the original: each reads its own cache.
    mutating func ask(_ batch: [Sampler.Candidate]) async throws -> StudyEnding? {
        var asked: [(row: Int, rebuilt: RebuiltRequest, messages: Int)] = []
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
            asked.append((rows.count - 1, rebuilt, messages))
        }
        for side in [\StudyRow.candidate, \StudyRow.original] {
            var previous: Int?
            for (row, rebuilt, messages) in asked {
                let ending = try await ask(row, rebuilt, on: side, after: previous.flatMap { $0 < messages ? $0 : nil })
                if let ending { return ending }
                previous = messages
            }
        }
        return nil
    }

    private mutating func ask(
        _ row: Int,
        _ rebuilt: RebuiltRequest,
        on path: WritableKeyPath<StudyRow, StudyRow.Answer?>,
        after previousMessages: Int?
    ) async throws -> StudyEnding? {
        let isCandidate = path == \StudyRow.candidate
        let side = isCandidate ? study.candidate : study.original
        let treatment = ReplayRequest.Treatment(
            of: [study.candidate, study.original],
            recorded: rows[row].step.model,
            maxOutputTokens: study.limit.tokens,
            previousMessages: previousMessages
        )
        let request: ReplayRequest
        do throws(ReplayRequestError) {
            request = try ReplayRequest(rebuilt, for: side, treatment: treatment)
        } catch {
            rows[row][keyPath: path] = StudyRow.Answer(
                reply: ReplayReply(outcome: .failed, trouble: error.description),
                verdict: nil,
                cost: .zero,
                isKept: false
            )
            return nil
        }
        if isCandidate { rows[row].changes = request.changes }
        // The same model twice is asked twice: its second answer must be one of its own.
        let name = doors.replies.name(Array("\(isCandidate ? "candidate" : "original")\n".utf8) + request.body)
        if let kept = doors.replies.kept(name) {
            take(ReplayReply(status: 200, body: kept, to: request), to: request, row, path, isKept: true)
            return nil
        }
        guard
            let most = pricer.reserve(
                promptTokens: max(rows[row].step.usage.promptTokens, request.body.count / 5),
                limit: OutputLimit(tokens: request.maxOutputTokens),
                on: side.model,
                at: study.time
            ), budget.reserve(most)
        else { return .budget }
        try doors.replies.begin(name, most)
        let (status, body) = await doors.ask(request)
        let reply = ReplayReply(status: status, body: body, to: request)
        if status == 200 { try doors.replies.keep(name, body) } else { doors.replies.forget(name) }
        budget.settle(most, cost: .zero)
        take(reply, to: request, row, path, isKept: false)
        failures = reply.outcome == .failed ? failures + 1 : 0
        return failures >= Study.mostFailuresInARow ? .failing(reply.trouble ?? "") : nil
    }

    private mutating func take(
        _ reply: ReplayReply,
        to request: ReplayRequest,
        _ row: Int,
        _ path: WritableKeyPath<StudyRow, StudyRow.Answer?>,
        isKept: Bool
    ) {
        let cost = pricer.cost(of: reply.usage, on: request.model, mode: reply.mode, at: study.time) ?? .zero
        budget.add(cost)
        if !isKept { spentNow += cost }
        let verdict = reply.outcome == .answered ? doors.judge(rows[row].step, reply.actions, request.tools) : nil
        rows[row][keyPath: path] = StudyRow.Answer(reply: reply, verdict: verdict, cost: cost, isKept: isKept)
        replies += 1
        doors.progress(StudyProgress(replies: replies, of: study.sample.count * 2, spent: budget.spent))
    }
}
