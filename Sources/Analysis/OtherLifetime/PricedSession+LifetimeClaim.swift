import Domain

extension PricedSession {
    /// One candidate for the session, whichever of its parts would have been cheaper.
    func claim(on replays: [LifetimeReplay]) -> Claim {
        let entries = replays.flatMap(\.entries)
        let saving = replays.reduce(Money.zero) { $0 + $1.saving }
        let actual = entries.reduce(Money.zero) { $0 + $1.cost }
        // Calls that cost more under the other life are in the sum; the rest carry what is left of their saving.
        let saved = replays.flatMap { replay in
            let gaining = replay.entries.filter { $0.saving > .zero }
            let spread = [Claim.Share](
                spreading: replay.saving,
                over: gaining.map(\.step.call.key),
                costing: gaining.map(\.saving)
            )
            return zip(gaining, spread).map { (entry: $0, saving: $1.saving) }
        }
        .sorted { ($1.saving, $0.entry.step.call.id) < ($0.saving, $1.entry.step.call.id) }
        return Claim(
            scope: FindingScope(kind: OtherLifetime.kind, project: project),
            candidate: Candidate(
                session: id,
                unit: .session,
                project: project,
                model: saved[0].entry.step.call.model,
                shape: Shape(
                    inputTokens: replays.reduce(0) { $0 + $1.keptTokens + $1.lostTokens },
                    outputTokens: entries.reduce(0) { $0 + $1.step.call.estimatedOutputTokens },
                    toolCalls: entries.reduce(0) { $0 + $1.step.toolCalls.count },
                    turns: entries.count
                ),
                actual: actual,
                estimated: actual - saving,
                reasons: replays.map(\.reason),
                evidence: Evidence(
                    session: id,
                    calls: saved.map(\.entry.step.call.id),
                    file: saved[0].entry.step.file,
                    offset: saved[0].entry.step.call.position.offset
                ),
                calls: saved.map(\.entry.step.call.key)
            ),
            shares: saved.map { Claim.Share(call: $0.entry.step.call.key, cost: $0.entry.cost, saving: $0.saving) },
            billing: billing,
            outputIsLowerBound: entries.contains { $0.step.call.outputIsLowerBound }
        )
    }
}

extension LifetimeReplay {
    fileprivate var reason: String {
        let calls = "\(entries.count) \(entries.count == 1 ? "call" : "calls")"
        let part =
            change.part == .main ? "\(calls) of the main conversation" : "\(calls) outside of the main conversation"
        let written = entries.reduce(0) { $0 + $1.step.call.usage.cacheWriteTokens }
        return change.isLong
            ? "\(part) with entries of an hour: \(keptTokens) of \(written) tokens written are read instead"
            : "\(part) with entries of five minutes: \(written) tokens are written for less, \(lostTokens) more are "
                + "written again after pauses"
    }
}
