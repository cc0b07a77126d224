import Domain

/// The text form of a price table: a block a model, tabs for depth.
///
/// ```
/// name  provider  context window  output limit  capabilities  retired
///     from day  factors (fast=2 us=1.1 regional=1.1 search=10)
///         mode  above prompt tokens  input  output  cache read  short cache write  long cache write
/// ```
/// Prices are US$ per million tokens, searches US$ per thousand; an empty field is a price the catalogue does not give.
enum PriceTableText {
    typealias Field = ArraySlice<UInt8>

    /// Reads the blocks of a text; lines that start with `#` and empty lines say nothing.
    static func records(in text: [UInt8]) throws(PricingError) -> [ModelRecord] {
        var records: [ModelRecord] = []
        var number = 0
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            let depth = line.prefix { $0 == 0x09 }.count
            let fields = line.dropFirst(depth).split(separator: 0x09, omittingEmptySubsequences: false)
            guard add(fields, at: depth, to: &records) else {
                throw .unreadableTable(line: number, reason: "not understood")
            }
        }
        return records
    }

    private static func add(_ fields: [Field], at depth: Int, to records: inout [ModelRecord]) -> Bool {
        let last = records.indices.last
        switch depth {
        case 0:
            guard let record = ModelRecord(fields: fields) else { return false }
            records.append(record)
        case 1:
            guard let last, let quote = PriceQuote(fields: fields) else { return false }
            records[last].quotes.append(quote)
        case 2:
            guard let last, let quote = records[last].quotes.indices.last, let row = PriceQuote.Row(fields: fields)
            else { return false }
            records[last].quotes[quote].rows.append(row)
        default:
            return false
        }
        return true
    }

    static func text(of records: [ModelRecord]) -> String {
        records.map { record in
            record.line
                + record.quotes.map { "\t" + $0.line + $0.rows.map { "\t\t" + $0.line }.joined() }.joined()
        }.joined()
    }
}

extension ModelRecord {
    init?(fields: [PriceTableText.Field]) {
        guard fields.count == 6, !fields[0].isEmpty else { return nil }
        var capabilities: Capabilities = []
        for word in fields[4].split(separator: 0x20) {
            guard let known = Capabilities.names.first(where: { word.elementsEqual($0.name.utf8) }) else { return nil }
            capabilities.insert(known.capability)
        }
        name = String(decoding: fields[0], as: UTF8.self)
        provider = String(decoding: fields[1], as: UTF8.self)
        contextWindow = exactDecimal(fields[2], scale: 0).map { Int($0) }
        maxOutput = exactDecimal(fields[3], scale: 0).map { Int($0) }
        self.capabilities = capabilities
        retired = Day(String(decoding: fields[5], as: UTF8.self))
        quotes = []
    }

    var line: String {
        let words = Capabilities.names.filter { capabilities.contains($0.capability) }.map(\.name)
        let limits = [contextWindow, maxOutput].map { $0.map { "\($0)" } ?? "" }
        let fields = [name, provider] + limits + [words.joined(separator: " "), retired.map { "\($0)" } ?? ""]
        return fields.joined(separator: "\t") + "\n"
    }
}

extension PriceQuote {
    init?(fields: [PriceTableText.Field]) {
        guard fields.count == 2, let day = Day(String(decoding: fields[0], as: UTF8.self)) else { return nil }
        self.init(from: day, rows: [])
        for pair in fields[1].split(separator: 0x20) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1)
            guard parts.count == 2, let factor = Factor(bytes: parts[1]) else { return nil }
            switch String(decoding: parts[0], as: UTF8.self) {
            case "fast": fast = factor
            case "us": usOnly = factor
            case "regional": regional = factor
            case "search": webSearch = exactDecimal(parts[1], scale: 12).map { TokenPrice(femtoUSD: $0) }
            default: return nil
            }
        }
    }

    var line: String {
        let factors = [("fast", fast?.text), ("us", usOnly?.text), ("regional", regional?.text)]
        let all = factors + [("search", webSearch.map { decimalText($0.femtoUSD, scale: 12) })]
        let words = all.compactMap { name, text in text.map { "\(name)=\($0)" } }
        return "\(from)\t" + words.joined(separator: " ") + "\n"
    }
}

extension PriceQuote.Row {
    private static let tiers: [(name: String, tier: ServingMode.ServiceTier)] = [
        ("standard", .standard), ("batch", .batch), ("priority", .priority), ("flex", .flex),
    ]

    init?(fields: [PriceTableText.Field]) {
        guard fields.count == 7, let above = exactDecimal(fields[1], scale: 0),
            let tier = Self.tiers.first(where: { fields[0].elementsEqual($0.name.utf8) })?.tier
        else { return nil }
        let prices = fields.dropFirst(2).map { TokenPrice(bytesPerMillion: $0) }
        guard zip(prices, fields.dropFirst(2)).allSatisfy({ $0 != nil || $1.isEmpty }) else { return nil }
        self.init(
            tier: tier,
            above: Int(above),
            input: prices[0],
            output: prices[1],
            cacheRead: prices[2],
            cacheWrite5m: prices[3],
            cacheWrite1h: prices[4]
        )
    }

    var line: String {
        let name = Self.tiers.first { $0.tier == tier }?.name ?? ""
        let prices = [input, output, cacheRead, cacheWrite5m, cacheWrite1h].map { $0?.perMillionText ?? "" }
        return ([name, "\(above)"] + prices).joined(separator: "\t") + "\n"
    }
}
