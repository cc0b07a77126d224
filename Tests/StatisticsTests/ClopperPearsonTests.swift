import Statistics
import Testing

@Suite struct ClopperPearsonTests {
    /// Both ends one-sided; from quantiles of the beta distribution in SciPy 1.17.
    @Test(arguments: [
        (0, 500, 0.9, 0.0, 0.004_594_582_648_473_038),
        (16, 500, 0.9, 0.022_357_658_618_977_524, 0.044_612_608_325_574_68),
        (13, 400, 0.9, 0.021_706_564_165_508_698, 0.047_041_112_711_893_936),
        (1, 10, 0.95, 0.005_116_196_891_823_705, 0.394_163_302_436_504_66),
        (250, 500, 0.975, 0.455_285_569_324_227_6, 0.544_714_430_675_772_4),
        (3, 100_000, 0.99, 4.360_485_748_951_068e-06, 0.000_100_447_636_755_717_2),
        (5000, 100_000, 0.9, 0.049_118_211_102_741_616, 0.050_894_726_692_112_69),
        (9, 10, 0.95, 0.605_836_697_563_495_3, 0.994_883_803_108_176_3),
    ])
    func `agrees with known bounds`(successes: Int, trials: Int, confidence: Double, low: Double, high: Double) {
        #expect(abs(Interval.lowerBound(successes: successes, trials: trials, confidence: confidence) - low) < 1e-9)
        #expect(abs(Interval.upperBound(successes: successes, trials: trials, confidence: confidence) - high) < 1e-9)
    }

    @Test func `an interval of 95% leaves out one in forty on either side`() {
        let interval = Interval.clopperPearson(successes: 250, trials: 500)
        #expect(abs(interval.low - 0.455_285_569_324_227_6) < 1e-9)
        #expect(abs(interval.high - 0.544_714_430_675_772_4) < 1e-9)
    }

    @Test func `without a trial everything is possible, and so is what always or never happened`() {
        #expect(Interval.clopperPearson(successes: 0, trials: 0) == Interval(low: 0, high: 1))
        #expect(Interval.clopperPearson(successes: 5, trials: 5).high == 1)
        #expect(Interval.clopperPearson(successes: 0, trials: 5).low == 0)
    }

    @Test(arguments: [0.01, 0.05, 0.3, 0.5])
    func `the upper bound is below the true share at most as often as it says`(share: Double) {
        let trials = 120
        var wrong = 0.0
        for successes in 0...trials
        where Interval.upperBound(successes: successes, trials: trials, confidence: 0.9) < share {
            let upTo = Binomial(trials: trials, probability: share).chance(ofAtMost: successes)
            wrong += upTo - Binomial(trials: trials, probability: share).chance(ofAtMost: successes - 1)
        }
        #expect(wrong <= 0.1)
    }
}

@Suite struct BinomialTests {
    @Test(arguments: [(16, 500, 0.05, 0.034_290_186_598_394_896), (0, 3, 0.5, 0.125), (2, 3, 0.5, 0.875)])
    func `sums the chances up to a count`(count: Int, trials: Int, share: Double, chance: Double) {
        let binomial = Binomial(trials: trials, probability: share)
        #expect(abs(binomial.chance(ofAtMost: count) - chance) < 1e-12)
        #expect(abs(binomial.chance(ofAtLeast: count + 1) - (1 - chance)) < 1e-12)
    }

    @Test(arguments: [0.0, 1.0])
    func `certain events are certain`(share: Double) {
        let binomial = Binomial(trials: 10, probability: share)
        #expect(binomial.chance(ofAtMost: 4) == 1 - share)
        #expect(binomial.chance(ofAtMost: 10) == 1)
        #expect(binomial.chance(ofAtMost: -1) == 0)
        #expect(binomial.chance(ofAtLeast: 5) == share)
    }
}
