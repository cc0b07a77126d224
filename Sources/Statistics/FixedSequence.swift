/// Tests hypotheses one after the other, each at the full level, until the first that is not rejected.
///
/// The order must be fixed before the results are seen. Then the chance that any true hypothesis is rejected is at most
/// the level, without the price that testing many at once has: to reach a true one, all false ones before it were tested
/// rightly, and the first true one is rejected with at most that chance (Maurer, Hothorn and Lehmacher, 1995).
package struct FixedSequence: Sendable {
    /// The chance of rejecting any true hypothesis.
    package var level: Double

    package init(level: Double) { self.level = level }

    /// How many hypotheses, from the first on, are rejected; `pValues` is asked no further than needed.
    package func rejections(of pValues: some Sequence<Double>) -> Int {
        var count = 0
        for pValue in pValues {
            guard pValue <= level else { break }
            count += 1
        }
        return count
    }
}
