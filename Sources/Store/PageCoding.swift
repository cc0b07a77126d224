import Domain

/// How a page's blobs are laid out; raw values are stored.
enum PageForm: Int {
    /// Tool calls without ``ToolCall/action`` and ``ToolCall/command``, arrivals without ``Arrival/label``.
    case first = 1
    case current = 2

    var hasActions: Bool { self == .current }
}

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
    /// A ``CallIdentity`` a call, in the order of ``calls``: all that settling copies needs.
    var identities: [UInt8]
    var calls: [UInt8]
    var tools: [UInt8]
    var arrivals: [UInt8]

    init(session: SessionID, strands: [Reading.Strand]) {
        self.session = session
        project = strands.first(where: { !$0.project.isEmpty })?.project ?? ""
        var identities = ByteWriter()
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
            let thread = strand.thread.stableHash
            var time: Int64 = 0
            var offset: Int64 = 0
            for call in strand.calls {
                identities.identity(CallIdentity(call, in: strand, threadHash: thread))
                calls.call(call, time: &time, offset: &offset)
                firstTime = min(firstTime, call.time.milliseconds)
                lastTime = max(lastTime, call.time.milliseconds)
            }
            callCount += strand.calls.count
            tools.count(strand.toolCalls.count)
            for tool in strand.toolCalls { tools.tool(tool) }
            arrivals.count(strand.arrivals.count)
            time = 0
            offset = 0
            for arrival in strand.arrivals { arrivals.arrival(arrival, time: &time, offset: &offset) }
        }
        if callCount == 0 {
            let times = strands.flatMap(\.arrivals).map(\.time.milliseconds).filter { $0 > 0 }
            (firstTime, lastTime) = (times.min() ?? 0, times.max() ?? 0)
        }
        self.identities = identities.bytes
        self.calls = calls.sealed()
        self.tools = tools.sealed()
        self.arrivals = arrivals.sealed()
    }
}

/// Unpacks a page's calls one at a time, building nothing that is not asked for.
struct PageCalls {
    private var reader: ByteReader
    private let session: SessionID

    init(session: SessionID, _ bytes: UnsafeRawBufferPointer) {
        self.session = session
        reader = ByteReader(sealed: bytes)
    }

    /// Hands over each call with the strand it is of, which has no records of its own; stops where bytes are damaged.
    ///
    /// Without ids, which are a text of its own each, ``Call/id`` is empty.
    /// The call may be taken, or swapped for another to be unpacked into: what a copy costs, calls cost that are many.
    mutating func forEach(
        withIDs: Bool = true,
        strand startStrand: (Reading.Strand, _ calls: Int) throws -> Void,
        call body: (inout Call) throws -> Void
    ) rethrows -> Bool {
        guard !reader.isDamaged else { return false }
        var call = Call.none
        for _ in 0..<reader.length() {
            let strand = reader.header(session: session)
            let count = reader.length()
            guard !reader.isDamaged else { return false }
            try startStrand(strand, count)
            var time: Int64 = 0
            var offset: Int64 = 0
            for _ in 0..<count {
                reader.read(&call, withID: withIDs, time: &time, offset: &offset)
                guard !reader.isDamaged else { return false }
                try body(&call)
            }
        }
        return !reader.isDamaged
    }
}

/// A page's strands, as far as they were asked for.
struct DecodedPage {
    var strands: [Reading.Strand]

    /// Nil for damaged bytes.
    init?(
        session: SessionID,
        form: PageForm = .current,
        calls: UnsafeRawBufferPointer,
        tools: UnsafeRawBufferPointer? = nil,
        arrivals: UnsafeRawBufferPointer? = nil
    ) {
        var strands: [Reading.Strand] = []
        var pageCalls = PageCalls(session: session, calls)
        let isWhole = pageCalls.forEach(
            strand: { strand, count in
                strands.append(strand)
                strands[strands.count - 1].calls.reserveCapacity(count)
            },
            call: { strands[strands.count - 1].calls.append($0) }
        )
        guard isWhole else { return nil }
        if let tools {
            var reader = ByteReader(sealed: tools)
            for index in strands.indices {
                let count = reader.length()
                strands[index].toolCalls.reserveCapacity(count)
                for _ in 0..<count { strands[index].toolCalls.append(reader.tool(form)) }
            }
            guard !reader.isDamaged else { return nil }
        }
        if let arrivals {
            var reader = ByteReader(sealed: arrivals)
            for index in strands.indices {
                let count = reader.length()
                strands[index].arrivals.reserveCapacity(count)
                var time: Int64 = 0
                var offset: Int64 = 0
                for _ in 0..<count {
                    strands[index].arrivals.append(reader.arrival(form, time: &time, offset: &offset))
                }
            }
            guard !reader.isDamaged else { return nil }
        }
        self.strands = strands
    }
}

extension Call {
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

extension ByteWriter {
    fileprivate mutating func header(of strand: Reading.Strand) {
        byte(strand.thread.kind.rawValue)
        string(strand.thread.name)
        string(strand.agentType ?? "")
        recurring(strand.project)
        byte(UInt8(Billing.allCases.firstIndex(of: strand.billing) ?? 0))
        byte((strand.isHeadless ? 1 : 0) | (strand.isEcho ? 2 : 0) | (strand.exchange == nil ? 0 : 4))
        if let exchange = strand.exchange { string(exchange) }
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

    fileprivate mutating func call(_ call: Call, time: inout Int64, offset: inout Int64) {
        fixed64(call.key.id)
        fixed32(call.key.request)
        string(call.id)
        signed(call.time.milliseconds &- time)
        time = call.time.milliseconds
        recurring(call.model.rawValue)
        byte(call.flags.rawValue)
        byte(call.mode.serviceTier.rawValue << 4 | call.stopReason.rawValue)
        byte(call.effort?.rawValue ?? 0)
        usage(call.usage)
        count(call.visibleOutputBytes)
        signed(call.position.offset &- offset)
        offset = call.position.offset
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
        byte(tool.action.rawValue)
        recurring(tool.command)
        count(tool.inputBytes)
        fixed64(tool.actionHash)
        if let target = tool.targetHash { fixed64(target) }
    }

    fileprivate mutating func arrival(_ arrival: Arrival, time: inout Int64, offset: inout Int64) {
        byte(arrival.kind.rawValue << 2 | (arrival.isError ? 2 : 0) | (arrival.tool == nil ? 0 : 1))
        recurring(arrival.label)
        signed(arrival.time.milliseconds &- time)
        time = arrival.time.milliseconds
        count(arrival.bytes)
        count(arrival.attachments)
        if let tool = arrival.tool { fixed64(tool) }
        fixed64(arrival.contentHash)
        count(arrival.sketch.count)
        for place in arrival.sketch { fixed32(place) }
        signed(arrival.position.offset &- offset)
        offset = arrival.position.offset
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
            isEcho: flags & 2 != 0,
            exchange: flags & 4 == 0 ? nil : string()
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

    fileprivate mutating func read(_ call: inout Call, withID: Bool, time: inout Int64, offset: inout Int64) {
        call.key = CallKey(id: fixed64(), request: fixed32())
        if withID { call.id = string() } else { passString() }
        time &+= signed()
        call.time = Timestamp(milliseconds: time)
        call.model = ModelID(recurring())
        let flags = Call.Flags(rawValue: byte())
        let tierAndStop = byte()
        call.mode = ServingMode(
            serviceTier: ServingMode.ServiceTier(rawValue: tierAndStop >> 4) ?? .standard,
            isFast: flags.contains(.fast),
            isUSOnly: flags.contains(.usOnly)
        )
        call.effort = Effort(rawValue: byte())
        call.stopReason = StopReason(rawValue: tierAndStop & 0xF) ?? .unknown
        call.usage = usage()
        call.visibleOutputBytes = count()
        call.outputIsLowerBound = flags.contains(.lowerBound)
        offset &+= signed()
        call.position = LogPosition(offset: offset, length: count())
        if !call.earlierAttempts.isEmpty { call.earlierAttempts = [] }
        if flags.contains(.attempts) {
            for _ in 0..<length() {
                let model = ModelID(recurring())
                call.earlierAttempts.append(Attempt(model: model, usage: usage()))
            }
        }
        call.loggedCost = flags.contains(.loggedCost) ? Money(nanoUSD: signed()) : nil
        call.cacheMissReason = flags.contains(.cacheMiss) ? recurring() : nil
    }

    fileprivate mutating func tool(_ form: PageForm) -> ToolCall {
        let key = fixed64()
        let call = CallKey(id: fixed64(), request: fixed32())
        let name = recurring()
        let kindAndTarget = byte()
        return ToolCall(
            key: key,
            call: call,
            name: name,
            kind: ToolKind(rawValue: kindAndTarget >> 1) ?? .other,
            action: form.hasActions ? ActionKind(rawValue: byte()) ?? .other : .other,
            command: form.hasActions ? recurring() : "",
            inputBytes: count(),
            actionHash: fixed64(),
            targetHash: kindAndTarget & 1 == 0 ? nil : fixed64()
        )
    }

    /// Of a tool call, whose it is and what the tool is called; the rest is passed by.
    mutating func toolName(_ form: PageForm) -> (key: UInt64, call: CallKey, name: String) {
        let key = fixed64()
        let call = CallKey(id: fixed64(), request: fixed32())
        let name = recurring()
        let kindAndTarget = byte()
        if form.hasActions {
            _ = byte()
            passRecurring()
        }
        _ = count()
        _ = fixed64()
        if kindAndTarget & 1 != 0 { _ = fixed64() }
        return (key, call, name)
    }

    fileprivate mutating func arrival(_ form: PageForm, time: inout Int64, offset: inout Int64) -> Arrival {
        let head = byte()
        let label = form.hasActions ? recurring() : ""
        time &+= signed()
        let bytes = count()
        let attachments = count()
        let tool = head & 1 == 0 ? nil : fixed64()
        let contentHash = fixed64()
        let places = length()
        let sketch = places == 0 ? [] : (0..<places).map { _ in fixed32() }
        offset &+= signed()
        return Arrival(
            kind: Arrival.Kind(rawValue: head >> 2) ?? .context,
            label: label,
            time: Timestamp(milliseconds: time),
            bytes: bytes,
            attachments: attachments,
            tool: tool,
            isError: head & 2 != 0,
            contentHash: contentHash,
            sketch: sketch,
            position: LogPosition(offset: offset, length: count())
        )
    }
}
