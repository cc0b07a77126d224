import Domain
import NIOCore
import Pricing
import Providers
import Routing
import Wire

/// What becomes of a request's body once its model is decided.
extension Relay {
    /// The request as it goes upstream; nil where it cannot, and the client was told.
    func makePlan(
        _ request: RelayRequest,
        _ routed: Routed,
        outputLimit: Int?,
        target: RelayTarget
    ) -> RelayPlan? {
        let envelope = request.envelope
        let upstreamFormat = setup.format(
            for: routed.decision.served,
            of: target.upstream.provider,
            asked: envelope.format
        )
        var intent = Exchange.Intent(
            id: gateway.nextID(),
            time: request.time,
            sender: request.sender,
            billing: request.access.billing,
            format: envelope.format,
            decision: routed.decision,
            effort: envelope.effort,
            upstream: target.upstream.name,
            upstreamFormat: upstreamFormat,
            requestBytes: body.readableBytes
        )
        intent.sender.phase = routed.phase
        intent.sender.headers = [:]
        let plan = RelayPlan(
            intent: intent,
            routed: routed,
            isStreaming: envelope.isStreaming,
            maxOutputTokens: outputLimit ?? envelope.maxOutputTokens,
            conversation: request.conversation,
            view: ClientView(
                model: envelope.model,
                createdAt: Int(request.time.milliseconds / 1000),
                fallbackID: "suffice"
            )
        )
        guard plan.converts else {
            let edits = edits(of: request, for: routed.decision, outputLimit: outputLimit)
            plan.withholdsUsage = envelope.addingStreamUsage() != nil
            plan.body = edits.pieces(of: body)
            return plan
        }
        return convert(plan, request, outputLimit: outputLimit)
    }

    /// What is changed in a body that keeps its format; all other bytes stay.
    private func edits(of request: RelayRequest, for decision: Decision, outputLimit: Int?) -> [BodyEdit] {
        let envelope = request.envelope
        var edits = [envelope.replacing(model: decision.served), envelope.addingStreamUsage()].compactMap { $0 }
        if let outputLimit, let edit = envelope.capping(output: outputLimit) { edits.append(edit) }
        body.withUnsafeReadableBytes { bytes in
            if request.mayHoldForeignThoughts { edits += envelope.removing(.foreign, in: bytes) }
            // It changes with each version of the client, and a server that does not know it caches it.
            if !decision.served.rawValue.hasPrefix("claude"), let edit = envelope.removingAttribution(in: bytes) {
                edits.append(edit)
            }
        }
        return edits
    }

    /// The request in the upstream's format; where it cannot be put into that, the requested model serves it.
    private func convert(_ plan: RelayPlan, _ request: RelayRequest, outputLimit: Int?) -> RelayPlan? {
        let served = plan.routed.decision.served
        let target = ConvertedRequest.Target(
            format: plan.upstreamFormat,
            model: served,
            limits: setup.configuration.router.book.limits(of: served),
            outputCap: outputLimit
        )
        do throws(ConversionError) {
            let converted = try body.withBytes { bytes throws(ConversionError) in
                try ConvertedRequest(bytes, from: plan.format, to: target)
            }
            plan.body = [ByteBuffer(bytes: converted.body)]
            plan.view.tools = converted.names
            plan.view.includesUsage = converted.request.wantsStreamUsage
            count(converted.loss)
            return plan
        } catch {
            // Another model of the cascade may still answer.
            guard cascade == nil else { return nil }
            guard plan.routed.decision.served != plan.routed.decision.requested else {
                refuse(.badRequest(error.description))
                return nil
            }
            let reason = if case .refused(let reason) = error { reason.rawValue } else { "unreadable" }
            let routed = keepingRequested(plan.routed, because: reason)
            send(request, routed, warm: nil)
            return nil
        }
    }

    /// The model that would do cannot serve this request after all.
    func keepingRequested(_ routed: Routed, because detail: String) -> Routed {
        var kept = routed
        kept.decision.chosen = routed.decision.requested
        kept.decision.reason = .incapable
        kept.decision.detail = detail
        kept.provider = setup.provider(of: routed.decision.requested)
        return kept
    }
}
