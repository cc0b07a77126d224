/// The scorers that a ``Blend`` sums; those that need what the rows lack are left out.
struct BlendParts: Sendable {
    enum Part: Int, CaseIterable, Sendable {
        case surface
        case lexical
        case embedding
        case trees
    }

    var surface: SurfaceRidge
    var lexical: LexicalRidge?
    var embedding: EmbeddingRidge?
    var trees: ExtraTrees?

    init?(fitting rows: TrainingRows, _ decomposition: ScoreDecomposition, seed: UInt64) {
        guard let surface = SurfaceRidge(fitting: rows, decomposition) else { return nil }
        self.surface = surface
        lexical = LexicalRidge(fitting: rows, decomposition)
        embedding = EmbeddingRidge(fitting: rows, decomposition)
        trees = ExtraTrees(fitting: rows, decomposition, seed: seed)
    }

    init(
        surface: SurfaceRidge,
        lexical: LexicalRidge?,
        embedding: EmbeddingRidge?,
        trees: ExtraTrees?
    ) {
        self.surface = surface
        self.lexical = lexical
        self.embedding = embedding
        self.trees = trees
    }

    var present: Set<Part> {
        var present: Set<Part> = [.surface]
        if lexical != nil { present.insert(.lexical) }
        if embedding != nil { present.insert(.embedding) }
        if trees != nil { present.insert(.trees) }
        return present
    }

    func expectedScores(for prompt: PromptFeatures) -> [(Part, [Double])] {
        var scores = [(Part.surface, surface.expectedScores(for: prompt))]
        if let lexical { scores.append((.lexical, lexical.expectedScores(for: prompt))) }
        if let trees { scores.append((.trees, trees.expectedScores(for: prompt))) }
        // A table that was there when the router was fitted, and is no more.
        if let embedding, !prompt.embedding.isEmpty {
            scores.append((.embedding, embedding.expectedScores(for: prompt)))
        }
        return scores
    }
}
