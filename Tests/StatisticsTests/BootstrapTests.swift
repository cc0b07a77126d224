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
