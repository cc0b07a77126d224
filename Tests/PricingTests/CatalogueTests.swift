import Domain
import Foundation
import Pricing
import Testing

private let litellm = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/data/prices/litellm-1.109.1.json").standardizedFileURL

/// The checked-in table against the LiteLLM file it was made from, where that file is at hand.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: litellm.path))) struct CatalogueTests {
    private let day = Day(year: 2026, month: 11, day: 20)

    @Test func `the script and the updater read the file the same way`() throws {
        let bytes = Array(try Data(contentsOf: litellm))
        let update = try PriceBook.builtin.merging(litellm: bytes, effectiveFrom: day)
        #expect(update.changed.isEmpty)
        #expect(update.table.isEmpty)
    }

    @Test func `every first-party chat model has exactly the file's price`() throws {
        let file = try JSONDecoder().decode([String: Entry].self, from: Data(contentsOf: litellm))
        var compared = 0
        for (key, entry) in file where entry.isFirstParty(key) {
            guard let price = PriceBook.builtin.price(of: ModelID(key), on: day) else {
                Issue.record("\(key) is unpriced")
                continue
            }
            compared += 1
            for (above, field) in [
                (0, ""), (100_000, "_above_100k_tokens"), (200_000, "_above_200k_tokens"),
                (272_000, "_above_272k_tokens"), (512_000, "_above_512k_tokens"),
            ] {
                let expected = [
                    entry.prices["input_cost_per_token" + field], entry.prices["output_cost_per_token" + field],
                    entry.prices["cache_read_input_token_cost" + field],
                ]
                let rates = price.standard.first { $0.above == above }?.rates
                let actual = [rates?.input, rates?.output, rates?.cacheRead]
                for (expected, actual) in zip(expected, actual) {
                    guard let expected else { continue }
                    let exact = (actual?.perMillionText).flatMap { Decimal(string: $0) }
                    #expect(exact == expected * 1_000_000, "\(key) \(above)")
                }
            }
            for (tier, bands) in [("_batches", price.batch), ("_priority", price.priority), ("_flex", price.flex)] {
                guard let input = entry.prices["input_cost_per_token" + tier],
                    let output = entry.prices["output_cost_per_token" + tier]
                else { continue }
                let rates = bands?.first?.rates
                #expect((rates?.input.perMillionText).flatMap { Decimal(string: $0) } == input * 1_000_000, "\(key)")
                #expect((rates?.output.perMillionText).flatMap { Decimal(string: $0) } == output * 1_000_000, "\(key)")
            }
        }
        #expect(compared > 240)
    }

    /// The part of an entry that is a number, and what decides whether it counts.
    private struct Entry: Decodable {
        var provider: String?
        var mode: String?
        var prices: [String: Decimal] = [:]

        private struct Name: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Name.self)
            provider = try? fields.decode(String.self, forKey: Name(stringValue: "litellm_provider"))
            mode = try? fields.decode(String.self, forKey: Name(stringValue: "mode"))
            for key in fields.allKeys
            where key.stringValue.contains("cost_per_token") || key.stringValue.contains("cache") {
                prices[key.stringValue] = try? fields.decode(Decimal.self, forKey: key)
            }
        }

        /// Left out: fine-tunes, free entries, and the Gemini API's names of models that Vertex lists under a bare one.
        func isFirstParty(_ key: String) -> Bool {
            let providers = [
                "anthropic", "openai", "vertex_ai-language-models", "xai", "deepseek", "moonshot", "zai", "minimax",
            ]
            guard let provider, providers.contains(provider), mode == "chat" || mode == "responses",
                !key.hasPrefix("ft:"), !key.hasPrefix("medlm"), !key.hasPrefix("openai/"), !key.hasPrefix("vertex_ai/"),
                let input = prices["input_cost_per_token"], let output = prices["output_cost_per_token"]
            else { return false }
            return input > 0 && output > 0
        }
    }
}
