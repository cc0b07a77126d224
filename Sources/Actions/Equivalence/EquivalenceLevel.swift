/// How much two calls of tools have in common, the strongest first.
package enum EquivalenceLevel: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Spelled alike.
    case identical = "E0"
    /// The same action in one canonical form.
    case canonical = "E1"
    /// Computed to come to the same.
    case effect = "E2"
    /// Computed to come to the same but for white space.
    case effectButForSpace = "E2w"
    /// The same kind of action on the same target.
    case intent = "E3"
    case kind = "E4"
    case none

    /// A share of agreement, 0 to 1; by it calls are matched.
    package var score: Double {
        switch self {
        case .identical, .canonical: 1
        case .effect: 0.95
        case .effectButForSpace: 0.9
        case .intent: 0.5
        case .kind: 0.1
        case .none: 0
        }
    }

    private var rank: Int { EquivalenceLevel.allCases.firstIndex(of: self) ?? 0 }

    /// A stronger level is the greater one.
    package static func < (a: EquivalenceLevel, b: EquivalenceLevel) -> Bool { a.rank > b.rank }
}

/// What two calls have in common, and why no more is claimed.
package struct Equivalence: Hashable, Sendable {
    package var level: EquivalenceLevel
    package var reason: Reason

    package enum Reason: String, Hashable, Sendable, CaseIterable {
        case sameInput = "same-input"
        case sameAction = "same-action"
        /// Both changes leave the same text.
        case sameResult = "same-result"
        case sameResultButForSpace = "same-result-but-for-space"
        /// The lines are the same in a file of the length that is known.
        case sameLines = "same-lines"
        /// All that was found lies where both look.
        case sameFindings = "same-findings"
        /// The second reads all lines that the first reads, and more.
        case coversLines = "covers-lines"
        /// The first reads all lines that the second reads, and more.
        case coveredLines = "covered-lines"
        /// At least half of the lines that either changes are changed by both.
        case sameSpan = "same-span"
        /// A change whose place is not in the file as it was.
        case doesNotApply = "does-not-apply"
        case samePath = "same-path"
        case sameProgram = "same-program"
        case samePattern = "same-pattern"
        case sameHost = "same-host"
        case sameAgent = "same-agent"
        case sameTool = "same-tool"
        case sameKind = "same-kind"
        case otherKind = "other-kind"
    }
}
