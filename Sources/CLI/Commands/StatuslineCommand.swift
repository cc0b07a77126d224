import ArgumentParser
import Domain
import Foundation
import Ingestion
import JSONText
import Pricing
import Reports

/// One line for an agent's status bar.
///
/// Runs on every prompt, so it opens no database, reads no configuration and of the transcript only the end; whatever
/// is missing or broken is left out of the line, and the exit code is 0.
struct StatuslineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statusline",
        abstract: "Reads an agent's status JSON on stdin and prints one line.",
        discussion: """
            In Claude Code's settings.json: "statusLine": {"type": "command", "command": "suffice statusline"}
            """
    )

    func run() async throws {
        guard isatty(STDIN_FILENO) == 0 else {
            Output.trouble("statusline reads an agent's status JSON on stdin; see suffice statusline --help")
            return
        }
        // A status is a few hundred bytes.
        let status = AgentStatus(json: Input.bytes(atMost: 1 << 20))
        let last = status.transcript.flatMap { TranscriptTail(path: $0).lastCall }
        try Output.answer(status.line(after: last) + "\n")
    }
}

/// What the agent says of itself.
struct AgentStatus {
    var model: String?
    var transcript: String?
    /// What the agent reckons the session cost so far.
    var cost: Money?

    init(json bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes, layout: .document)
            guard scanner.enterObject() else { return }
            while let key = scanner.nextKey() {
                if key.is("transcript_path") {
                    transcript = scanner.text()?.string
                } else if key.is("model") {
                    readModel(&scanner)
                } else if key.is("cost") {
                    readCost(&scanner)
                } else {
                    scanner.skipValue()
                }
            }
        }
    }

    private mutating func readModel(_ scanner: inout JSONScanner) {
        guard scanner.enterObject() else { return scanner.skipValue() }
        var id: String?
        while let key = scanner.nextKey() {
            if key.is("display_name") {
                model = scanner.text()?.string
            } else if key.is("id") {
                id = scanner.text()?.string
            } else {
                scanner.skipValue()
            }
        }
        model = model ?? id
    }

    private mutating func readCost(_ scanner: inout JSONScanner) {
        guard scanner.enterObject() else { return scanner.skipValue() }
        while let key = scanner.nextKey() {
            if key.is("total_cost_usd") {
                cost = scanner.number().flatMap { Double($0) }.map { Money(approximatingUSD: $0) }
            } else {
                scanner.skipValue()
            }
        }
    }

    /// `Opus 4.8 · $1.23 this session · last call $0.04 · 112.3k in context · 97% from cache`.
    func line(after call: Call?) -> String {
        var parts = [model?.visible ?? "suffice"]
        if let cost { parts.append("\(cost.dollars) this session") }
        if let call {
            if let price = PriceBook.builtin.cost(of: call) { parts.append("last call \(price.dollars)") }
            let prompt = call.usage.promptTokens
            if prompt > 0 {
                parts.append("\((prompt + call.usage.outputTokens).compact) in context")
                parts.append("\((Double(call.usage.cacheReadTokens) / Double(prompt) * 100).percent) from cache")
            }
        }
        return parts.joined(separator: " · ")
    }
}

/// The last lines of a session's log.
struct TranscriptTail {
    let path: String

    /// Enough for the last calls; one tool result can be larger, and then a second look takes more.
    private static let looks = [256 << 10, 8 << 20]

    var lastCall: Call? {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let size = Int(status.st_size)
        for look in Self.looks {
            if let call = lastCall(in: bytes(of: file, last: min(look, size), size: size)) { return call }
            if look >= size { break }
        }
        return nil
    }

    private func bytes(of file: Int32, last count: Int, size: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, pread(file, buffer.baseAddress, count, off_t(size - count)))
        }
    }

    private func lastCall(in bytes: [UInt8]) -> Call? {
        let logs = ClaudeCodeLogs()
        guard let log = Discovery(source: logs, at: path).files.first else { return nil }
        var extractor = logs.extractor(for: log, resuming: [])
        bytes.withUnsafeBytes { bytes in
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                // The first line is cut, and breaks; what broke is not kept.
                var scanner = JSONScanner(UnsafeRawBufferPointer(rebasing: line))
                _ = extractor.read(&scanner, at: 0)
            }
        }
        let main = extractor.finish().strands.filter { $0.thread.kind == .main }
        return main.flatMap(\.calls).max { $0.time < $1.time }
    }
}
