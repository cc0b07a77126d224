import Domain
import NIOCore
import Providers
import Synchronization
import Wire

/// How an exchange ends, for the client and for the ledger.
extension Relay {
    /// The reply is whole.
    func finish() {
        var status = reply?.status ?? 0
        if plan?.converts == true, converter == nil {
            status = finishCollected()
        } else {
            if let rest = converter?.end() { write(ByteBuffer(bytes: rest)) }
            plan?.givenReplyID = converter?.replyID
            writeMissingEnd()
            if framing == .chunked { out.writeLastChunk() }
            writeOut()
        }
        // The client has its last byte before the ledger has its line.
        client.flush()
        settle(status < 400 && meter?.reply.ending != .failed ? .finished : .failed, status: status)
        client.replied(closes: closes)
    }

    /// What is held of a relayed stream goes out, and where its end is missing but for that, its end, as long as its
    /// length was not said before.
    private func writeMissingEnd() {
        let rest = edge.rest()
        write(rest)
        guard plan?.converts == false, let meter, framing == .chunked || framing == .untilClose else { return }
        // An SDK drops an event without its blank line.
        let end = (rest.readableBytes > 0 ? [0x0A, 0x0A] : []) + meter.missingEnd
        if !end.isEmpty { write(ByteBuffer(bytes: end)) }
    }

    /// A reply, or an error, that was collected whole goes out in the client's format.
    private func finishCollected() -> Int {
        guard let plan, let reply else { return 0 }
        let answer = plan.converted(status: reply.status, body: held)
        self.plan?.givenReplyID = answer.id
        count(answer.loss)
        timing.firstByte = .now()
        var head = reply.converted(
            status: answer.status,
            isEventStream: answer.isStream,
            framing: .length(answer.body.count),
            closes: closes,
            note: plan.note
        )
        head.writeBytes(answer.body)
        client.write(head)
        return answer.status
    }

    /// A stream that the client has begun to read says that it is broken off, in the client's format.
    ///
    /// It would look whole to the SDKs otherwise. Anything else just closes.
    func breakOff() {
        call?.cancel()
        call = nil
        let status = reply?.status ?? 0
        settle(.truncated, status: status)
        guard isEventStream, framing != .none else {
            writeOut()
            return client.breakOff()
        }
        let ending = converter?.fail(brokenOff) ?? meter?.ending(with: brokenOff) ?? []
        write(ByteBuffer(bytes: ending))
        guard framing == .chunked else {
            writeOut()
            return client.breakOff()
        }
        out.writeLastChunk()
        writeOut()
        client.replied(closes: closes)
    }

    private var brokenOff: ReplyFailure {
        let why = lastFailure.map(\.explanation) ?? "the provider's stream ended before its last event"
        return ReplyFailure(.api, why)
    }

    /// No upstream gave a reply that could be passed on.
    func fail(_ failure: RelayState.Failure) {
        if let ownModels { return answer(ownModels) }
        let answer: OwnAnswer
        switch failure {
        case .upstream(.timedOut):
            answer = OwnAnswer(.timedOut(lastFailure?.explanation ?? ""), in: format)
        case .upstream(let failure):
            var own = OwnAnswer(.noUpstream(failure.explanation), in: format)
            own.status = 502
            answer = own
        case .failedStream:
            var failure =
                meter?.reply.failureBeforeContent ?? ReplyFailure(.overloaded, "the provider's reply was empty")
            if let plan { failure = failure.told(by: plan.upstreamFormat.provider, to: plan.format.provider) }
            answer = OwnAnswer(failure, in: format)
        }
        settle(.failed, status: answer.status)
        client.write(answer.bytes(closes: closes, note: plan?.note))
        client.replied(closes: closes)
    }

    /// An answer of the gateway's own, before anything was sent.
    func refuse(_ refusal: Refusal, status: Int? = nil) { answer(OwnAnswer(refusal, status: status, in: format)) }

    func answer(_ answer: OwnAnswer) {
        var answer = answer
        answer.isForHead = head.method == .head
        state.answered()
        gateway.memory.counts.withLock { $0.statuses[answer.status, default: 0] += 1 }
        if plan == nil { countPassed(status: answer.status) }
        client.write(answer.bytes(closes: closes, note: plan?.note))
        client.replied(closes: closes)
    }
}
