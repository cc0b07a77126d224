import Domain
import Evaluation
import Foundation
import Routing
import Similarity

/// What a router learns with on this machine.
struct LearningKit {
    let scorers = Scorers.all
    /// The scorer that ships.
    let defaultScorer = Scorers.default
    let features: @Sendable (String, WorkSoFar) -> PromptFeatures
    let hasEmbeddings: Bool

    /// Looks for the embedding table in the data folder.
    init(world: World) throws {
        let embedding = try LearningKit.embedding(in: world.dataFolder + "/embeddings")
        hasEmbeddings = embedding != nil
        features = { PromptFeatures(of: $0, embedding: embedding, action: ActionFeatures($1)) }
    }

    /// What is missing, a sentence each.
    var notes: [String] {
        hasEmbeddings ? [] : ["Without the embedding table, which makes routers better: make embeddings fetches it."]
    }

    /// An installed router, as far as its file can be read.
    func incumbent(_ bytes: [UInt8]) throws(RouterFileError) -> RouterTraining.Incumbent {
        let router = try FittedRouter(decoding: bytes)
        return RouterTraining.Incumbent(models: router.models) { router.expectedScores(for: $0) }
    }

    /// Nil where no table was fetched.
    static func embedding(in folder: String) throws(CommandError) -> StaticEmbedding? {
        let (words, table) = (folder + "/tokenizer.json", folder + "/embeddings.safetensors")
        guard FileManager.default.fileExists(atPath: words), FileManager.default.fileExists(atPath: table) else {
            return nil
        }
        do {
            let json = try Data(contentsOf: URL(fileURLWithPath: words))
            let tokenizer = try json.withUnsafeBytes { try BytePairTokenizer(json: $0) }
            let weights = try Data(contentsOf: URL(fileURLWithPath: table), options: .alwaysMapped)
            return try StaticEmbedding(safetensors: weights, tokenizer: tokenizer)
        } catch {
            throw .failed(
                "the embedding table in \(folder) cannot be used: \(error); fetch it again with make embeddings"
            )
        }
    }
}
