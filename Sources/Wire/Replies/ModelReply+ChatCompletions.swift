internal import Domain
internal import JSONText

extension ModelReply {
    /// Reads a chat completion; nil where it is none.
    init?(chatCompletion body: UnsafeRawBufferPointer, loss: inout ConversionLoss) {
        var scanner = JSONScanner(body, layout: .document)
        var reply = ModelReply(id: "", model: "")
        var choices = 0
        scanner.eachMember { key, scanner in
            switch key.count {
            case 2 where key.is("id"): reply.id = scanner.text()?.string ?? ""
            case 5 where key.is("model"): reply.model = scanner.text()?.string ?? ""
            case 5 where key.is("usage"): reply.usage = OpenAIUsage(&scanner)?.usage
            case 12 where key.is("service_tier"):
                reply.mode = scanner.text().map { ServingMode(openAITier: $0) } ?? reply.mode
            case 7 where key.is("choices"):
                scanner.eachElement {
                    choices += 1
                    if choices == 1 { reply.readChoice(&$0, loss: &loss) } else { $0.skipValue() }
                }
            default: scanner.skipValue()
            }
        }
        guard !scanner.isBroken, choices > 0 else { return nil }
        loss.count(.unknownPart, times: choices - 1)
        self = reply
    }

    private mutating func readChoice(_ scanner: inout JSONScanner, loss: inout ConversionLoss) {
        var message = ChatMessage()
        var finishReason = RawText.empty
        scanner.eachMember { key, scanner in
            if key.is("message") {
                message = ChatMessage(&scanner, loss: &loss)
            } else if key.is("finish_reason") {
                finishReason = scanner.text() ?? .empty
            } else if key.is("logprobs"), scanner.nextKind() == .object {
                loss.count(.logProbabilities)
                scanner.skipValue()
            } else {
                scanner.skipValue()
            }
        }
        parts = message.parts
        let reason = StopReason(chatCompletion: finishReason, hasToolCalls: !message.calls.isEmpty)
        stop = Stop(reason == .endTurn && !message.refusal.isEmpty ? .refusal : reason)
    }

    /// The reply as a chat completion.
    func chatCompletion(for view: ClientView, loss: inout ConversionLoss) -> [UInt8] {
        let id = ReplyID(self.id, fallback: view.fallbackID)
        let message = ChatMessage(parts, loss: &loss)
        var json = JSONWriter(capacity: 1024)
        json.object {
            $0.member("id", id.name(in: .chatCompletions))
            $0.member("object", "chat.completion")
            $0.member("created", view.createdAt)
            $0.member("model", view.model)
            $0.array("choices") {
                $0.object {
                    $0.member("index", 0)
                    $0.object("message") { message.write(of: id, view, to: &$0) }
                    $0.null("logprobs")
                    let isWorded = !message.refusal.isEmpty
                    $0.member("finish_reason", word: stop.reason.chatCompletionName(isWorded: isWorded))
                }
            }
            $0.object("usage") { $0.chatCompletionUsage(usage ?? .zero) }
        }
        return json.bytes
    }
}

/// The message of a chat completion: all its text in one place, beside its tool calls.
private struct ChatMessage {
    var text = ""
    var thinking = ""
    var refusal = ""
    var calls: [ToolUse] = []

    init() {}

    init(_ parts: [Part], loss: inout ConversionLoss) {
        for part in parts {
            switch part.content {
            case .text(let text): self.text += text
            case .refusal(let text): refusal += text
            case .thinking(let thought):
                if thought.isRedacted { loss.count(.thinking) } else { thinking += thought.text }
            case .toolUse(let use): calls.append(use)
            case .image, .document, .toolResult: loss.count(.unknownPart)
            }
        }
    }

    init(_ scanner: inout JSONScanner, loss: inout ConversionLoss) {
        scanner.eachMember { key, scanner in
            switch key.count {
            case 7 where key.is("content"): text = scanner.text()?.string ?? ""
            case 17 where key.is("reasoning_content"), 9 where key.is("reasoning"):
                thinking = scanner.text()?.string ?? thinking
            case 7 where key.is("refusal"): refusal = scanner.text()?.string ?? ""
            case 11 where key.is("annotations"):
                scanner.eachElement {
                    loss.count(.citations)
                    $0.skipValue()
                }
            case 10 where key.is("tool_calls"): scanner.eachElement { readCall(&$0, loss: &loss) }
            default: scanner.skipValue()
            }
        }
    }

    private mutating func readCall(_ scanner: inout JSONScanner, loss: inout ConversionLoss) {
        var id = ""
        var name: String?
        var arguments: [UInt8] = []
        scanner.eachMember { key, scanner in
            if key.is("id") {
                id = scanner.text()?.string ?? ""
            } else if key.is("function") {
                scanner.eachMember { key, scanner in
                    if key.is("name") {
                        name = scanner.text()?.string
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
        guard let name else { return loss.count(.unknownPart) }
        calls.append(ToolUse(id: id, name: name, arguments: JSONFragment(bytes: ToolArguments.text(arguments))))
    }

    /// The parts in the order in which they are written.
    var parts: [Part] {
        var parts: [Part] = []
        if !thinking.isEmpty { parts.append(Part(.thinking(Thinking(text: thinking)))) }
        if !text.isEmpty { parts.append(Part(.text(text))) }
        if !refusal.isEmpty { parts.append(Part(.refusal(refusal))) }
        return parts + calls.map { Part(.toolUse($0)) }
    }

    func write(of reply: ReplyID, _ view: ClientView, to json: inout JSONWriter) {
        json.member("role", "assistant")
        if text.isEmpty, !(calls.isEmpty && refusal.isEmpty) {
            json.null("content")
        } else {
            json.member("content", text)
        }
        if refusal.isEmpty { json.null("refusal") } else { json.member("refusal", refusal) }
        if !thinking.isEmpty { json.member("reasoning_content", thinking) }
        guard !calls.isEmpty else { return }
        json.array("tool_calls") {
            for (index, call) in calls.enumerated() {
                let tool = view.tools.clientTool(named: call.name)
                $0.object {
                    $0.member("id", ToolIDs.fit(call.id.isEmpty ? reply.toolCall(index) : call.id))
                    $0.member("type", tool.takesText ? "custom" : "function")
                    $0.object(tool.takesText ? "custom" : "function") {
                        $0.member("name", tool.name)
                        if tool.takesText {
                            $0.member("input", ToolArguments.input(call.arguments.bytes))
                        } else {
                            $0.key("arguments")
                            $0.string(holding: call.arguments)
                        }
                    }
                }
            }
        }
    }
}
