import Statistics
import Testing

@Suite struct SeededGeneratorTests {
    @Test func `SplitMix64 gives the numbers of its authors' reference`() {
        var generator = SplitMix64(state: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        ]
        for number in expected { #expect(generator.next() == number) }
    }

    @Test func `indices are spread evenly and stay below their bound`() {
        var generator = SeededGenerator(seed: 42)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[generator.nextIndex(below: 7)] += 1 }
        for count in counts { #expect((9_600...10_400).contains(count)) }
    }

    @Test func `unit numbers lie in 0..<1 with their mean in the middle`() {
        var generator = SeededGenerator(seed: 42)
        let numbers = (0..<10_000).map { _ in generator.nextUnit() }
        #expect(numbers.allSatisfy { (0..<1).contains($0) })
        #expect(abs(numbers.reduce(0, +) / 10_000 - 0.5) < 0.01)
    }
}
