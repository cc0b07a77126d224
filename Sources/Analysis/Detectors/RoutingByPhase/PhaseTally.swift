import Domain

/// What the calls of each phase cost on which tier.
struct PhaseTally: Sendable {
    private struct Cell: Sendable {
        var calls = 0
        var cost = Money.zero
    }

    /// By phase and tier; the last place holds models that have no tier.
    private var cells = [Cell](repeating: Cell(), count: Phase.allCases.count * PhaseTally.columns)
    private static let columns = Tier.allCases.count + 1

    mutating func note(_ phase: Phase, on tier: Tier?, costing cost: Money) {
        let place = phase.rawValue * PhaseTally.columns + (tier?.rawValue ?? PhaseTally.columns - 1)
        cells[place].calls += 1
        cells[place].cost += cost
    }

    var calls: Int { cells.reduce(0) { $0 + $1.calls } }

    /// The table: a phase's calls, what they cost, and how they are spread over the tiers.
    var text: String {
        let rows = Phase.allCases.compactMap { phase -> String? in
            let start = phase.rawValue * PhaseTally.columns
            let row = cells[start..<(start + PhaseTally.columns)]
            return row.contains { $0.calls > 0 } ? "\(phase) \(PhaseTally.text(of: Array(row)))" : nil
        }
        let all = (0..<PhaseTally.columns).map { column in
            Phase.allCases.reduce(into: Cell()) { sum, phase in
                let cell = cells[phase.rawValue * PhaseTally.columns + column]
                sum.calls += cell.calls
                sum.cost += cell.cost
            }
        }
        return (rows + ["all \(PhaseTally.text(of: all))"]).joined(separator: "; ")
    }

    private static func text(of row: [Cell]) -> String {
        let calls = row.reduce(0) { $0 + $1.calls }
        let cost = row.reduce(Money.zero) { $0 + $1.cost }
        let shares = zip(["cheap", "balanced", "frontier", "of no tier"], row).compactMap { name, cell in
            cell.calls > 0 ? "\((Double(cell.calls) / Double(calls) * 100).percent) \(name)" : nil
        }
        return "\(calls.of("call")), \(cost.dollars) (\(shares.joined(separator: ", ")))"
    }
}
