package import Domain
import Statistics

/// A promise about a threshold: of all requests, at most `alpha` go to the cheaper model, come out worse there, and would
/// not have on the stronger one; with confidence `1 - delta`.
///
/// Found by learn-then-test (Angelopoulos and others, 2021) on rows that the scorer was not trained on; see ``Claim`` for
/// the rule. The promise is about requests like the certified ones: ``CertificateWatch`` takes it back when they change.
package struct Certificate: Hashable, Sendable, Codable {
    package var cheaper: ModelID
    package var stronger: ModelID
    package var claim: Claim
    /// The results it rests on.
    package var rows: Int
    /// A request goes to the cheaper model where the stronger one is expected to score better by at most this.
    package var threshold: Double
    /// How many of the rows go to the cheaper model under the threshold, and how many of these come out worse there.
    package var sent: Int
    package var worse: Int

    package init(
        cheaper: ModelID,
        stronger: ModelID,
        claim: Claim,
        rows: Int,
        threshold: Double,
        sent: Int,
        worse: Int
    ) {
        self.cheaper = cheaper
        self.stronger = stronger
        self.claim = claim
        self.rows = rows
        self.threshold = threshold
        self.sent = sent
        self.worse = worse
    }

    /// The share of all requests that go to the cheaper model, in 0...1.
    package var share: Double { rows == 0 ? 0 : Double(sent) / Double(rows) }

    /// What the share of requests that come out worse stays under with the claim's confidence; at most its `alpha`.
    package var bound: Double {
        Interval.upperBound(successes: worse, trials: rows, confidence: 1 - claim.delta)
    }

    package func sendsToCheaper(gap: Double) -> Bool { gap <= threshold }
}
