import ArgumentParser
import Domain
import Foundation
import Pricing
import Providers
import Reports
import Routing
import Wire

struct DecideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Says which model suffices for a prompt or a request, and why.",
        discussion: """
            Asks the very function that the gateway asks, with the same settings, as if the request began a conversation. \
            Nothing is sent anywhere: where the gateway would ask a classifying model, this says so.
            """
    )

    @Argument(help: "The prompt.")
    var prompt: String?

    @Option(
        help: ArgumentHelp(
            "A request's body in place of a prompt, as a client sends it; - is stdin.",
            valueName: "file"
        )
    )
    var request: String?

    @Option(help: "The model asked for (default: the request's own, or Anthropic's cheapest frontier model).")
    var model: String?

    @Option(help: ArgumentHelp("Settings in place of your own: a suffice.toml or its folder.", valueName: "path"))
    var config: String?

    @Option(help: "How to write the answer.")
    var format: ReportFormat?

    func validate() throws {
        guard (prompt == nil) != (request == nil) else {
            throw ValidationError(
                prompt == nil
                    ? "give a prompt, or --request FILE with a request's body" : "give a prompt or --request, not both"
            )
        }
        if let prompt, prompt.allSatisfy(\.isWhitespace) { throw ValidationError("the prompt is empty") }
    }

    func run() async throws {
        let bench = try Workbench(OutputOptions(format: format))
        let facts = try facts(bench)
        let apps = try AppsFile(folder: bench.world.dataFolder).apps()
        let settings = try GatewaySettings.load(named: config, in: bench.world, prices: bench.prices, apps: apps)
        for problem in settings.problems { Output.progress("\(problem.description.visible)\n") }
        if settings.hasErrors { throw CommandError.badInput("the configuration cannot be used: see above") }
        let learned = try RouterFolder(dataFolder: bench.world.dataFolder).learned(in: bench.world)
        let router = Router(
            policy: settings.policy,
            book: bench.prices,
            providers: Set(settings.upstreams.map(\.provider)),
            learned: learned
        )
        let step = router.decide(facts, in: nil, at: bench.world.now)
        let requested = settings.policy.aliases[facts.model] ?? facts.model
        try bench.show(
            DecideReport(
                step,
                mode: settings.policy.mode,
                classifier: settings.policy.classifier?.model,
                scores: learned?.expectedScores(of: facts.lastHumanText, askedOf: requested) ?? []
            )
        )
    }

    private func facts(_ bench: Workbench) throws -> RequestFacts {
        if let request { return try facts(ofRequest: request, bench) }
        let prompt = prompt ?? ""
        let asked = model.map { ModelID($0) } ?? bench.frontierModel
        let isAnthropic = bench.prices.facts(of: asked).map { $0.provider == "anthropic" } ?? true
        var facts = RequestFacts(format: isAnthropic ? .messages : .chatCompletions, model: asked)
        facts.messages = 1
        facts.promptBytes = prompt.utf8.count
        facts.lastHumanText = String(prompt.prefix(16 << 10))
        return facts
    }

    private func facts(ofRequest name: String, _ bench: Workbench) throws -> RequestFacts {
        let body: Data
        do {
            if name == "-" {
                body = try FileHandle.standardInput.readToEnd() ?? Data()
            } else {
                body = try Data(contentsOf: URL(fileURLWithPath: bench.world.absolute(name)))
            }
        } catch {
            throw CommandError.badInput("'\(name)' cannot be read: \(error.localizedDescription)")
        }
        do {
            var facts = try body.withUnsafeBytes { bytes in
                let envelope = try Envelope(bytes, format: APIFormat(lookingLike: bytes))
                return try RequestFacts(bytes, envelope: envelope)
            }
            if let model { facts.model = ModelID(model) }
            return facts
        } catch let error as RequestError {
            throw CommandError.badInput("'\(name)' is no request's body: \(error.description)")
        }
    }
}

extension APIFormat {
    /// The API that a body is for: Responses alone has `input`, and of the others a Claude model asks Anthropic's.
    fileprivate init(lookingLike body: UnsafeRawBufferPointer) {
        if let envelope = try? Envelope(body, format: .responses), envelope.modelName.id.rawValue.contains("claude") {
            self = .messages
        } else {
            self = String(decoding: body, as: UTF8.self).contains("\"messages\"") ? .chatCompletions : .responses
        }
    }
}

extension Workbench {
    /// Anthropic's cheapest current frontier model: what agents ask for who do not say.
    fileprivate var frontierModel: ModelID {
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
