#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How many marked ones are among those drawn from a lot without putting any back.
package struct Hypergeometric: Hashable, Sendable {
    package var lot: Int
    package var marked: Int
    package var drawn: Int

    package init(lot: Int, marked: Int, drawn: Int) {
        self.lot = max(0, lot)
        self.marked = min(max(0, marked), self.lot)
        self.drawn = min(max(0, drawn), self.lot)
    }

    /// The chance of so many or fewer.
    package func chance(ofAtMost count: Int) -> Double {
        let fewest = max(0, drawn + marked - lot)
        let most = min(drawn, marked)
        guard count >= fewest else { return 0 }
        guard count < most else { return 1 }
        let all = logChoices(lot, drawn)
        return min(1, (fewest...count).reduce(0) { $0 + exp(logChance(of: $1) - all) })
    }

    private func logChance(of count: Int) -> Double {
        logChoices(marked, count) + logChoices(lot - marked, drawn - count)
    }

    private func logChoices(_ all: Int, _ chosen: Int) -> Double {
        lgamma(Double(all + 1)).0 - lgamma(Double(chosen + 1)).0 - lgamma(Double(all - chosen + 1)).0
    }
}
