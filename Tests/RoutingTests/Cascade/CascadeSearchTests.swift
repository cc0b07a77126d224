import Domain
import Statistics
import Testing

@testable import Routing

@Suite struct CascadeSearchTests {
    private let models = ["small", "middle", "large"].map { ModelID($0) }

    /// A request of some hardness: each model answers it up to its strength, and the judge nearly knows.
    private func rows(_ count: Int, seed: UInt64) -> [CascadeSearch.Row] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let hardness = generator.nextUnit()
            let scores = [0.6, 0.8, 0.95].map { hardness < $0 ? 1.0 : 0 }
            let gains = scores.map { 1 - $0 + 0.2 * (generator.nextUnit() - 0.5) }
            return CascadeSearch.Row(scores: scores, costs: [1, 5, 20], gainByModel: gains)
        }
    }

    /// What a cascade makes of rows when it is run as the gateway runs it.
    private func run(_ cascade: Cascade, on rows: [CascadeSearch.Row]) -> (quality: Double, cost: Double) {
        var (quality, cost) = (0.0, 0.0)
        for row in rows {
            var plan = CascadePlan(cascade)
            var action = plan.begin()
            var asked: [Int] = []
            while true {
                switch action {
                case .ask(let model, _):
                    asked.append(models.firstIndex(of: model) ?? 0)
                    cost += row.costs[asked[asked.count - 1]]
                    action = plan.answered()
                    continue
                case .judge(_, let acceptedGain):
                    let predecessor = asked.count > 1 ? asked[asked.count - 2] : models.count
                    action = plan.judged(accepts: row.gains[asked[asked.count - 1]][predecessor] <= acceptedGain)
                    continue
                case .give(let attempt): quality += row.scores[asked[attempt]]
                case .fail, .none: break
                }
                break
            }
        }
        return (quality / Double(rows.count), cost / Double(rows.count))
    }

    @Test(arguments: [1.0, 2, 4, 8, 15, 30])
    func `what it promises on its rows is what the plan does there, within the budget`(budget: Double) throws {
        let rows = rows(300, seed: 1)
        let found = try #require(CascadeSearch(models: models, rows: rows).best(budgetUSD: budget))
        let ran = run(found.cascade, on: rows)
        #expect(abs(ran.quality - found.quality) < 1e-9)
        #expect(abs(ran.cost - found.costUSD) < 1e-9)
        #expect(found.costUSD <= budget)
        #expect(found.cascade.attempts.count <= Cascade.mostEscalations)
    }

    @Test func `more money never does worse, and a cascade beats any single model at its price`() throws {
        let search = CascadeSearch(models: models, rows: rows(300, seed: 2))
        let qualities = try [1, 2, 4, 8, 15, 30].map { try #require(search.best(budgetUSD: $0)).quality }
        #expect(qualities == qualities.sorted())
        let single = try #require(search.best(budgetUSD: 5)).quality
        #expect(single > search.rows.reduce(0) { $0 + $1.scores[1] } / 300 + 0.05)
        // At less than half of the large model's price, what it does.
        let found = try #require(search.best(budgetUSD: 9.9))
        #expect(found.quality > search.rows.reduce(0) { $0 + $1.scores[2] } / 300 - 0.01)
    }

    @Test func `thresholds found on some rows hold about as well on others`() throws {
        let found = try #require(CascadeSearch(models: models, rows: rows(400, seed: 3)).best(budgetUSD: 6))
        let ran = run(found.cascade, on: rows(2000, seed: 4))
        #expect(abs(ran.quality - found.quality) < 0.05)
        #expect(abs(ran.cost - found.costUSD) < 1)
    }

    @Test func `a model that repairs nothing is in no chain with the one it follows`() {
        let rows = (0..<100).map { index in
            let right = index.isMultiple(of: 2) ? 1.0 : 0
            return CascadeSearch.Row(
                scores: [right, right, 1],
                costs: [1, 2, 3],
                gainByModel: [1 - right, 1 - right, 0]
            )
        }
        let chains = CascadeSearch(models: models, rows: rows).chains
        #expect(!chains.contains([0, 1]) && !chains.contains([1, 0]) && !chains.contains([2, 0]))
        #expect(chains.contains([0, 2]) && chains.contains([1]))
    }

    @Test func `no rows, or too little money for any model, find nothing`() {
        #expect(CascadeSearch(models: models, rows: []).best(budgetUSD: 10) == nil)
        #expect(CascadeSearch(models: models, rows: rows(50, seed: 5)).best(budgetUSD: 0.5) == nil)
        let broken = CascadeSearch.Row(scores: [1], costs: [1, 2, 3], gainByModel: [0, 0, 0])
        #expect(CascadeSearch(models: models, rows: [broken]).rows.isEmpty)
    }

    @Test func `a judge that looks at the earlier answer is asked with it`() throws {
        // After the small model the middle one's answer is trusted where both agree; alone it never is.
        let rows = (0..<100).map { index in
            let agree = index < 70
            let gain = agree ? 0.0 : 1
            return CascadeSearch.Row(
                scores: [agree ? 1 : 0, agree ? 1 : 0, 1],
                costs: [1, 1, 10],
                gains: [[1, 1, 1, 1], [gain, 1, 1, 1], [0, 0, 0, 0]].map { Array($0) }
            )
        }
        let found = try #require(CascadeSearch(models: models, rows: rows, leastRepair: 0).best(budgetUSD: 6))
        #expect(found.cascade.models.map(\.rawValue).suffix(2) == ["middle", "large"])
        #expect(found.quality == 1)
    }
}
