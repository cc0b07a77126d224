import Domain

extension PricedSession {
    /// One candidate for all rebuilds of the session, the dearest as its evidence.
    func claim(on rebuilds: [Rebuild]) -> Claim {
        let ranked = rebuilds.sorted { ($1.saving, $0.step.call.id) < ($0.saving, $1.step.call.id) }
        return Claim(
            FindingScope(kind: CacheMiss.kind, project: project),
            unit: .session,
            model: ranked[0].step.call.model,
            shape: Shape(
                inputTokens: ranked.reduce(0) { $0 + $1.tokens },
                outputTokens: ranked.reduce(0) { $0 + $1.step.call.estimatedOutputTokens },
                toolCalls: ranked.reduce(0) { $0 + $1.step.toolCalls.count },
                turns: ranked.count
            ),
            reasons: ranked.reasons,
            evidence: Evidence(
                session: id,
                calls: ranked.map(\.step.call.id),
                file: ranked[0].step.file,
                offset: ranked[0].step.call.position.offset
            ),
            shares: ranked.map { Claim.Share(call: $0.step.call.key, cost: $0.cost, saving: $0.saving) },
            billing: billing,
            outputIsLowerBound: ranked.contains { $0.step.call.outputIsLowerBound }
        )
    }
}

extension [Rebuild] {
    /// The reasons with how often and how much, most money first.
    fileprivate var reasons: [String] {
        Dictionary(grouping: self, by: \.reason)
            .map { reason, rebuilds in
                (reason, rebuilds, rebuilds.reduce(Money.zero) { $0 + $1.saving })
            }
            .sorted { ($1.2, $0.0.rawValue) < ($0.2, $1.0.rawValue) }
            .map { reason, rebuilds, _ in
                let tokens = rebuilds.reduce(0) { $0 + $1.tokens }
                return "\(rebuilds.count.of("rebuild")) of \(tokens.of("token")): "
                    + reason.phrase + (reason == .unexplained ? rebuilds.circumstances : "")
            }
    }

    /// What a reader who looks for an unknown cause would ask first.
    private var circumstances: String {
        let atPrompt = count { $0.step.arrivals.contains { $0.kind == .prompt } }
        let unread = count { $0.step.call.usage.cacheReadTokens == 0 }
        return " (\(atPrompt) at a new prompt, \(unread) with nothing read at all)"
    }
}
