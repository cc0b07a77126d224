import Domain
import Foundation
import Ingestion
import Pricing
import Reports

/// Everything a user may set, resolved once: flag over environment over file over default.
struct Settings {
    /// `--format`, `SUFFICE_FORMAT`.
    var format = ReportFormat.table
    /// `--timezone`, `SUFFICE_TIMEZONE`; nil is the machine's own.
    var timezone: String?
    /// `--no-ingest`, `SUFFICE_NO_INGEST=1`.
    var ingestsFirst = true
    /// `[capture] content`, `SUFFICE_CAPTURE_CONTENT=true`: keep copies of the logs that their agent deletes, with the
    /// prompts and replies in them.
    var capturesContent = false
    /// `[capture] retention_days`, `SUFFICE_CAPTURE_RETENTION_DAYS`: how long a copy stays after its log was last
    /// written.
    var retentionDays = 90
    /// `[billing] AGENT`, `SUFFICE_BILLING_AGENT` such as `SUFFICE_BILLING_CLAUDE_CODE`.
    var billing: [Agent: Billing] = [:]
    /// `[thresholds.KIND] NAME`, `SUFFICE_THRESHOLDS_KIND_NAME` such as
    /// `SUFFICE_THRESHOLDS_MODEL_DOWNGRADE_TOOL_CALLS`.
    var thresholds: [String: [String: Double]] = [:]
    /// `[validation] NAME`, `SUFFICE_VALIDATION_NAME` such as `SUFFICE_VALIDATION_DAYS`.
    var validation: [ValidationLimit: Int] = [:]
    /// `[kpi] NAME`, `SUFFICE_KPI_NAME` such as `SUFFICE_KPI_CACHE_HIT_RATE`.
    var targets: [KPI: Double] = [:]
    /// `[[price]]`.
    var prices: [PriceOverride] = []
    /// The files that were read, the one that wins first.
    var files: [String] = []
    var warnings: [String] = []
}

extension Settings {
    /// The numbers a kind of finding lets its user set, by kind.
    typealias KnownThresholds = [String: [String]]

    init(_ options: OutputOptions, world: World, thresholds known: KnownThresholds) throws(ConfigurationError) {
        let files = try Settings.files(world)
        for file in files { fill(from: file) }
        capturesContent = files.lazy.compactMap(\.capturesContent).first ?? false
        if let days = files.lazy.compactMap(\.retentionDays).first { retentionDays = days }
        try readEnvironment(world, known)
        warnOfUnknown(known)
        if let format = options.format { self.format = format }
        if let timezone = options.timezone { self.timezone = timezone }
        if options.noIngest { ingestsFirst = false }
    }

    /// `suffice.toml` in `$SUFFICE_CONFIG`, in the project, in `~/.config/suffice`; the one that wins first.
    private static func files(_ world: World) throws(ConfigurationError) -> [ConfigurationFile] {
        let folders = [
            world["SUFFICE_CONFIG"].map(world.absolute), world.workingFolder, world.places.configHome + "/suffice",
        ]
        var seen: Set<String> = []
        var files: [ConfigurationFile] = []
        for folder in folders.compactMap({ $0 }) {
            let path = folder + "/suffice.toml"
            guard FileManager.default.fileExists(atPath: path), seen.insert(path).inserted else { continue }
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw ConfigurationError(path: path, text: "cannot be read; allow it (chmod u+r), or move it away")
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw ConfigurationError(path: path, text: "is no UTF-8; save it as UTF-8")
            }
            files.append(try ConfigurationFile(path: path, text: text))
        }
        return files
    }

    /// Takes from a file what no file before it has said.
    private mutating func fill(from file: ConfigurationFile) {
        billing.merge(file.billing) { first, _ in first }
        thresholds.merge(file.thresholds) { first, later in first.merging(later) { first, _ in first } }
        validation.merge(file.validation) { first, _ in first }
        targets.merge(file.targets) { first, _ in first }
        // Of two prices for one model and day the book takes the later.
        prices = file.prices + prices
        warnings += file.warnings
        files.append(file.path)
    }

    private mutating func readEnvironment(_ world: World, _ known: KnownThresholds) throws(ConfigurationError) {
        func wrong(_ variable: String, _ text: String) -> ConfigurationError {
            ConfigurationError(path: variable, text: "is '\(world[variable] ?? "")'; write \(text)")
        }
        if let text = world["SUFFICE_FORMAT"] {
            guard let format = ReportFormat(rawValue: text) else {
                throw wrong("SUFFICE_FORMAT", ReportFormat.allCases.map(\.rawValue).joined(separator: ", "))
            }
            self.format = format
        }
        timezone = world["SUFFICE_TIMEZONE"]
        if let text = world["SUFFICE_NO_INGEST"], text != "0", text != "false" { ingestsFirst = false }
        if let text = world["SUFFICE_CAPTURE_CONTENT"] {
            guard let captures = Bool(text) else { throw wrong("SUFFICE_CAPTURE_CONTENT", "true or false") }
            capturesContent = captures
        }
        if let text = world["SUFFICE_CAPTURE_RETENTION_DAYS"] {
            guard let days = Int(text), (1...100_000).contains(days) else {
                throw wrong("SUFFICE_CAPTURE_RETENTION_DAYS", "a whole number of days, 1 or more")
            }
            retentionDays = days
        }
        for agent in Agent.allCases {
            let variable = "SUFFICE_BILLING_" + agent.rawValue.asVariable
            guard let text = world[variable] else { continue }
            guard let billing = Billing(rawValue: text) else { throw wrong(variable, "api, subscription or unknown") }
            self.billing[agent] = billing
        }
        for limit in ValidationLimit.allCases {
            let variable = "SUFFICE_VALIDATION_" + limit.rawValue.asVariable
            guard let text = world[variable] else { continue }
            guard let number = Int(text), limit.range.contains(number) else { throw wrong(variable, limit.rangeText) }
            validation[limit] = number
        }
        for kpi in KPI.allCases {
            let variable = "SUFFICE_KPI_" + kpi.rawValue.asVariable
            guard let text = world[variable] else { continue }
            guard let target = Double(text), kpi.allows(target: target) else { throw wrong(variable, kpi.targetText) }
            targets[kpi] = target
        }
        for (kind, names) in known {
            for name in names {
                let variable = "SUFFICE_THRESHOLDS_\(kind.asVariable)_\(name.asVariable)"
                guard let text = world[variable] else { continue }
                guard let number = Double(text), number >= 0, number.isFinite else {
                    throw wrong(variable, "a number, not negative")
                }
                thresholds[kind, default: [:]][name] = number
            }
        }
    }

    private mutating func warnOfUnknown(_ known: KnownThresholds) {
        for (kind, values) in thresholds.sorted(by: { $0.key < $1.key }) {
            guard let names = known[kind] else {
                warnings.append("no finding has the kind '\(kind)': [thresholds.\(kind)] is ignored")
                continue
            }
            for name in values.keys.sorted() where !names.contains(name) {
                warnings.append(
                    "'\(kind)' has no threshold '\(name)', only \(names.joined(separator: ", ")); it is ignored"
                )
            }
        }
    }
}

extension String {
    /// The way environment variables are spelt.
    fileprivate var asVariable: String { uppercased().replacing("-", with: "_") }
}
