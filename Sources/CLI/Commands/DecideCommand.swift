import ArgumentParser
import Domain
import Foundation
import Reports
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
        try bench.show(try Decider(bench, config: config).decision(on: facts, at: bench.world.now))
    }

    private func facts(_ bench: Workbench) throws -> RequestFacts {
        if let request { return try facts(ofRequest: request, bench) }
        return bench.facts(ofPrompt: prompt ?? "", askedOf: model.map { ModelID($0) } ?? bench.frontierModel)
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
