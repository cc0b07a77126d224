import Domain
import JSONText
import NIOCore
import Providers
import Routing
import Synchronization
import Wire

/// Cheaper models first, each answer judged as a whole before a byte of it goes to the client: does what
/// ``CascadePlan`` says.
///
/// Until the verdict the client hears nothing, no ping either: a ping would need the reply's head, and with it the
/// status and the model, which are not known before.
extension Relay {
    /// No longer answer is held back: far more than models write.
    static let mostWithheldBytes = 32 << 20

    func send(_ request: RelayRequest, _ step: TryThenJudge, otherwise: Routed, prompt: String, warm: String?) {
        let askable = step.keeping { model in
            request.access.allows(model)
                && !setup.targets(for: model, of: setup.provider(of: model), request).isEmpty
        }
        guard !state.isOver, let askable, askable.routed.count == askable.cascade.models.count,
            case .within(let outputLimit) = check(request, phase: otherwise.phase)
        else { return send(request, otherwise, warm: warm) }
        let cascade = CascadeRun(askable, request, prompt: prompt, warm: warm, outputLimit: outputLimit)
        self.cascade = cascade
        perform(cascade.plan.begin())
    }

    /// What a budget must have room for: the dearest of the models that may come to be asked.
    func dearest(_ intent: Exchange.Intent) -> Exchange.Intent {
        guard cascade != nil else { return intent }
        var dearest = intent
        dearest.decision.chosen = intent.decision.requested
        return dearest
    }

    private func perform(_ action: CascadePlan.Action) {
        guard let cascade else { return }
        switch action {
        case .ask(_, let attempt): ask(attempt, of: cascade)
        case .judge, .none: break
        case .give(let attempt):
            guard let reply = cascade.doubted, reply.attempt == attempt else { return fail(.failedStream) }
            reply.plan.explain(cascade.faults.joined(separator: ", "))
            give(reply)
        case .fail:
            guard state.attempts > 0 else {
                return refuse(.badRequest("no model of the cascade takes this request in its provider's format"))
            }
            state.answered()
            fail(lastFailure.map { .upstream($0) } ?? .failedStream)
        }
    }

    /// Asks the model at a place of the cascade; one that cannot take the request has failed.
    private func ask(_ attempt: Int, of cascade: CascadeRun) {
        let request = cascade.request
        var routed = cascade.step.routed[attempt]
        routed.decision.detail = cascade.faults.isEmpty ? "tried" : cascade.faults.joined(separator: ", ")
        let targets = setup.targets(for: routed.decision.served, of: routed.provider, request)
        cascade.attempt = attempt
        guard let target = targets.first,
            let next = makePlan(request, routed, outputLimit: cascade.outputLimit, target: target)
        else {
            cascade.faults.append("\(routed.decision.served): cannot be asked")
            return perform(cascade.plan.failed())
        }
        self.targets = targets
        warmUpstream = cascade.warm
        guard let first = plan else { return begin(next) }
        gateway.memory.escalations.withLock { $0.add(first.intent.sender) }
        next.intent.id = first.intent.id
        next.intent.content = first.intent.content
        next.intent.upstream = first.intent.upstream
        plan = next
        lastFailure = nil
        state.changesModel()
        askNext()
    }

    /// The whole answer of a model that was tried is there.
    func judge() {
        guard let cascade, let reply = withheld(),
            case .judge(let attempt, let acceptedGain) = cascade.plan.answered()
        else { return giveUpModel() }
        let check = cascade.step.check(ofAttempt: attempt, offering: offeredTools(for: reply.answer))
        let verdict = check.verdict(
            on: reply.answer,
            to: cascade.prompt,
            after: cascade.doubted?.answer,
            acceptedGain: acceptedGain
        )
        switch verdict {
        case .accepted:
            _ = cascade.plan.judged(accepts: true)
            if cascade.faults.isEmpty { reply.plan.explain("accepted") }
            give(reply)
        case .rejected(let fault):
            bill()
            cascade.doubted = reply
            cascade.faults.append("\(reply.answer.model): \(fault)")
            perform(cascade.plan.judged(accepts: false))
        }
    }

    /// The model that was asked gave no answer that could be judged, or given.
    func giveUpModel() {
        guard let cascade, let plan else { return }
        call?.cancel()
        call = nil
        meter?.end()
        bill()
        cascade.faults.append("\(plan.routed.decision.served): no answer")
        perform(cascade.plan.failed())
    }

    /// Keeps what the attempt that is over was billed.
    private func bill() {
        guard let cascade, let plan, let metered = meter?.reply else { return }
        var attempts = metered.earlierAttempts
        if let usage = metered.usage {
            attempts.append(Attempt(model: metered.model ?? plan.routed.decision.served, usage: usage))
        }
        cascade.billed[cascade.attempt] = attempts
    }

    /// The reply that is held, where it is an answer.
    private func withheld() -> WithheldReply? {
        guard let cascade, let plan, let reply, let meter, meter.reply.ending != .failed else { return nil }
        let format = plan.upstreamFormat
        let read = held.withUnsafeReadableBytes { bytes in
            var loss = ConversionLoss()
            return isEventStream
                ? try? ModelReply(stream: bytes, in: format) : try? ModelReply(bytes, in: format, loss: &loss)
        }
        guard let read else { return nil }
        return WithheldReply(
            attempt: cascade.attempt,
            plan: plan,
            target: target,
            head: reply,
            isEventStream: isEventStream,
            body: held,
            meter: meter,
            answer: Answer(read, by: plan.routed.decision.served)
        )
    }

    /// What the calls of an answer are held against, by the names the model was told; nil where it calls nothing.
    private func offeredTools(for answer: Answer) -> [String: ToolSchema]? {
        guard !answer.toolCalls.isEmpty, let plan,
            let reading = body.withUnsafeReadableBytes({ try? RequestReading($0, format: plan.format) })
        else { return nil }
        var tools: [String: ToolSchema] = [:]
        for tool in reading.request.tools {
            guard let schema = ToolSchema(tool.inputSchema.string) else { continue }
            tools[tool.name] = schema
            tools[reading.names.clientTool(named: tool.name).name] = schema
        }
        guard plan.converts else { return tools }
        // Some names are others upstream.
        for call in answer.toolCalls where tools[call.name] == nil {
            tools[call.name] = tools[plan.view.tools.clientTool(named: call.name).name]
        }
        return tools
    }

    /// Gives the client an answer that was held back.
    private func give(_ answer: WithheldReply) {
        call?.cancel()
        call = nil
        cascade?.attempt = answer.attempt
        plan = answer.plan
        target = answer.target
        reply = answer.head
        isEventStream = answer.isEventStream
        held = answer.body
        meter = answer.meter
        state.answered()
        // What is converted whole has its head written with it.
        if !answer.plan.converts || answer.isEventStream { commit() }
        finish()
    }
}
