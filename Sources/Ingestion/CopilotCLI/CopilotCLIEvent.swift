internal import Domain
internal import JSONText

/// One line of a session's events, as far as it is read; texts and raw values are valid only while the line is.
struct CopilotCLIEvent {
    var type: RawText?
    var id: RawText?
    var time: RawText?
    var agent: RawText?
    var data: Data?

    /// What stands under `data`: the kinds of event share one flat set of keys, and `type` may come after it.
    struct Data {
        var session: RawText?
        var message: RawText?
        var apiCall: RawText?
        var model: RawText?
        var newModel: RawText?
        var effort: RawText?
        var text: RawText?
        var reasoning: RawText?
        var summary: RawText?
        var source: RawText?
        var toolCall: RawText?
        var parentToolCall: RawText?
        var agentName: RawText?
        var outputTokens = 0
        var attachments = 0
        var hasSucceeded: Bool?
        var context: UnsafeRawBufferPointer?
        var toolRequests: UnsafeRawBufferPointer?
        var result: UnsafeRawBufferPointer?
        var error: UnsafeRawBufferPointer?
        var modelMetrics: UnsafeRawBufferPointer?
    }
}

/// What a shutdown says of one model since the session was last entered.
struct CopilotCLIMetrics {
    var requests = 0
    var input = 0
    var output = 0
    var cacheRead = 0
    var cacheWrite = 0
    var reasoning = 0

    /// The input that was neither read from nor written to a cache: both are inside `inputTokens`.
    var uncachedInput: Int { max(0, input - cacheRead - cacheWrite) }
}

extension JSONScanner {
    /// Reads a line's object; leaves the scanner behind it or broken.
    mutating func copilotCLIEvent() -> CopilotCLIEvent {
        var event = CopilotCLIEvent()
        eachField { key, scanner in
            switch key.count {
            case 2 where key.is("id"): event.id = scanner.text()
            case 4 where key.is("type"): event.type = scanner.text()
            case 4 where key.is("data"): event.data = scanner.copilotCLIData()
            case 7 where key.is("agentId"): event.agent = scanner.text()
            case 9 where key.is("timestamp"): event.time = scanner.text()
            default: scanner.skipValue()
            }
        }
        return event
    }

    private mutating func copilotCLIData() -> CopilotCLIEvent.Data? {
        guard nextKind() == .object else {
            skipValue()
            return nil
        }
        var data = CopilotCLIEvent.Data()
        eachField { key, scanner in
            switch key.count {
            case 5 where key.is("model"): data.model = scanner.text()
            case 5 where key.is("error"): data.error = scanner.rawValue()
            case 6 where key.is("result"): data.result = scanner.rawValue()
            case 6 where key.is("source"): data.source = scanner.text()
            case 7 where key.is("content"): data.text = scanner.text()
            case 7 where key.is("context"): data.context = scanner.container()
            case 7 where key.is("success"): data.hasSucceeded = scanner.bool()
            case 8 where key.is("newModel"): data.newModel = scanner.text()
            case 9 where key.is("sessionId"): data.session = scanner.text()
            case 9 where key.is("messageId"): data.message = scanner.text()
            case 9 where key.is("apiCallId"): data.apiCall = scanner.text()
            case 9 where key.is("agentName"): data.agentName = scanner.text()
            case 10 where key.is("toolCallId"): data.toolCall = scanner.text()
            case 11 where key.is("attachments"):
                scanner.eachElement {
                    $0.skipValue(); data.attachments += 1
                }
            case 12 where key.is("outputTokens"): data.outputTokens = scanner.tokenCount()
            case 12 where key.is("toolRequests"): data.toolRequests = scanner.container()
            case 12 where key.is("modelMetrics"): data.modelMetrics = scanner.container()
            case 13 where key.is("reasoningText"): data.reasoning = scanner.text()
            case 14 where key.is("summaryContent"): data.summary = scanner.text()
            case 15 where key.is("reasoningEffort"): data.effort = scanner.text()
            case 16 where key.is("parentToolCallId"): data.parentToolCall = scanner.text()
            default: scanner.skipValue()
            }
        }
        return data
    }

    /// The metrics of each model, in the order of the log.
    mutating func copilotCLIMetrics() -> [(model: ModelID, metrics: CopilotCLIMetrics)] {
        var models: [(model: ModelID, metrics: CopilotCLIMetrics)] = []
        eachField { name, scanner in
            var metrics = CopilotCLIMetrics()
            scanner.eachField { key, scanner in
                if key.is("requests") {
                    scanner.eachField { key, scanner in
                        if key.is("count") { metrics.requests = scanner.tokenCount() } else { scanner.skipValue() }
                    }
                } else if key.is("usage") {
                    scanner.readUsage(into: &metrics)
                } else {
                    scanner.skipValue()
                }
            }
            models.append((ModelID(copilot: name), metrics))
        }
        return models
    }

    private mutating func readUsage(into metrics: inout CopilotCLIMetrics) {
        eachField { key, scanner in
            switch key.count {
            case 11 where key.is("inputTokens"): metrics.input = scanner.tokenCount()
            case 12 where key.is("outputTokens"): metrics.output = scanner.tokenCount()
            case 15 where key.is("cacheReadTokens"): metrics.cacheRead = scanner.tokenCount()
            case 15 where key.is("reasoningTokens"): metrics.reasoning = scanner.tokenCount()
            case 16 where key.is("cacheWriteTokens"): metrics.cacheWrite = scanner.tokenCount()
            default: scanner.skipValue()
            }
        }
    }
}

extension ModelID {
    /// The provider's spelling of a model: Copilot writes `claude-sonnet-4.6` where Anthropic writes `claude-sonnet-4-6`.
    init(copilot name: RawText) {
        let spelled = name.string
        self.init(spelled.hasPrefix("claude-") ? String(spelled.map { $0 == "." ? "-" : $0 }) : spelled)
    }
}
