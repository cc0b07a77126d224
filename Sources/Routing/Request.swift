import Domain

/// A request as routing looks at it: its facts, and where it stands.
struct Request {
    var facts: RequestFacts
    /// The model asked for, aliases resolved.
    var model: ModelID
    var moment: Routed.Moment
    var phase: Phase?
    var conversation: Conversation?
    /// The model the conversation is on; the one asked for where it is on none.
    var held: ModelID
    /// No upstream serves the provider of the model asked for, and yet the call must be answered: agents ask built-in small
    /// models for what they do on the side.
    var isUnserved: Bool
    var now: Timestamp
    /// What routing has cost its session so far.
    var account = RoutingAccount()
    /// Of a conversation's beginning, what others like it keep in the cache.
    var warmBeginning = 0

    /// The prompt's tokens, told from its bytes: as the conversation's last prompt had them, where this one goes on with it.
    var promptTokens: Int {
        if facts.assistantMessages > 0 || moment == .compacted,
            let known = conversation?.tokens(ofBytes: facts.promptBytes)
        {
            return known
        }
        return Int(Double(facts.promptBytes) / Call.bytesPerToken)
    }
}

extension Request {
    /// A small question has a prompt of its own; a large one is asked behind the conversation's.
    var sharesPrompt: Bool { facts.assistantMessages > 0 && !(conversation?.isExpired(at: now) ?? true) }

    /// The conversation as a switch has to weigh it.
    var switchRule: SwitchRule {
        let warm =
            switch moment {
            // Other conversations with the same beginning may keep it warm.
            case .first, .subagentStart: promptTokens
            case .background, .continuing: sharesPrompt ? promptTokens : 0
            // What comes before the summary is all that is left of the old prompt.
            case .compacted: conversation.map { $0.isExpired(at: now) ? 0 : $0.standingTokens } ?? 0
            case .cacheExpired: coolingTokens
            }
        return SwitchRule(
            promptTokens: promptTokens,
            warmTokens: warm,
            growth: conversation?.growthPerTurn ?? 1_500,
            output: conversation?.outputPerTurn ?? 500
        )
    }

    /// Of the prompt, what may still be warm although its lifetime is over: nobody promised its end.
    private var coolingTokens: Int { conversation?.mayBeWarm(at: now) == true ? promptTokens : 0 }

    /// Of the prompt, what its provider caches.
    var cachedTokens: Int {
        let caches = facts.cacheMarkers > 0 || facts.format.provider == .openAI || conversation?.entries != nil
        return caches && promptTokens >= 1_024 ? promptTokens : 0
    }

    /// Of the prompt, what the model asked for may have in its cache at the most, by the providers' rules.
    ///
    /// Other conversations may keep the standing prompt warm behind its lifetime.
    var warmTokens: Int {
        let warm =
            switch moment {
            case .first, .subagentStart: warmBeginning
            case .background: sharesPrompt ? promptTokens : 0
            case .continuing: conversation?.promptTokens ?? 0
            case .compacted: conversation?.standingTokens ?? warmBeginning
            case .cacheExpired: max(coolingTokens, min(warmBeginning, conversation?.standingTokens ?? 0))
            }
        return min(warm, cachedTokens)
    }
}

extension Router {
    func request(
        _ facts: RequestFacts,
        in conversation: Conversation?,
        at now: Timestamp,
        account: RoutingAccount,
        warmBeginning: Int
    ) -> Request {
        let model = policy.aliases[facts.model] ?? facts.model
        let moment = Routed.Moment(of: facts, asking: model, in: conversation, at: now)
        let isOnItsOwn = conversation.map { $0.requested != model } ?? true
        return Request(
            facts: facts,
            model: model,
            moment: moment,
            phase: facts.sender.phase ?? policy.phase(lookingLike: facts) ?? conversation?.phase,
            conversation: conversation,
            held: isOnItsOwn ? model : conversation?.held(in: policy.mode) ?? model,
            isUnserved: (moment == .background || isSmallest(model)) && isUnserved(model),
            now: now,
            account: account,
            warmBeginning: warmBeginning
        )
    }
}

extension Routed.Moment {
    /// Where a request stands.
    ///
    /// A conversation is looked at again only where its prompt cache is of no more use: after a compaction, and after
    /// the cache's lifetime. It never is while the model waits for the answers to its tool calls. One that this gateway
    /// has not seen from its beginning is left alone.
    init(of facts: RequestFacts, asking model: ModelID, in conversation: Conversation?, at now: Timestamp) {
        if BackgroundCall(facts) != nil {
            self = .background
        } else if facts.answersToolCalls {
            self = .continuing
        } else if let conversation {
            let beginsAnew = facts.assistantMessages == 0 && !facts.followsCompaction
            let isSmaller = conversation.hasShrunk(to: facts.promptBytes)
            if beginsAnew, isSmaller {
                // The agent asks something on the side under its session's name.
                self = .background
            } else if beginsAnew, model != conversation.requested || conversation.isDwarfed(by: facts.promptBytes) {
                // It did so before its session began.
                self = facts.sender.subagent == nil ? .first : .subagentStart
            } else if facts.followsCompaction, isSmaller {
                self = .compacted
            } else if model == conversation.requested, conversation.isExpired(at: now) {
                self = .cacheExpired
            } else {
                self = .continuing
            }
        } else if facts.followsCompaction {
            self = facts.assistantMessages == 0 ? .compacted : .continuing
        } else if facts.assistantMessages > 0 {
            self = .continuing
        } else {
            self = facts.sender.subagent == nil ? .first : .subagentStart
        }
    }
}
