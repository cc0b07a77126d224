package import Domain

/// Amp's thread files: see the README beside this file.
package struct AmpLogs: LogSource {
    package let agent = Agent.amp
    package let extractorVersion = 2

    package init() {}

    package func roots(in places: Places) -> [String] {
        (places.folders(in: "AMP_DATA_DIR") ?? [places.dataHome + "/amp"]).map { $0 + "/threads" }
    }

    package func layout(of path: String, under root: String) -> LogLayout? {
        path.hasSuffix(".json") ? .document : nil
    }

    package func extractor(for file: LogFile, resuming state: [UInt8]) -> any LogExtractor {
        AmpExtractor(file: file)
    }
}
