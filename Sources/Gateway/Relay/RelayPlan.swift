import Domain
import NIOCore
import Providers
import Routing
import Wire

/// What a request to a model has become once its model is decided.
struct RelayPlan {
    var intent: Exchange.Intent
    var routed: Routed
    /// The model's name as the client wrote it, which replies that are written anew repeat.
    var clientModel: String
    /// The format that the upstream is asked in, and answers in.
    var upstreamFormat: APIFormat
    var isStreaming: Bool
    /// The client did not ask for the chunk with usage that we asked for.
    var withholdsUsage = false
    var maxOutputTokens: Int?
    var conversation: ConversationTable.Key?
    var note: DecisionNote
    /// How a reply that is written anew shows itself to the client.
    var view: ClientView
    /// The reply's id where the client was given another than the upstream's.
    var givenReplyID: String?
    /// The body as it goes upstream, in pieces of the client's where they are unchanged.
    var body: [ByteBuffer]

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
