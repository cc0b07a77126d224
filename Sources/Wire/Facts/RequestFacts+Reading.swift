package import Domain
import JSONText

extension RequestFacts {
    /// What a request's body shows of it, in one walk that builds next to nothing.
    ///
    /// - Parameters:
    ///   - body: as the client sent it.
    ///   - envelope: what was read of the same body.
    ///   - sender: what the headers say.
    ///   - betas: the value of `anthropic-beta`.
    /// - Throws: ``RequestError/notJSON(offset:)`` where the walk ends early; such a request is nobody's to route.
    package init(
        _ body: UnsafeRawBufferPointer,
        envelope: Envelope,
        sender: Sender = Sender(),
        betas: String = ""
    ) throws(RequestError) {
        var walk = FactsWalk(body, envelope: envelope)
        if betas.contains("context-1m") { walk.facts.demands.insert(.longContext) }
        walk.request()
        guard !walk.scanner.isBroken else { throw .notJSON(offset: walk.scanner.offset) }
        self = walk.facts
        self.sender = sender
    }
}

/// A walk over a request's body that gathers its facts.
struct FactsWalk {
    var facts: RequestFacts
    var scanner: JSONScanner
    /// The texts of the message or item that is walked; one buffer for all, so that a long conversation takes no more
    /// memory than a short one.
    var texts: [RawText] = []
    /// Texts of the last user messages that are not clearly an agent's own: the oldest gives its place to the next.
    private var userTexts: [[RawText]] = []
    private var nextUserText = 0
    private var systemTexts: [RawText] = []
    private var lastRole: Role?
    private var hasSpoken = false
    /// Hashes of the names of the tools that were called.
    var calledTools: Set<UInt64> = []
    /// Hashes of the files that tool calls name.
    var files = WorkFiles()
    /// For what has to be unescaped, again and again.
    var unescaped: [UInt8] = []

    init(_ body: UnsafeRawBufferPointer, envelope: Envelope) {
        let model = envelope.modelName
        facts = RequestFacts(format: envelope.format, model: model.id)
        facts.maxOutputTokens = envelope.maxOutputTokens
        facts.isStreaming = envelope.isStreaming
        if model.wantsLongContext { facts.demands.insert(.longContext) }
        scanner = JSONScanner(body, layout: .document)
    }

    enum Role {
        case system
        case user
        case assistant
        /// Answers to tool calls, as a message of their own.
        case tool
    }

    /// A message or item while it is walked: its role may stand behind its content.
    struct Item {
        var role: Role?
        var hasToolResult = false
        /// Something of the model's that is no message, such as a tool call.
        var isModelsOwn = false
        /// A call of a tool, as an item of its own (Responses).
        var isCall = false
        var name: RawText?
        var input: UnsafeRawBufferPointer?
        /// What a tool answered in it: in bytes of JSON.
        var resultBytes = 0
        var contentBytes = 0
        var hasError = false
    }

    /// A message or item is over, its texts are in ``texts``; it takes so many bytes in the body.
    mutating func keep(_ item: Item, bytes: Int) {
        facts.messages += 1
        let role = item.role ?? (item.isModelsOwn ? .assistant : item.hasToolResult ? .tool : .user)
        switch role {
        case .system:
            if hasSpoken {
                facts.demands.insert(.lateSystem)
            } else {
                systemTexts += texts
                facts.work.standingBytes += bytes
                facts.work.taskBytes -= bytes
            }
            // What stands behind the conversation does not change whose turn it is.
            return
        case .assistant: facts.assistantMessages += 1
        case .user:
            keepUserTexts()
        case .tool: break
        }
        hasSpoken = true
        lastRole = item.isModelsOwn ? .tool : role
        facts.answersToolCalls = item.hasToolResult || role == .tool
        if facts.answersToolCalls {
            facts.work.lastResult = WorkSoFar.ToolResult(
                // A message in the role of a tool is its answer.
                bytes: role == .tool && item.resultBytes == 0 ? item.contentBytes : item.resultBytes,
                isError: item.hasError
            )
        }
    }

    private mutating func keepUserTexts() {
        if facts.messages <= FactsWalk.summaryPlaces, texts.contains(where: { FactsWalk.isSummary($0) }) {
            facts.followsCompaction = true
        }
        texts.removeAll { $0.starts(with: "<system-reminder>") && $0.ends(with: "</system-reminder>") }
        guard !texts.isEmpty else { return }
        if userTexts.count < FactsWalk.rememberedMessages {
            userTexts.append(texts)
        } else {
            userTexts[nextUserText].removeAll(keepingCapacity: true)
            userTexts[nextUserText] += texts
            nextUserText = (nextUserText + 1) % FactsWalk.rememberedMessages
        }
    }

    /// A summary stands at the conversation's beginning, behind what the agent puts before it.
    private static let summaryPlaces = 4
    private static let rememberedMessages = 16

    private static func isSummary(_ text: RawText) -> Bool {
        HumanText.summaries.contains { text.starts(with: $0) }
    }

    mutating func keepSystem(_ text: RawText) {
        guard !text.starts(with: Attribution.prefix) else { return }
        systemTexts.append(text)
    }

    /// What can be said only when all is read.
    mutating func finish() {
        if lastRole == .assistant { facts.demands.insert(.prefill) }
        facts.work.turns = facts.assistantMessages
        facts.work.files = files.count
        facts.systemText = FactsWalk.joined(systemTexts, limit: FactsWalk.systemLimit)
        for age in userTexts.indices.reversed() {
            let texts = userTexts[(nextUserText + age) % userTexts.count]
            let said = texts.map { HumanText($0.string).text }.filter { !$0.isEmpty }
            guard !said.isEmpty else { continue }
            facts.lastHumanText = FactsWalk.cut(said.joined(separator: "\n"), limit: HumanText.limit)
            break
        }
    }

    private static let systemLimit = 4 << 10

    private static func joined(_ texts: [RawText], limit: Int) -> String {
        var joined = ""
        for text in texts where joined.utf8.count < limit {
            if !joined.isEmpty { joined += "\n" }
            joined += text.prefix(limit).string
        }
        return cut(joined, limit: limit)
    }

    /// The first bytes of a text, up to a whole character.
    private static func cut(_ text: String, limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        let end = text.utf8.index(text.utf8.startIndex, offsetBy: limit)
        return String(text[..<text.unicodeScalars.index(before: text.unicodeScalars.index(after: end))])
    }
}

extension RawText {
    func ends(with text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        return count >= length && slice(count - length..<count).is(text)
    }
}
