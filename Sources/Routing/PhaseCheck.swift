package import Domain

/// What the limits of a phase (`[phase.NAME]`) make of a request.
package enum PhaseCheck: Hashable, Sendable {
    /// Send it, with no more output asked for than this; nil: as the client asked.
    case within(maxOutputTokens: Int?)
    /// Refuse it: the prompt is longer than the phase may send.
    case inputTooLong(tokens: Int, limit: Int, phase: Phase)
}

extension RoutingPolicy {
    /// The prompt's tokens are counted, or estimated from its bytes at ``Call/bytesPerToken``; the output tokens are
    /// what the client asked for.
    package func check(phase: Phase?, promptTokens: Int, maxOutputTokens: Int?) -> PhaseCheck {
        guard let phase, let limits = phases[phase] else { return .within(maxOutputTokens: nil) }
        if let limit = limits.maxInputTokens, promptTokens > limit {
            return .inputTooLong(tokens: promptTokens, limit: limit, phase: phase)
        }
        guard let limit = limits.maxOutputTokens, limit < maxOutputTokens ?? .max else {
            return .within(maxOutputTokens: nil)
        }
        return .within(maxOutputTokens: limit)
    }
}
