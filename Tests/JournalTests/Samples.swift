import Domain

extension Exchange.Intent {
    static let bare = Exchange.Intent(
        id: "r-1",
        time: Timestamp(milliseconds: 1_790_000_000_000),
        sender: RequestFacts.Sender(),
        format: .messages,
        decision: Decision(
            requested: ModelID("claude-opus-5"),
            chosen: ModelID("claude-opus-5"),
            reason: .requested
        ),
        upstream: "anthropic",
        upstreamFormat: .messages,
        requestBytes: 2
    )
}

extension Exchange {
    /// Every field is set.
    static let sample: Exchange = {
        var sender = RequestFacts.Sender()
        sender.path = "/v1/messages"
        sender.agent = .claudeCode
        sender.session = "5c0f"
        sender.subagent = "a1"
        sender.app = "ci"
        sender.project = "/home/me/shop"
        sender.ticket = "SHOP-7"
        sender.phase = Phase(rawValue: "refinement")
        let usage = Usage(
            inputTokens: 5,
            outputTokens: 70,
            cacheReadTokens: 40_000,
            cacheWrite5mTokens: 300,
            cacheWrite1hTokens: 10,
            reasoningTokens: 12,
            webSearchRequests: 1
        )
        return Exchange(
            intent: Intent(
                id: "r-2",
                time: Timestamp(milliseconds: 1_790_000_000_001),
                sender: sender,
                billing: .api,
                format: .messages,
                decision: Decision(
                    requested: ModelID("claude-opus-5"),
                    chosen: ModelID("gpt-6-luna"),
                    isApplied: false,
                    reason: .pattern,
                    detail: "git"
                ),
                effort: .high,
                upstream: "main",
                upstreamFormat: .responses,
                requestBytes: 200_000,
                content: "ab12"
            ),
            outcome: Outcome(
                ending: .clientLeft,
                time: Timestamp(milliseconds: 1_790_000_004_000),
                upstream: "spare",
                status: 200,
                replyID: "msg_01",
                requestID: "req_01",
                model: ModelID("claude-opus-5"),
                mode: ServingMode(serviceTier: .priority, isFast: true, isUSOnly: true),
                usage: usage,
                counterfactualUsage: usage + usage,
                earlierAttempts: [Attempt(model: ModelID("claude-fable-5"), usage: usage)],
                stopReason: .toolUse,
                attempts: 2,
                firstByteMilliseconds: 812,
                visibleOutputBytes: 280,
                dropped: ["thinking": 3, "top-k": 1]
            )
        )
    }()

    static func random(_ random: inout some RandomNumberGenerator) -> Exchange {
        func text() -> String {
            let letters: [Character] = ["a", "Z", "0", "\"", "\\", "\n", "\u{0}", "\u{1f}", "é", "🙂", "{", "}", "/"]
            return String(
                (0..<Int.random(in: 1...12, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" }
            )
        }
        func maybe(_ value: String) -> String? { Bool.random(using: &random) ? value : nil }
        func usage() -> Usage {
            Usage(
                inputTokens: Int.random(in: 0...9_999_999, using: &random),
                outputTokens: Int.random(in: 0...12, using: &random),
                cacheReadTokens: Int.random(in: 0...1, using: &random)
            )
        }
        var exchange = sample
        exchange.intent.id = text()
        exchange.intent.sender.session = maybe(text())
        exchange.intent.sender.app = maybe(text())
        exchange.intent.sender.agent = Agent.allCases.randomElement(using: &random)
        exchange.intent.billing = Billing.allCases.randomElement(using: &random) ?? .api
        exchange.intent.decision.reason = Decision.Reason.allCases.randomElement(using: &random) ?? .rule
        exchange.intent.decision.isApplied = Bool.random(using: &random)
        exchange.intent.decision.detail = maybe(text()) ?? ""
        exchange.intent.effort = Effort.allCases.randomElement(using: &random)
        if Bool.random(using: &random) { exchange.outcome = nil }
        exchange.outcome?.ending = Outcome.Ending.allCases.randomElement(using: &random) ?? .failed
        exchange.outcome?.replyID = maybe(text())
        exchange.outcome?.usage = Bool.random(using: &random) ? usage() : nil
        exchange.outcome?.counterfactualUsage = Bool.random(using: &random) ? usage() : nil
        exchange.outcome?.stopReason = StopReason.allCases.randomElement(using: &random) ?? .unknown
        exchange.outcome?.mode.serviceTier = ServingMode.ServiceTier.allCases.randomElement(using: &random) ?? .flex
        exchange.outcome?.earlierAttempts = (0..<Int.random(in: 0...2, using: &random)).map { _ in
            Attempt(model: ModelID(text()), usage: usage())
        }
        exchange.outcome?.dropped = Dictionary(
            (0..<Int.random(in: 0...2, using: &random)).map { (text(), $0 + 1) },
            uniquingKeysWith: +
        )
        exchange.outcome?.firstByteMilliseconds = Bool.random(using: &random) ? 0 : nil
        return exchange
    }
}
