import Domain
import NIOCore
import Providers
import Wire

/// One more try, on the same account, of a request whose earlier thoughts were refused (pitfall 6).
///
/// Thoughts are signed by the model that wrote them, for the conversation they stood in; a client that was served by
/// several, or that changed what stood before them, sends signatures that no longer hold.
extension Relay {
    /// No longer refusal is read before the client gets it.
    static let mostRefusalBytes = 64 << 10

    func mayBeMended(_ head: HTTPResponseHead) -> Bool {
        guard let plan, head.status == 400, !head.isPacked else { return false }
        return !plan.converts && plan.format != .chatCompletions
    }

    /// Takes the thoughts out of the request, where the refusal that is held is about them and there are any.
    func mend() -> Bool {
        guard let reply, let plan = self.plan, held.readableBytes <= Relay.mostRefusalBytes else { return false }
        let refusal = held.withUnsafeReadableBytes {
            ReplyFailure(status: reply.status, body: $0, of: plan.upstreamFormat.provider)
        }
        guard refusal.refusesThoughts else { return false }
        var body = ByteBuffer()
        for piece in plan.body { body.writeImmutableBuffer(piece) }
        let edits = body.withUnsafeReadableBytes { bytes in
            (try? Envelope(bytes, format: plan.format))?.removing(.all, in: bytes) ?? []
        }
        guard !edits.isEmpty else { return false }
        plan.body = edits.pieces(of: body)
        self.plan = plan
        refused = (reply, held)
        return true
    }

    /// The second try was refused too: the client gets the first answer, which is about what it sent.
    func giveFirstRefusal() {
        guard let refused else { return }
        self.refused = nil
        call?.cancel()
        call = nil
        isEventStream = false
        reply = refused.head
        held = refused.body
        perform(state.replied(.refusal, converts: false, hasAnother: false))
        perform(state.ended(isWhole: true, hasAnother: false))
    }
}
