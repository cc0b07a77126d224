package import Domain
import Pricing
import Statistics

/// Runs every detector over finished sessions, one session at a time, and says what they found together.
///
/// Keeps counts and claims, never sessions: memory follows what is found, not how much was logged.
/// ```
/// var analysis = Analysis(in: AnalysisContext(prices: book, today: today, window: window))
/// for session in sessions { analysis.add(session) }
/// let result = analysis.finish()
/// ```
package struct Analysis: Sendable {
    /// All kinds, in the order in which they may claim a call: the surer and larger saving first.
    package static let detectors: [any Detector.Type] = [
        ModelDowngrade.self, SubagentOversized.self, SameTierCheaper.self, RoutingByPhase.self,
        CacheMiss.self, CacheLifetimeChoice.self,
        ContextResend.self, StandingPrompt.self,
        ScriptInstead.self, RepeatRequest.self, RetryLoop.self,
        Batchable.self, LongContext.self,
        EffortBeyondUsual.self,
    ]

    /// What may be set, by kind: the names of each detector's limits.
    package static let thresholds = Dictionary(uniqueKeysWithValues: detectors.map { ($0.kind, $0.thresholds) })

    private let context: AnalysisContext
    private var pricer: Pricer
    private var detectors: [any Detector]
    /// By detector.
    private var claims: [[Claim]]
    private var bill = Bill()

    package init(in context: AnalysisContext) {
        self.context = context
        pricer = Pricer(book: context.prices)
        detectors = Analysis.detectors.map { $0.init() }
        claims = detectors.map { _ in [] }
    }

    /// Looks at a session; each session once, in any order.
    package mutating func add(_ session: Session) {
        let priced = PricedSession(session, pricer: &pricer)
        guard bill.add(priced) else { return }
        var taken: Set<CallKey> = []
        for index in detectors.indices {
            for claim in detectors[index].look(at: priced, taken: taken, in: context) {
                keep(claim, of: index, taken: &taken)
            }
        }
    }

    /// What was found by all detectors, or by those of the kinds asked for.
    ///
    /// All have run either way: which calls a kind may claim does not depend on what is shown. Findings whose ids are to
    /// be silenced are left out of everything, as a replay has spoken against them.
    package mutating func finish(
        showing kinds: Set<String>? = nil,
        silencing contradicted: Set<String> = [],
        making extraCalls: [String: ExtraCalls] = [:]
    ) -> AnalysisResult {
        // No call can be taken twice here: models are exchanged session by session.
        for index in detectors.indices {
            let across = detectors[index].claimsAcrossSessions(in: context)
            claims[index] += across.filter { $0.candidate.saving > .zero }
        }
        let silenced = silence(contradicted)
        if !extraCalls.isEmpty {
            for index in claims.indices {
                claims[index] = claims[index].compactMap { claim in
                    extraCalls[claim.scope.id].map { claim.making($0) } ?? claim
                }
            }
        }
        let shown = detectors.indices.filter { kinds?.contains(type(of: detectors[$0]).kind) ?? true }
        let days = bill.days(in: context.window)
        let reports = shown.map { index in
            KindReport(
                of: detectors[index],
                claims: claims[index],
                sessions: bill.sessions,
                days: days,
                context: context
            )
        }
        return AnalysisResult(
            window: bill.window(in: context.window),
            days: days,
            sessionsAnalyzed: bill.sessions,
            callsAnalyzed: bill.calls,
            total: bill.total,
            unpriced: bill.unpriced,
            recoverable: Recoverable(
                of: shown.map { (type(of: detectors[$0]), claims[$0]) },
                sessions: bill.sessions
            ).interval,
            kinds: reports,
            silenced: silenced
        )
    }

    /// Takes claims away; the ids of their findings.
    private mutating func silence(_ contradicted: Set<String>) -> Set<String> {
        var silenced: Set<String> = []
        guard !contradicted.isEmpty else { return [] }
        for index in claims.indices {
            let ids = Dictionary(grouping: Set(claims[index].map(\.scope)), by: \.id)
            let scopes = Set(ids.filter { contradicted.contains($0.key) }.flatMap(\.value))
            guard !scopes.isEmpty else { continue }
            silenced.formUnion(scopes.map(\.id))
            claims[index].removeAll { scopes.contains($0.scope) }
        }
        return silenced
    }

    private mutating func keep(_ claim: Claim, of detector: Int, taken: inout Set<CallKey>) {
        guard claim.candidate.saving > .zero else { return }
        if type(of: detectors[detector]).lever == .model {
            guard taken.isDisjoint(with: claim.candidate.calls) else { return }
            taken.formUnion(claim.candidate.calls)
        }
        claims[detector].append(claim)
    }
}
