import Domain
import Pricing
import Testing

@Suite struct CallCostTests {
    let book = PriceBook.builtin

    @Test func `an earlier attempt is billed on its own model`() {
        let attempt = Attempt(
            model: ModelID("claude-fable-5"),
            usage: Usage(inputTokens: 2, outputTokens: 2, cacheReadTokens: 32_238, cacheWrite1hTokens: 21_874)
        )
        let call = Call.sample(model: "claude-opus-4-8", usage: .zero, attempts: [attempt])
        #expect(book.cost(of: call)?.exactUSD == "0.469838")
    }

    @Test func `the mode of the call is the mode of its attempts`() {
        let attempt = Attempt(model: ModelID("claude-opus-5"), usage: Usage(outputTokens: 1_000_000))
        let call = Call.sample(model: "claude-opus-4-8", mode: ServingMode(isFast: true), attempts: [attempt])
        #expect(book.cost(of: call)?.exactUSD == "100")
    }

    @Test func `a call with an attempt nobody priced is unpriced`() {
        let attempt = Attempt(model: ModelID("unheard-of"), usage: Usage(outputTokens: 1))
        #expect(book.cost(of: .sample(model: "claude-opus-4-8", attempts: [attempt])) == nil)
        let empty = Attempt(model: ModelID("unheard-of"), usage: .zero)
        #expect(book.cost(of: .sample(model: "claude-opus-4-8", attempts: [empty]))?.exactUSD == "25")
    }

    @Test func `a pricer keeps many models and modes apart`() {
        var pricer = Pricer(book: book)
        let models = book.models.map(\.rawValue) + ["unheard-of"]
        for _ in 0..<2 {
            for model in models {
                for mode in [ServingMode.standard, ServingMode(serviceTier: .batch)] {
                    let call = Call.sample(model: model, mode: mode)
                    #expect(pricer.cost(of: call) == book.cost(of: call), "\(model)")
                }
            }
        }
    }
}
