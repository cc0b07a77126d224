package import Domain

/// What a look at a log file brought, in the form it is kept in; made by whoever read it, as packing needs no lock.
package struct PackedUpdate: Sendable {
    let checkpoint: Checkpoint
    let continuity: SourceUpdate.Continuity
    let previous: Checkpoint?
    let linesRead: Int
    let skipped: [SkippedLine]
    let pages: [EncodedPage]
    let subagents: [Subagent]
    let exchanges: [PackedExchange]
    /// The calls a file shows that was rewritten; empty for any other.
    let keys: Set<CallKey>

    /// What kind of subagent a thread is.
    struct Subagent: Sendable {
        var session: SessionID
        var thread: String
        var type: String
    }

    package init(_ update: SourceUpdate) {
        checkpoint = update.checkpoint
        continuity = update.continuity
        previous = update.previous
        linesRead = update.linesRead
        skipped = update.reading.skipped
        pages = EncodedPage.pages(of: update.reading)
        subagents = update.reading.strands.compactMap { strand in
            guard let type = strand.agentType, strand.thread.kind == .subagent else { return nil }
            return Subagent(session: strand.session, thread: strand.thread.name, type: type)
        }
        exchanges = update.reading.exchanges.map(PackedExchange.init)
        keys =
            update.continuity == .supersedes ? Set(update.reading.strands.flatMap(\.calls).map(\.key)) : []
    }
}

extension EncodedPage {
    /// A page for each session a reading touches.
    static func pages(of reading: Reading) -> [EncodedPage] {
        var order: [SessionID] = []
        var strands: [SessionID: [Reading.Strand]] = [:]
        for strand in reading.strands {
            if strands[strand.session] == nil { order.append(strand.session) }
            strands[strand.session, default: []].append(strand)
        }
        return order.map { EncodedPage(session: $0, strands: strands[$0] ?? []) }
    }
}
