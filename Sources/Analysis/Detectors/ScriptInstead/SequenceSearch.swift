import Domain

/// Finds the sequences that several sessions have in common, the longest first, no command in two.
///
/// A sequence that comes back has a beginning that comes back at least as often: so sequences grow command by command,
/// and only where enough sessions still have them.
struct SequenceSearch {
    /// Where a sequence begins.
    private struct Place: Hashable {
        var run: Int
        var start: Int
    }

    private struct Common {
        var length: Int
        var places: [Place]
    }

    /// Longer ones are found in pieces; a bound on memory, not on what is found.
    private static let longest = 64

    private let runs: [ShellRun]
    private let steps: Int
    private let sessions: Int

    init(_ runs: [ShellRun], steps: Int, sessions: Int) {
        self.runs = runs.sorted { ($0.session, $0.file, $0.start) < ($1.session, $1.file, $1.start) }
        self.steps = steps
        self.sessions = sessions
    }

    var sequences: [ShellSequence] {
        var used = runs.map { [Bool](repeating: false, count: $0.commands.count) }
        var found: [ShellSequence] = []
        for common in common.sorted(by: isRankedBefore) {
            var free: [Place] = []
            for place in common.places where !used[place.run][range(of: common, at: place)].contains(true) {
                for index in range(of: common, at: place) { used[place.run][index] = true }
                free.append(place)
            }
            if hasEnough(free) {
                found.append(ShellSequence(free.map { (runs[$0.run], range(of: common, at: $0)) }))
            } else {
                for place in free { for index in range(of: common, at: place) { used[place.run][index] = false } }
            }
        }
        return found
    }

    private func range(of common: Common, at place: Place) -> Range<Int> { place.start..<place.start + common.length }

    /// All sequences of enough different commands in enough sessions that cannot go on without losing some of them.
    private var common: [Common] {
        var result: [Common] = []
        var growing = grouped(by: steps)
        while var sequence = growing.popLast() {
            while sequence.length < SequenceSearch.longest, allGoOnAlike(sequence) { sequence.length += 1 }
            if hasEnoughCommands(sequence) { result.append(sequence) }
            guard sequence.length < SequenceSearch.longest else { continue }
            var next: [UInt64: [Place]] = [:]
            for place in sequence.places {
                if let action = action(after: sequence, at: place) { next[action, default: []].append(place) }
            }
            growing += next.values.filter(hasEnough).map { Common(length: sequence.length + 1, places: $0) }
        }
        return result
    }

    private func action(after sequence: Common, at place: Place) -> UInt64? {
        let commands = runs[place.run].commands
        let end = place.start + sequence.length
        return end < commands.count ? commands[end].action : nil
    }

    private func allGoOnAlike(_ sequence: Common) -> Bool {
        guard let first = action(after: sequence, at: sequence.places[0]) else { return false }
        return sequence.places.allSatisfy { action(after: sequence, at: $0) == first }
    }

    private func grouped(by length: Int) -> [Common] {
        var groups: [UInt64: [Place]] = [:]
        for (run, commands) in runs.map(\.commands).enumerated() where commands.count >= length {
            for start in 0...(commands.count - length) {
                let hash = commands[start..<start + length].reduce(0) { ($0 ^ $1.action) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
                groups[hash, default: []].append(Place(run: run, start: start))
            }
        }
        return groups.values.filter(hasEnough).map { Common(length: length, places: $0) }
    }

    /// Runs stand in the order of their sessions, and places in the order of the runs.
    private func hasEnough(_ places: [Place]) -> Bool {
        var count = 0
        var last: SessionID?
        for place in places where runs[place.run].session != last {
            last = runs[place.run].session
            count += 1
            if count >= sessions { return true }
        }
        return false
    }

    private func hasEnoughCommands(_ sequence: Common) -> Bool {
        guard let place = sequence.places.first else { return false }
        let commands = runs[place.run].commands[place.start..<place.start + sequence.length]
        return Set(commands.map(\.action)).count >= steps
    }

    private func isRankedBefore(_ a: Common, _ b: Common) -> Bool {
        if a.length != b.length { return a.length > b.length }
        if a.places.count != b.places.count { return a.places.count > b.places.count }
        return (a.places[0].run, a.places[0].start) < (b.places[0].run, b.places[0].start)
    }
}

extension ShellRun {
    fileprivate var start: Int64 { calls.first?.offset ?? 0 }
}
