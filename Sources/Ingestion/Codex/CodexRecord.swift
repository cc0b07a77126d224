internal import JSONText

/// One line of a rollout, as far as it is read; texts and raw values are valid only while the line is.
struct CodexRecord {
    enum Kind {
        case sessionMeta
        case turnContext
        case responseItem
        case event
        case compacted
        case usageRecord
        case other
    }

    var kind = Kind.other
    var time: RawText?
    var payload: CodexPayload?
}

/// What stands under `payload`: its kinds share one flat set of keys, and its `type` may come last.
struct CodexPayload {
    var type: RawText?
    var id: RawText?
    var name: RawText?
    var namespace: RawText?
    var role: RawText?
    var callID: RawText?
    var turn: RawText?
    var model: RawText?
    var effort: RawText?
    var serviceTier: RawText?
    var cwd: RawText?
    var message: RawText?
    var session: RawText?
    var thread: RawText?
    var threadSource: RawText?
    var originator: RawText?
    var provider: RawText?
    var forkedFrom: RawText?
    var parentThread: RawText?
    var response: RawText?
    var images = 0

    // Read further only where the type asks for it.
    var source: UnsafeRawBufferPointer?
    var content: UnsafeRawBufferPointer?
    var summary: UnsafeRawBufferPointer?
    var arguments: UnsafeRawBufferPointer?
    var input: UnsafeRawBufferPointer?
    var output: UnsafeRawBufferPointer?
    var action: UnsafeRawBufferPointer?
    var tools: UnsafeRawBufferPointer?
    var info: UnsafeRawBufferPointer?
    var rateLimits: UnsafeRawBufferPointer?
    var settings: UnsafeRawBufferPointer?
    var usage: UnsafeRawBufferPointer?
    var latestUsage: UnsafeRawBufferPointer?
    var history: UnsafeRawBufferPointer?
}

extension JSONScanner {
    /// Reads a line's object; leaves the scanner behind it or broken.
    mutating func codexRecord() -> CodexRecord {
        var record = CodexRecord()
        eachField { key, scanner in
            switch key.count {
            case 4 where key.is("type"): record.kind = scanner.text().map(CodexRecord.Kind.init) ?? .other
            case 7 where key.is("payload"): record.payload = scanner.codexPayload()
            case 9 where key.is("timestamp"): record.time = scanner.text()
            default: scanner.skipValue()
            }
        }
        return record
    }

    mutating func codexPayload() -> CodexPayload? {
        guard nextKind() == .object else {
            skipValue()
            return nil
        }
        var payload = CodexPayload()
        eachField { key, scanner in
            if !scanner.readName(key, into: &payload) { scanner.readValue(key, into: &payload) }
        }
        return payload
    }

    private mutating func readName(_ key: RawText, into payload: inout CodexPayload) -> Bool {
        switch key.count {
        case 2 where key.is("id"): payload.id = text()
        case 3 where key.is("cwd"): payload.cwd = text()
        case 4 where key.is("type"): payload.type = text()
        case 4 where key.is("name"): payload.name = text()
        case 4 where key.is("role"): payload.role = text()
        case 5 where key.is("model"): payload.model = text()
        case 6 where key.is("effort"): payload.effort = text()
        case 7 where key.is("call_id"): payload.callID = text()
        case 7 where key.is("turn_id"): payload.turn = text()
        case 7 where key.is("message"): payload.message = text()
        case 9 where key.is("thread_id"): payload.thread = text()
        case 9 where key.is("namespace"): payload.namespace = text()
        case 10 where key.is("session_id"): payload.session = text()
        case 10 where key.is("originator"): payload.originator = text()
        case 11 where key.is("response_id"): payload.response = text()
        case 12 where key.is("service_tier"): payload.serviceTier = text()
        case 13 where key.is("thread_source"): payload.threadSource = text()
        case 14 where key.is("model_provider"): payload.provider = text()
        case 14 where key.is("forked_from_id"): payload.forkedFrom = text()
        case 16 where key.is("parent_thread_id"): payload.parentThread = text()
        case 16 where key.is("reasoning_effort"): payload.effort = text()
        default: return false
        }
        return true
    }

    private mutating func readValue(_ key: RawText, into payload: inout CodexPayload) {
        switch key.count {
        case 4 where key.is("info"): payload.info = container()
        case 5 where key.is("input"): payload.input = rawValue()
        case 5 where key.is("tools"): payload.tools = rawValue()
        case 5 where key.is("usage"): payload.usage = container()
        case 6 where key.is("output"): payload.output = rawValue()
        case 6 where key.is("action"): payload.action = rawValue()
        case 6 where key.is("source"): payload.source = rawValue()
        case 6 where key.is("images"), 12 where key.is("local_images"): payload.images += countElements()
        case 7 where key.is("content"): payload.content = container()
        case 7 where key.is("summary"): payload.summary = container()
        case 9 where key.is("arguments"): payload.arguments = rawValue()
        case 11 where key.is("rate_limits"): payload.rateLimits = container()
        case 15 where key.is("thread_settings"): payload.settings = container()
        case 19 where key.is("replacement_history"): payload.history = container()
        case 25 where key.is("latest_token_usage_record"): payload.latestUsage = container()
        default: skipValue()
        }
    }

    private mutating func countElements() -> Int {
        var count = 0
        eachElement { scanner in
            count += 1
            scanner.skipValue()
        }
        return count
    }
}

extension CodexRecord.Kind {
    fileprivate init(_ name: RawText) {
        if name.is("response_item") {
            self = .responseItem
        } else if name.is("event_msg") {
            self = .event
        } else if name.is("turn_context") {
            self = .turnContext
        } else if name.is("session_meta") {
            self = .sessionMeta
        } else if name.is("compacted") {
            self = .compacted
        } else if name.is("token_usage_record") {
            self = .usageRecord
        } else {
            self = .other
        }
    }
}
