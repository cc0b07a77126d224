package import Domain
import Statistics

/// What a ``Certificate`` is asked to promise, and the rule that finds out whether results can carry it.
///
/// A request *comes out worse* where it goes to the cheaper model and this scores below the stronger one by more than
/// ``tolerance``; with scores of 0 and 1: the cheaper is wrong and the stronger is right. Each request does or does not,
/// so the count is binomial and the bound exact whatever the scores' scale.
///
/// Thresholds are tried from the most careful on; each sends all that the one before sends and more, so that more and
/// more come out worse. Two tests must be passed at each, and the last threshold that passes is certified:
/// - *In the long run.* The hypothesis "more than `alpha` come out worse" is rejected by an exact binomial test
///   (Clopper-Pearson) in fixed sequence: learn then test (Angelopoulos and others, 2021). The thresholds are the rows' own
///   gaps, so no grid is chosen at all. That is allowed because the risk only grows along them: to certify any threshold
///   that breaks the promise, the test at the first that does, which does not depend on the rows, must have been passed,
///   and that happens with a chance of at most `delta` (Bates and others, 2021, theorem 1).
/// - *Of the next ``requests``*, since that is what the user will count. Put the rows and these requests in one lot and
///   order those that come out worse by their gap: which of the first k + f + 1 are rows is a draw without return. More
///   than f of the requests come out worse while k of the rows do only if k or fewer of these are rows, a hypergeometric
///   chance, for all thresholds at once.
package struct Claim: Hashable, Sendable, Codable {
    /// The largest share of all requests that may come out worse, in 0..<1.
    package var alpha: Double
    /// The chance that the promise is wrong, in 0..<1.
    package var delta: Double
    /// How far below the stronger model's score is not worse yet, in the scores' unit.
    package var tolerance: Double
    /// How many requests the promise holds for when they are counted; nil: as many as there are rows.
    ///
    /// 0 promises the long run only, which sends more to the cheaper model.
    package var requests: Int?

    package init(alpha: Double, delta: Double = 0.1, tolerance: Double = 0, requests: Int? = nil) {
        self.alpha = alpha
        self.delta = delta
        self.tolerance = tolerance
        self.requests = requests
    }

    /// What both models made of a request, and what was expected of them beforehand.
    package struct Row: Hashable, Sendable {
        /// By how much the stronger model was expected to score better; where it is no number, the stronger is kept.
        package var gap: Double
        package var cheaperScore: Double
        package var strongerScore: Double

        package init(gap: Double, cheaperScore: Double, strongerScore: Double) {
            self.gap = gap
            self.cheaperScore = cheaperScore
            self.strongerScore = strongerScore
        }
    }

    package enum Outcome: Hashable, Sendable {
        case certified(Certificate)
        case abstains(Abstention)
    }

    /// Why no threshold can be promised; every request stays on the model that was asked for.
    package enum Abstention: Hashable, Sendable, Codable {
        /// Even without a single row that came out worse, so many would be needed.
        case tooFewRows(rows: Int, needed: Int)
        /// Already the requests that look safest come out worse too often.
        case tooRisky(rows: Int, sent: Int, worse: Int)
    }

    package func isWorse(_ row: Row) -> Bool { row.strongerScore - row.cheaperScore > tolerance }

    /// The most daring threshold that can be promised, from rows that the scorer has not learned from.
    ///
    /// Each row must be drawn like the requests to come, such as at random from a history. One whose score is missing
    /// for either model must be left out before, and for a reason that has nothing to do with how it came out.
    package func outcome(of rows: [Row], cheaper: ModelID, stronger: ModelID) -> Outcome {
        let needed = rowsNeeded
        guard rows.count >= needed else { return .abstains(.tooFewRows(rows: rows.count, needed: needed)) }
        let steps = Self.steps(of: rows, isWorse: isWorse)
        let pValues = steps.lazy.map { pValue(rows: rows.count, worse: $0.worse) }
        let passed = FixedSequence(level: delta).rejections(of: pValues)
        guard passed > 0 else {
            let first = steps.first ?? Step(threshold: 0, sent: 0, worse: 0)
            return .abstains(.tooRisky(rows: rows.count, sent: first.sent, worse: first.worse))
        }
        let last = steps[passed - 1]
        return .certified(
            Certificate(
                cheaper: cheaper,
                stronger: stronger,
                claim: self,
                rows: rows.count,
                threshold: last.threshold,
                sent: last.sent,
                worse: last.worse
            )
        )
    }

    /// The chance of so few worse rows or fewer while the promise is broken, in the long run or in the next requests.
    func pValue(rows: Int, worse: Int) -> Double {
        let longRun = Binomial(trials: rows, probability: alpha).chance(ofAtMost: worse)
        let next = requests ?? rows
        guard next > 0 else { return longRun }
        let allowed = Int((alpha * Double(next)).rounded(.down))
        let lot = Hypergeometric(lot: rows + next, marked: worse + allowed + 1, drawn: rows)
        return max(longRun, allowed >= next ? 0 : lot.chance(ofAtMost: worse))
    }

    /// The least number of rows that could carry the claim: those with which not a single worse one is allowed.
    package var rowsNeeded: Int {
        guard alpha > 0, delta > 0 else { return .max }
        var (few, enough) = (0, 1)
        while pValue(rows: enough, worse: 0) > delta {
            guard enough < 100_000_000 else { return .max }
            (few, enough) = (enough, enough * 2)
        }
        while enough - few > 1 {
            let middle = (few + enough) / 2
            if pValue(rows: middle, worse: 0) > delta { few = middle } else { enough = middle }
        }
        return enough
    }

    private struct Step {
        var threshold: Double
        var sent: Int
        var worse: Int
    }

    /// A step a distinct gap, from the smallest on: rows with the same gap go the same way.
    private static func steps(of rows: [Row], isWorse: (Row) -> Bool) -> [Step] {
        var steps: [Step] = []
        var (sent, worse) = (0, 0)
        for row in rows.filter({ $0.gap.isFinite }).sorted(by: { $0.gap < $1.gap }) {
            sent += 1
            worse += isWorse(row) ? 1 : 0
            let step = Step(threshold: row.gap, sent: sent, worse: worse)
            if steps.last?.threshold == row.gap { steps[steps.count - 1] = step } else { steps.append(step) }
        }
        return steps
    }
}
