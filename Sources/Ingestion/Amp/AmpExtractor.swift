internal import Domain
internal import JSONText

/// Reads one Amp thread.
struct AmpExtractor: LogExtractor {
    private let file: LogFile
    private var strands = StrandSet()
    private var toolCalls = ToolCalls()

    init(file: LogFile) { self.file = file }

    mutating func read(_ scanner: inout JSONScanner, at offset: Int64) -> String? {
        let start = scanner.offset
        guard scanner.nextKind() == .object else {
            scanner.skipValue()
            return nil
        }
        let thread = scanner.ampThread()
        guard !scanner.isBroken else { return nil }
        let shift = offset - Int64(start)
        let strand = strand(of: thread)
        let paid = keepLedger(thread, in: strand, shift: shift)
        var reason = paid.reason
        for message in thread.messages {
            let position = LogPosition(offset: shift + Int64(message.offset), length: message.length)
            guard message.role?.is("assistant") == true else {
                keepArrivals(message, in: strand, at: position)
                continue
            }
            let key: CallKey?
            if thread.events.isEmpty {
                let kept = keepMessage(message, in: strand, at: position)
                reason = kept.reason ?? reason
                key = kept.key
            } else {
                key = message.id.flatMap { paid.keys[$0] }
            }
            guard let key else { continue }
            let visible = keepTools(message, of: key, in: strand)
            describe(key, visible: visible, stopReason: message.stopReason)
        }
        return reason
    }

    mutating func finish() -> (strands: [Reading.Strand], state: [UInt8]) { (strands.take(), []) }

    private mutating func strand(of thread: AmpThread) -> Int {
        let session = SessionID(agent: .amp, name: thread.id?.nonEmptyString ?? file.stem)
        let uri = thread.folder?.string ?? ""
        let folder = uri.hasPrefix("file://") ? String(uri.dropFirst(7)) : uri
        return strands.strand(session: session, thread: .main) {
            // Amp passes its providers' prices on.
            Reading.Strand(session: session, thread: .main, project: folder, billing: .api)
        }
    }

    /// The ledger's events, each one call; and which messages they paid for.
    private mutating func keepLedger(
        _ thread: AmpThread,
        in strand: Int,
        shift: Int64
    ) -> (keys: [UInt64: CallKey], reason: String?) {
        var usages: [UInt64: Usage] = [:]
        for message in thread.messages {
            if let id = message.id, let usage = message.usage?.usage { usages[id] = usage }
        }
        var keys: [UInt64: CallKey] = [:]
        var reason: String?
        for event in thread.events {
            var usage = event.message.flatMap { usages[$0] } ?? .zero
            // The ledger knows nothing of the cache; the message, where there is one, has every kind apart.
            if usage.inputTokens == 0 { usage.inputTokens = event.input }
            if usage.outputTokens == 0 { usage.outputTokens = event.output }
            if usage.totalTokens == 0 { continue }
            guard let model = event.model, model.count > 0 else {
                reason = "ledger event without a model"
                continue
            }
            guard let time = event.time.flatMap(Timestamp.init) else {
                reason = "ledger event without a time"
                continue
            }
            let id = event.id.flatMap { $0.count > 0 ? CallKey(id: $0.hash()) : nil }
            let key = id ?? self.key(of: usage, model: model, time: time)
            if let message = event.message { keys[message] = key }
            strands.add(
                Call(
                    key: key,
                    id: event.id?.string ?? "",
                    time: time,
                    model: ModelID(model.string),
                    usage: usage,
                    position: LogPosition(offset: shift + Int64(event.offset), length: event.length)
                ),
                to: strand
            )
        }
        return (keys, reason)
    }

    /// A response of a thread without a ledger.
    private mutating func keepMessage(
        _ message: AmpThread.Message,
        in strand: Int,
        at position: LogPosition
    ) -> (key: CallKey?, reason: String?) {
        guard let read = message.usage, read.usage.totalTokens > 0 else { return (nil, nil) }
        guard let model = read.model, model.count > 0 else { return (nil, "response without a model") }
        guard let time = read.time.flatMap(Timestamp.init) else { return (nil, "response without a time") }
        let key = key(of: read.usage, model: model, time: time)
        strands.add(
            Call(key: key, id: "", time: time, model: ModelID(model.string), usage: read.usage, position: position),
            to: strand
        )
        return (key, nil)
    }

    /// Messages are numbered within their thread, and a fork copies them: when they came and what they cost tells them.
    private func key(of usage: Usage, model: RawText, time: Timestamp) -> CallKey {
        let words = [
            Int(time.milliseconds), usage.inputTokens, usage.outputTokens, usage.cacheReadTokens,
            usage.cacheWriteTokens,
        ]
        return CallKey(id: words.withUnsafeBytes { stableHash($0, seed: model.hash()) })
    }

    private mutating func describe(_ key: CallKey, visible: Int, stopReason: RawText?) {
        guard let place = strands.place(of: key) else { return }
        strands[place.strand].calls[place.call].visibleOutputBytes += visible
        guard let stopReason else { return }
        strands[place.strand].calls[place.call].stopReason =
            stopReason.is("tool_use")
            ? .toolUse : stopReason.is("end_turn") ? .endTurn : stopReason.is("max_tokens") ? .maxTokens : .unknown
    }

    private mutating func keepTools(_ message: AmpThread.Message, of call: CallKey, in strand: Int) -> Int {
        var visible = 0
        toolCalls.enter(strands[strand].project)
        for block in message.blocks {
            visible += block.text?.count ?? 0
            guard block.type?.is("tool_use") == true, let id = block.id, let name = block.name else { continue }
            let input = block.content ?? UnsafeRawBufferPointer(start: nil, count: 0)
            visible += input.count
            strands[strand].toolCalls.append(
                toolCalls.call(id.hash(), of: call, to: toolCalls.tool(name), with: input)
            )
        }
        return visible
    }

    private mutating func keepArrivals(_ message: AmpThread.Message, in strand: Int, at position: LogPosition) {
        guard message.role?.is("user") == true else { return }
        let time = message.sent.map { Timestamp(milliseconds: $0) } ?? .unknown
        let images = message.blocks.count { $0.type?.is("image") == true }
        var hasCountedImages = false
        for block in message.blocks {
            if block.type?.is("tool_result") == true {
                let content = block.content ?? UnsafeRawBufferPointer(start: nil, count: 0)
                strands[strand].arrivals.append(
                    Arrival(
                        kind: .toolResult,
                        time: time,
                        bytes: content.count,
                        tool: block.id?.hash(),
                        isError: block.status?.is("error") ?? false,
                        contentHash: stableHash(content),
                        position: position
                    )
                )
            } else if block.type?.is("text") == true, let text = block.text {
                strands[strand].arrivals.append(
                    Arrival(
                        kind: .prompt,
                        time: time,
                        bytes: text.count,
                        attachments: hasCountedImages ? 0 : images,
                        contentHash: text.textHash,
                        sketch: PromptSketch.of(text),
                        position: position
                    )
                )
                hasCountedImages = true
            }
        }
    }
}
