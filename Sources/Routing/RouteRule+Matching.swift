import Domain

extension RouteRule.Condition {
    /// Whether a request is meant, by what its headers say, the model it asks for and the phase it belongs to.
    func holds(for sender: RequestFacts.Sender, model: ModelID, phase: Phase?) -> Bool {
        func isAsked<Value: Equatable>(_ wanted: Value?, _ given: Value?) -> Bool { wanted == nil || wanted == given }
        guard isAsked(self.phase, phase), isAsked(agent, sender.agent), isAsked(project, sender.project),
            isAsked(app, sender.app), path.map({ Glob($0).matches(sender.path) }) ?? true,
            self.model.map({ Glob($0).matches(model.rawValue) }) ?? true
        else { return false }
        return headers.allSatisfy { name, value in sender.headers[name].map { Glob(value).matches($0) } ?? false }
    }
}

extension RoutingPolicy {
    /// The first rule that means a request, and its place from 1; the name asked for is tried as it is and as what it
    /// is another name of.
    func rule(
        for sender: RequestFacts.Sender,
        asking name: ModelID,
        phase: Phase?
    ) -> (rule: RouteRule, place: Int)? {
        let model = aliases[name] ?? name
        for (index, rule) in rules.enumerated() {
            let holds =
                rule.when.holds(for: sender, model: name, phase: phase)
                || (model != name && rule.when.holds(for: sender, model: model, phase: phase))
            if holds { return (rule, index + 1) }
        }
        return nil
    }
}
