package import Domain
import JSONText

/// A request read whole, with what no other format has a word for dropped by rule and counted.
package struct RequestReading: Hashable, Sendable {
    package var request = ModelRequest(model: "")
    package var loss = ConversionLoss()
    /// Tools that have another name or shape in the client's format than in ``request``.
    package var names = ToolNames()

    package init(_ body: UnsafeRawBufferPointer, format: APIFormat) throws(ConversionError) {
        let envelope: Envelope
        do {
            envelope = try Envelope(body, format: format)
        } catch {
            throw .unreadable(error)
        }
        guard isWellFormed(body) else { throw .unreadable(.notJSON(offset: 0)) }
        request.model = envelope.model
        request.isStreaming = envelope.isStreaming
        request.maxOutputTokens = envelope.maxOutputTokens
        request.wantsStreamUsage = envelope.wantsStreamUsage
        request.endUser = envelope.endUser
        let start = Envelope.valueStart(0, in: body)
        let members = JSONView(UnsafeRawBufferPointer(rebasing: body[start...])).members
        switch format {
        case .messages: try readMessages(members)
        case .chatCompletions: try readChat(members)
        case .responses: try readResponses(members)
        }
    }

    /// A request that was never bytes, such as one of the gateway's own.
    package init(_ request: ModelRequest) { self.request = request }

    package init(_ body: [UInt8], format: APIFormat) throws(ConversionError) {
        let reading: Result<RequestReading, ConversionError> = body.withUnsafeBytes { bytes in
            do throws(ConversionError) { return .success(try RequestReading(bytes, format: format)) } catch {
                return .failure(error)
            }
        }
        self = try reading.get()
    }

    /// A tool that takes one text: to a format that knows only JSON its text is the one argument.
    static let textSchema = JSONFragment(
        #"{"type":"object","properties":{"input":{"type":"string"}},"required":["input"]}"#
    )

    /// Arguments as an object, whatever the model wrote.
    mutating func arguments(_ text: String?) -> JSONFragment {
        guard let text, !text.allSatisfy(\.isWhitespace) else { return .emptyObject }
        let fragment = JSONFragment(text)
        if fragment.isObject { return fragment }
        loss.count(.malformedArguments)
        return RequestReading.object(["arguments": text])
    }

    static func object(_ members: KeyValuePairs<StaticString, String>) -> JSONFragment {
        var json = JSONWriter()
        json.object { json in for (key, value) in members { json.member(key, value) } }
        return json.fragment
    }
}
