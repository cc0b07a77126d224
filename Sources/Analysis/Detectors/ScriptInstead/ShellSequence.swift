import Domain

/// Commands that came in the same order in several sessions.
struct ShellSequence: Sendable {
    /// One time it ran.
    private struct Occurrence {
        var run: ShellRun
        /// The calls that a script would have spared: all but the first of those that carried nothing else.
        var spared: [ShellRun.Carrier]
        var time: Timestamp
    }

    /// The programs in their order, such as `git add, git commit, git push`.
    let text: String
    let sessions: Int
    private let occurrences: [Occurrence]
    /// Where it ran first: there somebody had to find out.
    private let first: SessionID?

    /// - Precondition: at least one occurrence, all of the same commands, in the order of their sessions.
    init(_ occurrences: [(run: ShellRun, commands: Range<Int>)]) {
        text = occurrences[0].run.commands[occurrences[0].commands].map(\.label).listed(atMost: 8)
        sessions = Set(occurrences.map(\.run.session)).count
        self.occurrences = occurrences.map { run, range in
            let first = run.commands[range.lowerBound].call
            let last = run.commands[range.upperBound - 1].call
            // A last call that goes on to another command is needed for that.
            let goesOn = range.upperBound < run.commands.count && run.commands[range.upperBound].call == last
            let spared = run.calls[(first + 1)..<max(first + 1, goesOn ? last : last + 1)].filter { $0.cost != nil }
            return Occurrence(run: run, spared: spared, time: run.calls[first].time)
        }
        first = self.occurrences.min { ($0.time, $0.run.session) < ($1.time, $1.run.session) }?.run.session
    }

    private var counted: [Occurrence] { occurrences.filter { $0.run.session != first && !$0.spared.isEmpty } }

    private var saving: Money {
        counted.reduce(.zero) { $0 + $1.spared.reduce(.zero) { $0 + ($1.cost ?? .zero) } }
    }

    /// Whether a script for it would have spared one of the sessions a call.
    func spares(anyOf sessions: Set<SessionID>) -> Bool { counted.contains { sessions.contains($0.run.session) } }

    static func isRankedBefore(_ a: ShellSequence, _ b: ShellSequence) -> Bool {
        a.saving != b.saving ? a.saving > b.saving : a.text < b.text
    }

    /// A claim a session on what scripts for some sequences would have spared it.
    static func claims(on sequences: [ShellSequence], in project: String) -> [Claim] {
        var bySession: [SessionID: [(sequence: ShellSequence, occurrence: Occurrence)]] = [:]
        for sequence in sequences {
            for occurrence in sequence.counted {
                bySession[occurrence.run.session, default: []].append((sequence, occurrence))
            }
        }
        return bySession.sorted { $0.key < $1.key }.compactMap { session, found in
            claim(on: found, in: session, of: project)
        }
    }

    private static func claim(
        on found: [(sequence: ShellSequence, occurrence: Occurrence)],
        in session: SessionID,
        of project: String
    ) -> Claim? {
        let spared = found.flatMap(\.occurrence.spared)
        guard let first = spared.first, let run = found.first?.occurrence.run else { return nil }
        let shares = spared.map { Claim.Share(call: $0.key, cost: $0.cost ?? .zero, saving: $0.cost ?? .zero) }
        let reasons = found.map { "\($0.sequence.text): the same in \($0.sequence.sessions.of("session"))" }
        return Claim(
            FindingScope(kind: ScriptInstead.kind, project: project),
            unit: .call,
            model: first.model,
            shape: Shape(toolCalls: spared.count, turns: spared.count),
            reasons: reasons.uniqued(atMost: 3),
            evidence: Evidence(session: session, calls: spared.map(\.id), file: run.file, offset: first.offset),
            shares: shares,
            billing: run.billing
        )
    }
}

extension [String] {
    /// Each once, in order, and how many more there are.
    func uniqued(atMost count: Int) -> [String] {
        var seen: Set<String> = []
        let different = filter { seen.insert($0).inserted }
        let others = different.count - count
        return different.prefix(count) + (others > 0 ? ["\(others.grouped) more"] : [])
    }

    /// The first few, and how many more there are.
    func listed(atMost most: Int) -> String {
        prefix(most).joined(separator: ", ") + (count > most ? " and \((count - most).grouped) more" : "")
    }
}
