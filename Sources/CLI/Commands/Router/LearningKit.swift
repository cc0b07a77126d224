import Domain
import Evaluation
import Foundation
import Reports
import Routing
import Similarity

/// What a router learns with on this machine.
struct LearningKit {
    let scorers = Scorers.all
    /// The scorer that ships.
    let defaultScorer = Scorers.default
    let features: @Sendable (String) -> PromptFeatures
    let hasEmbeddings: Bool

    /// Looks for the embedding table in the data folder.
    init(world: World) throws {
        let embedding = try LearningKit.embedding(in: world.dataFolder + "/embeddings")
        hasEmbeddings = embedding != nil
        features = { PromptFeatures(of: $0, embedding: embedding) }
    }

    /// What is missing, a sentence each.
    var notes: [String] {
        hasEmbeddings ? [] : ["Without the embedding table, which makes routers better: make embeddings fetches it."]
    }

    /// The router as it is kept: the rows it learned from in the plain form, which are fitted again in seconds.
    func bytes(of training: RouterTraining) -> [UInt8] {
        training.learned.flatMap { Array(($0.json.line + "\n").utf8) }
    }

    /// An installed router, from its bytes; nil where its rows no longer carry one.
    func incumbent(_ bytes: [UInt8], models: [ModelID]) -> RouterTraining.Incumbent? {
        let data = DataSet(reading: [DataFile(name: "router", bytes: bytes)])
        return RouterTraining.Incumbent(defaultScorer, from: data.rows, models: models, features: features)
    }

    private static func embedding(in folder: String) throws -> StaticEmbedding? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
        guard let table = names.first(where: { $0.hasSuffix(".safetensors") }),
            let words = names.first(where: { $0.hasSuffix(".json") })
        else { return nil }
        do {
            let json = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + words))
            let tokenizer = try json.withUnsafeBytes { try BytePairTokenizer(json: $0) }
            let weights = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + table), options: .alwaysMapped)
            return try StaticEmbedding(safetensors: weights, tokenizer: tokenizer)
        } catch {
            throw CommandError.failed(
                "the embedding table in \(folder) cannot be used: \(error); fetch it again with make embeddings"
            )
        }
    }
}

extension RatedPrompt {
    /// The plain form that every command about routers reads.
    fileprivate var json: JSON {
        [
            "id": .string(id),
            "prompt": .string(prompt),
            "results": .array(
                results.map { result in
                    let cost: JSON = result.cost.map { ["costUSD": .money($0)] } ?? [:]
                    return ["model": .string(result.model.rawValue), "score": .number(result.score)] + cost
                }
            ),
        ]
    }
}
