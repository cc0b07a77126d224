import Domain

/// The three blobs of a page: what the calls cost, what they asked tools to do, and what entered their prompts.
///
/// A page holds what one look at one file brought of one session. Packed pages are a tenth of the rows they stand
/// for, are written in one insert, and are read faster than SQLite aggregates rows; `Docs/Decisions/0002-pages.md`.
struct EncodedPage {
    var session: SessionID
    /// The folder of the first strand that names one.
    var project: String
    var firstTime: Int64
    var lastTime: Int64
    var callCount: Int
    /// Eight bytes of ``CallKey/id`` a call, in the order of ``calls``: all that finding copies needs.
    var keys: [UInt8]
    var calls: [UInt8]
    var tools: [UInt8]
    var arrivals: [UInt8]

    init(session: SessionID, strands: [Reading.Strand]) {
        self.session = session
        project = strands.first(where: { !$0.project.isEmpty })?.project ?? ""
        var keys = ByteWriter()
        var calls = ByteWriter()
        var tools = ByteWriter()
        var arrivals = ByteWriter()
        firstTime = .max
        lastTime = .min
        callCount = 0
        calls.count(strands.count)
        for strand in strands {
            calls.header(of: strand)
            calls.count(strand.calls.count)
            var previous = Call.origin
            for call in strand.calls {
                keys.fixed64(call.key.id)
                calls.call(call, after: previous)
                previous = call
                firstTime = min(firstTime, call.time.milliseconds)
                lastTime = max(lastTime, call.time.milliseconds)
            }
            callCount += strand.calls.count
            tools.count(strand.toolCalls.count)
            for tool in strand.toolCalls { tools.tool(tool) }
            arrivals.count(strand.arrivals.count)
            var last = Arrival.origin
            for arrival in strand.arrivals {
                arrivals.arrival(arrival, after: last)
                last = arrival
            }
        }
        if callCount == 0 { (firstTime, lastTime) = (0, 0) }
        self.keys = keys.bytes
        self.calls = calls.bytes
        self.tools = tools.bytes
        self.arrivals = arrivals.bytes
    }
}

/// A page's strands, as far as they were asked for.
struct DecodedPage {
    var strands: [Reading.Strand]

    /// Nil for damaged bytes.
    init?(
        session: SessionID,
        calls: UnsafeRawBufferPointer,
        tools: UnsafeRawBufferPointer? = nil,
        arrivals: UnsafeRawBufferPointer? = nil
    ) {
        strands = []
        var reader = ByteReader(calls)
        for _ in 0..<reader.length() {
            var strand = reader.header(session: session)
            let count = reader.length()
            strand.calls.reserveCapacity(count)
            var previous = Call.origin
            for _ in 0..<count {
                previous = reader.call(after: previous)
                strand.calls.append(previous)
            }
            guard !reader.isDamaged else { return nil }
            strands.append(strand)
        }
        if let tools {
            var reader = ByteReader(tools)
            for index in strands.indices {
                for _ in 0..<reader.length() { strands[index].toolCalls.append(reader.tool()) }
            }
            guard !reader.isDamaged else { return nil }
        }
        if let arrivals {
            var reader = ByteReader(arrivals)
            for index in strands.indices {
                var previous = Arrival.origin
                for _ in 0..<reader.length() {
                    previous = reader.arrival(after: previous)
                    strands[index].arrivals.append(previous)
                }
            }
            guard !reader.isDamaged else { return nil }
        }
    }
}

extension Call {
    /// What the first call of a strand is told apart from.
    fileprivate static let origin = Call(
        key: CallKey(id: 0),
        id: "",
        time: .unknown,
        model: ModelID(""),
        usage: .zero,
        position: LogPosition(offset: 0, length: 0)
    )

    fileprivate struct Flags: OptionSet {
        let rawValue: UInt8
        static let fast = Flags(rawValue: 1)
        static let usOnly = Flags(rawValue: 2)
        static let lowerBound = Flags(rawValue: 4)
        static let attempts = Flags(rawValue: 8)
        static let loggedCost = Flags(rawValue: 16)
        static let cacheMiss = Flags(rawValue: 32)
    }

    fileprivate var flags: Flags {
        var flags: Flags = []
        if mode.isFast { flags.insert(.fast) }
        if mode.isUSOnly { flags.insert(.usOnly) }
        if outputIsLowerBound { flags.insert(.lowerBound) }
        if !earlierAttempts.isEmpty { flags.insert(.attempts) }
        if loggedCost != nil { flags.insert(.loggedCost) }
        if cacheMissReason != nil { flags.insert(.cacheMiss) }
        return flags
    }
}

extension Arrival {
    fileprivate static let origin = Arrival(
        kind: .context,
        time: .unknown,
        bytes: 0,
        position: LogPosition(offset: 0, length: 0)
    )
}

extension ByteWriter {
    fileprivate mutating func header(of strand: Reading.Strand) {
        byte(strand.thread.kind.rawValue)
        string(strand.thread.name)
        string(strand.agentType ?? "")
        recurring(strand.project)
        byte(UInt8(Billing.allCases.firstIndex(of: strand.billing) ?? 0))
        byte((strand.isHeadless ? 1 : 0) | (strand.isEcho ? 2 : 0))
    }

    fileprivate mutating func usage(_ usage: Usage) {
        count(usage.inputTokens)
        count(usage.outputTokens)
        count(usage.cacheReadTokens)
        count(usage.cacheWrite5mTokens)
        count(usage.cacheWrite1hTokens)
        count(usage.reasoningTokens)
        count(usage.webSearchRequests)
    }

    fileprivate mutating func call(_ call: Call, after previous: Call) {
        fixed64(call.key.id)
        fixed32(call.key.request)
        string(call.id)
        signed(call.time.milliseconds &- previous.time.milliseconds)
        recurring(call.model.rawValue)
        byte(call.flags.rawValue)
        byte(call.mode.serviceTier.rawValue << 4 | call.stopReason.rawValue)
        byte(call.effort?.rawValue ?? 0)
        usage(call.usage)
        count(call.visibleOutputBytes)
        signed(call.position.offset &- previous.position.offset)
        count(call.position.length)
        if !call.earlierAttempts.isEmpty {
            count(call.earlierAttempts.count)
            for attempt in call.earlierAttempts {
                recurring(attempt.model.rawValue)
                usage(attempt.usage)
            }
        }
        if let cost = call.loggedCost { signed(cost.nanoUSD) }
        if let reason = call.cacheMissReason { recurring(reason) }
    }

    fileprivate mutating func tool(_ tool: ToolCall) {
        fixed64(tool.key)
        fixed64(tool.call.id)
        fixed32(tool.call.request)
        recurring(tool.name)
        byte(tool.kind.rawValue << 1 | (tool.targetHash == nil ? 0 : 1))
        count(tool.inputBytes)
        fixed64(tool.actionHash)
        if let target = tool.targetHash { fixed64(target) }
    }

    fileprivate mutating func arrival(_ arrival: Arrival, after previous: Arrival) {
        byte(arrival.kind.rawValue << 2 | (arrival.isError ? 2 : 0) | (arrival.tool == nil ? 0 : 1))
        signed(arrival.time.milliseconds &- previous.time.milliseconds)
        count(arrival.bytes)
        count(arrival.attachments)
        if let tool = arrival.tool { fixed64(tool) }
        fixed64(arrival.contentHash)
        count(arrival.sketch.count)
        for place in arrival.sketch { fixed32(place) }
        signed(arrival.position.offset &- previous.position.offset)
        count(arrival.position.length)
    }
}

extension ByteReader {
    fileprivate mutating func header(session: SessionID) -> Reading.Strand {
        let kind = ThreadID.Kind(rawValue: byte()) ?? .main
        let thread = ThreadID(kind: kind, name: string())
        let agentType = string()
        let project = recurring()
        let billing = Int(byte())
        let flags = byte()
        return Reading.Strand(
            session: session,
            thread: thread,
            agentType: agentType.isEmpty ? nil : agentType,
            project: project,
            billing: billing < Billing.allCases.count ? Billing.allCases[billing] : .unknown,
            isHeadless: flags & 1 != 0,
            isEcho: flags & 2 != 0
        )
    }

    fileprivate mutating func usage() -> Usage {
        Usage(
            inputTokens: count(),
            outputTokens: count(),
            cacheReadTokens: count(),
            cacheWrite5mTokens: count(),
            cacheWrite1hTokens: count(),
            reasoningTokens: count(),
            webSearchRequests: count()
        )
    }

    fileprivate mutating func call(after previous: Call) -> Call {
        var call = Call.origin
        call.key = CallKey(id: fixed64(), request: fixed32())
        call.id = string()
        call.time = Timestamp(milliseconds: previous.time.milliseconds &+ signed())
        call.model = ModelID(recurring())
        let flags = Call.Flags(rawValue: byte())
        let tierAndStop = byte()
        call.mode = ServingMode(
            serviceTier: ServingMode.ServiceTier(rawValue: tierAndStop >> 4) ?? .standard,
            isFast: flags.contains(.fast),
            isUSOnly: flags.contains(.usOnly)
        )
        call.stopReason = StopReason(rawValue: tierAndStop & 0xF) ?? .unknown
        call.effort = Effort(rawValue: byte())
        call.usage = usage()
        call.visibleOutputBytes = count()
        call.outputIsLowerBound = flags.contains(.lowerBound)
        call.position = LogPosition(offset: previous.position.offset &+ signed(), length: count())
        if flags.contains(.attempts) {
            for _ in 0..<length() {
                let model = ModelID(recurring())
                call.earlierAttempts.append(Attempt(model: model, usage: usage()))
            }
        }
        if flags.contains(.loggedCost) { call.loggedCost = Money(nanoUSD: signed()) }
        if flags.contains(.cacheMiss) { call.cacheMissReason = recurring() }
        return call
    }

    fileprivate mutating func tool() -> ToolCall {
        let key = fixed64()
        let call = CallKey(id: fixed64(), request: fixed32())
        let name = recurring()
        let kindAndTarget = byte()
        return ToolCall(
            key: key,
            call: call,
            name: name,
            kind: ToolKind(rawValue: kindAndTarget >> 1) ?? .other,
            inputBytes: count(),
            actionHash: fixed64(),
            targetHash: kindAndTarget & 1 == 0 ? nil : fixed64()
        )
    }

    fileprivate mutating func arrival(after previous: Arrival) -> Arrival {
        let head = byte()
        let time = Timestamp(milliseconds: previous.time.milliseconds &+ signed())
        let bytes = count()
        let attachments = count()
        let tool = head & 1 == 0 ? nil : fixed64()
        let contentHash = fixed64()
        let sketch = (0..<length()).map { _ in fixed32() }
        return Arrival(
            kind: Arrival.Kind(rawValue: head >> 2) ?? .context,
            time: time,
            bytes: bytes,
            attachments: attachments,
            tool: tool,
            isError: head & 2 != 0,
            contentHash: contentHash,
            sketch: sketch,
            position: LogPosition(offset: previous.position.offset &+ signed(), length: count())
        )
    }
}
