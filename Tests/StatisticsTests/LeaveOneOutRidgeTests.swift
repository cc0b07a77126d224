import Statistics
import Testing

@Suite struct LeaveOneOutRidgeTests {
    private let features: [[Double]] = [[1, 2], [2, 1], [3, 5], [4, 3], [5, 9]]
    private let targets: [Double] = [1, 2, 2, 4, 5]

    @Test func `agrees with the normal equations solved by NumPy`() throws {
        let ridge = try #require(LeaveOneOutRidge(features: features, targets: targets, penalties: [0.1]))
        #expect(abs(ridge.coefficients[0] - 0.877_192_98) < 1e-8)
        #expect(abs(ridge.coefficients[1] - 0.021_929_82) < 1e-8)
        #expect(abs(ridge.intercept - 0.080_701_754_385_964_72) < 1e-12)
        #expect(abs(ridge.leaveOneOutError - 0.830_624_514_700_998) < 1e-12)
    }

    @Test func `takes the penalty that predicts left-out rows best`() throws {
        var generator = SeededGenerator(seed: 1)
        let rows = (0..<60).map { _ in (0..<30).map { _ in generator.nextUnit() } }
        let noise = try #require(LeaveOneOutRidge(features: rows, targets: rows.map { _ in generator.nextUnit() }))
        let line = try #require(LeaveOneOutRidge(features: rows, targets: rows.map { $0[0] }))
        #expect(noise.penalty >= 1)
        #expect(line.penalty <= 0.01)
        #expect(abs(line.prediction(for: rows[0]) - rows[0][0]) < 0.05)
    }

    @Test func `a feature that never changes, or stands twice, does no harm`() throws {
        let doubled = features.map { $0 + [7, $0[0]] }
        let ridge = try #require(LeaveOneOutRidge(features: doubled, targets: targets))
        #expect(ridge.coefficients[2] == 0)
        #expect(abs(ridge.coefficients[0] - ridge.coefficients[3]) < 1e-9)
    }

    @Test func `rows that do not fit each other fit nothing`() {
        #expect(LeaveOneOutRidge(features: [[1]], targets: [1]) == nil)
        #expect(LeaveOneOutRidge(features: [[1], [1, 2]], targets: [1, 2]) == nil)
        #expect(LeaveOneOutRidge(features: [[1], [.nan]], targets: [1, 2]) == nil)
        #expect(LeaveOneOutRidge(features: [[1], [2]], targets: [1]) == nil)
    }
}
