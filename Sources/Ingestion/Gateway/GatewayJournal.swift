package import Domain

/// The journal that Suffice's own gateway writes; `Docs/Formats.md` describes it.
package struct GatewayJournal: LogSource {
    package let agent = Agent.gateway
    package let extractorVersion = 1

    package init() {}

    package func roots(in places: Places) -> [String] { [places.dataFolder + "/gateway"] }

    package func layout(of path: String, under root: String) -> LogLayout? {
        path.hasSuffix(".jsonl") && !path.contains("/") ? .lines : nil
    }

    package func extractor(for file: LogFile, resuming state: [UInt8]) -> any LogExtractor { GatewayExtractor() }
}
