internal import Actions
package import Domain

/// What a step does to the world: the stratum it is sampled in.
package enum StepClass: String, Sendable, Codable, CaseIterable {
    /// Something was changed.
    case mutate
    /// Something was run whose effect is not known.
    case execute
    /// Something was looked at, or planned.
    case observe
    /// No tool was called.
    case stop

    /// The weightiest of its actions decides.
    package init(_ step: RecordedStep) {
        guard !step.actions.isEmpty else {
            self = .stop
            return
        }
        let place = ActionPlace(folder: step.folder)
        let classes = step.actions.map { action in
            let canonical = CanonicalAction(toolNamed: action.tool, input: action.input, in: place)
            return StepClass(of: EffectClass(of: canonical.kind))
        }
        self = classes.contains(.mutate) ? .mutate : classes.contains(.execute) ? .execute : .observe
    }

    private init(of effect: EffectClass) {
        self =
            switch effect {
            case .mutate: .mutate
            case .execute: .execute
            case .observe, .plan: .observe
            }
    }
}
