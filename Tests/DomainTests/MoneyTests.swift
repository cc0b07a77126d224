import Domain
import Testing

@Suite struct MoneyTests {
    private static let most = Money(nanoUSD: .max)
    private static let least = Money(nanoUSD: .min)

    @Test(arguments: [
        (most, Money(nanoUSD: 1), most), (least, Money(nanoUSD: -1), least), (most, most, most), (least, least, least),
        (most, least, Money(nanoUSD: -1)), (Money(nanoUSD: 2), Money(nanoUSD: 3), Money(nanoUSD: 5)),
    ])
    func `a sum saturates`(a: Money, b: Money, sum: Money) {
        #expect(a + b == sum)
        #expect(b + a == sum)
    }

    @Test(arguments: [
        (least, Money(nanoUSD: 1), least), (most, Money(nanoUSD: -1), most), (Money.zero, least, most),
        (Money(nanoUSD: 1), least, most), (Money(nanoUSD: -1), least, most), (Money(nanoUSD: -2), most, least),
        (Money(nanoUSD: 2), Money(nanoUSD: 3), Money(nanoUSD: -1)),
    ])
    func `a difference saturates on the side it runs off`(a: Money, b: Money, difference: Money) {
        #expect(a - b == difference)
    }

    @Test(arguments: [
        (1.5, 1_500_000_000), (-1.5, -1_500_000_000), (0.000_000_000_4, 0), (0.000_000_000_6, 1), (1e300, Int64.max),
        (-1e300, Int64.min), (.infinity, .max), (-.infinity, .min),
    ])
    func `a decimal number becomes the nearest amount, saturating`(dollars: Double, nanoUSD: Int64) {
        #expect(Money(approximatingUSD: dollars).nanoUSD == nanoUSD)
    }

    @Test func `not a number is no reason to stop`() async {
        await #expect(processExitsWith: .success) { _ = Money(approximatingUSD: .nan) }
    }

    @Test func `a tenth of a dollar ten times is a dollar`() {
        let sum = (0..<10).reduce(Money.zero) { sum, _ in sum + Money(approximatingUSD: 0.1) }
        #expect(sum == Money(approximatingUSD: 1))
        #expect(sum.usd == 1)
    }
}
