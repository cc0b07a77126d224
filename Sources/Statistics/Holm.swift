/// Holds the chance of any false claim among several to a level (Holm, 1979).
package enum Holm {
    /// Each p-value as it counts beside the others: claim what is at most the level.
    package static func adjusted(_ pValues: [Double]) -> [Double] {
        var adjusted = pValues
        var highest = 0.0
        for (rank, place) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
            highest = max(highest, min(1, pValues[place] * Double(pValues.count - rank)))
            adjusted[place] = highest
        }
        return adjusted
    }
}
