import Statistics
import Testing

@Suite struct HolmTests {
    /// From Holm's procedure by hand: 0.01 * 4, 0.03 * 3 (0.04 * 2 stands behind it), 0.04 * 2 and 0.05.
    @Test func `agrees with the procedure by hand`() {
        let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.05])
        for (value, expected) in zip(adjusted, [0.04, 0.09, 0.09, 0.09]) { #expect(abs(value - expected) < 1e-12) }
    }

    @Test func `alone a value stays, and none passes one`() {
        #expect(Holm.adjusted([0.2]) == [0.2])
        #expect(Holm.adjusted([0.9, 0.8]) == [1, 1])
        #expect(Holm.adjusted([]) == [])
    }
}
