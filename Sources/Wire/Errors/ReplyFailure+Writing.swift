package import Domain

extension ReplyFailure {
    /// The body of an error reply, in the shape that the SDKs of a format read, with the id by which the request can be
    /// found.
    package func body(in format: APIFormat, requestID: String? = nil) -> [UInt8] {
        var json = JSONWriter()
        switch format {
        case .messages:
            json.object {
                $0.member("type", "error")
                $0.object("error") {
                    $0.member("type", type)
                    $0.member("message", message)
                }
                $0.member("request_id", requestID)
            }
        case .chatCompletions, .responses:
            json.object { $0.object("error") { writeOpenAI(to: &$0) } }
        }
        return json.bytes
    }

    /// What ends a stream that cannot be gone on with, so that the SDKs raise an error.
    ///
    /// Without it a reply that breaks off looks whole to them. Responses repeats the head of the response.
    package func ending(in format: APIFormat, of response: BrokenResponse = BrokenResponse()) -> [UInt8] {
        var bytes: [UInt8] = []
        switch format {
        case .messages: SSEFrame.append("error", body(in: format), to: &bytes)
        case .chatCompletions: SSEFrame.append(nil, body(in: format), to: &bytes)
        case .responses:
            var json = JSONWriter()
            json.object {
                $0.member("type", "response.failed")
                $0.member("sequence_number", response.sequenceNumber)
                $0.object("response") {
                    $0.member("id", response.id)
                    $0.member("object", "response")
                    $0.member("created_at", response.createdAt)
                    $0.member("status", "failed")
                    $0.object("error") {
                        $0.member("code", code ?? kind.openAICode ?? "server_error")
                        $0.member("message", message)
                    }
                    $0.key("incomplete_details")
                    $0.null()
                    $0.member("model", response.model)
                    $0.array("output") { _ in }
                    $0.key("usage")
                    $0.null()
                }
            }
            SSEFrame.append("response.failed", json.bytes, to: &bytes)
        }
        return bytes
    }

    private func writeOpenAI(to json: inout JSONWriter) {
        json.member("message", message)
        json.member("type", type)
        json.key("param")
        json.null()
        json.key("code")
        if let code { json.string(code) } else { json.null() }
    }
}

/// The head of a response that breaks off.
package struct BrokenResponse: Hashable, Sendable {
    package var id: String
    package var model: String
    /// Seconds since 1970.
    package var createdAt: Int
    /// One more than the last event's.
    package var sequenceNumber: Int

    package init(id: String = "", model: String = "", createdAt: Int = 0, sequenceNumber: Int = 0) {
        self.id = id
        self.model = model
        self.createdAt = createdAt
        self.sequenceNumber = sequenceNumber
    }
}
