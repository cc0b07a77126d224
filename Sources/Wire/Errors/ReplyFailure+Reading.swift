package import Domain
internal import JSONText

extension ReplyFailure {
    /// The error that a reply with an error status is about; where the body holds none, the status speaks.
    package init(status: Int, body: UnsafeRawBufferPointer, of provider: Provider) {
        if var failure = ReplyFailure(body: body, of: provider) {
            failure.status = status
            self = failure
            return
        }
        let kind = ErrorKind(status: status) ?? .api
        self.init(status: status, type: kind.messagesType, message: "the provider answered \(status)")
        if provider == .openAI { type = kind.openAIType }
    }

    /// The error in a body or in an event's data; nil where there is none.
    ///
    /// Its status is the one that the provider's word stands for.
    package init?(body: UnsafeRawBufferPointer, of provider: Provider) {
        var scanner = JSONScanner(body, layout: .document)
        var nested: ReplyFailure?
        var flat: ReplyFailure?
        var isError = false
        var copy = scanner
        copy.eachMember { key, scanner in
            if key.is("error") {
                nested = ReplyFailure(error: &scanner, of: provider)
            } else if key.is("type") {
                isError = scanner.text()?.is("error") ?? false
            } else {
                scanner.skipValue()
            }
        }
        guard !copy.isBroken else { return nil }
        // The `error` event of Responses is flat.
        if nested == nil, isError { flat = ReplyFailure(error: &scanner, of: provider) }
        guard let failure = nested ?? flat else { return nil }
        self = failure
    }

    /// An `error` object, or the bare text that some servers put in its place; nil where the next value is neither.
    init?(error scanner: inout JSONScanner, of provider: Provider) {
        var type = ""
        var code: String?
        var message = ""
        switch scanner.nextKind() {
        case .string: message = scanner.text()?.string ?? ""
        case .object:
            scanner.eachMember { key, scanner in
                if key.is("message") {
                    message = scanner.text()?.string ?? ""
                } else if key.is("type") {
                    type = scanner.text()?.string ?? ""
                } else if key.is("code") {
                    code = scanner.text()?.string
                } else if key.is("details") {
                    // Anthropic's closer word for a limit.
                    scanner.eachMember { key, scanner in
                        if key.is("error_code") { code = scanner.text()?.string } else { scanner.skipValue() }
                    }
                } else {
                    scanner.skipValue()
                }
            }
        default:
            scanner.skipValue()
            return nil
        }
        // The event's own type, not the error's.
        if type == "error" { type = "" }
        self.init(status: 0, type: type, message: message, code: code)
        let kind = ErrorKind(word: code ?? "") ?? ErrorKind(word: type) ?? .api
        status = provider == .anthropic ? kind.messagesStatus : kind.openAIStatus
        if type.isEmpty { self.type = provider == .anthropic ? kind.messagesType : kind.openAIType }
    }
}
