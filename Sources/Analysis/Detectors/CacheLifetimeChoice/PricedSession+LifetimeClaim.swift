import Domain

extension PricedSession {
    /// What the session would save by a change, were it the only one.
    func claim(on replay: LifetimeReplay) -> Claim {
        let actual = replay.entries.reduce(Money.zero) { $0 + $1.cost }
        let shares = shares(of: replay)
        let first = step(at: shares[0].place)
        var shape = Shape(inputTokens: replay.keptTokens + replay.lostTokens, turns: replay.entries.count)
        for entry in replay.entries {
            shape.outputTokens += step(at: entry.place).call.estimatedOutputTokens
            shape.toolCalls += step(at: entry.place).toolCalls.count
        }
        return Claim(
            scope: FindingScope(kind: CacheLifetimeChoice.kind, project: project),
            candidate: Candidate(
                session: id,
                unit: .session,
                project: project,
                model: first.call.model,
                shape: shape,
                actual: actual,
                estimated: actual - replay.saving,
                reasons: [replay.reason],
                evidence: Evidence(
                    session: id,
                    calls: shares.map { step(at: $0.place).call.id },
                    file: first.file,
                    offset: first.call.position.offset
                ),
                calls: shares.map(\.share.call)
            ),
            shares: shares.map(\.share),
            billing: billing,
            outputIsLowerBound: replay.entries.contains { step(at: $0.place).call.outputIsLowerBound }
        )
    }

    private func step(at place: (thread: Int, step: Int)) -> SessionThread.Step {
        threads[place.thread].steps[place.step]
    }

    /// What is saved on the calls that gain, the largest first: what others lose is taken off their sum.
    private func shares(of replay: LifetimeReplay) -> [(place: (thread: Int, step: Int), share: Claim.Share)] {
        let gaining = replay.entries.filter { $0.saving > .zero }
        return zip(gaining, replay.saving.spread(over: gaining.map(\.saving)))
            .map { ($0.place, Claim.Share(call: step(at: $0.place).call.key, cost: $0.cost, saving: $1)) }
            .sorted { ($1.1.saving, $0.0.thread, $0.0.step) < ($0.1.saving, $1.0.thread, $1.0.step) }
    }
}

extension LifetimeReplay {
    fileprivate var reason: String {
        let calls = entries.count.of("call")
        let part =
            change.part == .main ? "\(calls) of the main conversation" : "\(calls) outside of the main conversation"
        return change.isLong
            ? "\(part) with entries of an hour: \(keptTokens.grouped) of \(writtenTokens.of("token")) written are read instead"
            : "\(part) with entries of five minutes: \(writtenTokens.of("token")) are written for less, \(lostTokens.grouped) more are "
                + "written again after pauses"
    }
}
