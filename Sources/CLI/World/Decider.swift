import Domain
import Gateway
import Pricing
import Providers
import Reports
import Routing

/// Asks the very function that the gateway asks, with the same settings, which model suffices.
struct Decider {
    let settings: GatewaySettings
    private let router: Router

    /// Reads the user's own settings, or those of a `suffice.toml` or its folder.
    init(_ bench: Workbench, config: String? = nil) throws(CommandError) {
        let apps = try AppsFile(folder: bench.world.dataFolder).apps()
        settings = try GatewaySettings.load(named: config, in: bench.world, prices: bench.prices, apps: apps)
        for problem in settings.problems { Output.progress("\(problem.description.visible)\n") }
        if settings.hasErrors { throw .badInput("the configuration cannot be used: see above") }
        router = Router(
            policy: settings.policy,
            book: bench.prices,
            providers: Set(settings.upstreams.map(\.provider)),
            learned: try RouterFolder(dataFolder: bench.world.dataFolder).learned(in: bench.world)
        )
    }

    /// What the gateway would decide if the request began a conversation.
    func decision(on facts: RequestFacts, at now: Timestamp) -> DecideReport {
        let requested = settings.policy.aliases[facts.model] ?? facts.model
        return DecideReport(
            router.decide(facts, in: nil, at: now),
            mode: settings.policy.mode,
            classifier: settings.policy.classifier?.model,
            scores: router.learned?.expectedScores(of: facts.lastHumanText, after: facts.work, askedOf: requested) ?? []
        )
    }
}

extension Workbench {
    /// A prompt as a request of which nothing else is known.
    func facts(ofPrompt prompt: String, askedOf model: ModelID) -> RequestFacts {
        let isAnthropic = prices.facts(of: model).map { $0.provider == "anthropic" } ?? true
        var facts = RequestFacts(format: isAnthropic ? .messages : .chatCompletions, model: model)
        facts.messages = 1
        facts.promptBytes = prompt.utf8.count
        facts.lastHumanText = String(prompt.prefix(16 << 10))
        return facts
    }

    /// Anthropic's cheapest current frontier model: what agents ask for who do not say.
    var frontierModel: ModelID {
        let turn = Usage(inputTokens: 1_000, outputTokens: 1_000)
        let models = prices.ladder(of: ["claude"], needs: Needs(), on: today).filter { $0.tier == .frontier }.map(
            \.model
        )
        let costs = models.map {
            (model: $0, cost: prices.price(of: $0, on: today)?.standard.first?.rates.cost(of: turn))
        }
        let cheapest = costs.min { ($0.cost?.usd ?? .infinity, $0.model) < ($1.cost?.usd ?? .infinity, $1.model) }
        return cheapest?.model ?? ModelID("claude-opus-4-8")
    }
}
