package import Actions
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
    package init(_ actions: [RecordedAction], in place: ActionPlace) {
        guard !actions.isEmpty else {
            self = .stop
            return
        }
        let classes = actions.map { StepClass(of: CanonicalAction($0, in: place).kind) }
        self = classes.contains(.mutate) ? .mutate : classes.contains(.execute) ? .execute : .observe
    }

    package init(of kind: ActionKind) {
        switch kind {
        case .edit, .writeGit, .format, .arrangeFiles, .package: self = .mutate
        case .run, .test, .build, .lint, .delegate, .other: self = .execute
        case .readFile, .search, .list, .readGit, .inspect, .fetch, .lookUp, .plan, .ask: self = .observe
        }
    }
}

extension CanonicalAction {
    package init(_ action: RecordedAction, in place: ActionPlace) {
        self.init(toolNamed: action.tool, input: action.input, in: place)
    }
}
