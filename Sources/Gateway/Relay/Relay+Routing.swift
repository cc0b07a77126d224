import Domain
import NIOCore
import Pricing
import Providers
import Routing
import Synchronization
import Wire

extension Relay {
    /// From the request to its first target, or to an answer of our own.
    func start() {
        gateway.memory.counts.withLock { $0.requests += 1 }
        switch Endpoint(head) {
        case .generate(let format): startRouting(format)
        case .countTokens: startPassing(to: .anthropic)
        case .models: startListing()
        case .model(let id): startListing(id)
        case .health: answer(OwnAnswer(status: 200, json: #"{"status":"ok"}"#))
        // Clients probe the bare host before they begin.
        case nil where head.isPath("/") && head.method != .post:
            answer(OwnAnswer(status: 200, json: #"{"name":"suffice"}"#))
        // Codex tries a WebSocket first, and goes on over HTTP at once when there is none.
        case nil: refuse(.unknownPath(String(head.path.prefix(200))))
        }
    }

    private func header(_ name: String) -> String? { head.fields.first(named: name) }

    func access(_ format: APIFormat) -> Access? {
        do throws(AccessDenied) {
            let ledger = gateway.ledger
            return try setup.access(of: ClientCredentials(header: header), format: format) { ledger.app($0) }
        } catch {
            switch error {
            case .unknownKey: refuse(.unknownKey)
            case .notPassed:
                refuse(
                    .forbidden(
                        "no upstream passes a client's own credential on; add one with pass_through = true, "
                            + "or give the client a key made by `suffice apps add`"
                    ),
                    status: 401
                )
            }
            return nil
        }
    }

    /// What is no call of a model goes to its own provider as it is.
    private func startPassing(to provider: Provider) {
        guard let access = access(provider == .anthropic ? .messages : .chatCompletions) else { return }
        targets = setup.upstreams.filter { $0.upstream.provider == provider && access.allows($0.upstream) }
            .map { RelayTarget(upstream: $0.upstream, address: $0.address) }
        guard !targets.isEmpty else {
            // Without a count the client estimates; a wrong one it would believe.
            return refuse(.unknownPath(head.path))
        }
        askNext()
    }

    private func startRouting(_ format: APIFormat) {
        guard let access = access(format) else { return }
        guard unpack() else { return }
        let envelope: Envelope
        do throws(RequestError) {
            envelope = try body.withBytes { bytes throws(RequestError) in try Envelope(bytes, format: format) }
        } catch {
            return refuse(.badRequest(error.description))
        }
        var sender = RequestFacts.Sender(path: head.path, endUser: envelope.endUser, header: header)
        sender.app = access.app
        for rule in setup.configuration.router.policy.rules {
            for name in rule.when.headers.keys where sender.headers[name] == nil { sender.headers[name] = header(name) }
        }
        let request = RelayRequest(envelope: envelope, sender: sender, access: access, time: gateway.ledger.now())
        guard access.allows(envelope.modelName.id) else { return refuse(.modelNotAllowed(envelope.model)) }
        route(request)
    }

    private func route(_ request: RelayRequest) {
        let router = setup.configuration.router
        let entry = request.conversation.flatMap { key in gateway.memory.conversations.withLock { $0.entry(key) } }
        // Nothing is known of a conversation without a name: any upstream may have served part of it.
        request.mayHoldForeignThoughts = entry?.crossedProviders ?? setup.hasSeveralProviders
        if let entry,
            let routed = router.pinned(
                model: request.envelope.modelName.id,
                sender: request.sender,
                promptBytes: body.readableBytes,
                in: entry.conversation,
                at: request.time
            )
        {
            return send(request, routed, warm: entry.upstream)
        }
        let facts: RequestFacts
        do throws(RequestError) {
            facts = try body.withBytes { bytes throws(RequestError) in
                try RequestFacts(
                    bytes,
                    envelope: request.envelope,
                    sender: request.sender,
                    betas: header("anthropic-beta") ?? ""
                )
            }
        } catch {
            return refuse(.badRequest(error.description))
        }
        let escalated = gateway.memory.escalations.withLock { $0.count(for: request.sender) }
        let asked = router.policy.aliases[facts.model] ?? facts.model
        let (account, warmBeginning) = gateway.memory.accounts.withLock { accounts in
            (
                accounts.account(of: request.conversation?.session),
                accounts.warmBeginning(.init(request.sender, asked), at: request.time)
            )
        }
        let step = router.decide(
            facts,
            in: entry?.conversation,
            at: request.time,
            escalated: escalated,
            account: account,
            warmBeginning: warmBeginning
        )
        switch step {
        case .decided(let routed): send(request, routed, warm: entry?.upstream)
        case .needsClassifier(let question, let otherwise):
            classify(question, for: request) { [self] answer in
                let routed =
                    answer.map {
                        router.decide(
                            facts,
                            in: entry?.conversation,
                            at: request.time,
                            escalated: escalated,
                            account: account,
                            warmBeginning: warmBeginning,
                            classified: $0
                        )
                    } ?? otherwise
                send(request, routed, warm: entry?.upstream)
            }
        case .tryThenJudge(let step, let otherwise):
            send(request, step, otherwise: otherwise, prompt: facts.lastHumanText, warm: entry?.upstream)
        }
    }

    func send(_ request: RelayRequest, _ routed: Routed, warm: String?) {
        guard !state.isOver else { return }
        var routed = routed
        var targets = setup.targets(for: routed.decision.served, of: routed.provider, request)
        if targets.isEmpty, routed.decision.served != routed.decision.requested {
            routed = keepingRequested(routed, because: "no upstream serves it")
            targets = setup.targets(for: routed.decision.served, of: routed.provider, request)
        }
        guard !targets.isEmpty else {
            return refuse(
                .badRequest("no upstream serves the model \(request.envelope.model) for this client"),
                status: 404
            )
        }
        guard request.access.allows(routed.decision.served) else {
            return refuse(.modelNotAllowed(routed.decision.served.rawValue))
        }
        var outputLimit: Int?
        switch check(request, phase: routed.phase) {
        case .within(let limit): outputLimit = limit
        case .inputTooLong(let tokens, let limit, let phase):
            return refuse(
                .badRequest(
                    "the prompt of about \(tokens) tokens is longer than the \(limit) that "
                        + "[phase.\(phase.rawValue)] max_input_tokens allows; send less, or raise the limit"
                )
            )
        }
        guard let plan = makePlan(request, routed, outputLimit: outputLimit, target: targets[0]) else { return }
        self.targets = targets
        warmUpstream = warm
        begin(plan)
    }

    /// What the limits of its phase make of a request.
    func check(_ request: RelayRequest, phase: Phase?) -> PhaseCheck {
        setup.configuration.router.policy.check(
            phase: phase,
            promptTokens: Int(Double(body.readableBytes) / Call.bytesPerToken),
            maxOutputTokens: request.envelope.maxOutputTokens
        )
    }

    /// Keeps the intent, and asks the first target.
    func begin(_ plan: RelayPlan) {
        plan.intent.upstream = nextTarget(of: plan)?.upstream.name ?? ""
        switch gateway.ledger.reserve(dearest(plan.intent), plan.maxOutputTokens) {
        case .allowed: break
        case .spent(let text):
            self.plan = plan
            gateway.ledger.end(Exchange(intent: plan.intent, outcome: refusedOutcome(plan)))
            return refuse(.budgetSpent(text))
        }
        if let capture = gateway.ledger.capture { plan.intent.content = capture(body.readableBytesView) }
        self.plan = plan
        let decision = plan.routed.decision
        if plan.routed.exposure != nil, let key = plan.conversation {
            gateway.memory.accounts.withLock { accounts in
                accounts.update(key.session) { $0.reserve(for: plan.routed, of: key.subagent) }
            }
        }
        if decision.reason == .escalation, decision.isApplied {
            gateway.memory.escalations.withLock { $0.add(plan.intent.sender) }
        }
        gateway.memory.counts.withLock { $0.reasons[decision.reason, default: 0] += 1 }
        gateway.ledger.begin(plan.intent)
        askNext()
    }
}
