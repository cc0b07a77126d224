import ArgumentParser
import Domain
import Foundation
import Pricing
import Reports

extension PricesCommand {
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "update",
            abstract: "Takes in a LiteLLM price list; what is past keeps its price.",
            discussion: "Prices that differ hold from a day on: --from, or the day the file was written, or today."
        )

        /// Where LiteLLM keeps its newest list.
        static let newest =
            "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json"

        @Argument(help: "A file or a URL; without one, LiteLLM's newest list is downloaded.")
        var source = Update.newest

        @Option(
            help: ArgumentHelp("The day from which the prices hold.", valueName: "day"),
            transform: { text in
                guard let day = Day(text) else { throw ValidationError("'\(text)' is no day like 2026-08-01") }
                return day
            }
        )
        var from: Day?

        func run() async throws {
            let bench = try Workbench(OutputOptions(format: nil))
            let (bytes, written) = try PriceList(source, world: bench.world).read()
            let day = from ?? min(written ?? bench.today, bench.today)
            do {
                // The user's own prices stay out of what is kept: they live in suffice.toml.
                let file = PriceFile(folder: bench.world.dataFolder)
                let update = try file.book.merging(litellm: bytes, effectiveFrom: day)
                try file.keep(update)
                let named = update.changed.prefix(5).map(\.rawValue).joined(separator: ", ")
                let more = update.changed.count > 5 ? " and \(update.changed.count - 5) more" : ""
                let text =
                    update.changed.isEmpty
                    ? "nothing new: every price was known"
                    : "\(update.changed.count.of("model")) new or repriced from \(day): \(named)\(more)"
                try Output.answer(text.visible + "\n")
            } catch let error as PricingError {
                throw CommandError.badInput("\(source): \(error)")
            }
        }
    }
}

/// A price list where the user says it is.
private struct PriceList {
    let source: String
    let world: World

    init(_ source: String, world: World) {
        self.source = source
        self.world = world
    }

    /// Its bytes, and for a file the day it was written.
    func read() throws(CommandError) -> (bytes: [UInt8], written: Day?) {
        if source.hasPrefix("https://") || source.hasPrefix("http://") { return (try download(), nil) }
        let path = world.absolute(source)
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw .badInput("'\(path)' cannot be read; name a LiteLLM price file or a URL")
        }
        let date = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
        let written = date.map { Timestamp(milliseconds: Int64($0.timeIntervalSince1970) * 1000).day }
        return (Array(bytes), written)
    }

    /// Through curl: it is on every machine that has git, and knows the machine's proxies and certificates.
    private func download() throws(CommandError) -> [UInt8] {
        let curl = Process()
        curl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        curl.arguments = [
            "curl", "--fail", "--silent", "--show-error", "--location", "--proto", "=https,http", "--max-time", "60",
            "--max-filesize", "100000000", "--", source,
        ]
        let output = Pipe()
        curl.standardOutput = output
        do {
            try curl.run()
            let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
            curl.waitUntilExit()
            guard curl.terminationStatus == 0, !bytes.isEmpty else {
                throw CommandError.failed("'\(source)' could not be downloaded; download it and name the file")
            }
            return Array(bytes)
        } catch let error as CommandError {
            throw error
        } catch {
            throw .failed("'\(source)' could not be downloaded (\(error.localizedDescription)); name a file instead")
        }
    }
}
