import Domain

/// Sessions by their prompt, to tell which began by a clock.
struct PromptRepeats {
    struct Run {
        var claim: Claim
        var project: String
        var start: Timestamp
        var content: UInt64
        var sketch: [UInt32]
    }

    /// Prompts of one template share a quarter of their words with all the others, and are compared with the latest only.
    private static let compared = 32

    private var runs: [Run] = []

    mutating func add(_ run: Run) { runs.append(run) }

    /// The runs of prompts that came by a clock, in the order of their sessions' names, each saying how it was told.
    var periodic: [Run] {
        groups.flatMap { group in
            let rhythm = Rhythm(of: group.map(\.start))
            return group.filter { rhythm?.holds($0.start) ?? false }.map { run in
                var run = run
                run.claim.candidate.reasons.insert("one of \(group.count.of("session")) of this prompt", at: 0)
                run.claim.candidate.reasons[1] = rhythm?.phrase ?? ""
                return run
            }
        }
        .sorted { $0.claim.candidate.session < $1.claim.candidate.session }
    }

    /// Runs of one project with the same prompt, or one that shares most of its words.
    private var groups: [[Run]] {
        let ordered = runs.sorted { ($0.start, $0.claim.candidate.session) < ($1.start, $1.claim.candidate.session) }
        var groups: [[Run]] = []
        var places: [Key: [Int]] = [:]
        for run in ordered {
            let keys = run.keys
            let near = keys.lazy.flatMap { (places[$0] ?? []).suffix(PromptRepeats.compared) }.first {
                run.resembles(groups[$0][0])
            }
            let place = near ?? groups.count
            if near == nil { groups.append([]) }
            groups[place].append(run)
            guard groups[place].count == 1 else { continue }
            for key in keys { places[key, default: []].append(place) }
        }
        return groups
    }

    /// Where near prompts meet without each being compared with each: the content, and every quarter of the sketch.
    fileprivate struct Key: Hashable {
        var project: String
        var quarter: Int
        var hash: [UInt32]
    }
}

extension PromptRepeats.Run {
    fileprivate var keys: [PromptRepeats.Key] {
        let whole = [UInt32(truncatingIfNeeded: content), UInt32(truncatingIfNeeded: content >> 32)]
        let parts = stride(from: 0, to: sketch.count, by: 4).map { Array(sketch[$0..<Swift.min($0 + 4, sketch.count)]) }
        return ([whole] + parts).enumerated().map { PromptRepeats.Key(project: project, quarter: $0, hash: $1) }
    }

    /// Four fifths of the sketch: a date or a number in the prompt may differ.
    fileprivate func resembles(_ other: Self) -> Bool {
        if content == other.content { return true }
        guard !sketch.isEmpty, sketch.count == other.sketch.count else { return false }
        let shared = zip(sketch, other.sketch).count { $0 == $1 }
        return shared * 5 >= sketch.count * 4
    }
}
