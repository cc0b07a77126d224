package import Domain
import Statistics

/// Chooses the steps to ask again, by chance from a seed, so that nobody can choose the favourable ones.
///
/// Sessions are drawn first, and of each at most ``perSession`` steps: what lies within a session hangs together, so
/// more of one says little, while a few share its cached prompt. Within the drawn sessions every class of step gets its
/// share of the sample, those that change something twice theirs, and none fewer than ``leastPerClass`` where there are
/// so many; weights undo that.
package struct Sampler: Sendable {
    package var samples: Int
    package var perSession: Int
    package var leastPerClass: Int
    /// So many sessions are drawn at least, where there are: fewer let no interval be told.
    package var leastSessions: Int
    package var seed: UInt64

    package init(
        samples: Int,
        perSession: Int = 8,
        leastPerClass: Int = 8,
        leastSessions: Int = 12,
        seed: UInt64
    ) {
        self.samples = max(0, samples)
        self.perSession = max(1, perSession)
        self.leastPerClass = leastPerClass
        self.leastSessions = leastSessions
        self.seed = seed
    }

    /// A step that could be asked again.
    package struct Candidate: Hashable, Sendable {
        package var step: RecordedStep
        package var stratum: Stratum

        package init(step: RecordedStep, stratum: Stratum) {
            self.step = step
            self.stratum = stratum
        }
    }

    package func sample(of population: [Candidate]) -> Sample {
        var generator = SeededGenerator(seed: seed)
        let bySession = Dictionary(grouping: population, by: \.step.session)
        var sessions = bySession.keys.sorted()
        sessions.shuffle(using: &generator)
        var room = 0
        let wanted = min(samples, population.count)
        let leastSessions = min(leastSessions, wanted)
        let drawn = sessions.enumerated().prefix { place, session in
            defer { room += min(perSession, bySession[session]?.count ?? 0) }
            return room < wanted || place < leastSessions
        }.map(\.element)
        // Too few sessions for the sample: each gives more.
        let most = max(perSession, drawn.isEmpty ? 0 : (wanted + drawn.count - 1) / drawn.count)

        var pool = drawn.flatMap { bySession[$0] ?? [] }.sorted {
            ($0.step.session, $0.step.place, $0.step.id) < ($1.step.session, $1.step.place, $1.step.id)
        }
        pool.shuffle(using: &generator)
        var taken: [SessionID: Int] = [:]
        var chosen: [Candidate] = []
        let byClass = Dictionary(grouping: pool, by: \.stratum.kind)
        let shares = allocation(byClass.mapValues(\.count), of: wanted)
        var rest: [Candidate] = []
        for kind in StepClass.allCases {
            var missing = shares[kind] ?? 0
            for candidate in byClass[kind] ?? [] {
                if missing > 0, taken[candidate.step.session, default: 0] < most {
                    taken[candidate.step.session, default: 0] += 1
                    missing -= 1
                    chosen.append(candidate)
                } else {
                    rest.append(candidate)
                }
            }
        }
        // Where a session's limit kept a class from its share, the others make up for it.
        for candidate in rest where chosen.count < wanted && taken[candidate.step.session, default: 0] < most {
            taken[candidate.step.session, default: 0] += 1
            chosen.append(candidate)
        }
        let grouped = Dictionary(grouping: chosen, by: \.step.session)
        return Sample(
            batches: drawn.compactMap { session in
                grouped[session]?.sorted { ($0.step.place, $0.step.id) < ($1.step.place, $1.step.id) }
            },
            population: Dictionary(grouping: population, by: \.stratum.kind).mapValues(\.count),
            seed: seed
        )
    }

    /// How many of each class, given how many there are.
    func allocation(_ available: [StepClass: Int], of total: Int) -> [StepClass: Int] {
        let kinds = StepClass.allCases.filter { (available[$0] ?? 0) > 0 }
        func weight(_ kind: StepClass) -> Double { Double(available[kind] ?? 0) * (kind == .mutate ? 2 : 1) }
        var shares: [StepClass: Int] = [:]
        let sum = kinds.reduce(0) { $0 + weight($1) }
        let least = kinds.isEmpty ? 0 : min(leastPerClass, total / kinds.count)
        for kind in kinds {
            let share = Int((Double(total) * weight(kind) / sum).rounded(.down))
            shares[kind] = min(available[kind] ?? 0, max(least, share))
        }
        // Rounding and the least numbers leave too few or too many: the class that is furthest from its share gives way.
        func excess(_ kind: StepClass) -> Double { Double(shares[kind] ?? 0) - Double(total) * weight(kind) / sum }
        while shares.values.reduce(0, +) > total,
            let kind = kinds.filter({ (shares[$0] ?? 0) > least }).max(by: { excess($0) < excess($1) })
        {
            shares[kind, default: 0] -= 1
        }
        while shares.values.reduce(0, +) < total,
            let kind = kinds.filter({ (shares[$0] ?? 0) < (available[$0] ?? 0) }).min(by: { excess($0) < excess($1) })
        {
            shares[kind, default: 0] += 1
        }
        return shares
    }
}

/// The steps of a study, session by session, in the order in which they are asked.
package struct Sample: Sendable {
    /// A session each, its steps in order.
    package var batches: [[Sampler.Candidate]]
    /// How many steps of each class there are in all.
    package var population: [StepClass: Int]
    package var seed: UInt64

    package init(batches: [[Sampler.Candidate]], population: [StepClass: Int], seed: UInt64) {
        self.batches = batches
        self.population = population
        self.seed = seed
    }

    package var count: Int { batches.reduce(0) { $0 + $1.count } }

    /// How many of the population a step of each class stands for, given those that were answered (Horvitz and
    /// Thompson, 1952).
    package func weights(answered: [StepClass: Int]) -> [StepClass: Double] {
        answered.filter { $0.value > 0 }.reduce(into: [:]) { weights, entry in
            weights[entry.key] = Double(population[entry.key] ?? entry.value) / Double(entry.value)
        }
    }
}
