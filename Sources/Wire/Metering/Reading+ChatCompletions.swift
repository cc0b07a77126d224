internal import Domain
internal import JSONText

extension Reading {
    /// A chunk of a stream of chat completions, or one that is not streamed: they differ only in `delta` and `message`.
    mutating func takeChatCompletion(_ json: UnsafeRawBufferPointer) {
        if bytesAreEqual(json, UnsafeRawBufferPointer.done) {
            guard reply.beginning == .content else { return }
            // Some servers end without a word of why.
            if reply.stopReason == .unknown, hasToolCalls { stop(.toolUse) }
            return complete()
        }
        var scanner = JSONScanner(json, layout: .document)
        var hasContent = false
        var failure: ReplyFailure?
        scanner.eachMember { key, scanner in
            switch key.count {
            case 2 where key.is("id"):
                if reply.id == nil { reply.id = scanner.text()?.string } else { scanner.skipValue() }
            case 5 where key.is("model"):
                if reply.model == nil {
                    reply.model = scanner.text().map { RequestedModel($0.string).id }
                } else {
                    scanner.skipValue()
                }
            case 7 where key.is("choices"):
                scanner.eachElement {
                    hasContent = true
                    readChoice(&$0)
                }
            case 5 where key.is("usage"):
                guard let told = OpenAIUsage(&scanner) else { return }
                reply.usage = told.usage
                hasContent = true
            case 12 where key.is("service_tier"):
                reply.mode = scanner.text().map { ServingMode(openAITier: $0) } ?? reply.mode
            case 5 where key.is("error"): failure = ReplyFailure(error: &scanner, of: .openAI)
            default: scanner.skipValue()
            }
        }
        guard !scanner.isBroken else { return failUnlessBegun() }
        if hasContent { begin() }
        if let failure { fail(failure) }
    }

    private mutating func readChoice(_ scanner: inout JSONScanner) {
        var finishReason: RawText?
        scanner.eachMember { key, scanner in
            switch key.count {
            case 5 where key.is("delta"), 7 where key.is("message"): readMessage(&scanner)
            case 13 where key.is("finish_reason"): finishReason = scanner.text()
            default: scanner.skipValue()
            }
        }
        guard let finishReason, finishReason.count > 0 else { return }
        let reason = StopReason(chatCompletion: finishReason, hasToolCalls: hasToolCalls)
        stop(reason == .endTurn && hasRefusal ? .refusal : reason)
    }

    private mutating func readMessage(_ scanner: inout JSONScanner) {
        scanner.eachMember { key, scanner in
            switch key.count {
            case 7 where key.is("content"), 17 where key.is("reasoning_content"), 9 where key.is("reasoning"):
                reply.visibleOutputBytes += scanner.text()?.count ?? 0
            case 7 where key.is("refusal"):
                guard let refusal = scanner.text(), refusal.count > 0 else { return }
                hasRefusal = true
                reply.visibleOutputBytes += refusal.count
            case 10 where key.is("tool_calls"):
                scanner.eachElement {
                    hasToolCalls = true
                    $0.eachMember { key, scanner in
                        if key.is("function") || key.is("custom") {
                            readCall(&scanner)
                        } else {
                            scanner.skipValue()
                        }
                    }
                }
            default: scanner.skipValue()
            }
        }
    }

    private mutating func readCall(_ scanner: inout JSONScanner) {
        scanner.eachMember { key, scanner in
            if key.is("arguments") || key.is("input") {
                reply.visibleOutputBytes += scanner.text()?.unescapedCount ?? 0
            } else {
                scanner.skipValue()
            }
        }
    }
}

extension UnsafeRawBufferPointer {
    /// What ends a stream of chat completions.
    static var done: UnsafeRawBufferPointer {
        let word: StaticString = "[DONE]"
        return UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    }
}

extension ServingMode {
    /// OpenAI's `service_tier`: `fast` and `ultrafast` are its names for a fast mode.
    init(openAITier name: RawText) {
        self.init(serviceTier: ServiceTier(name), isFast: name.is("fast") || name.is("ultrafast"))
    }
}
