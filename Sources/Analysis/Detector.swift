package import Domain

/// Finds one kind of waste in finished calls; one file a detector, its page beside it.
///
/// Sessions come one at a time and are let go of again, so a detector keeps counts and claims, never sessions.
/// What a new detector owes: ``kind``, ``page``, claims with evidence, an action, its caveats, a sentence on what it
/// looked at, and a place in ``Analysis/detectors``.
package protocol Detector: Sendable {
    /// The kind's name in findings, settings and `--finding KIND`.
    static var kind: String { get }
    /// What `suffice optimize --explain KIND` prints: what it finds, how it is priced, when it does not fire.
    static var page: String { get }
    /// The limits that the user may set (`[thresholds.KIND]`).
    static var limits: [Limit] { get }
    /// Which part of the bill its savings are on.
    static var lever: Lever { get }
    /// Where its figures come from: priced where the log and the price list say it all, else estimated.
    static var basis: Basis { get }

    init()

    /// Looks at one session and gives back what it would have done otherwise.
    ///
    /// A call can go to one other model only: on the ``Lever/model`` a claim on a call that is `taken`, because an
    /// earlier claim on this session holds it, is dropped. Claims on other levers may share calls.
    mutating func look(at session: PricedSession, taken: Set<CallKey>, in context: AnalysisContext) -> [Claim]
    /// Claims that only all sessions together show.
    mutating func claimsAcrossSessions(in context: AnalysisContext) -> [Claim]

    /// What can be done about the claims of one finding.
    func action(for claims: [Claim], in scope: FindingScope) -> ProposedAction
    /// What a reader must know before believing the figure; those that hold for every estimate are added.
    func caveats(for claims: [Claim], in scope: FindingScope, context: AnalysisContext) -> [String]
    /// A sentence on what was looked at, for a quiet kind as well.
    var summary: String { get }
    /// Work that would have been claimed but for moving it costing more than it saves.
    var dropped: Dropped { get }
    /// Work just over a limit, largest saving first.
    var nearMisses: [NearMiss] { get }
}

extension Detector {
    package static var limits: [Limit] { [] }
    package static var lever: Lever { .model }
    package static var basis: Basis { .estimated }
    /// The names of its limits in settings.
    package static var thresholds: [String] { limits.map(\.name) }
    package mutating func claimsAcrossSessions(in context: AnalysisContext) -> [Claim] { [] }
    package var dropped: Dropped { Dropped() }
    package var nearMisses: [NearMiss] { [] }
}

extension ProposedAction {
    /// A subagent starts no others, as a rule.
    static let insideSubagent =
        "For calls inside a subagent the cheaper model has to be its own, or have its questions put by the main "
        + "conversation."
    /// The step before any change: the same words in every finding, so that reports can say them once.
    static let lookFirst = "First see what it was: \"suffice sessions ID\" shows a candidate's session call by call."
}

/// How many pieces of work were left alone because switching costs more than it saves.
package struct Dropped: Hashable, Sendable {
    package var count = 0
    /// What they cost as they were.
    package var actual = Money.zero

    package init(count: Int = 0, actual: Money = .zero) {
        self.count = count
        self.actual = actual
    }
}

/// A piece of work that passes all limits but one, and that one within twice its value.
package struct NearMiss: Hashable, Sendable {
    package var candidate: Candidate
    /// The limit it missed, such as `5120 tokens in (limit 4000)`.
    package var missed: String
}
