import Domain
import Providers
import Routing
import Synchronization
import Wire

extension Relay {
    /// Asks the classifying model on a key of the user's own; nil where there is none, or no budget for it.
    func classify(
        _ question: ClassifierQuestion,
        for request: RelayRequest,
        then: @escaping (Classification?) -> Void
    ) {
        if let known = gateway.memory.answers.withLock({ $0[question.cacheKey] }) { return then(known) }
        let provider = setup.provider(of: question.model) ?? .anthropic
        let found = setup.upstreams.first {
            guard case .key = $0.upstream.credential else { return false }
            return $0.upstream.provider == provider && $0.upstream.serves(question.model)
        }
        guard let found, case .key(let key) = found.upstream.credential else { return then(nil) }
        let intent = intent(of: question, for: request, to: found.upstream)
        guard case .allowed = gateway.ledger.reserve(intent, question.maxOutputTokens) else { return then(nil) }
        gateway.ledger.begin(intent)
        let memory = gateway.memory
        let ledger = gateway.ledger
        let ask = ClassifierAsk(
            question,
            on: found.address,
            provider: provider,
            key: key,
            pool: gateway.pool,
            settle: { ending, status, metered in
                let outcome = Exchange.Outcome(intent, ending, status: status, metered, at: ledger.now())
                ledger.end(Exchange(intent: intent, outcome: outcome))
            },
            then: { [weak self] answer in
                memory.answers.withLock { $0.keep(answer, for: question.cacheKey) }
                self?.waitFor(nil)
                then(answer)
            }
        )
        waitFor(ask)
        ask.start()
    }

    private func intent(
        of question: ClassifierQuestion,
        for request: RelayRequest,
        to upstream: Upstream
    ) -> Exchange.Intent {
        let format = ClassifierQuestion.format(of: upstream.provider)
        var sender = request.sender
        sender.headers = [:]
        return Exchange.Intent(
            id: gateway.nextID(),
            time: request.time,
            sender: sender,
            billing: .api,
            format: format,
            decision: Decision(
                requested: question.model,
                chosen: question.model,
                reason: .classifier,
                detail: "the question itself"
            ),
            upstream: upstream.name,
            upstreamFormat: format,
            requestBytes: question.body(in: format).count
        )
    }
}

extension Exchange.Outcome {
    fileprivate init(
        _ intent: Exchange.Intent,
        _ ending: Ending,
        status: Int,
        _ metered: MeteredReply,
        at time: Timestamp
    ) {
        self.init(
            ending: ending,
            time: time,
            upstream: intent.upstream,
            status: status,
            replyID: metered.id,
            model: metered.model ?? intent.decision.served,
            mode: metered.mode,
            usage: metered.usage,
            stopReason: metered.stopReason,
            visibleOutputBytes: metered.visibleOutputBytes
        )
    }
}
