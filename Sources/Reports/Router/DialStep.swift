package import Domain
import Routing

/// What one setting of the dial gives, on rows that the router never learned from.
package struct DialStep: Sendable {
    /// From 0, always the most capable model, to 1, always the cheapest.
    package var position: Double
    /// Mean score.
    package var quality: Double
    /// Of a thousand requests; nil where the rows hold no costs.
    package var cost: Money?
    /// The share of requests that each model gets, the most first.
    package var shares: [(model: ModelID, share: Double)]
    /// The setting that is installed, or the next step to it.
    package var isChosen: Bool

    /// The share of requests that do not go to the model that most go to at 0.
    package var moved: Double

    static func all(of calibration: Calibration) -> [DialStep] {
        guard case .setting(let setting) = calibration.outcome, let points = setting.steps else { return [] }
        func distance(_ point: DialCurve.Point) -> Double {
            abs(point.quality - setting.point.quality)
                + abs((point.shares[setting.bestModel] ?? 0) - (setting.point.shares[setting.bestModel] ?? 0))
        }
        let chosen = points.indices.min { distance(points[$0]) < distance(points[$1]) }
        return points.enumerated().map { index, point in
            DialStep(
                position: Double(index) / Double(max(1, points.count - 1)),
                quality: point.quality,
                cost: point.costUSD.map { Money(approximatingUSD: $0 * 1000) },
                shares: calibration.models.map { ($0, point.shares[$0] ?? 0) }
                    .filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) },
                isChosen: index == chosen,
                moved: 1 - (point.shares[setting.bestModel] ?? 0)
            )
        }
    }

    var json: JSON {
        [
            "dial": .figure(position), "quality": .figure(quality),
            "costPer1000USD": cost.map { .money($0) } ?? .null,
            "shares": .object(shares.map { (key: $0.model.rawValue, value: .figure($0.share)) }),
            "chosen": .bool(isChosen),
        ]
    }

    /// The steps, one a row.
    package static func table(_ steps: [DialStep]) -> Table {
        Table(
            steps,
            fields: [
                Field(Table.Column("dial", key: "dial")) {
                    Table.Cell($0.position.decimals(1), tone: $0.isChosen ? .strong : .plain)
                },
                Field(.figure("mean score", key: "quality")) {
                    Table.Cell($0.quality.decimals(3), exact: "\($0.quality)", tone: $0.isChosen ? .strong : .plain)
                },
                Field(.figure("1,000 requests", key: "costPer1000USD")) { $0.cost.map { .money($0) } ?? .empty }
                    .shown(if: steps.contains { $0.cost != nil }),
                Field(Table.Column("sent to", key: "shares", shortening: .end(atLeast: 16), dropRank: 1)) { step in
                    Table.Cell(
                        step.shares.map { "\($0.model.short) \(($0.share * 100).percent)" }.joined(separator: ", ")
                    )
                },
                Field(Table.Column("", key: "chosen", dropRank: 2)) {
                    Table.Cell($0.isChosen ? "installed" : "", exact: $0.isChosen ? "true" : "false", tone: .good)
                },
            ]
        )
    }
}
