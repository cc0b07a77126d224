import Statistics
import Testing

@Suite struct ClusteredSampleTests {
    private func sample(_ clusters: [[Double]]) -> ClusteredSample {
        ClusteredSample(clusters.map { $0.map { ClusteredSample.Value($0) } })
    }

    @Test func `of clusters of one the error is the textbook's`() throws {
        let values = [1.0, 4, 2, 8, 5]
        let error = try #require(sample(values.map { [$0] }).standardError)
        // Variance 7.5 of n - 1, over n.
        #expect(abs(error - (7.5 / 5).squareRoot()) < 1e-12)
    }

    @Test func `a cluster of equal values counts as one`() throws {
        let error = try #require(sample([[1, 1, 1], [0, 0, 0], [1, 1, 1], [0, 0, 0]]).standardError)
        let single = try #require(sample([[1], [0], [1], [0]]).standardError)
        #expect(abs(error - single) < 1e-12)
    }

    @Test func `a weight of two is two of the same`() {
        let doubled = ClusteredSample([[.init(1, weight: 2), .init(0)], [.init(0)], [.init(1)]])
        #expect(doubled.mean == sample([[1, 1, 0], [0], [1]]).mean)
        #expect(doubled.standardError == sample([[1, 1, 0], [0], [1]]).standardError)
    }

    @Test(arguments: [([[1.0, 1], [0, 0], [1, 1]], 1.0), ([[1.0, 0], [0, 1], [1, 0]], 0.0)])
    func `the correlation is one where sessions are of a piece, none where they are mixed`(
        clusters: [[Double]],
        correlation: Double
    ) {
        #expect(sample(clusters).intraclassCorrelation == correlation)
    }

    @Test func `a correlation that cannot be told is nil`() {
        #expect(sample([[0, 0], [0, 0]]).intraclassCorrelation == nil)
        #expect(sample([[1], [0]]).intraclassCorrelation == nil)
        #expect(sample([[1, 0]]).intraclassCorrelation == nil)
    }

    /// 200 turns, eight a session: the design effect is 1 + 7 * 0.1.
    @Test(arguments: [(0.1, 118), (0.2, 83), (0, 200)])
    func `two hundred steps of eight a session are worth fewer`(correlation: Double, worth: Int) {
        let steps = sample(Array(repeating: Array(repeating: 1, count: 8), count: 25))
        #expect(Int(steps.effectiveCount(correlation: correlation).rounded()) == worth)
    }

    @Test func `of fewer than two clusters nothing is known`() {
        #expect(sample([[1, 0, 1]]).shareInterval() == Interval(low: 0, high: 1))
        #expect(sample([[1, 0, 1]]).standardError == nil)
        #expect(sample([]).mean == nil)
    }
}
