internal import Domain

extension StudyWalk {
    /// Fewer steps are not worth a batch's wait: they are asked one by one.
    private static let leastStepsOfBatch = 8

    /// A part of a round whose requests may go out together.
    private struct Wave {
        var questions: [Question] = []
        var requests: [BatchedRequest] = []
        var steps = 0
        var reserved = Money.zero
        /// Some steps did not fit into the budget beside these.
        var isCut = false
    }

    /// Asks the steps of a round at once, both models about each.
    ///
    /// A batch goes out as far as the most that it may cost is left: of a step both requests, or neither. Replies come to
    /// less, and what was left out goes with the next.
    mutating func askAtOnce(_ sessions: [[Step]]) async throws -> StudyEnding? {
        while true {
            let wave = nextWave(of: sessions.flatMap(\.self))
            guard !wave.requests.isEmpty || wave.isCut else { return nil }
            guard !wave.isCut || wave.steps >= Self.leastStepsOfBatch else {
                budget.settle(wave.reserved, cost: .zero)
                return try await askOneByOne(inTurn: sessions)
            }
            let outcome = try await doors.askAtOnce(wave.requests)
            budget.settle(wave.reserved, cost: .zero)
            switch outcome {
            case .notOffered:
                hasBatches = false
                return try await askOneByOne(inTurn: sessions)
            case .ended(let failures):
                let troubles = wave.questions.compactMap { take($0, failures[$0.name]) }
                if troubles.count == wave.questions.count, troubles.count >= Self.mostFailuresInARow,
                    let last = troubles.last
                {
                    return .failing(last)
                }
            }
        }
    }

    private mutating func askOneByOne(inTurn sessions: [[Step]]) async throws -> StudyEnding? {
        for steps in sessions {
            if let ending = try await askOneByOne(steps) { return ending }
        }
        return nil
    }

    private mutating func nextWave(of steps: [Step]) -> Wave {
        var wave = Wave()
        for step in steps {
            let pair = [\StudyRow.candidate, \StudyRow.original].compactMap { question(step, on: $0) }
            guard !pair.isEmpty else { continue }
            let costs = pair.compactMap { most($0, as: .batch) }
            let sum = costs.reduce(Money.zero, +)
            // What was kept further on is still taken.
            guard !wave.isCut, costs.count == pair.count, budget.reserve(sum) else {
                wave.isCut = true
                continue
            }
            wave.steps += 1
            wave.reserved += sum
            wave.questions += pair
            for (question, most) in zip(pair, costs) {
                wave.requests.append(BatchedRequest(name: question.name, request: question.request, most: most))
            }
        }
        return wave
    }

    /// Takes what came of a question in a batch; what its trouble is, where it failed.
    private mutating func take(_ question: Question, _ failure: (status: Int, body: [UInt8])?) -> String? {
        if let kept = doors.replies.kept(question.name) {
            let reply = ReplayReply(status: 200, body: kept.body, to: question.request)
            let cost =
                kept.cost ?? pricer.cost(of: reply, on: question.request.model, isBatched: true, at: study.time)
            budget.add(cost)
            take(reply, to: question, at: cost, isKept: false)
            return reply.outcome == .failed ? reply.trouble ?? "" : nil
        }
        let (status, body) = failure ?? (0, Array(#"{"error":{"message":"the batch holds no reply to it"}}"#.utf8))
        let reply = ReplayReply(status: status, body: body, to: question.request)
        take(reply, to: question, at: .zero, isKept: false)
        return reply.trouble ?? ""
    }
}
