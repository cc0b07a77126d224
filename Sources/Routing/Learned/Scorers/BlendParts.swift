/// The scorers that a ``Blend`` sums; those that need what the rows lack are left out.
struct BlendParts: Sendable {
    enum Part: Int, CaseIterable, Sendable {
        case surface
        case lexical
        case embedding
        case neighbours
        case surfaceKernel
    }

    var surface: SurfaceRidge
    var lexical: LexicalRidge?
    var embedding: EmbeddingRidge?
    var neighbours: NearestNeighbours?
    var kernel: SurfaceKernel?

    init?(fitting rows: TrainingRows, _ decomposition: ScoreDecomposition, seed: UInt64) {
        guard let surface = SurfaceRidge(fitting: rows, decomposition) else { return nil }
        self.surface = surface
        lexical = LexicalRidge(fitting: rows, decomposition)
        embedding = EmbeddingRidge(fitting: rows, decomposition)
        neighbours = NearestNeighbours(fitting: rows, decomposition, seed: seed)
        kernel = SurfaceKernel(fitting: rows, decomposition)
    }

    init(
        surface: SurfaceRidge,
        lexical: LexicalRidge?,
        embedding: EmbeddingRidge?,
        neighbours: NearestNeighbours?,
        kernel: SurfaceKernel?
    ) {
        self.surface = surface
        self.lexical = lexical
        self.embedding = embedding
        self.neighbours = neighbours
        self.kernel = kernel
    }

    var present: Set<Part> {
        var present: Set<Part> = [.surface]
        if lexical != nil { present.insert(.lexical) }
        if embedding != nil { present.insert(.embedding) }
        if neighbours != nil { present.insert(.neighbours) }
        if kernel != nil { present.insert(.surfaceKernel) }
        return present
    }

    func expectedScores(for prompt: PromptFeatures) -> [(Part, [Double])] {
        var scores = [(Part.surface, surface.expectedScores(for: prompt))]
        if let lexical { scores.append((.lexical, lexical.expectedScores(for: prompt))) }
        if let kernel { scores.append((.surfaceKernel, kernel.expectedScores(for: prompt))) }
        // A table that was there when the router was fitted, and is no more.
        guard !prompt.embedding.isEmpty else { return scores }
        if let embedding { scores.append((.embedding, embedding.expectedScores(for: prompt))) }
        if let neighbours { scores.append((.neighbours, neighbours.expectedScores(for: prompt))) }
        return scores
    }
}
