/// What a router is worth on a test, a figure each; the raw value is its key in reports.
package enum Figure: String, CaseIterable, Sendable {
    /// The mean share of the gap recovered; for a pair.
    case apgr
    /// The share of strong calls that recovers half of the gap; for a pair.
    case cpt50
    /// The share of strong calls that recovers four fifths of the gap; for a pair.
    case cpt80
    /// The mean quality over the range of costs.
    case aiq
    /// The mean score at the most capable position of the dial; for more than two models.
    case quality
    /// The cost of the best single model's quality, as a share of that model's cost.
    case costAt100
    case costAt99
    case costAt95
}

/// Figures of one test; some are not defined for some routers.
package struct Figures: Hashable, Sendable {
    /// In the order of ``Figure/allCases``; NaN where it is not defined.
    private(set) var values = [Double](repeating: .nan, count: Figure.allCases.count)

    package init() {}

    package subscript(figure: Figure) -> Double? {
        get { place(of: figure).flatMap { values[$0].isFinite ? values[$0] : nil } }
        set {
            guard let place = place(of: figure) else { return }
            values[place] = newValue ?? .nan
        }
    }

    private func place(of figure: Figure) -> Int? { Figure.allCases.firstIndex(of: figure) }

    /// The mean of each figure; not defined where it is not in any of them.
    init(meanOf all: [Figures]) {
        guard !all.isEmpty else { return }
        for place in values.indices {
            values[place] = all.reduce(0) { $0 + $1.values[place] } / Double(all.count)
        }
    }
}
