import Domain
import JSONText

/// LiteLLM's `model_prices_and_context_window.json`, as far as its prices are a provider's own.
///
/// Left out: other hosts' prices for the same models, plans whose entries cost nothing, models without a token price in
/// and out, fine-tunes, and models whose thinking costs more than their answers, which a usage here cannot tell apart.
/// A dated or `-latest` name is left out where the plain one says the same.
struct LiteLLMCatalogue {
    var records: [ModelRecord]

    init(_ bytes: [UInt8], from day: Day) throws(PricingError) {
        var found: [String: Entry] = [:]
        let isWhole = bytes.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes, layout: .document)
            guard scanner.enterObject() else { return false }
            while let key = scanner.nextKey() {
                let name = key.string
                guard let entry = Entry(key: name, from: day, in: &scanner), let kept = entry.name else { continue }
                // The bare name of a model comes before its name at another door of the same provider.
                let isBare = kept == name.lowercased()
                found[kept] = isBare ? entry.filled(from: found[kept]) : found[kept]?.filled(from: entry) ?? entry
            }
            return !scanner.isBroken
        }
        guard isWhole else { throw .notALiteLLMCatalogue("not a JSON object, or cut short") }
        guard !found.isEmpty else { throw .notALiteLLMCatalogue("it prices no model") }
        let all = found.mapValues(\.record)
        records = all.values.filter { record in
            guard let plain = ModelName.undated(record.name), let other = all[plain] else { return true }
            return other.quotes != record.quotes
        }.sorted { $0.name < $1.name }
    }
}

extension LiteLLMCatalogue {
    /// One model of the file.
    struct Entry {
        var key: String
        var provider = ""
        var mode = ""
        /// What a token of thinking costs, where that is listed apart from output.
        var thinking: TokenPrice?
        var separatesThinking = false
        var record: ModelRecord
        var rows: [String: PriceQuote.Row] = [:]
    }
}

extension LiteLLMCatalogue.Entry {
    /// Reads the value the scanner stands before; nil where it is no object.
    init?(key: String, from day: Day, in scanner: inout JSONScanner) {
        self.init(
            key: key,
            record: ModelRecord(
                name: "",
                provider: "",
                contextWindow: nil,
                maxOutput: nil,
                capabilities: [],
                retired: nil,
                quotes: [PriceQuote(from: day, rows: [])]
            )
        )
        guard scanner.enterObject() else {
            scanner.skipValue()
            return nil
        }
        while let field = scanner.nextKey() { read(field.string, in: &scanner) }
        finish()
    }

    private mutating func read(_ field: String, in scanner: inout JSONScanner) {
        switch field {
        case "litellm_provider": provider = scanner.text()?.string ?? ""
        case "mode": mode = scanner.text()?.string ?? ""
        case "max_input_tokens": record.contextWindow = scanner.integer()
        case "max_output_tokens": record.maxOutput = scanner.integer()
        case "deprecation_date": record.retired = scanner.text().flatMap { Day($0.string) }
        case "supports_function_calling": add(.tools, if: scanner.bool())
        case "supports_vision": add(.vision, if: scanner.bool())
        case "supports_reasoning": add(.thinking, if: scanner.bool())
        case "provider_specific_entry": readFactors(in: &scanner)
        case "search_context_cost_per_query": readSearch(in: &scanner)
        case "tiered_pricing": readBands(in: &scanner)
        case "output_cost_per_reasoning_token": thinking = scanner.number().flatMap { TokenPrice(perToken: $0) }
        default:
            guard let price = LiteLLMPriceField(field) else { return scanner.skipValue() }
            set(price, scanner.number())
        }
    }

    private mutating func add(_ capability: Capabilities, if supported: Bool?) {
        if supported == true { record.capabilities.insert(capability) }
    }

    private mutating func set(_ field: LiteLLMPriceField, _ number: Substring?) {
        guard let number, let price = TokenPrice(perToken: number) else { return }
        rows["\(field.tier.rawValue) \(field.above)", default: .init(tier: field.tier, above: field.above)][
            keyPath: field.kind
        ] = price
    }

    private mutating func readFactors(in scanner: inout JSONScanner) {
        guard scanner.enterObject() else { return scanner.skipValue() }
        while let key = scanner.nextKey() {
            let name = key.string
            let factor = scanner.number().flatMap { Factor($0) }
            if name == "fast" { record.quotes[0].fast = factor }
            if name == "us" { record.quotes[0].usOnly = factor }
        }
    }

    private mutating func readSearch(in scanner: inout JSONScanner) {
        guard scanner.enterObject() else { return scanner.skipValue() }
        while let key = scanner.nextKey() {
            let isUsual = key.is("search_context_size_medium")
            let price = scanner.number().flatMap { TokenPrice(perToken: $0) }
            if isUsual { record.quotes[0].webSearch = price }
        }
    }

    /// Prices by size of prompt, as Qwen's are given.
    private mutating func readBands(in scanner: inout JSONScanner) {
        guard scanner.enterArray() else { return scanner.skipValue() }
        while scanner.nextElement() {
            guard scanner.enterObject() else {
                scanner.skipValue()
                continue
            }
            var band = PriceQuote.Row()
            var thinking: TokenPrice?
            while let key = scanner.nextKey() {
                let name = key.string
                if name == "range", scanner.enterArray() {
                    if scanner.nextElement() { band.above = scanner.integer() ?? 0 }
                    while scanner.nextElement() { scanner.skipValue() }
                } else if name == "output_cost_per_reasoning_token" {
                    thinking = scanner.number().flatMap { TokenPrice(perToken: $0) }
                } else if let field = LiteLLMPriceField(name), let price = scanner.number() {
                    band[keyPath: field.kind] = TokenPrice(perToken: price)
                } else {
                    scanner.skipValue()
                }
            }
            if let thinking, thinking != band.output { separatesThinking = true }
            rows["0 \(band.above)"] = band
        }
    }

    private mutating func finish() {
        // A write to the cache that costs less than input is another price in the wrong field.
        record.quotes[0].rows = rows.values.map { row in
            var row = row
            if let input = row.input {
                if let short = row.cacheWrite5m, short < input { row.cacheWrite5m = nil }
                if let long = row.cacheWrite1h, long < input { row.cacheWrite1h = nil }
            }
            return row
        }.filter { !$0.isEmpty }.sorted { ($0.tier.rawValue, $0.above) < ($1.tier.rawValue, $1.above) }
        if let thinking, thinking != record.quotes[0].rows.first?.output { separatesThinking = true }
        guard let name else { return }
        record.name = name
        record.provider = LiteLLMProvider.named[provider]?.name ?? provider
    }

    /// What the catalogue calls the model, nil where it leaves it out.
    fileprivate var name: String? {
        guard mode == "chat" || mode == "responses", !separatesThinking,
            let provider = LiteLLMProvider.named[provider], let name = provider.keptName(of: key),
            let base = record.quotes[0].rows.first, base.tier == .standard, base.above == 0,
            let input = base.input, let output = base.output, input > .zero, output > .zero
        else { return nil }
        return name
    }

    /// The entry with what only the other one says.
    fileprivate func filled(from other: Self?) -> Self {
        guard let other else { return self }
        var entry = self
        entry.record.quotes[0].fill(from: other.record.quotes[0])
        entry.record.contextWindow = record.contextWindow ?? other.record.contextWindow
        entry.record.maxOutput = record.maxOutput ?? other.record.maxOutput
        entry.record.capabilities.formUnion(other.record.capabilities)
        entry.record.retired = record.retired ?? other.record.retired
        return entry
    }
}
