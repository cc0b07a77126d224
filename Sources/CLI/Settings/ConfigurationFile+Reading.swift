import Domain
import Pricing
import Reports
import Settings
import TOMLKit

extension ConfigurationFile {
    /// Keys at the top that ``GatewaySettings`` reads.
    private static let readElsewhere: Set<String> = [
        "upstream", "routing", "route", "phase", "budget", "aliases", "serve",
    ]

    init(path: String, text: String) throws(ConfigurationError) {
        self.path = path
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw ConfigurationError(path: path, line: error.source.begin.line, text: error.description)
        } catch {
            throw ConfigurationError(path: path, text: "\(error)")
        }
        var reader = TOMLReader(path: path, text: text)
        for key in table.keys.sorted() where !Self.readElsewhere.contains(key) {
            switch key {
            case "capture": try readCapture(reader.table(table, key, at: []), &reader)
            case "billing": try readBilling(reader.table(table, key, at: []), &reader)
            case "thresholds": try readThresholds(reader.table(table, key, at: []), &reader)
            case "validation": try readValidation(reader.table(table, key, at: []), &reader)
            case "kpi": try readTargets(reader.table(table, key, at: []), &reader)
            case "price":
                for (index, price) in try reader.tables(table, key).enumerated() {
                    prices.append(try Self.price(price, named: "price[\(index + 1)]", &reader))
                }
            default: reader.warnUnknown([key])
            }
        }
        warnings = reader.warnings
    }

    private mutating func readCapture(_ table: TOMLTable, _ reader: inout TOMLReader) throws(ConfigurationError) {
        for key in table.keys.sorted() {
            switch key {
            case "content": capturesContent = try reader.bool(table, key, at: ["capture"])
            case "retention_days":
                let days = try reader.number(table, key, at: ["capture"])
                guard days >= 1, days <= 100_000, days == days.rounded() else {
                    throw reader.error(["capture", key], "must be a whole number of days, 1 or more")
                }
                retentionDays = Int(days)
            default: reader.warnUnknown(["capture", key])
            }
        }
    }

    private mutating func readBilling(_ table: TOMLTable, _ reader: inout TOMLReader) throws(ConfigurationError) {
        for key in table.keys.sorted() {
            guard let agent = Agent(rawValue: key) else {
                reader.warnUnknown(["billing", key])
                continue
            }
            let text = try reader.string(table, key, at: ["billing"])
            guard let billing = Billing(rawValue: text) else {
                throw reader.error(["billing", key], "is '\(text)'; write api, subscription or unknown")
            }
            self.billing[agent] = billing
        }
    }

    private mutating func readThresholds(_ table: TOMLTable, _ reader: inout TOMLReader) throws(ConfigurationError) {
        for kind in table.keys.sorted() {
            let values = try reader.table(table, kind, at: ["thresholds"])
            for key in values.keys.sorted() {
                let number = try reader.number(values, key, at: ["thresholds", kind])
                guard number >= 0 else { throw reader.error(["thresholds", kind, key], "must not be negative") }
                thresholds[kind, default: [:]][key] = number
            }
        }
    }

    private mutating func readValidation(_ table: TOMLTable, _ reader: inout TOMLReader) throws(ConfigurationError) {
        for key in table.keys.sorted() {
            guard let limit = ValidationLimit(rawValue: key) else {
                reader.warnUnknown(["validation", key])
                continue
            }
            let number = try reader.number(table, key, at: ["validation"])
            guard let whole = Int(exactly: number), limit.range.contains(whole) else {
                throw reader.error(["validation", key], "must be \(limit.rangeText)")
            }
            validation[limit] = whole
        }
    }

    private mutating func readTargets(_ table: TOMLTable, _ reader: inout TOMLReader) throws(ConfigurationError) {
        for key in table.keys.sorted() {
            guard let kpi = KPI(rawValue: key) else {
                reader.warnUnknown(["kpi", key])
                continue
            }
            let target = try reader.number(table, key, at: ["kpi"])
            guard kpi.allows(target: target) else { throw reader.error(["kpi", key], "must be \(kpi.targetText)") }
            targets[kpi] = target
        }
    }

    private static func price(_ table: TOMLTable, named name: String, _ reader: inout TOMLReader)
        throws(ConfigurationError)
        -> PriceOverride
    {
        let known: Set<String> = [
            "model", "from", "input", "output", "cache_read", "cache_write_5m", "cache_write_1h",
        ]
        for key in table.keys.sorted() where !known.contains(key) { reader.warnUnknown([name, key]) }
        func rate(_ key: String) throws(ConfigurationError) -> TokenPrice? {
            guard table[key] != nil else { return nil }
            guard let price = TokenPrice(perMillion: try reader.number(table, key, at: [name])) else {
                throw reader.error([name, key], "must be US$ per million tokens, such as 0.25")
            }
            return price
        }
        guard table["model"] != nil else { throw reader.error([name], "needs a model") }
        let model = try reader.string(table, "model", at: [name])
        guard let input = try rate("input"), let output = try rate("output") else {
            throw reader.error([name], "of '\(model)' needs input and output, in US$ per million tokens")
        }
        return PriceOverride(
            model: ModelID(model),
            from: try table["from"] == nil ? nil : reader.day(table, "from", at: [name]),
            input: input,
            output: output,
            cacheRead: try rate("cache_read"),
            cacheWrite5m: try rate("cache_write_5m"),
            cacheWrite1h: try rate("cache_write_1h")
        )
    }
}

extension KPI {
    func allows(target: Double) -> Bool { target >= 0 && (unit == .usd || target <= 1) && target.isFinite }

    /// What may be written as a target.
    var targetText: String { unit == .usd ? "US$, such as 2.5" : "a share from 0 to 1, such as 0.6" }
}

/// Takes typed values out of a TOML table, and names file, line and key where one is of another type.
struct TOMLReader {
    let path: String
    private let places: TOMLPlaces
    private(set) var warnings: [String] = []

    init(path: String, text: String) {
        self.path = path
        places = TOMLPlaces(text)
    }

    mutating func warnUnknown(_ keys: [String]) {
        let line = line(of: keys).map { ":\($0)" } ?? ""
        warnings.append("\(path)\(line): unknown key '\(keys.joined(separator: "."))' is ignored")
    }

    func error(_ keys: [String], _ text: String) -> ConfigurationError {
        ConfigurationError(path: path, line: line(of: keys), text: "\(keys.joined(separator: ".")) \(text)")
    }

    func table(_ table: TOMLTable, _ key: String, at keys: [String]) throws(ConfigurationError) -> TOMLTable {
        guard let value = table[key]?.table else { throw error(keys + [key], "must be a table: [\(key)]") }
        return value
    }

    func tables(_ table: TOMLTable, _ key: String) throws(ConfigurationError) -> [TOMLTable] {
        guard let array = table[key]?.array else { throw error([key], "must be an array of tables: [[\(key)]]") }
        var tables: [TOMLTable] = []
        for value in array {
            guard let table = value.table else { throw error([key], "must be an array of tables: [[\(key)]]") }
            tables.append(table)
        }
        return tables
    }

    func bool(_ table: TOMLTable, _ key: String, at keys: [String]) throws(ConfigurationError) -> Bool {
        guard let value = table[key]?.bool else { throw error(keys + [key], "must be true or false") }
        return value
    }

    func string(_ table: TOMLTable, _ key: String, at keys: [String]) throws(ConfigurationError) -> String {
        guard let value = table[key]?.string else { throw error(keys + [key], "must be a text in quotes") }
        return value
    }

    func number(_ table: TOMLTable, _ key: String, at keys: [String]) throws(ConfigurationError) -> Double {
        if let value = table[key]?.int { return Double(value) }
        if let value = table[key]?.double, value.isFinite { return value }
        throw error(keys + [key], "must be a number")
    }

    /// A day, written as TOML's own date or as a text.
    func day(_ table: TOMLTable, _ key: String, at keys: [String]) throws(ConfigurationError) -> Day {
        if let date = table[key]?.date { return Day(year: date.year, month: date.month, day: date.day) }
        guard let text = table[key]?.string, let day = Day(text) else {
            throw error(keys + [key], "must be a day such as 2026-08-01")
        }
        return day
    }

    /// The line a key is written on, or what it is in; nil where the text does not show either.
    private func line(of keys: [String]) -> Int? { places.placeShown(of: keys.joined(separator: "."))?.line }
}
