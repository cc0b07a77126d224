package import Domain

/// Whether a cheaper model would do for a task, and what speaks for it: what an agent asks before it begins.
package struct DowngradeAdvice: Sendable {
    package var isAdvised: Bool
    /// The model that suffices; nil where the one asked about stays.
    package var target: ModelID?
    package var confidence: Confidence
    /// A sentence each.
    package var reasons: [String]
    /// Sessions of the project in which a cheaper model would have done small work of the same model;
    /// nil where the history is still being looked at.
    package var sessions: Int?
    /// What a replay has shown, in ``Verdict/Outcome``'s words; nil where none was tried.
    package var verdict: String?
    /// What one such task is reckoned to save; zero where nothing is advised.
    package var saving: Money
    /// Whether the session under way would save by going over now, its prompt cache given up.
    package var switchPaysNow: Bool

    package init(
        isAdvised: Bool,
        target: ModelID?,
        confidence: Confidence,
        reasons: [String],
        sessions: Int?,
        verdict: String?,
        saving: Money,
        switchPaysNow: Bool
    ) {
        self.isAdvised = isAdvised
        self.target = target
        self.confidence = confidence
        self.reasons = reasons
        self.sessions = sessions
        self.verdict = verdict
        self.saving = saving
        self.switchPaysNow = switchPaysNow
    }

    package var json: JSON {
        [
            "schema": 1, "downgrade": .bool(isAdvised), "target": .optional(target?.rawValue),
            "confidence": .string(confidence.rawValue), "reasons": .array(reasons.map { .string($0) }),
            "evidence": ["sessions": sessions.map { .integer($0) } ?? .null, "verdict": .optional(verdict)],
            "savingUSD": .money(saving), "switchPaysNow": .bool(switchPaysNow),
        ]
    }
}
