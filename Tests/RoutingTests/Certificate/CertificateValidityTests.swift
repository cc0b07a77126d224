import Domain
import Statistics
import Testing

@testable import Routing

/// Requests whose chance to come out worse is known, so that the promise can be held against the truth.
private struct World {
    /// From 0, a scorer that knows nothing, to 1, one that knows each request's chance.
    var skill: Double
    /// The mean chance that the cheaper model is worse.
    var risk: Double

    func row(_ generator: inout SeededGenerator) -> (row: Claim.Row, chance: Double) {
        let hardness = generator.nextUnit()
        let chance = min(1, 3 * risk * hardness * hardness)
        let gap = skill * hardness + (1 - skill) * generator.nextUnit()
        let cheaper = generator.nextUnit() < chance ? 0.0 : 1
        return (Claim.Row(gap: gap, cheaperScore: cheaper, strongerScore: 1), chance)
    }

    /// The true share of all requests that go to the cheaper model under a threshold and come out worse.
    func risk(under certificate: Certificate, _ generator: inout SeededGenerator) -> Double {
        let count = 4000
        let sum = (0..<count).reduce(0.0) { sum, _ in
            let (row, chance) = row(&generator)
            return certificate.sendsToCheaper(gap: row.gap) ? sum + chance : sum
        }
        return sum / Double(count)
    }
}

@Suite struct CertificateValidityTests {
    @Test(arguments: [(0.9, 0.3), (0.5, 0.2), (0.0, 0.1)], [0, nil])
    func `the promise is broken at most as often as delta says, whatever the scorer`(
        world: (skill: Double, risk: Double),
        requests: Int?
    ) {
        let world = World(skill: world.skill, risk: world.risk)
        let claim = Claim(alpha: 0.05, delta: 0.1, requests: requests)
        var generator = SeededGenerator(seed: 5)
        let lives = 200
        var broken = 0
        for _ in 0..<lives {
            let rows = (0..<300).map { _ in world.row(&generator).row }
            guard
                case .certified(let certificate) = claim.outcome(
                    of: rows,
                    cheaper: ModelID("a"),
                    stronger: ModelID("b")
                )
            else { continue }
            if world.risk(under: certificate, &generator) > claim.alpha { broken += 1 }
        }
        // Not more than chance explains at one in a thousand.
        #expect(Binomial(trials: lives, probability: claim.delta).chance(ofAtLeast: broken) > 0.001)
    }

    @Test func `it is kept too when counted on as many requests as there were rows`() {
        let world = World(skill: 0.8, risk: 0.3)
        let claim = Claim(alpha: 0.05, delta: 0.1)
        var generator = SeededGenerator(seed: 6)
        let lives = 300
        var broken = 0
        for _ in 0..<lives {
            let rows = (0..<600).map { _ in world.row(&generator).row }
            let outcome = claim.outcome(of: Array(rows[..<300]), cheaper: ModelID("a"), stronger: ModelID("b"))
            guard case .certified(let certificate) = outcome else { continue }
            let worse = rows[300...].count { certificate.sendsToCheaper(gap: $0.gap) && claim.isWorse($0) }
            if worse > 15 { broken += 1 }
        }
        #expect(Binomial(trials: lives, probability: claim.delta).chance(ofAtLeast: broken) > 0.001)
        // Nor is it so careful that it says nothing.
        #expect(broken > 5)
    }

    @Test func `where the cheaper model is often worse and the scorer knows nothing, next to nothing is sent`() {
        let world = World(skill: 0, risk: 0.6)
        var generator = SeededGenerator(seed: 7)
        let rows = (0..<300).map { _ in world.row(&generator).row }
        switch Claim(alpha: 0.02).outcome(of: rows, cheaper: ModelID("a"), stronger: ModelID("b")) {
        case .certified(let certificate): #expect(certificate.share < 0.05)
        case .abstains: break
        }
        let hopeless = rows.map { Claim.Row(gap: 0.5, cheaperScore: 0, strongerScore: $0.strongerScore) }
        #expect(
            Claim(alpha: 0.02).outcome(of: hopeless, cheaper: ModelID("a"), stronger: ModelID("b"))
                == .abstains(.tooRisky(rows: 300, sent: 300, worse: 300))
        )
    }
}

@Suite struct CertificateWatchTests {
    private let certificate = Certificate(
        cheaper: ModelID("a"),
        stronger: ModelID("b"),
        claim: Claim(alpha: 0.05),
        rows: 500,
        threshold: 0.1,
        sent: 150,
        worse: 15
    )

    @Test func `holds through good weeks and is withdrawn in bad ones`() {
        var watch = CertificateWatch(certificate)
        for _ in 0..<10 { watch.add(picked: 50, worse: 2) }
        #expect(!watch.isWithdrawn)
        #expect(watch.total == DriftTest.Tally(trials: 500, successes: 20))
        #expect(watch.weeks == 10)
        for _ in 0..<6 { watch.add(picked: 50, worse: 9) }
        #expect(watch.isWithdrawn)
    }

    @Test func `two bad verdicts in a thin week are no drift`() {
        var watch = CertificateWatch(certificate)
        watch.add(picked: 3, worse: 2)
        #expect(!watch.isWithdrawn)
    }
}
