internal import Actions
package import Domain
internal import JSONText

/// Judges steps by what their actions canonically are.
package struct CanonicalJudge: Sendable {
    private let home: String?

    package init(home: String?) { self.home = home }

    package func verdict(on step: RecordedStep, _ replayed: [RecordedAction], schemas: [String: String]) -> StepVerdict
    {
        let place = ActionPlace(folder: step.folder, home: home)
        let valid = replayed.map { isValid($0, schemas) }
        let validCalls = valid.count { $0 }
        func verdict(_ kind: StepVerdict.Kind, _ pairs: [StepVerdict.Pair], _ reason: String) -> StepVerdict {
            StepVerdict(kind: kind, pairs: pairs, validCalls: validCalls, calls: replayed.count, reason: reason)
        }
        var open = replayed.map { (action: $0, canonical: CanonicalAction($0, in: place)) }
        var pairs: [StepVerdict.Pair] = []
        var misses = 0
        for action in step.actions {
            let canonical = CanonicalAction(action, in: place)
            if let match = open.firstIndex(where: { $0.canonical == canonical }) {
                let level = open[match].action.input == action.input ? "E0" : "E1"
                pairs.append(
                    StepVerdict.Pair(recorded: action, replayed: open[match].action, level: level, reason: "the same")
                )
                open.remove(at: match)
            } else if canonical.kind != .plan {
                misses += 1
                pairs.append(StepVerdict.Pair(recorded: action, replayed: nil, level: "none", reason: "not done"))
            }
        }
        let extra = open.filter { !$0.canonical.kind.isObservation && $0.canonical.kind != .plan }
        for rest in open {
            pairs.append(StepVerdict.Pair(recorded: nil, replayed: rest.action, level: "none", reason: "not recorded"))
        }
        guard validCalls == replayed.count else {
            return verdict(.invalid, pairs, "a call that its tool would refuse")
        }
        guard step.actions.isEmpty == replayed.isEmpty else {
            return verdict(.stopMismatch, pairs, replayed.isEmpty ? "it stopped" : "it went on")
        }
        if misses == 0, extra.isEmpty { return verdict(open.isEmpty ? .agree : .covers, pairs, "the recorded actions") }
        let later = Set(step.upcoming.joined().map { CanonicalAction($0, in: place) })
        if !replayed.isEmpty, replayed.allSatisfy({ later.contains(CanonicalAction($0, in: place)) }) {
            return verdict(.reordered, pairs, "what was recorded a little later")
        }
        return verdict(.differs, pairs, "other actions")
    }

    /// The tool is there, and its required parameters are.
    private func isValid(_ action: RecordedAction, _ schemas: [String: String]) -> Bool {
        guard !schemas.isEmpty else { return true }
        guard let schema = schemas[action.tool].flatMap({ JSONTree($0) }), let input = JSONTree(action.input) else {
            return false
        }
        guard input.members != nil else { return false }
        return (schema["required"]?.elements ?? []).compactMap(\.text).allSatisfy { input[$0] != nil }
    }
}
