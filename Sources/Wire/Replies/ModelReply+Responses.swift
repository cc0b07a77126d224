internal import Domain
internal import JSONText

extension ModelReply {
    /// Reads a response; nil where it is none.
    init?(
        response body: UnsafeRawBufferPointer,
        loss: inout ConversionLoss
    ) throws(ReplyFailure) {
        let object = ResponseObject(body)
        guard let output = object.output else { return nil }
        self.init(id: object.id, model: object.model, usage: object.usage, mode: object.mode)
        var scanner = JSONScanner(output, layout: .document)
        scanner.eachElement { parts += ResponseItem($0.rawValue()).parts(loss: &loss) }
        switch object.fate {
        case .failed(let failure): throw failure
        case .incomplete(let reason): stop = Stop(reason)
        case .completed: stop = Stop(completedReason)
        }
    }

    private var completedReason: StopReason {
        var reason = StopReason.endTurn
        for part in parts {
            switch part.content {
            case .toolUse: return .toolUse
            case .refusal: reason = .refusal
            default: continue
            }
        }
        return reason
    }

    /// The reply as a response.
    func response(for view: ClientView, loss: inout ConversionLoss) -> [UInt8] {
        let id = ReplyID(self.id, fallback: view.fallbackID)
        var output: [JSONFragment] = []
        var isWorded = false
        for part in parts {
            guard let (start, content) = part.asEvents else {
                if case .thinking = part.content { loss.count(.thinking) } else { loss.count(.unknownPart) }
                continue
            }
            if case .refusal = start { isWorded = true }
            var item = OutputItem(start, at: output.count, of: id, tools: view.tools)
            _ = item.take(content)
            _ = item.rest()
            var json = JSONWriter()
            item.write(isWhole: true, to: &json)
            output.append(json.fragment)
        }
        let reason = stop.reason.incompleteReason(isWorded: isWorded)
        let head = ResponseHead(
            id: id.name(in: .responses),
            view: view,
            status: reason == nil ? "completed" : "incomplete",
            incompleteReason: reason
        )
        var json = JSONWriter(capacity: 1024)
        head.write(output: output, usage: usage ?? .zero, to: &json)
        return json.bytes
    }
}

extension Part {
    /// The part as the events of a stream tell it; nil where Responses has no item for it.
    var asEvents: (ReplyEvent.PartStart, ReplyEvent.Delta)? {
        switch content {
        case .text(let text): (.text, .text(text))
        case .refusal(let text): (.refusal, .refusal(text))
        case .thinking(let thinking): thinking.isRedacted ? nil : (.thinking, .thinking(thinking.text))
        case .toolUse(let use): (.toolUse(id: use.id, name: use.name), .arguments(use.arguments.bytes))
        case .image, .document, .toolResult: nil
        }
    }
}

extension ResponseItem {
    /// What a whole item comes to.
    func parts(loss: inout ConversionLoss) -> [Part] {
        switch kind {
        case .message:
            var parts: [Part] = []
            eachPart(of: content) { type, text in
                parts.append(Part(type.is("refusal") ? .refusal(text) : .text(text)))
            } cited: {
                loss.count(.citations)
            }
            return parts
        case .reasoning:
            var paragraphs: [String] = []
            eachPart(of: summary) { paragraphs.append($1) }
            if paragraphs.isEmpty { eachPart(of: content) { paragraphs.append($1) } }
            guard !paragraphs.isEmpty else { return [] }
            return [Part(.thinking(Thinking(text: paragraphs.joined(separator: "\n\n"))))]
        case .functionCall:
            let arguments = JSONFragment(bytes: ToolArguments.text(arguments?.unescaped ?? []))
            return [Part(.toolUse(ToolUse(id: callID, name: name, arguments: arguments)))]
        case .customToolCall:
            var arguments = JSONWriter()
            arguments.object { $0.member("input", input?.string ?? "") }
            return [Part(.toolUse(ToolUse(id: callID, name: name, arguments: arguments.fragment)))]
        case .serverTool: loss.count(.serverTool)
        case .other: loss.count(.unknownPart)
        }
        return []
    }

    private func eachPart(
        of parts: UnsafeRawBufferPointer?,
        _ body: (RawText, String) -> Void,
        cited: () -> Void = {}
    ) {
        guard let parts else { return }
        var scanner = JSONScanner(parts, layout: .document)
        scanner.eachElement {
            var type = RawText.empty
            var text: String?
            $0.eachMember { key, scanner in
                if key.is("type") {
                    type = scanner.text() ?? .empty
                } else if key.is("text") || key.is("refusal") {
                    text = scanner.text()?.string
                } else if key.is("annotations") {
                    scanner.eachElement {
                        cited()
                        $0.skipValue()
                    }
                } else {
                    scanner.skipValue()
                }
            }
            if let text { body(type, text) }
        }
    }
}
