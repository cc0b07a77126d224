import Domain
import Foundation

@testable import Routing

/// RouteLLM's published answers of Mixtral-8x7B and GPT-4 to the questions of a benchmark, where the data is beside the repository.
struct RouteLLMResults {
    static let cheaper = ModelID("mixtral-8x7b")
    static let stronger = ModelID("gpt-4")

    struct Row {
        var prompt: String
        var cheaper: Double
        var stronger: Double
        /// The cheaper model's; empty where it was not published.
        var answer: String
    }

    var rows: [Row]

    private static let folder = URL(filePath: #filePath)
        .appending(path: "../../../../../shared/data/routing/routellm/routellm/evals").standardizedFileURL

    static var isThere: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func gsm8k() throws -> RouteLLMResults {
        RouteLLMResults(rows: try rows(of: folder.appending(path: "gsm8k/gsm8k_responses.csv")))
    }

    static func mmlu() throws -> RouteLLMResults {
        let files = try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: "mmlu/responses"),
            includingPropertiesForKeys: nil
        )
        return RouteLLMResults(rows: try files.sorted { $0.path < $1.path }.flatMap(rows))
    }

    private static func rows(of file: URL) throws -> [Row] {
        records(in: Array(try Data(contentsOf: file))).dropFirst().compactMap { record in
            guard record.count >= 3 else { return nil }
            return Row(
                prompt: record[0],
                cheaper: record[1] == "True" ? 1 : 0,
                stronger: record[2] == "True" ? 1 : 0,
                answer: record.count > 3 ? record[3] : ""
            )
        }
    }

    /// A file of these alone: quotes round fields, doubled inside; no empty last line.
    private static func records(in bytes: [UInt8]) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var wasQuote = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") {
                if wasQuote, !isQuoted { field.append(byte) }
                isQuoted.toggle()
                wasQuote = true
                continue
            }
            wasQuote = false
            if isQuoted || (byte != UInt8(ascii: ",") && byte != 0x0A && byte != 0x0D) {
                field.append(byte)
            } else if byte != 0x0D {
                record.append(String(decoding: field, as: UTF8.self))
                field.removeAll(keepingCapacity: true)
                if byte == 0x0A {
                    records.append(record)
                    record = []
                }
            }
        }
        return records
    }

    var trainingRows: TrainingRows {
        let rated = rows.enumerated().map { number, row in
            RatedPrompt(
                id: "\(number)",
                prompt: row.prompt,
                results: [
                    RatedPrompt.Result(model: Self.cheaper, score: row.cheaper),
                    RatedPrompt.Result(model: Self.stronger, score: row.stronger),
                ]
            )
        }
        return TrainingRows(rated, models: [Self.cheaper, Self.stronger], embedding: nil)
    }
}
