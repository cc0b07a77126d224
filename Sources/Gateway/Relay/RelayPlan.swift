import Domain
import NIOCore
import Providers
import Routing
import Wire

/// What a request to a model has become once its model is decided.
///
/// A class, since its relay alone holds it: as a value it would be copied, text by text, at every step of a request.
final class RelayPlan {
    var intent: Exchange.Intent
    private(set) var routed: Routed
    /// The format that the upstream is asked in, and answers in.
    let upstreamFormat: APIFormat
    let isStreaming: Bool
    /// The client did not ask for the chunk with usage that we asked for.
    var withholdsUsage = false
    let maxOutputTokens: Int?
    let conversation: ConversationTable.Key?
    private(set) var note: DecisionNote
    /// How a reply that is written anew shows itself to the client.
    var view: ClientView
    /// The reply's id where the client was given another than the upstream's.
    var givenReplyID: String?
    /// The body as it goes upstream, in pieces of the client's where they are unchanged.
    var body: [ByteBuffer] = []

    init(
        intent: Exchange.Intent,
        routed: Routed,
        isStreaming: Bool,
        maxOutputTokens: Int?,
        conversation: ConversationTable.Key?,
        view: ClientView
    ) {
        self.intent = intent
        self.routed = routed
        upstreamFormat = intent.upstreamFormat
        self.isStreaming = isStreaming
        self.maxOutputTokens = maxOutputTokens
        self.conversation = conversation
        note = DecisionNote(routed.decision)
        self.view = view
    }

    /// Says more of why the decision is as it is.
    func explain(_ detail: String) {
        routed.decision.detail = detail
        intent.decision.detail = detail
        note = DecisionNote(routed.decision)
    }

    var format: APIFormat { intent.format }
    var converts: Bool { format != upstreamFormat }
    var crossesProviders: Bool { format.provider != upstreamFormat.provider }
    var bodyLength: Int { body.reduce(0) { $0 + $1.readableBytes } }
}

/// An upstream that could serve the request.
struct RelayTarget {
    var upstream: Upstream
    var address: UpstreamAddress
    var candidate: Targets.Candidate { Targets.Candidate(name: upstream.name, weight: upstream.weight) }
}

extension DecisionNote {
    init(_ decision: Decision) {
        let reason = decision.reason.rawValue
        let detail = decision.detail.isEmpty ? reason : "\(reason); \(decision.detail)"
        self.decision = DecisionNote.printable(decision.isApplied ? detail : "\(detail); observed \(decision.chosen)")
        model = DecisionNote.printable(decision.served.rawValue)
    }

    /// A model's name is the client's own text: a line end in it would begin a field of its choosing.
    private static func printable(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        return String(decoding: text.utf8.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}

extension [BodyEdit] {
    /// The body with every edit made, its unchanged stretches shared and not copied.
    func pieces(of body: ByteBuffer) -> [ByteBuffer] {
        guard !isEmpty else { return [body] }
        var pieces: [ByteBuffer] = []
        var end = 0
        for edit in sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
        where edit.range.lowerBound >= end && edit.range.upperBound <= body.readableBytes {
            if edit.range.lowerBound > end,
                let kept = body.getSlice(at: body.readerIndex + end, length: edit.range.lowerBound - end)
            {
                pieces.append(kept)
            }
            if !edit.replacement.isEmpty { pieces.append(ByteBuffer(bytes: edit.replacement)) }
            end = edit.range.upperBound
        }
        if end < body.readableBytes,
            let kept = body.getSlice(at: body.readerIndex + end, length: body.readableBytes - end)
        {
            pieces.append(kept)
        }
        return pieces
    }
}
