package import Domain

/// Collects the strands of one file: the same call met again is joined, not added.
package struct StrandSet {
    package private(set) var strands: [Reading.Strand] = []
    private var indexOfThread: [Key: Int] = [:]
    private var places: [Place: Int] = [:]
    /// The last place looked for, and the call there, if any: most records follow their predecessor.
    private var last: (place: Place, call: Int?)?

    private struct Place: Hashable {
        var strand: Int
        var call: CallKey

        /// A call's id is a hash already, and nearly always tells alone.
        func hash(into hasher: inout Hasher) { hasher.combine(call.id) }
    }

    private struct Key: Hashable {
        var session: SessionID
        var thread: ThreadID
        var isEcho: Bool
    }

    package init() {}

    /// The strand for a thread of a session, made when it is met first.
    package mutating func strand(
        session: SessionID,
        thread: ThreadID,
        isEcho: Bool = false,
        make: () -> Reading.Strand
    ) -> Int {
        let key = Key(session: session, thread: thread, isEcho: isEcho)
        if let index = indexOfThread[key] { return index }
        indexOfThread[key] = strands.count
        strands.append(make())
        return strands.count - 1
    }

    package subscript(index: Int) -> Reading.Strand {
        _read { yield strands[index] }
        _modify { yield &strands[index] }
    }

    /// Adds a call to a strand, or joins it to the record of the same call that is there already.
    ///
    /// The same call on another strand is a copy, not a part: which of them counts is settled over all files.
    package mutating func add(_ call: Call, to strand: Int) {
        if let index = index(of: call.key, in: strand) {
            strands[strand].calls[index].join(call)
        } else {
            let place = Place(strand: strand, call: call.key)
            places[place] = strands[strand].calls.count
            last = (place, strands[strand].calls.count)
            strands[strand].calls.append(call)
            // Without an id of its own a call can still be found in its log by its time.
            if call.id.isEmpty { strands[strand].calls[strands[strand].calls.count - 1].id = call.time.description }
        }
    }

    /// Where among a strand's calls the one of this key stands.
    package mutating func index(of key: CallKey, in strand: Int) -> Int? {
        let place = Place(strand: strand, call: key)
        if let last, last.place == place { return last.call }
        let index = places[place]
        last = (place, index)
        return index
    }

    /// Where a call of this key was kept, on whatever strand.
    package func place(of key: CallKey) -> (strand: Int, call: Int)? {
        for strand in strands.indices {
            if let call = places[Place(strand: strand, call: key)] { return (strand, call) }
        }
        return nil
    }

    /// Takes everything out, leaving the set empty.
    package mutating func take() -> [Reading.Strand] {
        let taken = strands.filter {
            !$0.calls.isEmpty || !$0.toolCalls.isEmpty || !$0.arrivals.isEmpty || $0.agentType != nil
        }
        self = StrandSet()
        return taken
    }
}
