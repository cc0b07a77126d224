import Statistics
import Testing

@Suite struct BootstrapTests {
    @Test func `the same seed gives the same interval, whatever the order of the values`() {
        let values = (1...40).map(Double.init)
        let bootstrap = Bootstrap(seed: 7)
        let interval = bootstrap.intervalOfSum(of: values, among: 100)
        #expect(interval == bootstrap.intervalOfSum(of: values.reversed(), among: 100))
        #expect(interval != Bootstrap(seed: 8).intervalOfSum(of: values, among: 100))
    }

    @Test func `an interval is as wide as theory says a sum over resampled clusters varies`() {
        // 100 clusters, half of them worth 1: the sum is binomial(100, 1/2), 95% within 40...60.
        let interval = Bootstrap(resamples: 20_000, seed: 1).intervalOfSum(
            of: Array(repeating: 1, count: 50),
            among: 100
        )
        #expect(interval == Interval(low: 40, high: 60))
    }

    @Test func `a sum over clusters that are all alike is certain`() {
        let interval = Bootstrap(seed: 1).intervalOfSum(of: [2, 2, 2, 2], among: 4)
        #expect(interval == Interval(low: 8, high: 8))
    }

    @Test func `one contributing cluster among many may as well not have been met`() {
        let interval = Bootstrap(seed: 1).intervalOfSum(of: [5], among: 1000)
        #expect(interval.low == 0)
        #expect(interval.high == 15)
    }

    @Test func `of a single cluster nothing is known but its size`() {
        #expect(Bootstrap(seed: 1).intervalOfSum(of: [5], among: 1) == Interval(low: 0, high: 5))
        #expect(Bootstrap(seed: 1).intervalOfSum(of: [], among: 9) == Interval(low: 0, high: 0))
    }

    @Test func `more clusters make an interval narrower for its size`() {
        let few = Bootstrap(seed: 3).intervalOfSum(of: Array(repeating: 1, count: 10), among: 40)
        let many = Bootstrap(seed: 3).intervalOfSum(of: Array(repeating: 1, count: 1000), among: 4000)
        #expect((few.high - few.low) / 10 > 3 * (many.high - many.low) / 1000)
    }
}

@Suite struct FiguresBootstrapTests {
    @Test func `the interval of a mean is as wide as its standard error says`() throws {
        let values = (0..<400).map { Double($0 % 2) }
        let intervals = Bootstrap(seed: 1).intervals(clusters: values.count) { counts in
            [zip(values, counts).map(*).reduce(0, +) / 400]
        }
        let interval = try #require(intervals.first ?? nil)
        #expect(abs(interval.high - interval.low - 2 * 1.96 * 0.025) < 0.015)
        #expect(interval.low < 0.5 && interval.high > 0.5)
    }

    @Test func `a figure that most draws do not define has no interval`() {
        let intervals = Bootstrap(seed: 1).intervals(clusters: 4) { counts in [counts[0] > 2 ? 1 : .nan, 1] }
        #expect(intervals == [nil, Interval(low: 1, high: 1)])
    }

    @Test func `of one cluster nothing is known`() {
        #expect(Bootstrap(seed: 1).intervals(clusters: 1) { _ in [1] }.isEmpty)
    }
}
