import Statistics

/// What a prompt is about in a few numbers: how far its words point in the directions in which the training prompts
/// differ most.
///
/// Latent semantic analysis (Deerwester and others, 1990): the leading singular vectors of the table of weighted words,
/// by orthogonal iteration. Of the words those that most prompts have; rarer ones turn no direction.
struct LatentDirections: Hashable, Sendable {
    let weighting: TermWeighting
    /// By term, then direction.
    let directions: [Float]
    /// How many directions there are: fewer than ``most`` where there are fewer terms.
    let count: Int

    static let most = 32
    private static let mostTerms = 4096
    /// Directions are not needed to the last digit: trees look at each by itself.
    private static let rounds = 8

    /// Directions by term that are no whole number of them a term are none.
    init?(weighting: TermWeighting, directions: [Float]) {
        guard !weighting.places.isEmpty, !directions.isEmpty, directions.count % weighting.places.count == 0 else {
            return nil
        }
        self.weighting = weighting
        self.directions = directions
        count = directions.count / weighting.places.count
    }

    /// Nil where no two prompts share a word.
    init?(fitting prompts: [PromptFeatures]) {
        let weighting = TermWeighting(fitting: prompts, mostTerms: LatentDirections.mostTerms)
        let terms = weighting.places.count
        let count = min(LatentDirections.most, terms)
        guard count > 0 else { return nil }
        let rows = prompts.map { weighting.weighted($0) }
        var generator = SeededGenerator(seed: 0x15A)
        var directions = (0..<terms * count).map { _ in Float(generator.nextUnit() - 0.5) }
        for _ in 0..<LatentDirections.rounds {
            directions.orthonormalizeColumns(count)
            var turned = [Float](repeating: 0, count: terms * count)
            for row in rows {
                let position = LatentDirections.position(of: row, directions, count)
                for term in row {
                    let start = term.index * count
                    for direction in 0..<count { turned[start + direction] += term.weight * position[direction] }
                }
            }
            directions = turned
        }
        directions.orthonormalizeColumns(count)
        self.init(weighting: weighting, directions: directions)
    }

    /// By direction, each in -1...1.
    func position(of prompt: PromptFeatures) -> [Float] {
        LatentDirections.position(of: weighting.weighted(prompt), directions, count)
    }

    private static func position(
        of terms: [TermWeighting.Weighted],
        _ directions: [Float],
        _ count: Int
    ) -> [Float] {
        var position = [Float](repeating: 0, count: count)
        directions.withUnsafeBufferPointer { directions in
            position.withUnsafeMutableBufferPointer { position in
                for term in terms {
                    let start = term.index &* count
                    for direction in 0..<count {
                        position[direction] += term.weight * directions[start &+ direction]
                    }
                }
            }
        }
        return position
    }
}

extension [Float] {
    /// Makes columns of a table of length one and at right angles to those before them (Gram and Schmidt); one that is a
    /// sum of those becomes zero.
    fileprivate mutating func orthonormalizeColumns(_ columns: Int) {
        let rows = count / columns
        // Column behind column, so that each lies in one piece.
        var turned = [Float](unsafeUninitializedCapacity: count) { turned, written in
            for column in 0..<columns {
                for row in 0..<rows { turned[column &* rows &+ row] = self[row &* columns &+ column] }
            }
            written = rows * columns
        }
        turned.withUnsafeMutableBufferPointer { values in
            func product(_ a: Int, _ b: Int) -> Float {
                var sum: Float = 0
                for row in 0..<rows { sum += values[a &* rows &+ row] * values[b &* rows &+ row] }
                return sum
            }
            for column in 0..<columns {
                let before = product(column, column)
                for other in 0..<column {
                    let share = product(column, other)
                    for row in 0..<rows { values[column &* rows &+ row] -= share * values[other &* rows &+ row] }
                }
                let length = product(column, column)
                let scale = length > before * 1e-10 ? 1 / length.squareRoot() : 0
                for row in 0..<rows { values[column &* rows &+ row] *= scale }
            }
        }
        for column in 0..<columns {
            for row in 0..<rows { self[row &* columns &+ column] = turned[column &* rows &+ row] }
        }
    }
}
