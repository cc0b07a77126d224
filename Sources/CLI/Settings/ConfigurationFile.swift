import Domain
import Pricing
import Reports

/// What one `suffice.toml` says, as it was written; ``Settings`` is what comes of it.
struct ConfigurationFile {
    var path: String
    /// `[capture] content`: keep copies of the logs that their agent deletes.
    var capturesContent: Bool?
    /// `[capture] retention_days`: how long a copy stays.
    var retentionDays: Int?
    /// `[billing]`: how each agent's calls are paid where its log does not say.
    var billing: [Agent: Billing] = [:]
    /// `[thresholds.KIND]`: numbers by kind of finding and name.
    var thresholds: [String: [String: Double]] = [:]
    /// `[validation]`: what it takes before anything is said of a rule.
    var validation: [ValidationLimit: Int] = [:]
    /// `[kpi]`: the target of each key figure.
    var targets: [KPI: Double] = [:]
    /// `[[price]]`: `model`, `from` (a day), and per million tokens `input`, `output`, `cache_read`,
    /// `cache_write_5m`, `cache_write_1h`; the first two are needed, what is left out follows the catalogue's rules.
    var prices: [PriceOverride] = []
    /// Keys nobody reads: most often a slip of the pen.
    var warnings: [String] = []
}

/// What is wrong with a configuration, where, and what to write instead.
struct ConfigurationError: Error, Hashable {
    var path: String
    var line: Int?
    var text: String

    var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(text)" }
}
