import Domain

/// By project, what other lives of the cache would have saved: in the sessions claimed, and in all.
struct LifetimeTally {
    private struct Sum {
        var claimed = Money.zero
        var net = Money.zero
    }

    private var sessions = 0
    private var replayed = 0
    private var claimed = 0
    private var byProject: [String: [LifetimeChange: Sum]] = [:]

    mutating func add(_ replays: [LifetimeReplay], claimed changes: [LifetimeChange], in project: String) {
        sessions += 1
        if !replays.isEmpty { replayed += 1 }
        if !changes.isEmpty { claimed += 1 }
        for replay in replays {
            var sum = byProject[project]?[replay.change] ?? Sum()
            sum.net += replay.saving
            if changes.contains(replay.change) { sum.claimed += replay.saving }
            byProject[project, default: [:]][replay.change] = sum
        }
    }

    /// The changes that are claimed somewhere in a project, in a fixed order.
    func changes(in project: String) -> [LifetimeChange] {
        LifetimeChange.allCases.filter { byProject[project]?[$0].map { $0.claimed > .zero } ?? false }
    }

    /// Of these the ones to keep on for a whole project: they save there, and of two for one part this one more.
    func lastingChanges(in project: String) -> [LifetimeChange] {
        LifetimeChange.Part.allCases.compactMap { part in
            changes(in: project).filter { $0.part == part && net(of: $0, in: project) > .zero }
                .max { net(of: $0, in: project) < net(of: $1, in: project) }
        }
    }

    private func net(of change: LifetimeChange, in project: String) -> Money {
        byProject[project]?[change]?.net ?? .zero
    }

    /// How much of what is claimed is left when every session of the project is changed; negative where it costs.
    ///
    /// At most all of it: what sessions save that are too small to be claimed is not part of what was said.
    func keptShare(of change: LifetimeChange, in project: String) -> Double {
        guard let sum = byProject[project]?[change], sum.claimed > .zero else { return 0 }
        return min(1, sum.net.usd / sum.claimed.usd)
    }

    var summary: String {
        "looked at \(sessions.of("session")): \(replayed) wrote cache entries of a life that can be chosen, and "
            + (claimed == 0
                ? "none would have been cheaper with the other one"
                : "\(claimed) would have been cheaper with the other one")
    }
}
