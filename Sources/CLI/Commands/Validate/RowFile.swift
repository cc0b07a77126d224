import Foundation
import JSONText
import Reports

/// A file of rows, one JSON object a line, each answered by a line.
struct RowFile {
    /// As the user wrote it; `-` is stdin.
    let name: String
    private let bytes: Data

    init(_ name: String, in world: World) throws(CommandError) {
        self.name = name == "-" ? "stdin" : name
        let path = world.absolute(name)
        guard name == "-" || FileManager.default.fileExists(atPath: path) else {
            throw .badInput("'\(name)' is not there; name a file of JSON lines")
        }
        do {
            // A handle, not Data's own reader: that refuses pipes.
            let file = try name == "-" ? .standardInput : FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            bytes = try file.readToEnd() ?? Data()
        } catch {
            throw .badInput("'\(name)' cannot be read: \(error.localizedDescription)")
        }
    }

    /// Writes the answer to each row behind its id; a row without one is named on stderr, by its line and why.
    func answer(_ answer: (JSONTree) -> Result<JSON, BrokenRow>) throws(CommandError) {
        var answers = ""
        var answered = 0
        var number = 0
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            let row = JSONTree(String(decoding: line, as: UTF8.self))
            switch row.map({ self.answered($0, answer) }) ?? .failure(BrokenRow(reason: "no JSON value")) {
            case .success(let value):
                answered += 1
                answers += value.line + "\n"
            case .failure(let row):
                Output.trouble("\(name) line \(number): \(row.reason); the row is left out")
            }
            // Rows may be many: what reads along need not wait for the last.
            guard answers.utf8.count > 1 << 16 else { continue }
            try Output.answer(answers)
            answers = ""
        }
        try Output.answer(answers)
        if answered == 0 {
            throw .badInput("'\(name)' has no row that can be read; it should hold one JSON object a line")
        }
    }

    private func answered(
        _ row: JSONTree,
        _ answer: (JSONTree) -> Result<JSON, BrokenRow>
    ) -> Result<JSON, BrokenRow> {
        let id: JSON
        switch row["id"] {
        case .string(let text)?: id = .string(text)
        case .number(let spelled)?: id = .exact(spelled)
        default: return .failure(BrokenRow(reason: row.members == nil ? "no JSON object" : "no \"id\""))
        }
        return answer(row).map { ["id": id] + $0 }
    }

    /// Why a row has no answer.
    struct BrokenRow: Error {
        var reason: String
    }
}
