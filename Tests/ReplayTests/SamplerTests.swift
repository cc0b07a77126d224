import Domain
import Replay
import Testing

@Suite struct SamplerTests {
    private func population(sessions: Int, steps: Int, kind: (Int) -> StepClass = { _ in .observe }) -> [Sampler
        .Candidate]
    {
        (0..<sessions).flatMap { session in
            (0..<steps).map { place in
                let step = RecordedStep(
                    id: "\(session)-\(place)",
                    session: SessionID(agent: .claudeCode, name: "\(session)"),
                    place: place,
                    time: .unknown,
                    model: ModelID("m"),
                    usage: .zero
                )
                return Sampler.Candidate(
                    step: step,
                    stratum: Stratum(kind: kind(place), position: .late, prompt: .below50k, isRecovery: false)
                )
            }
        }
    }

    @Test func `the same seed chooses the same steps, another seed others`() {
        let population = population(sessions: 40, steps: 30)
        func ids(_ seed: UInt64) -> [String] {
            Sampler(samples: 80, seed: seed).sample(of: population.shuffled()).batches.joined().map(\.step.id)
        }
        #expect(ids(1) == ids(1))
        #expect(ids(1) != ids(2))
        #expect(Set(ids(1)).count == 80)
    }

    @Test func `takes at most so many steps of a session while there are others`() {
        let sample = Sampler(samples: 80, seed: 1).sample(of: population(sessions: 40, steps: 30))
        #expect(sample.batches.allSatisfy { $0.count <= 8 })
        #expect(sample.batches.count >= 10)
    }

    @Test func `of a few sessions it takes more`() {
        let sample = Sampler(samples: 80, seed: 1).sample(of: population(sessions: 2, steps: 100))
        #expect(sample.count == 80)
    }

    @Test func `takes everything where there is little`() {
        #expect(Sampler(samples: 80, seed: 1).sample(of: population(sessions: 3, steps: 4)).count == 12)
        #expect(Sampler(samples: 80, seed: 1).sample(of: []).count == 0)
    }

    @Test func `steps that change something are taken twice as often, and weighted down`() {
        let population = population(sessions: 40, steps: 10) { $0 < 2 ? .mutate : .observe }
        let sample = Sampler(samples: 90, perSession: 10, leastSessions: 40, seed: 1).sample(of: population)
        let counts = Dictionary(grouping: sample.batches.joined(), by: \.stratum.kind).mapValues(\.count)
        #expect(counts[.mutate] == 30)
        #expect(counts[.observe] == 60)
        let weights = sample.weights(answered: counts)
        #expect(weights[.mutate] == 80.0 / 30)
        #expect(weights[.observe] == 320.0 / 60)
    }

    @Test func `a rare class has its least number`() {
        let population = population(sessions: 40, steps: 100) { $0 == 0 ? .stop : .observe }
        let sample = Sampler(samples: 80, leastSessions: 40, seed: 1).sample(of: population)
        #expect(sample.batches.joined().count { $0.stratum.kind == .stop } == 8)
    }
}
