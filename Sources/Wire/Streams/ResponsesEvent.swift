internal import Domain
internal import JSONText

/// One event of a stream of Responses; its texts are valid only while its bytes are.
struct ResponsesEvent {
    enum Kind {
        /// The response as a whole: created, queued, in progress.
        case response
        case itemAdded
        case itemDone
        case contentDone
        case textDelta
        case refusalDelta
        case reasoningDelta
        case argumentsDelta
        case inputDelta
        case annotation
        /// Completed, failed or incomplete.
        case ended
        case error
        case other
    }

    private(set) var kind = Kind.other
    private(set) var outputIndex = 0
    private(set) var contentIndex = 0
    private(set) var summaryIndex = 0
    private(set) var delta: RawText?
    private(set) var item: UnsafeRawBufferPointer?
    private(set) var response: UnsafeRawBufferPointer?

    /// Where a piece of output stands.
    struct Place: Hashable {
        var output: Int
        /// Of a message's parts; 0 for items without.
        var content = 0
    }

    var place: Place { Place(output: outputIndex, content: contentIndex) }

    /// Nil where the bytes are no event.
    init?(_ data: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(data, layout: .document)
        var type: RawText?
        scanner.eachMember { key, scanner in
            switch key.count {
            case 4 where key.is("type"): type = scanner.text()
            case 4 where key.is("item"): item = scanner.rawValue()
            case 5 where key.is("delta"): delta = scanner.text()
            case 8 where key.is("response"): response = scanner.rawValue()
            case 12 where key.is("output_index"): outputIndex = scanner.integer() ?? 0
            case 13 where key.is("content_index"): contentIndex = scanner.integer() ?? 0
            case 13 where key.is("summary_index"): summaryIndex = scanner.integer() ?? 0
            default: scanner.skipValue()
            }
        }
        guard !scanner.isBroken, let type else { return nil }
        kind = Kind(type)
    }

    /// The error that an `error` event tells.
    func failure(in data: UnsafeRawBufferPointer) -> ReplyFailure {
        ReplyFailure(body: data, of: .openAI) ?? .brokenOff(of: .openAI)
    }
}

extension ResponsesEvent.Kind {
    fileprivate init(_ type: RawText) {
        switch type.string {
        case "response.created", "response.queued", "response.in_progress": self = .response
        case "response.output_item.added": self = .itemAdded
        case "response.output_item.done": self = .itemDone
        case "response.content_part.done": self = .contentDone
        case "response.output_text.delta": self = .textDelta
        case "response.refusal.delta": self = .refusalDelta
        case "response.reasoning_summary_text.delta", "response.reasoning_text.delta": self = .reasoningDelta
        case "response.function_call_arguments.delta": self = .argumentsDelta
        case "response.custom_tool_call_input.delta": self = .inputDelta
        case "response.output_text.annotation.added": self = .annotation
        case "response.completed", "response.incomplete", "response.failed", "response.cancelled": self = .ended
        case "error": self = .error
        default: self = .other
        }
    }
}

/// An output item as far as it is converted.
struct ResponseItem {
    enum Kind {
        case message
        case reasoning
        case functionCall
        case customToolCall
        /// A call of a tool at the provider.
        case serverTool
        case other
    }

    private(set) var kind = Kind.other
    private(set) var callID = ""
    private(set) var name = ""
    private(set) var arguments: RawText?
    private(set) var input: RawText?
    /// A message's parts.
    private(set) var content: UnsafeRawBufferPointer?
    /// The paragraphs of a reasoning item.
    private(set) var summary: UnsafeRawBufferPointer?

    init(_ bytes: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(bytes, layout: .document)
        var type: RawText?
        scanner.eachMember { key, scanner in
            switch key.count {
            case 4 where key.is("type"): type = scanner.text()
            case 4 where key.is("name"): name = scanner.text()?.string ?? ""
            case 7 where key.is("call_id"): callID = scanner.text()?.string ?? ""
            case 9 where key.is("arguments"): arguments = scanner.text()
            case 5 where key.is("input"): input = scanner.text()
            case 7 where key.is("content"): content = scanner.rawValue()
            case 7 where key.is("summary"): summary = scanner.rawValue()
            default: scanner.skipValue()
            }
        }
        guard let type else { return }
        kind =
            switch type.string {
            case "message": .message
            case "reasoning": .reasoning
            case "function_call": .functionCall
            case "custom_tool_call": .customToolCall
            case let other: other.hasSuffix("_call") ? .serverTool : .other
            }
    }
}

/// A response object, without its output.
struct ResponseObject {
    enum Fate {
        case completed
        case incomplete(StopReason)
        case failed(ReplyFailure)
    }

    private(set) var id = ""
    private(set) var model = ""
    private(set) var usage: Usage?
    private(set) var mode = ServingMode.standard
    private(set) var fate = Fate.completed
    private(set) var output: UnsafeRawBufferPointer?

    init(_ bytes: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(bytes, layout: .document)
        var status: RawText?
        var reason: RawText?
        var failure: ReplyFailure?
        scanner.eachMember { key, scanner in
            switch key.count {
            case 2 where key.is("id"): id = scanner.text()?.string ?? ""
            case 5 where key.is("model"): model = scanner.text()?.string ?? ""
            case 6 where key.is("status"): status = scanner.text()
            case 5 where key.is("usage"): usage = OpenAIUsage(&scanner)?.usage
            case 12 where key.is("service_tier"): mode = scanner.text().map { ServingMode(openAITier: $0) } ?? mode
            case 5 where key.is("error"): failure = ReplyFailure(error: &scanner, of: .openAI)
            case 6 where key.is("output"): output = scanner.rawValue()
            case 18 where key.is("incomplete_details"):
                scanner.eachMember { key, scanner in
                    if key.is("reason") { reason = scanner.text() } else { scanner.skipValue() }
                }
            default: scanner.skipValue()
            }
        }
        guard let status else { return }
        if status.is("failed") || status.is("cancelled") {
            fate = .failed(failure ?? .brokenOff(of: .openAI))
        } else if status.is("incomplete") {
            fate = .incomplete(StopReason(incompleteResponse: reason))
        }
    }
}
