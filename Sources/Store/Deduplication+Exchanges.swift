import Domain
import GRDB

extension Deduplication {
    /// Agents whose logs carry no id of the response: a call meets its exchange by session and counts.
    private static let agentsWithoutResponseIDs: [Agent] = [.codex]

    /// How far the log's time of a call, its first item, may lie from the exchange's, its end.
    private static let longestReplyMilliseconds: Int64 = 3_600_000

    /// What a call and its exchange agree in: a session's prompt only grows, so that few calls of one are alike.
    private struct Counts: Hashable {
        /// The session's or, of a subagent, its thread's.
        var conversation: String
        var prompt: Int
        var cached: Int
        var output: Int

        init(_ call: Call, conversation: String) {
            self.conversation = conversation
            prompt = call.usage.promptTokens
            cached = call.usage.cacheReadTokens
            output = call.usage.outputTokens
        }
    }

    private struct Candidate {
        var time: Timestamp
        /// Tells apart what nothing else does, whatever order files were read in.
        var key: CallKey
        var place: Place
        var pageCalls: Int
    }

    /// Gives calls of agents that log no response id the exchange they were: of those that agree the nearest in time.
    mutating func joinByCounts(_ db: Database) throws {
        for agent in Deduplication.agentsWithoutResponseIDs {
            let pages = try Row.fetchAll(
                db,
                sql: """
                    SELECT page.id, firstTime, lastTime FROM page JOIN source ON source.id = sourceID
                    WHERE page.agent = ? AND source.agent = ? AND callCount > 0
                    """,
                arguments: [agent.rawValue, Agent.gateway.rawValue]
            )
            guard let first = pages.map({ Timestamp(milliseconds: $0[1]) }).min(),
                let last = pages.map({ Timestamp(milliseconds: $0[2]) }).max()
            else { continue }
            var found: [Counts: [Candidate]] = [:]
            for page in pages {
                try forEachCall(of: page[0], in: db) { call, strand, candidate in
                    found[Counts(call, conversation: strand.conversation), default: []].append(candidate)
                }
            }
            let logged = try Int64.fetchAll(
                db,
                sql: """
                    SELECT page.id FROM page JOIN source ON source.id = sourceID
                    WHERE page.agent = ? AND source.agent <> ? AND callCount > 0 AND lastTime >= ? AND firstTime <= ?
                    """,
                arguments: [
                    agent.rawValue, Agent.gateway.rawValue,
                    first.advanced(byMilliseconds: -Deduplication.longestReplyMilliseconds).milliseconds,
                    last.advanced(byMilliseconds: Deduplication.longestReplyMilliseconds).milliseconds,
                ]
            )
            var calls: [Counts: [Candidate]] = [:]
            for page in logged {
                try forEachCall(of: page, in: db) { call, strand, candidate in
                    for name in Set([strand.conversation, strand.session.name]) {
                        let counts = Counts(call, conversation: name)
                        if found[counts] != nil { calls[counts, default: []].append(candidate) }
                    }
                }
            }
            pair(calls, with: found)
        }
    }

    private mutating func pair(_ calls: [Counts: [Candidate]], with found: [Counts: [Candidate]]) {
        var pairs: [(distance: UInt64, call: Candidate, exchange: Candidate)] = []
        for (counts, calls) in calls {
            for exchange in found[counts] ?? [] {
                for call in calls {
                    let distance = call.time.milliseconds(since: exchange.time).magnitude
                    if distance <= Deduplication.longestReplyMilliseconds { pairs.append((distance, call, exchange)) }
                }
            }
        }
        pairs.sort {
            let (a, b) = ($0.exchange, $1.exchange)
            return ($0.distance, $0.call.time, $0.call.key.id, a.time, a.key.id, a.key.request)
                < ($1.distance, $1.call.time, $1.call.key.id, b.time, b.key.id, b.key.request)
        }
        for (_, call, exchange) in pairs where exchanges[call.place] == nil && !yields(exchange.place) {
            exchanges[call.place] = exchange.place
            giveWay(exchange.place, ofCalls: exchange.pageCalls)
        }
    }

    /// The calls of a page that do not yield.
    private func forEachCall(
        of page: Int64,
        in db: Database,
        _ body: (Call, Reading.Strand, Candidate) throws -> Void
    ) throws {
        try db.forEachPage(of: .page(page), parts: []) { page in
            let count = page.strands.reduce(0) { $0 + $1.calls.count }
            var index = 0
            for strand in page.strands {
                for call in strand.calls {
                    let place = Place(page: page.id, call: index)
                    index += 1
                    guard !yields(place) else { continue }
                    try body(call, strand, Candidate(time: call.time, key: call.key, place: place, pageCalls: count))
                }
            }
        }
    }

    /// Unpacks the exchanges that stand behind agents' records.
    mutating func readServedCalls(_ db: Database) throws {
        guard !exchanges.isEmpty else { return }
        var loggedPlace: [Place: Place] = [:]
        for (logged, exchange) in exchanges { loggedPlace[exchange] = logged }
        for page in Set(loggedPlace.keys.map(\.page)) {
            try db.forEachPage(of: .page(page), parts: []) { page in
                var index = 0
                for strand in page.strands {
                    for call in strand.calls {
                        if let logged = loggedPlace[Place(page: page.id, call: index)] {
                            served[logged] = ServedCall(call, billing: strand.billing)
                        }
                        index += 1
                    }
                }
            }
        }
    }
}

extension Reading.Strand {
    /// What an agent calls the conversation when it asks a provider.
    fileprivate var conversation: String { thread.name.isEmpty ? session.name : thread.name }
}
