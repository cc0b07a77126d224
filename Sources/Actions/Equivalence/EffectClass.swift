package import Domain

/// What an action may do to the world, by which it counts in a turn's verdict.
package enum EffectClass: String, Hashable, Sendable, CaseIterable {
    /// Files, the repository or the machine are other afterwards.
    case mutate
    /// Something runs: tests, builds, programs nobody knows.
    case execute
    case observe
    /// Lists of steps and notes to self.
    case plan

    /// How much a call of this kind counts: a policy, not a measurement, to be published with every score.
    package var weight: Double {
        switch self {
        case .mutate: 1
        case .execute: 0.7
        case .observe: 0.4
        case .plan: 0
        }
    }

    /// Whether another choice here is another course of the work.
    package var isDecisive: Bool { self == .mutate || self == .execute }

    /// What is not known to change nothing is taken to run something.
    package init(of kind: ActionKind) {
        self =
            switch kind {
            case .readFile, .search, .list, .readGit, .inspect, .fetch, .lookUp: .observe
            case .edit, .writeGit, .format, .package, .arrangeFiles: .mutate
            case .other, .lint, .test, .build, .run, .delegate, .ask: .execute
            case .plan: .plan
            }
    }
}
