internal import Actions
package import Domain
internal import JSONText

/// Judges a step by what its calls come to, as far as the record lets that be computed.
package struct EquivalenceJudge: Sendable {
    private let home: String?

    /// - Parameter home: what `~` stands for in the sessions' commands, where it is known.
    package init(home: String?) { self.home = home }

    package func verdict(
        on step: RecordedStep,
        _ replayed: [RecordedAction],
        schemas: [String: String]
    ) -> StepVerdict {
        let place = ActionPlace(folder: step.folder, home: home)
        let schemas = schemas.compactMapValues { ToolSchema($0, readsTexts: true) }
        func calls(_ actions: [RecordedAction]) -> [ComparedCall] {
            actions.map { action in
                ComparedCall(
                    tool: action.tool,
                    input: JSONTree(action.input) ?? .string(action.input),
                    place: place,
                    schema: schemas[action.tool]
                )
            }
        }
        let recorded = calls(step.actions)
        let compared = TurnComparison(
            recorded: recorded,
            candidate: calls(replayed),
            known: zip(step.actions, recorded).map { KnownFiles($0, $1) },
            upcoming: step.upcoming.map(calls),
            schemas: schemas
        ).verdict
        let broken = Dictionary(compared.faults.map { ($0.call, $0.text) }, uniquingKeysWith: { first, _ in first })
        return StepVerdict(
            kind: StepVerdict.Kind(compared.outcome),
            pairs: pairs(of: step.actions, replayed, compared, broken),
            validCalls: replayed.count - broken.count,
            calls: replayed.count
        )
    }

    private func pairs(
        of recorded: [RecordedAction],
        _ replayed: [RecordedAction],
        _ compared: TurnVerdict,
        _ broken: [Int: String]
    ) -> [StepVerdict.Pair] {
        var pairs = recorded.enumerated().map { place, action in
            let match = compared.pairs.first { $0.recorded == place }
            return StepVerdict.Pair(
                recorded: action,
                replayed: match.map { replayed[$0.candidate] },
                level: match?.equivalence.level.rawValue ?? EquivalenceLevel.none.rawValue,
                reason: match.flatMap { broken[$0.candidate] } ?? match?.equivalence.reason.rawValue ?? "not-done"
            )
        }
        let matched = Set(compared.pairs.map(\.candidate))
        for place in replayed.indices where !matched.contains(place) {
            pairs.append(
                StepVerdict.Pair(
                    recorded: nil,
                    replayed: replayed[place],
                    level: EquivalenceLevel.none.rawValue,
                    reason: broken[place] ?? "not-recorded"
                )
            )
        }
        return pairs
    }
}

extension StepVerdict.Kind {
    fileprivate init(_ outcome: TurnVerdict.Outcome) {
        self =
            switch outcome {
            case .agree: .agree
            case .covers: .covers
            case .reordered: .reordered
            // Replies with trouble are not judged.
            case .differs, .error: .differs
            case .stopMismatch: .stopMismatch
            case .invalid: .invalid
            }
    }
}

extension KnownFiles {
    /// What a call's result told of its file.
    fileprivate init(_ action: RecordedAction, _ call: ComparedCall) {
        self.init()
        for path in call.action.targets {
            if let original = action.originalFile { before[path] = .text(original) }
            if let lines = action.totalLines { lineCounts[path] = lines }
        }
    }
}
