import Domain
import Foundation
import Gateway
import Pricing
import Providers
import Reports
import Routing
import Settings

extension GatewaySettings {
    /// Looks for what one part says that another, the prices or the apps do not bear out.
    mutating func check(against prices: PriceBook, apps: Apps, sources: [Source]) {
        let notes = sources.map { TOMLSection.Notes(path: $0.path, text: $0.text) }
        /// A key's file is the first that has it.
        func add(_ weight: ConfigurationProblem.Weight, _ key: String, _ text: String) {
            guard let owner = notes.first(where: { $0.places.has(key) }) ?? notes.first else { return }
            owner.add(weight, key, text)
        }
        for (key, model) in modelsByKey {
            // A cascade without prices is an error of its own.
            if key != "routing.cascade", prices.price(of: model, on: Day(number: .max)) == nil {
                add(
                    .warning,
                    key,
                    "'\(model)' has no price: no budget and no saving counts it; mend the name, or add [[price]]"
                )
            }
            if !upstreams.isEmpty, !upstreams.contains(where: { $0.serves(model, in: prices) }) {
                add(.error, key, "no [[upstream]] serves '\(model)'; add one of its provider, or mend the name")
            }
        }
        for (budget, key) in zip(budgets, budgetKeys) {
            guard case .app(let name) = budget.scope, apps[name] == nil else { continue }
            let names = apps.apps.map(\.name).sorted().joined(separator: ", ")
            let known = names.isEmpty ? "there are none" : "there are \(names)"
            add(
                .error,
                "\(key).scope",
                "no app is called '\(name)': \(known); run: suffice apps add \(name)"
            )
        }
        if policy.classifier != nil, policy.mode == .off {
            add(.warning, "routing.classifier", "is never asked, as mode is off; write mode = \"observe\" or \"route\"")
        }
        if let cascade = policy.cascade {
            for (weight, text) in trouble(with: cascade, prices) { add(weight, "routing.cascade", text) }
        }
        problems += notes.flatMap(\.problems)
    }

    /// What keeps the models of a cascade from being tried in turn.
    private func trouble(
        with cascade: CascadePolicy,
        _ prices: PriceBook
    ) -> [(ConfigurationProblem.Weight, String)] {
        var trouble: [(ConfigurationProblem.Weight, String)] = []
        if policy.mode == .off {
            trouble.append((.warning, "is never tried, as mode is off; write mode = \"observe\" or \"route\""))
        } else if policy.dial == 0 {
            trouble.append((.warning, "is never tried, as dial is 0; raise it"))
        } else if policy.escalation?.perSession == 0 {
            trouble.append((.warning, "is never tried, as escalation allows none; raise per_session"))
        }
        let costs = cascade.models.map { prices.price(of: $0, on: Day(number: .max))?.usualCost }
        for (model, cost) in zip(cascade.models, costs) where cost == nil {
            trouble.append((.error, "'\(model)' has no price, so that nobody knows it to be cheaper; add [[price]]"))
        }
        for place in cascade.models.indices.dropFirst() {
            let (model, before) = (cascade.models[place], cascade.models[place - 1])
            guard let cost = costs[place], let costBefore = costs[place - 1] else { continue }
            let tiers = (prices.facts(of: model)?.tier, prices.facts(of: before)?.tier)
            let isStronger =
                if case (let tier?, let tierBefore?) = tiers, tier != tierBefore { tier > tierBefore } else {
                    cost > costBefore
                }
            guard !isStronger else { continue }
            trouble.append((.error, "'\(model)' is not stronger than '\(before)' before it; name the weaker one first"))
        }
        return trouble
    }

    /// The models that are named, by the key that names them.
    private var modelsByKey: [(key: String, model: ModelID)] {
        var models: [(key: String, model: ModelID)] = []
        for (place, rule) in policy.rules.enumerated() {
            if case .model(let model) = rule.use {
                models.append(("route[\(place + 1)].use", policy.aliases[model] ?? model))
            }
        }
        for (place, example) in policy.examples.enumerated() {
            if case .model(let model) = example.use {
                models.append(("routing.example[\(place + 1)].use", policy.aliases[model] ?? model))
            }
        }
        if let classifier = policy.classifier { models.append(("routing.classifier.model", classifier.model)) }
        if let escalation = policy.escalation { models.append(("routing.escalation.model", escalation.model)) }
        for model in policy.cascade?.models ?? [] { models.append(("routing.cascade", model)) }
        for (name, model) in policy.aliases.sorted(by: { $0.key < $1.key }) {
            models.append(("aliases.\(name)", model))
        }
        return models
    }
}

extension ModelPrice {
    /// Of a request of middle size, to tell which of two models is dearer.
    fileprivate var usualCost: Money? {
        standard.first?.rates.cost(of: Usage(inputTokens: 4_000, outputTokens: 1_000))
    }
}

extension Upstream {
    /// Whether a request for the model may go here: by its list of models, else where the model is of its provider, as
    /// far as that is known.
    func serves(_ model: ModelID, in prices: PriceBook) -> Bool {
        if !models.isEmpty { return models.contains { Glob($0).matches(model.rawValue) } }
        return model.provider(in: prices).map { $0 == provider } ?? true
    }
}

extension ModelID {
    /// Whose model it is, by the price list or else its name; nil where neither tells.
    fileprivate func provider(in prices: PriceBook) -> Provider? {
        if let provider = prices.facts(of: self).flatMap({ Provider(rawValue: $0.provider) }) { return provider }
        if rawValue.hasPrefix("claude") { return .anthropic }
        return rawValue.hasPrefix("gpt-") ? .openAI : nil
    }
}
