package import Domain
package import Routing

/// Which model serves a request, and why.
package struct DecideReport: Report {
    package var routed: Routed
    /// The gateway would put a question to the classifying model first.
    package var isAmbiguous = false
    /// The models whose answers the gateway would judge, in their order.
    package var tried: [ModelID] = []
    package var mode: RoutingPolicy.Mode
    package var classifier: ModelID?
    /// What was learned of the models in question.
    package var scores: [(model: ModelID, score: Double)]

    package init(
        _ step: RoutingStep,
        mode: RoutingPolicy.Mode,
        classifier: ModelID?,
        scores: [(model: ModelID, score: Double)]
    ) {
        switch step {
        case .decided(let routed): self.routed = routed
        case .needsClassifier(_, let otherwise):
            routed = otherwise
            isAmbiguous = true
        case .tryThenJudge(let trial, let otherwise):
            routed = otherwise
            tried = trial.cascade.models
        }
        self.mode = mode
        self.classifier = classifier
        self.scores = scores
    }

    package var decision: Decision { routed.decision }
}

extension DecideReport {
    package var json: JSON {
        [
            "schema": 1, "requested": .string(decision.requested.rawValue), "model": .string(decision.chosen.rawValue),
            "served": .string(decision.served.rawValue), "applied": .bool(decision.isApplied),
            "reason": .string(decision.reason.rawValue), "detail": .string(decision.detail),
            "moment": .string(routed.moment.rawValue), "phase": routed.phase.map { .string($0.rawValue) } ?? .null,
            "mode": .string(mode.rawValue), "explanation": .string(explanation),
            "classifier": isAmbiguous ? classifier.map { .string($0.rawValue) } ?? .null : .null,
            "tried": .array(tried.map { .string($0.rawValue) }),
            "scores": .array(
                scores.map { ["model": .string($0.model.rawValue), "expectedScore": .figure($0.score)] }
            ),
        ]
    }

    package var sheet: Table {
        Table(
            scores,
            fields: [
                Field(Table.Column("model", key: "model")) { Table.Cell($0.model.rawValue) },
                Field(.figure("expected score", key: "expectedScore")) { .figure($0.score) },
            ]
        )
    }

    package var page: Page {
        let headline =
            decision.chosen == decision.requested
            ? "\(decision.requested) stays" : "\(decision.chosen) suffices in place of \(decision.requested)"
        var page = Page([.headline(headline), .text(explanation)])
        if !scores.isEmpty { page.blocks.append(.table(sheet)) }
        switch mode {
        case .off: page.blocks.append(.note("Routing is off: only routes and aliases count."))
        case .observe where decision.chosen != decision.served:
            page.blocks.append(.note("Mode observe: the gateway records this and sends what was asked for."))
        case .observe, .route: break
        }
        if scores.isEmpty {
            page.blocks.append(
                .next(command: "suffice router calibrate FILE…", brings: "learns from rated prompts what suffices")
            )
        }
        return page
    }

    /// Why, in a sentence.
    package var explanation: String {
        let detail = decision.detail.isEmpty ? "" : " (\(decision.detail))"
        guard tried.isEmpty else {
            let models = tried.map(\.rawValue).joined(separator: ", then ")
            return "No rule, pattern or learned router is sure. The gateway would try \(models), and judge each answer."
        }
        guard !isAmbiguous else {
            let name = classifier.map(\.rawValue) ?? "a classifying model"
            return "No rule, pattern or learned router is sure. The gateway would ask \(name), and go by its answer."
        }
        return switch decision.reason {
        case .requested: "Nothing speaks for another model\(detail)."
        case .rule: "A route of the settings says so\(detail)."
        case .alias: "The name asked for is another name of the model\(detail)."
        case .pattern: "A fast pattern knows the request as simple\(detail)."
        case .learned: "Rated prompts have taught it\(detail)."
        case .cascade: "Cheaper models are tried first\(detail)."
        case .classifier: "The classifying model said so\(detail)."
        case .classifierFailed: "The classifying model did not answer as asked\(detail)."
        case .pinned: "The conversation stays on its model\(detail)."
        case .cacheWorthMore: "A cheaper model would do, but the warm prompt cache is worth more\(detail)."
        case .incapable: "A cheaper model would do, but cannot serve this request\(detail)."
        case .escalation: "A cheaper model did not do\(detail)."
        case .phase: "The phase of the work has a model of its own\(detail)."
        }
    }
}
