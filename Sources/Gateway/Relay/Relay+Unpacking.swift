import NIOCore
import Providers
import Wire

extension Relay {
    /// Puts what was compressed in the place of the body; false where that cannot be, and the client was told.
    func unpack() -> Bool {
        guard let name = head.fields.first("content-encoding"), name.lowercased() != "identity" else { return true }
        guard head.fields.count(of: "content-encoding") == 1, let coding = ContentCoding(name: name) else {
            let advice = "send the body as gzip, deflate, or without a content encoding: its model must be read"
            refuse(.badRequest(advice), status: 415)
            return false
        }
        let limit = gateway.limits.bodyBytes
        do throws(ContentCoding.Fault) {
            body = try body.withBytes { bytes throws(ContentCoding.Fault) in
                ByteBuffer(bytes: try coding.decoded(bytes, limit: limit))
            }
            return true
        } catch {
            switch error {
            case .damaged: refuse(.badRequest("the body is not compressed as its content encoding says"))
            case .tooLong: refuse(.bodyTooLarge(limit: limit))
            }
            return false
        }
    }
}
