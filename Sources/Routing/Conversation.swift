package import Domain

/// What the gateway keeps of a conversation from one request to the next: one value for each session and subagent.
///
/// Made from its first routed request; then ``record(_:promptBytes:usage:at:)`` after each reply, the first one
/// included. Requests on the side (``Routed/Moment/background``) leave it as it is; make none from one.
package struct Conversation: Hashable, Sendable {
    /// The model its client asks for.
    package private(set) var requested: ModelID
    /// The model it is on, or, where decisions are only observed, would be on.
    package private(set) var chosen: ModelID
    /// Whether ``chosen`` serves it.
    private var isApplied: Bool
    /// It is on ``chosen`` because a request was taken for simple, by a pattern or by the classifying model.
    package private(set) var isThoughtSimple: Bool
    package private(set) var phase: Phase?
    package private(set) var turns = 0
    /// How often a stronger model was asked.
    package private(set) var escalations = 0
    /// Of the last request.
    private var promptBytes = 0
    private(set) var promptTokens = 0
    /// The prompt of the first request: what a compaction leaves in the cache.
    private(set) var standingTokens = 0
    private var growth = 0
    private var output = 0
    private var lastUse = Timestamp.unknown
    private var lifetime: Int64 = fiveMinutes
    /// Whether the provider says how long it keeps the prompt.
    private var lifetimeIsPromised = true
    /// Which entries its prompt is kept in; nil before any was seen.
    private(set) var entries: CacheLifetime?
    private var marksCache = false
    /// What the requested model would have in its cache.
    private var wouldHave = 0

    package init(_ first: Routed) {
        requested = first.decision.requested
        // A rule speaks for the requests it means, not for the conversation.
        chosen = first.decision.reason == .rule ? first.decision.requested : first.decision.chosen
        isApplied = first.decision.isApplied
        isThoughtSimple = first.decision.isForSimple
        phase = first.phase
    }

    /// Takes in a request and its reply; answers what the requested model would have been billed, with the prompt cache
    /// it would have had, or nil where it served itself or the provider did not say what it billed.
    ///
    /// The bytes are the body's as the client sent it, the usage is as billed, the time is when the request came in.
    @discardableResult
    package mutating func record(
        _ routed: Routed,
        promptBytes bytes: Int,
        usage: Usage?,
        at time: Timestamp
    ) -> Usage? {
        let decision = routed.decision
        if turns > 0, routed.moment == .first || routed.moment == .subagentStart, !hasShrunk(to: bytes) {
            // What was taken for the beginning was a call on the side, or the client began again.
            self = Conversation(routed)
        }
        let counterfactual = usage.flatMap { counterfactualUsage(of: $0, for: routed, at: time) }
        let isAside = turns > 0 && routed.moment == .first && hasShrunk(to: bytes)
        guard routed.moment != .background, !isAside else { return counterfactual }
        if decision.reason == .escalation { escalations += 1 }
        let hadServed = isApplied ? chosen : requested
        if decision.requested != requested {
            requested = decision.requested
            wouldHave = 0
        }
        if decision.reason != .rule {
            chosen = decision.chosen
            isApplied = decision.isApplied
            if decision.reason != .pinned { isThoughtSimple = decision.isForSimple }
        }
        if let phase = routed.phase { self.phase = phase }
        marksCache = routed.marksCache ?? marksCache
        if let usage {
            let isSameModel = turns > 0 && decision.served == hadServed
            if isSameModel { growth += max(0, usage.promptTokens - promptTokens) }
            output += max(0, usage.outputTokens)
            if turns == 0 { standingTokens = usage.promptTokens }
            promptTokens = usage.promptTokens
            entries = CacheLifetime(writtenBy: usage) ?? (routed.provider == .anthropic ? entries : nil)
            // Too short a time only looks at a conversation once too often; see mayBeWarm(at:).
            lifetime = (entries ?? .automatic).milliseconds(provider: routed.provider?.rawValue)
            lifetimeIsPromised = routed.provider == .anthropic || usage.cacheWriteTokens > 0
            wouldHave = cacheable(counterfactual ?? usage, by: routed.requestedProvider)
        }
        promptBytes = bytes
        lastUse = time
        turns += 1
        return counterfactual
    }
}

extension Conversation {
    /// The usage that the requested model would have been billed for a request; nil where it served itself.
    ///
    /// Tokens are counted alike. Where the serving model's cache is as old as the requested one's would be, which holds
    /// for all turns but those that change the model, reads and writes are as billed. On a turn that changes the model
    /// the requested one would have read what it held of the prompt and written the rest; after a compaction it holds
    /// what comes before the summary, after its lifetime nothing. Where the providers differ, Anthropic keeps what the
    /// client marks (taken to be the whole prompt, since agents mark its end), and OpenAI whatever is a whole 128 tokens
    /// of at least 1,024, and bills no writes here. What other conversations keep warm is not counted.
    package func counterfactualUsage(of usage: Usage, for routed: Routed, at time: Timestamp) -> Usage? {
        let decision = routed.decision
        guard decision.served != decision.requested else { return nil }
        guard routed.moment != .background else { return usage }
        let isOtherProvider = routed.provider != routed.requestedProvider
        let isFirst = turns == 0
        let hadServed = isApplied ? chosen : requested
        let changesModel = !isFirst && decision.served != hadServed
        guard isOtherProvider || changesModel else { return usage }
        let kept = isOtherProvider ? keptElsewhere(of: usage, for: routed) : cacheable(usage, by: routed.provider)
        var held = isFirst || isExpired(at: time) ? 0 : wouldHave
        if routed.moment == .compacted { held = min(held, standingTokens) }
        var counterfactual = usage
        counterfactual.cacheReadTokens = min(held, kept)
        let rest = kept - counterfactual.cacheReadTokens
        let isLong = usage.cacheWrite1hTokens > 0
        let billsWrites = routed.requestedProvider != .openAI || (!isOtherProvider && usage.cacheWriteTokens > 0)
        counterfactual.cacheWrite5mTokens = billsWrites && !isLong ? rest : 0
        counterfactual.cacheWrite1hTokens = billsWrites && isLong ? rest : 0
        counterfactual.inputTokens = usage.promptTokens - kept + (billsWrites ? 0 : rest)
        return counterfactual
    }

    /// What of a prompt stands in the cache of the provider that was asked.
    private func cacheable(_ usage: Usage, by provider: Provider?) -> Int {
        provider == .openAI ? Self.automatic(usage.promptTokens) : usage.cacheReadTokens + usage.cacheWriteTokens
    }

    /// What of it the requested model's provider, which was not asked, would keep.
    private func keptElsewhere(of usage: Usage, for routed: Routed) -> Int {
        guard routed.requestedProvider != .openAI else { return Self.automatic(usage.promptTokens) }
        return routed.marksCache ?? marksCache ? usage.promptTokens : 0
    }

    private static func automatic(_ tokens: Int) -> Int { tokens < 1_024 ? 0 : tokens / 128 * 128 }
}

extension Conversation {
    /// The model that serves it.
    var served: ModelID { isApplied ? chosen : requested }

    /// The model its next request stays on.
    ///
    /// Where decisions were observed so far and are applied from now on, that is the model which served.
    func held(in mode: RoutingPolicy.Mode) -> ModelID {
        switch mode {
        case .off: requested
        case .observe: chosen
        case .route: isApplied ? chosen : requested
        }
    }

    /// The body is so much smaller than the last one that it does not go on with it.
    func hasShrunk(to bytes: Int) -> Bool { bytes < promptBytes / 4 * 3 }

    /// The body is so much larger that it is no second try of the same request.
    func isDwarfed(by bytes: Int) -> Bool { promptBytes < bytes / 4 * 3 }

    /// The provider has forgotten the prompt: its cache was not used for its lifetime.
    func isExpired(at now: Timestamp) -> Bool { turns > 0 && now.milliseconds(since: lastUse) > lifetime }

    /// The provider may still have the prompt, although it has promised nothing.
    func mayBeWarm(at now: Timestamp) -> Bool {
        turns > 0 && !lifetimeIsPromised && now.milliseconds(since: lastUse) <= Self.aDay
    }

    /// What other conversations with the same first prompt find of it in the cache of the model that serves this one, and
    /// until when.
    package var sharedBeginning: (tokens: Int, until: Timestamp)? {
        entries == nil && lifetimeIsPromised
            ? nil : (standingTokens, lastUse.advanced(byMilliseconds: lifetimeIsPromised ? lifetime : Self.aDay))
    }

    /// What bytes of prompt come to, by the last prompt; nil before there is one.
    func tokens(ofBytes bytes: Int) -> Int? {
        guard promptTokens > 0, promptBytes > 0 else { return nil }
        return Int(Double(bytes) * Double(promptTokens) / Double(promptBytes))
    }

    /// Prompt tokens that a turn adds; nil before there were three.
    var growthPerTurn: Int? { turns < 4 ? nil : growth / (turns - 1) }

    var outputPerTurn: Int? { turns < 4 ? nil : output / turns }

    private static let fiveMinutes: Int64 = 300_000
    /// The longest that OpenAI keeps what it caches unasked (`prompt_cache_retention: "24h"`); without, an hour at most.
    private static let aDay: Int64 = 288 * fiveMinutes
}

extension Decision {
    /// Another model than the one asked for, since the request is simple.
    var isForSimple: Bool { chosen != requested && [.pattern, .learned, .classifier].contains(reason) }
}
