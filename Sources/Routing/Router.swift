package import Domain
package import Pricing
package import Similarity

/// Says which model serves a request, and why.
///
/// Pure: the same function runs live, in simulation and in replay. What is asked, in this order: explicit routes; the
/// mode; whether the conversation's model is open at all; the phase's tier; the user's examples; the fast patterns; what was learned; whether
/// cheaper models are tried; the classifying model. Where none of them is sure, the model asked for stays.
///
/// A name that the user made an alias is taken for what it stands for from the start: ``Decision/requested`` is then the
/// model it stands for, which has a price, and only the gateway remembers the name the client used.
package struct Router: Sendable {
    package let policy: RoutingPolicy
    package let book: PriceBook
    let providers: Set<Provider>
    let weighsCaches: Bool
    /// What rated prompts have taught; nil: patterns and the classifying model alone decide.
    package let learned: LearnedRouting?
    /// Where the user sends prompts like their examples.
    let examples: ExampleRoutes?

    /// The providers are those that some upstream serves; no model of another one is ever chosen by itself.
    ///
    /// The embedding tells what is like the user's examples; without it their words do.
    ///
    /// One that does not weigh caches takes all that is simple to a cheaper model, whatever that costs: it shows what
    /// there was to be chosen from.
    package init(
        policy: RoutingPolicy,
        book: PriceBook,
        providers: Set<Provider>,
        learned: LearnedRouting? = nil,
        embedding: StaticEmbedding? = nil,
        weighsCaches: Bool = true
    ) {
        self.policy = policy
        self.book = book
        self.providers = providers
        self.learned = learned
        examples = ExampleRoutes(policy, embedding: embedding)
        self.weighsCaches = weighsCaches
    }

    /// For a request that goes on with a conversation, from what its headers and its envelope say.
    ///
    /// Nil: the model may be open, or the conversation was taken off the model asked for, so that each request must be
    /// looked at for what its model could not serve, or should not; make ``RequestFacts`` and call ``decide(_:in:at:escalated:)``.
    package func pinned(
        model: ModelID,
        sender: RequestFacts.Sender,
        promptBytes: Int,
        in conversation: Conversation,
        at now: Timestamp
    ) -> Routed? {
        let requested = policy.aliases[model] ?? model
        let held = conversation.held(in: policy.mode)
        guard requested == conversation.requested, !conversation.hasShrunk(to: promptBytes),
            !conversation.isExpired(at: now),
            held == requested,
            conversation.chosen == requested || !isUnserved(requested)
        else { return nil }
        let phase = sender.phase ?? conversation.phase
        guard policy.rule(for: sender, asking: model, phase: phase) == nil else { return nil }
        let decision =
            policy.mode == .off
            ? Decision(requested: requested, chosen: requested, reason: .requested)
            : Decision(requested: requested, chosen: held, isApplied: held == requested, reason: .pinned)
        return routed(decision, moment: .continuing, phase: phase, marksCache: nil)
    }

    /// What the session's account may bear says ``RoutingAccount``; `warmBeginning` is how many tokens of a conversation's
    /// first prompt others like it keep in the cache of the model asked for, as far as that is known.
    package func decide(
        _ facts: RequestFacts,
        in conversation: Conversation?,
        at now: Timestamp,
        escalated: EscalationCount = .none,
        account: RoutingAccount = RoutingAccount(),
        warmBeginning: Int = 0
    ) -> RoutingStep {
        let request = request(facts, in: conversation, at: now, account: account, warmBeginning: warmBeginning)
        switch choice(for: request, escalated: escalated) {
        case .settled(let decision): return .decided(routed(decision, for: request))
        case .ambiguous(let question):
            let otherwise = Decision(requested: request.model, chosen: request.model, reason: .requested)
            return .needsClassifier(question, otherwise: routed(otherwise, for: request))
        case .trial(var trial):
            trial.routed = trial.cascade.models.map { model in
                routed(Decision(requested: request.model, chosen: model, reason: .cascade), for: request)
            }
            return .tryThenJudge(trial, otherwise: routed(keeping(request), for: request))
        }
    }

    /// The same with the classifying model's answer.
    package func decide(
        _ facts: RequestFacts,
        in conversation: Conversation?,
        at now: Timestamp,
        escalated: EscalationCount = .none,
        account: RoutingAccount = RoutingAccount(),
        warmBeginning: Int = 0,
        classified: Classification
    ) -> Routed {
        let request = request(facts, in: conversation, at: now, account: account, warmBeginning: warmBeginning)
        switch choice(for: request, escalated: escalated) {
        case .settled(let decision): return routed(decision, for: request)
        case .ambiguous: return routed(decision(for: request, classified: classified), for: request)
        case .trial: return routed(keeping(request), for: request)
        }
    }
}

extension Router {
    enum Choice {
        case settled(Decision)
        case ambiguous(ClassifierQuestion)
        case trial(TryThenJudge)
    }

    private func choice(for request: Request, escalated: EscalationCount) -> Choice {
        if let (rule, place) = policy.rule(for: request.facts.sender, asking: request.facts.model, phase: request.phase)
        {
            return .settled(decision(for: request, by: rule, place: place))
        }
        if request.isUnserved { return .settled(resolved(request)) }
        let kept = keeping(request)
        guard policy.mode != .off else { return .settled(kept) }
        if request.moment == .continuing { return .settled(continuing(request, escalated: escalated)) }
        if let byPhase = decisionByPhase(request) { return .settled(byPhase) }
        if request.facts.demands.contains(.providerState) {
            // Only this provider, model and account can read what the request refers to.
            return .settled(Decision(requested: request.model, chosen: request.held, reason: .pinned, detail: "state"))
        }
        if let byExample = decisionByExample(request) { return .settled(byExample) }
        if policy.cascade?.when == .open, let trial = trial(of: request, escalated: escalated) { return trial }
        if let pattern = Pattern.first(for: request.facts, at: request.moment) {
            let decision = suffices(for: request, reason: .pattern, detail: pattern.name, turns: pattern.turns)
            return .settled(decision)
        }
        let learned = learned(request)
        if let learned, learned.chosen != request.model { return .settled(learned) }
        if let trial = trial(of: request, escalated: escalated) { return trial }
        if let learned { return .settled(learned) }
        if let question = ClassifierQuestion(asking: policy.classifier, about: request), hasTarget(request) {
            return .ambiguous(question)
        }
        return .settled(kept)
    }

    private func decision(for request: Request, by rule: RouteRule, place: Int) -> Decision {
        let detail = "route \(place)"
        guard case .model(let model) = rule.use else {
            return Decision(requested: request.model, chosen: request.model, reason: .rule, detail: detail)
        }
        let target = policy.aliases[model] ?? model
        guard target != request.model, let refused = refusal(of: target, for: request) else {
            return Decision(requested: request.model, chosen: target, reason: .rule, detail: detail)
        }
        return incapable(request, target: target, refused: refused)
    }

    private func decision(for request: Request, classified: Classification) -> Decision {
        switch classified {
        case .simple: return suffices(for: request, reason: .classifier, detail: "simple")
        case .complex:
            return Decision(requested: request.model, chosen: request.model, reason: .classifier, detail: "complex")
        case .failed(let why):
            return Decision(requested: request.model, chosen: request.model, reason: .classifierFailed, detail: why)
        }
    }

    /// The model asked for, and whether it was asked for by another name.
    private func keeping(_ request: Request) -> Decision {
        guard request.facts.model != request.model else {
            return Decision(requested: request.model, chosen: request.model, reason: .requested)
        }
        let name = request.facts.model.rawValue
        return Decision(requested: request.model, chosen: request.model, reason: .alias, detail: name)
    }

    private func routed(_ decision: Decision, for request: Request) -> Routed {
        var decision = decision
        let isDecidedForAll = decision.reason == .rule || request.isUnserved
        if policy.mode != .route, !isDecidedForAll { decision.isApplied = decision.chosen == decision.requested }
        let marksCache = request.facts.cacheMarkers > 0
        var routed = routed(decision, moment: request.moment, phase: request.phase, marksCache: marksCache)
        routed.warmTokens = request.warmTokens
        if decision.served != decision.requested, decision.isForSimple || decision.reason == .pinned {
            let entries = request.conversation?.entries ?? .short
            routed.exposure = exposure(of: request, on: decision.served, entries: entries)
        }
        return routed
    }

    private func routed(_ decision: Decision, moment: Routed.Moment, phase: Phase?, marksCache: Bool?) -> Routed {
        var routed = Routed(decision: decision, moment: moment, phase: phase)
        routed.requestedProvider = provider(of: decision.requested)
        routed.provider =
            decision.served == decision.requested ? routed.requestedProvider : provider(of: decision.served)
        routed.marksCache = marksCache
        return routed
    }

    func isUnserved(_ model: ModelID) -> Bool { provider(of: model).map { !providers.contains($0) } ?? false }

    func isSmallest(_ model: ModelID) -> Bool {
        book.facts(of: model)?.tier.map { $0 == .cheap } ?? model.rawValue.contains("haiku")
    }

    func provider(of model: ModelID) -> Provider? {
        switch book.facts(of: model)?.provider {
        case "anthropic": return .anthropic
        case "openai": return .openAI
        default: return model.rawValue.hasPrefix("claude") ? .anthropic : nil
        }
    }
}
