import Statistics
import Testing

@Suite struct HypergeometricTests {
    /// From SciPy 1.17.
    @Test(arguments: [
        (1000, 42, 500, 15, 0.040_881_123_183_315_27), (907, 38, 400, 11, 0.037_843_618_601_062_425),
        (10, 4, 3, 0, 1.0 / 6), (200_000, 300, 100_000, 130, 0.012_037_970_649_775_25),
    ])
    func `agrees with known chances`(lot: Int, marked: Int, drawn: Int, count: Int, chance: Double) {
        let found = Hypergeometric(lot: lot, marked: marked, drawn: drawn).chance(ofAtMost: count)
        #expect(abs(found - chance) < 1e-9)
    }

    @Test func `what must be drawn is certain`() {
        // Of three marked in a lot of four, a draw of two has at least one.
        let lot = Hypergeometric(lot: 4, marked: 3, drawn: 2)
        #expect(lot.chance(ofAtMost: 0) == 0)
        #expect(lot.chance(ofAtMost: 2) == 1)
        #expect(abs(lot.chance(ofAtMost: 1) - 0.5) < 1e-12)
    }
}
