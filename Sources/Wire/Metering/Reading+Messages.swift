internal import Domain
internal import JSONText

extension Reading {
    /// An event of a stream of Messages; its keys may come in any order.
    mutating func takeMessages(event: UnsafeRawBufferPointer) {
        if let delta = UsualDelta(data: event) { return take(delta) }
        var scanner = JSONScanner(event, layout: .document)
        var type: RawText?
        var failure: ReplyFailure?
        scanner.eachMember { key, scanner in
            switch key.count {
            case 4 where key.is("type"): type = scanner.text()
            case 5 where key.is("delta"): readDelta(&scanner)
            case 5 where key.is("usage"): readUsage(&scanner)
            case 5 where key.is("error"): failure = ReplyFailure(error: &scanner, of: .anthropic)
            case 7 where key.is("message"): readMessage(&scanner)
            case 13 where key.is("content_block"): readBlock(&scanner)
            default: scanner.skipValue()
            }
        }
        guard !scanner.isBroken, let type else { return failUnlessBegun() }
        switch type.count {
        case 4 where type.is("ping"): break
        case 5 where type.is("error"):
            if let failure { fail(failure) } else { fail(.api, "the provider reported an error") }
        case 12 where type.is("message_stop"):
            if reply.beginning == .content { complete() }
        default: begin()
        }
    }

    /// Takes the events that a chunk begins with, as long as they are of the usual kind, and answers what is left.
    mutating func takeUsualDeltas(in chunk: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var rest = chunk
        while let delta = UsualDelta(frame: rest, like: &usualOpening) {
            take(delta)
            rest = UnsafeRawBufferPointer(rebasing: rest[delta.end...])
        }
        return rest
    }

    private mutating func take(_ delta: UsualDelta) {
        reply.visibleOutputBytes += delta.outputBytes
        begin()
    }

    /// A reply that is not streamed.
    mutating func takeMessages(body: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(body, layout: .document)
        readMessage(&scanner)
        guard !scanner.isBroken else { return failUnlessBegun() }
        if let failure = ReplyFailure(body: body, of: .anthropic) { fail(failure) } else { begin() }
    }

    private mutating func readMessage(_ scanner: inout JSONScanner) {
        scanner.eachMember { key, scanner in
            switch key.count {
            case 2 where key.is("id"): reply.id = scanner.text()?.string ?? reply.id
            case 5 where key.is("model"):
                reply.model = scanner.text().map { RequestedModel($0.string).id } ?? reply.model
            case 5 where key.is("usage"): readUsage(&scanner)
            case 7 where key.is("content"): scanner.eachElement { readBlock(&$0) }
            case 11 where key.is("stop_reason"): readStopReason(&scanner)
            default: scanner.skipValue()
            }
        }
    }

    private mutating func readStopReason(_ scanner: inout JSONScanner) {
        if let name = scanner.text() { stop(StopReason(messages: name)) }
    }

    private mutating func readUsage(_ scanner: inout JSONScanner) {
        guard scanner.nextKind() == .object else { return scanner.skipValue() }
        messagesUsage.read(&scanner)
        reply.usage = messagesUsage.usage
        reply.mode = messagesUsage.mode
        reply.earlierAttempts = messagesUsage.earlierAttempts(of: reply.model ?? ModelID(""))
    }

    private mutating func readBlock(_ scanner: inout JSONScanner) {
        scanner.eachMember { key, scanner in
            switch key.count {
            case 4 where key.is("text"), 8 where key.is("thinking"):
                reply.visibleOutputBytes += scanner.text()?.count ?? 0
            case 5 where key.is("input"):
                let input = scanner.rawValue()
                // A stream begins every tool use with an empty input.
                if input.count > 2 { reply.visibleOutputBytes += input.count }
            case 2 where key.is("to"):
                // A fallback block: another model goes on.
                scanner.eachMember { key, scanner in
                    guard key.is("model") else { return scanner.skipValue() }
                    reply.model = scanner.text().map { RequestedModel($0.string).id } ?? reply.model
                }
            default: scanner.skipValue()
            }
        }
    }

    private mutating func readDelta(_ scanner: inout JSONScanner) {
        scanner.eachMember { key, scanner in
            switch key.count {
            case 4 where key.is("text"), 8 where key.is("thinking"):
                reply.visibleOutputBytes += scanner.text()?.count ?? 0
            case 12 where key.is("partial_json"): reply.visibleOutputBytes += scanner.text()?.unescapedCount ?? 0
            case 11 where key.is("stop_reason"): readStopReason(&scanner)
            default: scanner.skipValue()
            }
        }
    }
}

extension RawText {
    /// Bytes without those that only escape: as many as the same text has where it is no text in a text.
    var unescapedCount: Int {
        guard hasEscapes else { return count }
        var escapes = 0
        var index = 0
        while index < count {
            if bytes[index] == UInt8(ascii: "\\") {
                escapes += 1
                index += 1
            }
            index += 1
        }
        return count - escapes
    }
}
