import Domain

/// By setting, the project that starts its sessions with the fewest tokens, of those with enough sessions.
struct LeanestStarts {
    private struct Place: Hashable {
        var setting: SessionStart.Setting
        var project: String
    }

    private let medians: [Place: Int]
    private var leanest: [SessionStart.Setting: Int] = [:]

    init(_ starts: [SessionStart], sessions: Int) {
        medians = Dictionary(grouping: starts) { Place(setting: $0.setting, project: $0.project) }
            .filter { $0.value.count >= sessions }
            .mapValues { $0.map(\.tokens).median }
        for (place, median) in medians {
            leanest[place.setting] = min(leanest[place.setting] ?? median, median)
        }
    }

    func tokens(for start: SessionStart) -> Int? { leanest[start.setting] }

    /// What a session has on top, where its project usually has so much on top, and whether it does.
    func excess(of start: SessionStart, atLeast limit: Int) -> (tokens: Int, isCompared: Bool) {
        guard let least = leanest[start.setting],
            let median = medians[Place(setting: start.setting, project: start.project)],
            median - least >= max(1, limit), start.tokens > least
        else { return (0, false) }
        return (start.tokens - least, true)
    }
}

extension [Int] {
    /// The middle one in order, the lower of two; 0 of none.
    var median: Int { isEmpty ? 0 : sorted()[(count - 1) / 2] }
}
