internal import Domain
internal import JSONText

/// Reads a stream of OpenAI's chat completions, and what other servers make of them.
struct ChatCompletionStreamReader: ReplyStreamReader {
    private(set) var isOver = false
    private(set) var loss = ConversionLoss()
    private var hasStarted = false
    private var hasStopped = false
    private var hasToolCalls = false
    private var hasRefusal = false
    private var nextPart = 0
    /// The text, thinking or refusal that is being written; tool calls stand beside it.
    private var open: (kind: ReplyEvent.PartStart, part: Int)?
    private var calls: [Call] = []

    /// A tool call, which comes in pieces that name its index.
    private struct Call {
        var index: Int
        var part: Int
        var id: String
        /// Nothing is handed on before the name is known.
        var isNamed = false
        var held: [UInt8] = []
    }

    mutating func read(_ data: UnsafeRawBufferPointer, into events: inout [ReplyEvent]) {
        guard !isOver else { return }
        if bytesAreEqual(data, UnsafeRawBufferPointer.done) {
            isOver = true
            // Some servers end without a word of why.
            if hasStarted { stop(.empty, into: &events) }
            return
        }
        var scanner = JSONScanner(data, layout: .document)
        var id = ""
        var model = ""
        var choices: UnsafeRawBufferPointer?
        var usage: Usage?
        var mode = ServingMode.standard
        var failure: ReplyFailure?
        scanner.eachMember { key, scanner in
            switch key.count {
            case 2 where key.is("id"): id = scanner.text()?.string ?? ""
            case 5 where key.is("model"): model = scanner.text()?.string ?? ""
            case 7 where key.is("choices"): choices = scanner.rawValue()
            case 5 where key.is("usage"): usage = OpenAIUsage(&scanner)?.usage
            case 12 where key.is("service_tier"): mode = scanner.text().map { ServingMode(openAITier: $0) } ?? mode
            case 5 where key.is("error"): failure = ReplyFailure(error: &scanner, of: .openAI)
            default: scanner.skipValue()
            }
        }
        guard !scanner.isBroken else { return }
        if let failure {
            isOver = true
            events.append(.failed(failure))
            return
        }
        if !hasStarted, choices != nil {
            hasStarted = true
            events.append(.started(id: id, model: model))
        }
        if let choices {
            var scanner = JSONScanner(choices, layout: .document)
            scanner.eachElement { readChoice(&$0, into: &events) }
        }
        if let usage { events.append(.usage(usage, mode)) }
    }

    private mutating func readChoice(_ scanner: inout JSONScanner, into events: inout [ReplyEvent]) {
        var index = 0
        var delta: UnsafeRawBufferPointer?
        var finishReason: RawText?
        scanner.eachMember { key, scanner in
            if key.is("index") {
                index = scanner.integer() ?? 0
            } else if key.is("delta") {
                delta = scanner.rawValue()
            } else if key.is("finish_reason") {
                finishReason = scanner.text()
            } else if key.is("logprobs"), scanner.nextKind() == .object {
                loss.count(.logProbabilities)
                scanner.skipValue()
            } else {
                scanner.skipValue()
            }
        }
        // The other formats have one reply.
        guard index == 0 else { return loss.count(.unknownPart) }
        if let delta {
            var scanner = JSONScanner(delta, layout: .document)
            readDelta(&scanner, into: &events)
        }
        if let finishReason, finishReason.count > 0 { stop(finishReason, into: &events) }
    }

    private mutating func stop(_ finishReason: RawText, into events: inout [ReplyEvent]) {
        guard !hasStopped else { return }
        hasStopped = true
        endText(into: &events)
        for call in calls where call.isNamed { events.append(.partEnded(index: call.part)) }
        calls.removeAll()
        let reason = StopReason(chatCompletion: finishReason, hasToolCalls: hasToolCalls)
        events.append(.stopped(ModelReply.Stop(reason == .endTurn && hasRefusal ? .refusal : reason)))
    }

    private mutating func readDelta(_ scanner: inout JSONScanner, into events: inout [ReplyEvent]) {
        scanner.eachMember { key, scanner in
            switch key.count {
            case 7 where key.is("content"):
                if let text = scanner.text(), text.count > 0 { write(.text, .text(text.string), into: &events) }
            case 17 where key.is("reasoning_content"), 9 where key.is("reasoning"):
                if let text = scanner.text(), text.count > 0 { write(.thinking, .thinking(text.string), into: &events) }
            case 7 where key.is("refusal"):
                guard let text = scanner.text(), text.count > 0 else { return }
                hasRefusal = true
                write(.refusal, .refusal(text.string), into: &events)
            case 10 where key.is("tool_calls"): scanner.eachElement { readCall(&$0, into: &events) }
            case 11 where key.is("annotations"):
                scanner.eachElement {
                    loss.count(.citations)
                    $0.skipValue()
                }
            default: scanner.skipValue()
            }
        }
    }

    private mutating func write(
        _ kind: ReplyEvent.PartStart,
        _ delta: ReplyEvent.Delta,
        into events: inout [ReplyEvent]
    ) {
        if open?.kind != kind { endText(into: &events) }
        let part: Int
        if let open {
            part = open.part
        } else {
            part = nextPart
            nextPart += 1
            open = (kind, part)
            events.append(.partStarted(index: part, kind))
        }
        events.append(.delta(index: part, delta))
    }

    private mutating func endText(into events: inout [ReplyEvent]) {
        guard let open else { return }
        events.append(.partEnded(index: open.part))
        self.open = nil
    }

    private mutating func readCall(_ scanner: inout JSONScanner, into events: inout [ReplyEvent]) {
        var index: Int?
        var id = ""
        var name = ""
        var arguments: [UInt8] = []
        scanner.eachMember { key, scanner in
            if key.is("index") {
                index = scanner.integer()
            } else if key.is("id") {
                id = scanner.text()?.string ?? ""
            } else if key.is("function") {
                scanner.eachMember { key, scanner in
                    if key.is("name") {
                        name = scanner.text()?.string ?? ""
                    } else if key.is("arguments") {
                        arguments = scanner.text()?.unescaped ?? []
                    } else {
                        scanner.skipValue()
                    }
                }
            } else {
                scanner.skipValue()
            }
        }
        let place = place(ofCall: index, id: id, name: name)
        if !name.isEmpty, !calls[place].isNamed {
            endText(into: &events)
            hasToolCalls = true
            calls[place].isNamed = true
            if calls[place].id.isEmpty { calls[place].id = id }
            calls[place].part = nextPart
            nextPart += 1
            events.append(.partStarted(index: calls[place].part, .toolUse(id: calls[place].id, name: name)))
            arguments = calls[place].held + arguments
            calls[place].held = []
        }
        guard !arguments.isEmpty else { return }
        if calls[place].isNamed {
            events.append(.delta(index: calls[place].part, .arguments(arguments)))
        } else {
            calls[place].held += arguments
        }
    }

    /// Where the call stands that a piece belongs to, a new one where it is the first.
    ///
    /// Some servers give no index, and some the same to each call: an id of its own with a name begins a call.
    private mutating func place(ofCall index: Int?, id: String, name: String) -> Int {
        let known =
            if let index {
                calls.lastIndex { $0.index == index }
            } else if id.isEmpty {
                calls.indices.last
            } else {
                calls.lastIndex { $0.id == id }
            }
        if let known {
            let isAnother = !name.isEmpty && !id.isEmpty && calls[known].isNamed && calls[known].id != id
            if !isAnother { return known }
        }
        calls.append(Call(index: index ?? calls.count, part: 0, id: id))
        return calls.count - 1
    }
}
