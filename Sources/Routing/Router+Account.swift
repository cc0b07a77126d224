package import Domain
import Pricing

extension Router {
    /// What the call, and coming back from it, may lose if the model serves it in place of the one asked for; nil where a
    /// price is not known.
    ///
    /// At the worst that the providers' rules allow: the model asked for would have found all that may be warm, and finds
    /// nothing when the conversation comes back. An answer is left out: it is no dearer on the new model.
    func exposure(of request: Request, on model: ModelID, entries: CacheLifetime) -> Exposure? {
        guard let old = rates(of: request.model, for: request), let new = rates(of: model, for: request),
            new.cost(of: Usage(outputTokens: 1_000)) <= old.cost(of: Usage(outputTokens: 1_000))
        else { return nil }
        let cached = request.cachedTokens
        let usage = { (warm: Int) in
            Usage(prompt: request.promptTokens, caching: cached, reading: min(warm, cached), entries: entries)
        }
        let goesOn = request.moment == .continuing && model == request.held
        let unrouted = old.cost(of: usage(request.warmTokens))
        let comesBack = request.moment != .background
        return Exposure(
            ofCall: new.cost(of: usage(goesOn ? request.warmTokens : 0)) - unrouted,
            ofReturn: comesBack ? old.cost(of: usage(0)) - old.cost(of: usage(cached)) : .zero,
            unrouted: unrouted
        )
    }

    /// Whether the session can bear that the conversation stays where it was taken to.
    ///
    /// Coming back loses for certain what staying may lose: so it stays as long as that loses no more.
    func bearsStaying(_ request: Request) -> Bool {
        guard weighsCaches, let exposed = request.account.exposure(of: request.facts.sender.subagent),
            let entries = request.conversation?.entries,
            let exposure = exposure(of: request, on: request.held, entries: entries)
        else { return true }
        return exposure.ofCall + exposure.ofReturn <= exposed || bears(request, on: request.held)
    }

    /// Whether the session can bear that the model serves the call, and that the conversation is led back with the next.
    func bears(_ request: Request, on model: ModelID) -> Bool {
        guard weighsCaches, model != request.model, !request.isUnserved else { return true }
        // How long entries live is not known before the first reply: either way must be bearable.
        let kinds = request.conversation?.entries.map { [$0] } ?? [.short, .long]
        return kinds.allSatisfy { entries in
            guard let exposure = exposure(of: request, on: model, entries: entries) else { return false }
            let (thread, share) = (request.facts.sender.subagent, policy.bearableLoss)
            return request.account.bears(exposure, of: thread, share: share) { model, usage in
                rates(of: model, for: request)?.cost(of: usage) ?? .zero
            }
        }
    }

    /// Takes a reply into its conversation and into its session's account; answers what
    /// ``Conversation/record(_:promptBytes:usage:at:)`` does.
    ///
    /// Of no conversation yet one is made, unless the request was on the side.
    @discardableResult
    package func record(
        _ routed: Routed,
        promptBytes: Int,
        usage: Usage?,
        at time: Timestamp,
        in conversation: inout Conversation?,
        of thread: String?,
        on account: inout RoutingAccount
    ) -> Usage? {
        let before = conversation
        var going = before ?? Conversation(routed)
        let counterfactual = going.record(routed, promptBytes: promptBytes, usage: usage, at: time)
        if before != nil || routed.moment != .background { conversation = going }
        guard let usage else { return counterfactual }
        let decision = routed.decision
        let isAside = routed.moment == .background
        let wasAway = !isAside && before.map { $0.isThoughtSimple && $0.served != $0.requested } ?? false
        let isPinnedAway = decision.reason == .pinned && going.isThoughtSimple
        let entries = going.entries ?? .short
        let cachesUnasked = routed.requestedProvider == .openAI
        let price = { (usage: Usage, model: ModelID) in
            self.rates(of: model, promptTokens: usage.promptTokens, on: time.day)?.cost(of: usage) ?? .zero
        }
        // What the user sends to a dearer model is no loss of routing's.
        let isAway =
            decision.served != decision.requested && (decision.isForSimple || isPinnedAway)
            && price(usage, decision.served) <= price(usage, decision.requested)
        if wasAway, before?.requested != decision.requested { account.writeOff(thread) }
        guard isAway || wasAway, isAway || decision.served == decision.requested else {
            account.add(usage, asked: decision.served)
            return counterfactual
        }
        let staysAway = isAway && wasAway && routed.moment == .continuing
        let warm = max(routed.warmTokens, usage.cacheReadTokens)
        let unrouted = staysAway ? usage : usage.reading(warm, of: entries, unasked: cachesUnasked)
        account.add(unrouted: price(unrouted, decision.requested), routed: price(usage, decision.served))
        guard !isAside else { return counterfactual }
        let (cold, warmest) = (
            usage.reading(0, of: entries, unasked: cachesUnasked),
            usage.reading(.max, of: entries, unasked: cachesUnasked)
        )
        account.expose(thread, to: isAway ? price(cold, decision.requested) - price(warmest, decision.requested) : nil)
        return counterfactual
    }
}

extension Usage {
    /// A prompt of which so much is cached, and so much of that read.
    fileprivate init(prompt: Int, caching cached: Int, reading read: Int, entries: CacheLifetime) {
        self.init(
            inputTokens: prompt - cached,
            cacheReadTokens: read,
            cacheWrite5mTokens: entries == .long ? 0 : cached - read,
            cacheWrite1hTokens: entries == .long ? cached - read : 0
        )
    }

    /// The same prompt with so much of it read from the cache, and the rest of what is cached written.
    ///
    /// Where the provider caches unasked and bills nothing for it, what is not read is plain input.
    fileprivate func reading(_ tokens: Int, of entries: CacheLifetime, unasked: Bool) -> Usage {
        let isFree = unasked && cacheWriteTokens == 0
        let cached = cacheReadTokens + cacheWriteTokens + (isFree ? inputTokens : 0)
        let read = min(max(0, tokens), cached)
        var usage = Usage(prompt: promptTokens, caching: cached, reading: read, entries: entries)
        if isFree { usage = Usage(inputTokens: cached - read, cacheReadTokens: read) }
        usage.outputTokens = outputTokens
        usage.webSearchRequests = webSearchRequests
        return usage
    }
}
