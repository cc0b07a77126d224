package import Domain

/// Collects the strands of one file: the same call met again is joined, not added.
package struct StrandSet {
    package private(set) var strands: [Reading.Strand] = []
    private var indexOfThread: [Key: Int] = [:]
    private var places: [CallKey: (strand: Int, call: Int)] = [:]
    private var lastKey: CallKey?
    private var lastPlace = (strand: 0, call: 0)

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
    package mutating func add(_ call: Call, to strand: Int) {
        if let place = place(of: call.key) {
            strands[place.strand].calls[place.call].join(call)
        } else {
            let place = (strand: strand, call: strands[strand].calls.count)
            places[call.key] = place
            (lastKey, lastPlace) = (call.key, place)
            strands[strand].calls.append(call)
        }
    }

    /// Where a call of this key was kept.
    package mutating func place(of key: CallKey) -> (strand: Int, call: Int)? {
        if key == lastKey { return lastPlace }
        guard let place = places[key] else { return nil }
        (lastKey, lastPlace) = (key, place)
        return place
    }

    /// Takes everything out, leaving the set empty.
    package mutating func take() -> [Reading.Strand] {
        let taken = strands.filter { !$0.calls.isEmpty || !$0.toolCalls.isEmpty || !$0.arrivals.isEmpty }
        self = StrandSet()
        return taken
    }
}
