import Domain

extension Session {
    /// Puts a session together from everything that shows a part of it.
    init(pages: [StoredPage], deduplication: Deduplication, files: [Int64: String], window: Window) {
        let first = pages[0]
        var threads: [ThreadID: ThreadAssembly] = [:]
        // The gateway knows a project by its name at most, the agent by its folder.
        var earliest: (isExchange: Bool, time: Timestamp, project: String)?
        var billing = Billing.unknown
        var isHeadless = false
        let hasLog = pages.contains { $0.strands.contains { $0.exchange == nil && !$0.calls.isEmpty } }
        for page in pages {
            var index = 0
            for strand in page.strands {
                let places = (index..<index + strand.calls.count).map { Deduplication.Place(page: page.id, call: $0) }
                index += strand.calls.count
                if strand.billing != .unknown { billing = strand.billing }
                isHeadless = isHeadless || strand.isHeadless
                let start = strand.calls.first?.time ?? strand.arrivals.first?.time ?? .unknown
                let isExchange = strand.exchange != nil
                if !strand.project.isEmpty,
                    earliest.map({ ($0.isExchange ? 1 : 0, $0.time) > (isExchange ? 1 : 0, start) }) ?? true
                {
                    earliest = (isExchange, start, strand.project)
                }
                // An exchange that the agent's log shows too stands there, with what it asked tools and what came of it.
                if isExchange, places.allSatisfy(deduplication.yields) { continue }
                var thread = strand.thread
                // What the agent does not log, such as the making of a title, is no part of its conversations.
                if hasLog, let exchange = strand.exchange { thread.name = exchange }
                threads[thread, default: ThreadAssembly(id: thread)].add(
                    strand,
                    places: places,
                    from: page.source
                )
            }
        }
        self.init(
            id: first.session,
            project: earliest?.project ?? "",
            billing: billing,
            isHeadless: isHeadless,
            threads: threads.keys.sorted().compactMap { key in
                threads[key]?.thread(deduplication: deduplication, files: files, window: window)
            }
        )
    }
}

/// Gathers one thread's records from all pages and puts them in order.
private struct ThreadAssembly {
    private enum Record {
        case call(Call, Deduplication.Place, isEcho: Bool)
        case arrival(Arrival)

        var time: Timestamp {
            switch self {
            case .call(let call, _, _): call.time
            case .arrival(let arrival): arrival.time
            }
        }

        var offset: Int64 {
            switch self {
            case .call(let call, _, _): call.position.offset
            case .arrival(let arrival): arrival.position.offset
            }
        }

        /// An answer stands behind what it answers where both share a line's place or a moment.
        var rank: Int {
            switch self {
            case .arrival: 0
            case .call: 1
            }
        }
    }

    private struct Event {
        var time: Timestamp
        var source: Int64
        var order: Int
        var record: Record
    }

    let id: ThreadID
    private var agentType: String?
    private var recordsBySource: [Int64: [Record]] = [:]
    private var toolCalls: [CallKey: [ToolCall]] = [:]
    private var seenTools: Set<UInt64> = []

    init(id: ThreadID) { self.id = id }

    mutating func add(_ strand: Reading.Strand, places: [Deduplication.Place], from source: Int64) {
        agentType = agentType ?? strand.agentType
        for (call, place) in zip(strand.calls, places) {
            recordsBySource[source, default: []].append(.call(call, place, isEcho: strand.isEcho))
        }
        for arrival in strand.arrivals { recordsBySource[source, default: []].append(.arrival(arrival)) }
        for tool in strand.toolCalls where seenTools.insert(tool.key).inserted {
            toolCalls[tool.call, default: []].append(tool)
        }
    }

    /// A file's own order is the truth within it; between files the clock decides.
    private var events: [Event] {
        var events: [Event] = []
        for (source, records) in recordsBySource {
            var latest = Timestamp.unknown
            for (order, record) in records.sorted(by: { ($0.offset, $0.rank) < ($1.offset, $1.rank) }).enumerated() {
                latest = max(latest, record.time)
                events.append(Event(time: latest, source: source, order: order, record: record))
            }
        }
        return events.sorted { ($0.time, $0.source, $0.order) < ($1.time, $1.source, $1.order) }
    }

    func thread(deduplication: Deduplication, files: [Int64: String], window: Window) -> SessionThread? {
        struct ArrivalIdentity: Hashable {
            var time: Timestamp
            var kind: Arrival.Kind
            var tool: UInt64?
            var content: UInt64
        }
        var steps: [SessionThread.Step] = []
        var indexOfCall: [CallKey: Int] = [:]
        var pending: [Arrival] = []
        var seen: Set<ArrivalIdentity> = []
        for event in events {
            switch event.record {
            case .arrival(let arrival):
                let identity = ArrivalIdentity(
                    time: arrival.time,
                    kind: arrival.kind,
                    tool: arrival.tool,
                    content: arrival.contentHash
                )
                if seen.insert(identity).inserted { pending.append(arrival) }
            case .call(let call, let place, _):
                let yields = deduplication.yields(place)
                var call = deduplication.joined[place]?.call ?? call
                deduplication.served[place]?.correct(&call)
                let step = SessionThread.Step(
                    call: call,
                    file: files[event.source] ?? "",
                    isContext: yields || !window.contains(call.time),
                    arrivals: pending,
                    toolCalls: toolCalls[call.key] ?? []
                )
                if let index = indexOfCall[call.key] {
                    // The same call from another file of this session: the one that counts stays.
                    if !yields { steps[index].keep(step) }
                } else {
                    indexOfCall[call.key] = steps.count
                    steps.append(step)
                    pending = []
                }
            }
        }
        guard !steps.isEmpty || !pending.isEmpty else { return nil }
        return SessionThread(id: id, agentType: agentType, steps: steps, trailing: pending)
    }
}

extension SessionThread.Step {
    /// Takes the counting record's figures, staying where the first record stood.
    fileprivate mutating func keep(_ counting: SessionThread.Step) {
        call = counting.call
        file = counting.file
        isContext = counting.isContext
    }
}
