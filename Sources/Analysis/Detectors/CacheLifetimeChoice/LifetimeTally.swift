import Domain

/// What each change of the cache's life would save where it can be set: for an agent in a project.
struct LifetimeTally {
    private struct Place: Hashable {
        var project: String
        var agent: Agent
    }

    private struct Sum {
        /// What sessions win by the change, and what others lose by it.
        var net = Money.zero
        var sessions = 0
        var gains: [Claim] = []

        mutating func add(_ replay: LifetimeReplay, of session: PricedSession) {
            net += replay.saving
            sessions += 1
            if replay.saving > .zero { gains.append(session.claim(on: replay)) }
        }
    }

    /// A change that saves over all sessions it touches.
    struct Choice {
        var agent: Agent
        var change: LifetimeChange
        var net: Money
        /// How many it touches.
        var sessions: Int

        var saving: String { "saves \(net.dollars) over \(sessions.of("session"))" }
    }

    private var sessions = (looked: 0, replayed: 0, cheaper: 0)
    private var sums: [Place: [LifetimeChange: Sum]] = [:]
    private var byProject: [String: [Choice]] = [:]
    /// By project, what was to be had if every session had been given its own better life.
    private var hindsight: [String: Money] = [:]

    mutating func add(_ replays: [LifetimeReplay], of session: PricedSession) {
        let gaining = replays.filter { $0.saving > .zero }
        sessions.looked += 1
        if !replays.isEmpty { sessions.replayed += 1 }
        if !gaining.isEmpty { sessions.cheaper += 1 }
        let place = Place(project: session.project, agent: session.id.agent)
        for replay in replays {
            sums[place, default: [:]][replay.change, default: Sum()].add(replay, of: session)
        }
        for part in LifetimeChange.Part.allCases {
            let best = gaining.filter { $0.change.part == part }.map(\.saving).max()
            hindsight[session.project, default: .zero] += best ?? .zero
        }
    }

    /// Chooses for each place and part the life that saves most over all its sessions, if any saves enough.
    mutating func choose(savingAtLeast least: Money) -> [Claim] {
        var claims: [Claim] = []
        for (place, sums) in sums.sorted(by: { $0.key.agent.rawValue < $1.key.agent.rawValue }) {
            for part in LifetimeChange.Part.allCases {
                let best = LifetimeChange.allCases.filter { $0.part == part }
                    .compactMap { change in sums[change].map { (change, $0) } }
                    .max { $0.1.net < $1.1.net }
                guard let (change, sum) = best, sum.net > .zero, sum.net >= least else { continue }
                byProject[place.project, default: []].append(
                    Choice(agent: place.agent, change: change, net: sum.net, sessions: sum.sessions)
                )
                claims += sum.gains.cut(to: sum.net)
            }
        }
        sums = [:]
        return claims
    }

    /// What can be set in a project, in a fixed order.
    func choices(in project: String) -> [Choice] { byProject[project] ?? [] }

    /// What its sessions could have saved besides, each with a life of its own.
    func hindsight(in project: String) -> Money {
        choices(in: project).reduce(hindsight[project] ?? .zero) { $0 - $1.net }
    }

    var summary: String {
        let looked =
            "looked at \(sessions.looked.of("session")): \(sessions.replayed) wrote cache entries of a life "
            + "that can be chosen, and "
        guard sessions.cheaper > 0 else { return looked + "none would have been cheaper with the other one" }
        let isQuiet = byProject.isEmpty ? ", but no setting for a whole project" : ""
        return looked + "\(sessions.cheaper) would have been cheaper with the other one" + isQuiet
    }
}

extension [Claim] {
    /// What is left for each session when others lose by the same setting, in proportion to what each wins.
    fileprivate func cut(to net: Money) -> [Claim] {
        // In an order of their own, since rounding depends on it.
        let claims = sorted { Candidate.isRankedBefore($0.candidate, $1.candidate) }
        let own = claims.map(\.candidate.saving)
        guard own.reduce(.zero, +) > net else { return claims }
        return zip(claims, net.spread(over: own)).map { claim, saving in
            var claim = claim
            claim.candidate.reasons.append(
                "by itself it would save \(claim.candidate.saving.dollars): other sessions of the project would lose by it"
            )
            claim.candidate.estimated = claim.candidate.actual - saving
            let parts = saving.spread(over: claim.shares.map(\.saving))
            for index in claim.shares.indices { claim.shares[index].saving = parts[index] }
            return claim
        }
    }
}
