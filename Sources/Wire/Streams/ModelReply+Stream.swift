package import Domain

extension ModelReply {
    /// Reads the whole of an upstream's stream; throws the error that it ends with, or that it is none.
    ///
    /// What the stream does not say of its end stays unknown.
    package init(stream: UnsafeRawBufferPointer, in format: APIFormat) throws(ReplyFailure) {
        var gathering = Gathering(reader: format.streamReader())
        var parser = SSEParser()
        do throws(SSEError) {
            try parser.read(stream, for: &gathering) { $0.read($1.data) }
        } catch {
            throw ReplyFailure(.api, error.description)
        }
        parser.end(for: &gathering) { $0.read($1.data) }
        if let failure = gathering.failure { throw failure }
        guard gathering.hasBegun else { throw .brokenOff(of: format.provider) }
        self = gathering.whole
    }
}

/// Puts a reply together from its events.
private struct Gathering {
    private struct Piece {
        var start: ReplyEvent.PartStart
        var text: [UInt8] = []
        var signature: String?
    }

    var reader: any ReplyStreamReader
    var hasBegun = false
    var failure: ReplyFailure?
    private var reply = ModelReply(id: "", model: "")
    private var pieces: [Piece] = []
    /// Where each part stands among the pieces.
    private var places: [Int: Int] = [:]
    private var events: [ReplyEvent] = []

    init(reader: any ReplyStreamReader) { self.reader = reader }

    var whole: ModelReply {
        var whole = reply
        whole.parts = pieces.map { piece in
            let text = String(decoding: piece.text, as: UTF8.self)
            return switch piece.start {
            case .text: Part(.text(text))
            case .refusal: Part(.refusal(text))
            case .thinking: Part(.thinking(Thinking(text: text, signature: piece.signature)))
            case .redactedThinking(let data): Part(.thinking(Thinking(text: "", signature: data, isRedacted: true)))
            case .toolUse(let id, let name):
                Part(.toolUse(ToolUse(id: id, name: name, arguments: JSONFragment(bytes: piece.text))))
            }
        }
        return whole
    }

    mutating func read(_ data: UnsafeRawBufferPointer) {
        reader.read(data, into: &events)
        for event in events { take(event) }
        events.removeAll(keepingCapacity: true)
    }

    private mutating func take(_ event: ReplyEvent) {
        switch event {
        case .started(let id, let model):
            hasBegun = true
            (reply.id, reply.model) = (id, model)
        case .partStarted(let index, let start):
            places[index] = pieces.count
            pieces.append(Piece(start: start))
        case .delta(let index, let delta):
            guard let place = places[index] else { return }
            switch delta {
            case .text(let text), .thinking(let text), .refusal(let text): pieces[place].text += text.utf8
            case .arguments(let bytes): pieces[place].text += bytes
            case .signature(let text): pieces[place].signature = (pieces[place].signature ?? "") + text
            }
        case .partEnded: break
        case .usage(let usage, let mode): (reply.usage, reply.mode) = (usage, mode)
        case .stopped(let stop): reply.stop = stop
        case .failed(let failure): self.failure = failure
        }
    }
}
