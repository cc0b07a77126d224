package import Domain
package import Reports

/// Where the pages get their reports: the values that the command line writes, made when they are asked for.
///
/// What cannot be asked so (an unknown agent, a time that is none) throws ``BadQuestion``.
package struct ReportSource: Sendable {
    /// Takes in what is new, and answers a word that changes whenever a report may.
    package var state: @Sendable () async throws -> String
    package var spend: @Sendable (Filter, SpendGrouping) async throws -> SpendReport
    package var days: @Sendable (Filter) async throws -> DailySpendReport
    package var optimize: @Sendable (Filter) async throws -> OptimizeReport
    /// The same where it is known already, and nil where it takes a while: a page is not kept waiting for it.
    package var knownOptimize: @Sendable (Filter) async throws -> OptimizeReport?
    /// How a kind of finding is found and priced: the page of `suffice optimize --explain`.
    package var explanation: @Sendable (_ kind: String) -> String?
    package var sessions: @Sendable (Filter) async throws -> SessionsReport
    /// Nil where there is no such session.
    package var session: @Sendable (SessionID) async throws -> SessionReport?
    package var gateway: @Sendable (Filter) async throws -> GatewayReport
    package var decisions: @Sendable (Filter) async throws -> DecisionsReport
    package var upstreams: @Sendable (Filter) async throws -> UpstreamsReport
    /// The learned router that is installed, and how good it was; or what brings one.
    package var router: @Sendable () async throws -> RouterShowReport
    package var prices: @Sendable () async throws -> PriceListReport
    /// Verdicts of replays; nil where nothing was ever replayed.
    package var proof: @Sendable () async throws -> ProofReport?
    /// A study's verdict, and what it rests on where that is still there; nil where there is no such study.
    package var study: @Sendable (_ id: String) async throws -> (verdict: Verdict, report: StudyReport?)?
    /// Rules that were applied, and what became of them; nil where there never was one.
    package var rules: @Sendable () async throws -> RulesReport?
    /// Makes findings rules, and takes rules back.
    package var ruleDoor: RuleDoor

    package init(
        state: @escaping @Sendable () async throws -> String,
        spend: @escaping @Sendable (Filter, SpendGrouping) async throws -> SpendReport,
        days: @escaping @Sendable (Filter) async throws -> DailySpendReport,
        optimize: @escaping @Sendable (Filter) async throws -> OptimizeReport,
        knownOptimize: @escaping @Sendable (Filter) async throws -> OptimizeReport?,
        explanation: @escaping @Sendable (_ kind: String) -> String?,
        sessions: @escaping @Sendable (Filter) async throws -> SessionsReport,
        session: @escaping @Sendable (SessionID) async throws -> SessionReport?,
        gateway: @escaping @Sendable (Filter) async throws -> GatewayReport,
        decisions: @escaping @Sendable (Filter) async throws -> DecisionsReport,
        upstreams: @escaping @Sendable (Filter) async throws -> UpstreamsReport,
        router: @escaping @Sendable () async throws -> RouterShowReport,
        prices: @escaping @Sendable () async throws -> PriceListReport,
        proof: @escaping @Sendable () async throws -> ProofReport? = { nil },
        study: @escaping @Sendable (_ id: String) async throws -> (verdict: Verdict, report: StudyReport?)? = { _ in
            nil
        },
        rules: @escaping @Sendable () async throws -> RulesReport? = { nil },
        ruleDoor: RuleDoor
    ) {
        self.state = state
        self.spend = spend
        self.days = days
        self.optimize = optimize
        self.knownOptimize = knownOptimize
        self.explanation = explanation
        self.sessions = sessions
        self.session = session
        self.gateway = gateway
        self.decisions = decisions
        self.upstreams = upstreams
        self.router = router
        self.prices = prices
        self.proof = proof
        self.study = study
        self.rules = rules
        self.ruleDoor = ruleDoor
    }
}

/// Makes findings rules and takes them back, by what the commands do.
///
/// It is only asked for who holds the admin token.
package struct RuleDoor: Sendable {
    /// Where the token is kept, as its user would write it.
    package var tokenFile: String
    /// Applies a finding where what it changes has the fingerprint that was announced; else says what it would change.
    package var apply:
        @Sendable (_ finding: String, _ wish: RuleWish, _ announced: String?) async throws -> RuleChangeReport
    package var undo: @Sendable (_ rule: String) async throws -> RuleChangeReport

    package init(
        tokenFile: String,
        apply:
            @escaping @Sendable (_ finding: String, _ wish: RuleWish, _ announced: String?) async throws ->
            RuleChangeReport,
        undo: @escaping @Sendable (_ rule: String) async throws -> RuleChangeReport
    ) {
        self.tokenFile = tokenFile
        self.apply = apply
        self.undo = undo
    }
}
