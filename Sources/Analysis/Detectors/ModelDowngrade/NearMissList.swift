import Domain

/// The near misses that would save most, however many there are.
struct NearMissList: Sendable {
    private static let kept = 100
    private var all: [NearMiss] = []

    mutating func add(_ miss: NearMiss) {
        all.append(miss)
        if all.count >= 2 * NearMissList.kept { all = ranked }
    }

    /// Largest saving first.
    var ranked: [NearMiss] {
        Array(all.sorted { Candidate.isRankedBefore($0.candidate, $1.candidate) }.prefix(NearMissList.kept))
    }
}
