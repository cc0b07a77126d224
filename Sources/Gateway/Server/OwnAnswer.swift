import Domain
import NIOCore
import Providers
import Wire

/// A whole reply that the gateway gives without asking anyone.
struct OwnAnswer {
    var status: Int
    var fields: [(name: String, value: String)]
    var body: [UInt8]
    var isForHead = false

    init(status: Int, json: String) {
        self.status = status
        fields = [(name: "content-type", value: "application/json")]
        body = Array(json.utf8)
    }

    /// An error in the shape that clients of a format read; with another status where HTTP has a number of its own.
    init(_ refusal: Refusal, status: Int? = nil, in format: APIFormat) {
        let reply = refusal.reply(in: format)
        self.status = status ?? reply.status
        fields = reply.headers
        body = reply.body
    }

    init(_ failure: ReplyFailure, in format: APIFormat) {
        status = failure.status
        fields = [(name: "content-type", value: "application/json")]
        body = failure.body(in: format, requestID: nil)
    }

    func bytes(closes: Bool, note: DecisionNote? = nil) -> ByteBuffer {
        var bytes = ByteBuffer()
        bytes.writeStatusLine(status)
        for field in fields {
            bytes.writeString(field.name)
            bytes.writeStaticString(": ")
            bytes.writeString(field.value)
            bytes.writeStaticString("\r\n")
        }
        bytes.writeEnd(framing: .length(body.count), closes: closes, note: note)
        if !isForHead { bytes.writeBytes(body) }
        return bytes
    }
}

extension Admission.Refusal {
    func answer(to head: HTTPRequestHead) -> OwnAnswer {
        let refusal: Refusal = self == .notJSON ? .badRequest(message) : .forbidden(message)
        return OwnAnswer(refusal, status: status, in: Endpoint.errorFormat(of: head))
    }
}
