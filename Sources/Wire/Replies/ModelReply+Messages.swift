internal import Domain
internal import JSONText

extension ModelReply {
    /// Reads a reply of Anthropic's Messages; nil where it is none.
    init?(messages body: UnsafeRawBufferPointer, loss: inout ConversionLoss) {
        var scanner = JSONScanner(body, layout: .document)
        var usage = MessagesUsage()
        var hasUsage = false
        var reply = ModelReply(id: "", model: "")
        var isMessage = false
        scanner.eachMember { key, scanner in
            switch key.count {
            case 2 where key.is("id"): reply.id = scanner.text()?.string ?? ""
            case 4 where key.is("type"): isMessage = scanner.text()?.is("message") ?? false
            case 5 where key.is("model"): reply.model = scanner.text()?.string ?? ""
            case 5 where key.is("usage"):
                hasUsage = scanner.nextKind() == .object
                usage.read(&scanner)
            case 7 where key.is("content"):
                scanner.eachElement {
                    guard let block = MessagesBlock(&$0, loss: &loss) else { return }
                    reply.parts.append(Part(block))
                }
            case 11 where key.is("stop_reason"):
                reply.stop.reason = scanner.text().map(StopReason.init(messages:)) ?? .unknown
            case 13 where key.is("stop_sequence"): reply.stop.sequence = scanner.text()?.string
            default: scanner.skipValue()
            }
        }
        guard !scanner.isBroken, isMessage else { return nil }
        if hasUsage {
            reply.usage = usage.usage
            reply.mode = usage.mode
        }
        self = reply
    }

    /// The reply as Anthropic's Messages.
    func messages(for view: ClientView, loss: inout ConversionLoss) -> [UInt8] {
        let id = ReplyID(self.id, fallback: view.fallbackID)
        var json = JSONWriter(capacity: 1024)
        json.object {
            $0.member("id", id.name(in: .messages))
            $0.member("type", "message")
            $0.member("role", "assistant")
            $0.member("model", view.model)
            $0.array("content") {
                for (index, part) in parts.enumerated() { $0.messagesBlock(part, index, of: id, view, &loss) }
            }
            $0.member("stop_reason", word: stop.reason.messagesName)
            if let sequence = stop.sequence { $0.member("stop_sequence", sequence) } else { $0.null("stop_sequence") }
            $0.object("usage") { $0.messagesUsage(usage ?? .zero) }
        }
        return json.bytes
    }
}

extension Part {
    fileprivate init(_ block: MessagesBlock) {
        var text = ""
        var signature: String?
        var arguments: [UInt8] = []
        for delta in block.deltas {
            switch delta {
            case .text(let more), .thinking(let more), .refusal(let more): text += more
            case .signature(let more): signature = more
            case .arguments(let more): arguments += more
            }
        }
        switch block.start {
        case .text: self.init(.text(text))
        case .refusal: self.init(.refusal(text))
        case .thinking: self.init(.thinking(Thinking(text: text, signature: signature)))
        case .redactedThinking(let data):
            self.init(.thinking(Thinking(text: "", signature: data, isRedacted: true)))
        case .toolUse(let id, let name):
            let arguments = JSONFragment(bytes: ToolArguments.text(arguments))
            self.init(.toolUse(ToolUse(id: id, name: name, arguments: arguments)))
        }
    }
}

extension JSONWriter {
    fileprivate mutating func messagesBlock(
        _ part: Part,
        _ index: Int,
        of reply: ReplyID,
        _ view: ClientView,
        _ loss: inout ConversionLoss
    ) {
        switch part.content {
        case .text(let text), .refusal(let text):
            object {
                $0.member("type", "text")
                $0.member("text", text)
            }
        case .thinking(let thinking):
            object {
                if thinking.isRedacted {
                    $0.member("type", "redacted_thinking")
                    $0.member("data", thinking.signature ?? "")
                } else {
                    $0.member("type", "thinking")
                    $0.member("thinking", thinking.text)
                    $0.member("signature", thinking.signature ?? "")
                }
            }
        case .toolUse(let use):
            object {
                $0.member("type", "tool_use")
                $0.member("id", ToolIDs.fit(use.id.isEmpty ? reply.toolCall(index) : use.id))
                $0.member("name", view.tools.clientTool(named: use.name).name)
                $0.member("input", ToolArguments.object(use.arguments, loss: &loss))
            }
        case .image, .document, .toolResult: loss.count(.unknownPart)
        }
    }
}
