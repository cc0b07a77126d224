import Domain
import Pricing

/// The model that takes over what is simple.
extension Router {
    /// A simple request goes to the target, unless that cannot serve it or the warm cache is worth more.
    func suffices(
        for request: Request,
        reason: Decision.Reason,
        detail: String,
        turns: Int = SwitchRule.expectedTurns
    ) -> Decision {
        guard let target = target(for: request) else {
            if let (unfit, refused) = unfitTarget(for: request) {
                return incapable(request, target: unfit, refused: refused)
            }
            // The cheapest model that there is was asked for.
            return Decision(requested: request.model, chosen: request.held, reason: reason, detail: detail)
        }
        guard isWorthSwitching(request, to: target, turns: turns) else {
            let detail = "\(detail): \(target)"
            // Where the session cannot bear that a conversation stays away, it is led back.
            let kept = request.held == target ? request.model : request.held
            return Decision(requested: request.model, chosen: kept, reason: .cacheWorthMore, detail: detail)
        }
        return Decision(requested: request.model, chosen: target, reason: reason, detail: detail)
    }

    /// For a model that no upstream serves: where the conversation is, or the cheapest model that there is.
    func resolved(_ request: Request) -> Decision {
        if let chosen = request.conversation?.chosen, request.conversation?.requested == request.model,
            request.moment != .background, chosen != request.model
        {
            return Decision(requested: request.model, chosen: chosen, reason: .pinned, detail: "no upstream")
        }
        return suffices(
            for: request,
            reason: .pattern,
            detail: BackgroundCall(request.facts)?.rawValue ?? "no upstream"
        )
    }

    func incapable(_ request: Request, target: ModelID, refused: String) -> Decision {
        let detail = "\(target): \(refused)"
        return Decision(requested: request.model, chosen: request.model, reason: .incapable, detail: detail)
    }

    func hasTarget(_ request: Request) -> Bool { target(for: request) != nil }

    /// The cheapest current model of a lower tier that can serve the request; nil where there is none.
    ///
    /// The dial says how far down: at 0 nowhere, below the middle only to the next tier, from the middle on to any. Only what
    /// is surely simple comes here, so that the middle already goes all the way. Over several providers cheapest means all turns that are expected, the cache's first write included.
    func target(for request: Request, tier: Tier? = nil) -> ModelID? {
        guard policy.dial > 0 || tier != nil, let facts = book.facts(of: request.model), let from = facts.tier else {
            return request.isUnserved ? cheapest(for: request) { $0.tier == .cheap } : nil
        }
        if request.isUnserved { return cheapest(for: request) { ($0.tier ?? .frontier) <= from } }
        let isAllowed = { (candidate: Tier?) in
            guard let candidate, candidate < from else { return false }
            if let tier { return candidate == tier }
            return policy.dial >= 0.5 || candidate.rawValue + 1 == from.rawValue
        }
        if policy.crossesProviders, !request.facts.demands.contains(.signedThinking), tier == nil {
            return cheapest(for: request) { isAllowed($0.tier) }
        }
        return book.downgradeTarget(for: request.model, needs: needs(of: request), on: request.now.day) { candidate in
            isAllowed(book.facts(of: candidate)?.tier) && refusal(of: candidate, for: request) == nil
        }
    }

    /// The target that there would be if only tiers counted, and what it refuses.
    private func unfitTarget(for request: Request) -> (ModelID, String)? {
        guard policy.dial > 0 else { return nil }
        let target = book.downgradeTarget(for: request.model, needs: Needs(), on: request.now.day)
        return target.flatMap { target in refusal(of: target, for: request).map { (target, $0) } }
    }

    private func cheapest(for request: Request, where isAllowed: (ModelFacts) -> Bool) -> ModelID? {
        let families = Set(providers.map { $0 == .anthropic ? "claude" : "gpt" })
        let rule = SwitchRule(promptTokens: request.promptTokens)
        let turns = request.moment == .background ? 1 : SwitchRule.expectedTurns
        let cost = { (model: ModelID) in
            rates(of: model, for: request).map { rule.cost(on: $0, turns: turns, warm: 0) }
        }
        var best: (model: ModelID, cost: Money)?
        for facts in book.ladder(of: families, needs: needs(of: request), on: request.now.day) {
            guard isAllowed(facts), let cost = cost(facts.model), refusal(of: facts.model, for: request) == nil,
                (cost, facts.model) < (best?.cost ?? Money(nanoUSD: .max), best?.model ?? facts.model)
            else { continue }
            best = (facts.model, cost)
        }
        guard let best else { return nil }
        if !request.isUnserved, let own = cost(request.model), own <= best.cost { return nil }
        return best.model
    }

    /// What of the request the model would refuse, in a few words; nil where it can serve it.
    ///
    /// A model of which nothing is known is taken to serve everything: only the user's own rules name such.
    func refusal(of model: ModelID, for request: Request) -> String? {
        guard let limits = book.limits(of: model) else { return nil }
        let facts = request.facts
        let refused = limits.rejects(facts.demands, effort: facts.effort, in: facts.format)
        if !refused.isEmpty { return refused.words }
        if limits.provider != facts.format.provider, facts.demands.contains(.signedThinking) { return "thinking" }
        if let window = limits.contextWindow, request.promptTokens + (facts.maxOutputTokens ?? 0) > window {
            return "context window"
        }
        if let most = limits.maxOutputTokens, let asked = facts.maxOutputTokens, asked > most { return "output limit" }
        return nil
    }

    /// Whether a switch costs less than staying over the turns that are expected, and the session can bear that none
    /// but this one comes.
    func isWorthSwitching(
        _ request: Request,
        to target: ModelID,
        turns: Int = SwitchRule.expectedTurns
    ) -> Bool {
        guard weighsCaches, !request.isUnserved, request.moment != .background || request.sharesPrompt else {
            return true
        }
        return paysToSwitch(request, to: target, turns: turns) && bears(request, on: target)
    }

    /// Whether a switch costs less than staying over the turns that are expected.
    func paysToSwitch(_ request: Request, to target: ModelID, turns: Int = SwitchRule.expectedTurns) -> Bool {
        guard weighsCaches, request.held != target, !request.isUnserved else { return true }
        guard request.moment != .background || request.sharesPrompt else { return true }
        guard let old = rates(of: request.held, for: request), let new = rates(of: target, for: request) else {
            return false
        }
        return request.switchRule.pays(from: old, to: new, turns: request.moment == .background ? 1 : turns)
    }

    /// Whether a turn costs less on a model, with the same of its prompt in the cache; false where a price is not known.
    func isCheaper(_ model: ModelID, than other: ModelID, for request: Request) -> Bool {
        guard let new = rates(of: model, for: request), let old = rates(of: other, for: request) else { return false }
        let rule = request.switchRule
        return rule.cost(on: new, turns: 1, warm: 0) < rule.cost(on: old, turns: 1, warm: 0)
    }

    func rates(of model: ModelID, for request: Request) -> Rates? {
        rates(of: model, promptTokens: request.promptTokens, on: request.now.day)
    }

    func rates(of model: ModelID, promptTokens: Int, on day: Day) -> Rates? {
        book.price(of: model, on: day)?.standard.last { $0.above == 0 || $0.above < promptTokens }?.rates
    }

    /// A prompt that is told from its bytes is taken a fifth larger, and one of a conversation is to have room to grow.
    private func needs(of request: Request) -> Needs {
        let demands = request.facts.demands
        let room = request.moment == .background ? 0 : 20_000
        return Needs(
            promptTokens: request.promptTokens + request.promptTokens / 5 + room,
            outputTokens: request.facts.maxOutputTokens ?? 0,
            tools: demands.contains(.tools),
            images: demands.contains(.images) || demands.contains(.documents),
            thinking: !demands.isDisjoint(with: [.thinkingBudget, .adaptiveThinking])
        )
    }
}

extension RequestFacts.Demands {
    /// The demands in a reader's words, the first few of them.
    fileprivate var words: String {
        let names: [(RequestFacts.Demands, String)] = [
            (.tools, "tools"), (.images, "images"), (.documents, "documents"), (.thinkingBudget, "thinking budget"),
            (.adaptiveThinking, "adaptive thinking"), (.effort, "effort"), (.sampling, "sampling"),
            (.forcedTool, "forced tool"), (.prefill, "prefill"), (.structuredOutput, "structured output"),
            (.serverTools, "server tools"), (.providerState, "provider state"), (.longContext, "long context"),
            (.signedThinking, "thinking"), (.thinkingOff, "thinking off"), (.lateSystem, "late system message"),
        ]
        return names.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
    }
}
