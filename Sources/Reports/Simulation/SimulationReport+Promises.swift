import Domain

extension SimulationReport {
    /// What the router promises of its policy, held against these sessions.
    package struct Promise: Sendable {
        package enum Kind: String, CaseIterable, Sendable {
            /// Routing makes no project dearer.
            case noProjectDearer
            /// Routing makes no session dearer by more than ``SimulationReport/bearableGrowth``.
            case noSessionMuchDearer
            /// Routing saves at least ``SimulationReport/leastShare`` of what hindsight would.
            case savesMostOfPossible
        }

        package var kind: Kind
        package var holds: Bool
        package var text: String
    }

    /// A fiftieth of its cost.
    package static let bearableGrowth = 0.02
    /// Four fifths.
    package static let leastShare = 0.8

    package var promises: [Promise] { Promise.Kind.allCases.map(promise) }

    package var broken: [Promise] { promises.filter { !$0.holds } }

    private func promise(_ kind: Promise.Kind) -> Promise {
        switch kind {
        case .noProjectDearer:
            let dearer = projects.filter { $0.costs.saved < .zero }
            let names = dearer.prefix(3).map { row in
                "\(row.project.isEmpty ? "none" : row.project) by \((.zero - row.costs.saved).dollars)"
            }
            let text =
                dearer.isEmpty
                ? "no project is dearer"
                : "\(dearer.count.of("project")) dearer: \(names.joined(separator: ", "))"
            return Promise(kind: kind, holds: dearer.isEmpty, text: text)
        case .noSessionMuchDearer:
            let dearer = sessions.filter { $0.costs.growth > Self.bearableGrowth }
            let text =
                dearer.isEmpty
                ? "no session is dearer by more than \((Self.bearableGrowth * 100).percent)"
                : "\(dearer.count.of("session")) dearer by more than \((Self.bearableGrowth * 100).percent)"
            return Promise(kind: kind, holds: dearer.isEmpty, text: text)
        case .savesMostOfPossible:
            let holds = totals.shareOfPossible.map { $0 >= Self.leastShare } ?? (totals.saved >= .zero)
            let text =
                totals.shareOfPossible.map { share in
                    "\((share * 100).percent) of what hindsight would have saved; at least "
                        + "\((Self.leastShare * 100).percent) is promised"
                } ?? "at these decision points hindsight would have saved nothing"
            return Promise(kind: kind, holds: holds, text: text)
        }
    }
}
