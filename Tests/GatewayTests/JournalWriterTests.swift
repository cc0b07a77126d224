import Domain
import Foundation
import Journal
import Routing
import TestSupport
import Testing

@testable import Gateway

@Suite struct JournalWriterTests {
    private let day = Timestamp(milliseconds: 1_800_000_000_000)

    private func intent(_ id: String) -> Exchange.Intent {
        Exchange.Intent(
            id: id,
            time: day,
            sender: RequestFacts.Sender(),
            format: .messages,
            decision: Decision(requested: ModelID("m"), chosen: ModelID("m"), reason: .requested),
            upstream: "u",
            upstreamFormat: .messages,
            requestBytes: 1
        )
    }

    @Test func `a line that was cut off does not swallow the next`() throws {
        let folder = try TemporaryFolder()
        try folder.write(#"{"v":1,"type":"int"#, to: "\(day.day).jsonl")
        JournalWriter(folder: folder.path).append(.intent(intent("a")), at: day)
        JournalWriter(folder: folder.path).append(.intent(intent("b")), at: day)
        let text = try String(contentsOfFile: folder.path + "/\(day.day).jsonl", encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 4 && lines[1].contains(#""id":"a""#) && lines[2].contains(#""id":"b""#))
    }

    @Test func `each line is there as soon as it is appended, in a file of its day that only its owner reads`() throws {
        let folder = try TemporaryFolder()
        let journal = JournalWriter(folder: folder.path + "/gateway")
        journal.append(.intent(intent("a")), at: day)
        journal.append(.intent(intent("b")), at: day.advanced(byMilliseconds: 86_400_000))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/gateway").sorted()
        #expect(names == ["\(day.day).jsonl", "\(day.day.advanced(byDays: 1)).jsonl"])
        for name in names {
            let path = folder.path + "/gateway/" + name
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.hasSuffix("\n"))
            #expect(text.split(separator: "\n").count == 1)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `lines of several threads do not mix`() async throws {
        let folder = try TemporaryFolder()
        let journal = JournalWriter(folder: folder.path)
        await withTaskGroup { tasks in
            for task in 0..<4 {
                tasks.addTask { for line in 0..<250 { journal.append(.intent(intent("\(task)-\(line)")), at: day) } }
            }
        }
        let text = try String(contentsOfFile: folder.path + "/\(day.day).jsonl", encoding: .utf8)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 1000)
        #expect(Set(lines).count == 1000)
        #expect(lines.allSatisfy { $0.hasPrefix("{\"v\":") && $0.hasSuffix("}") })
    }

    @Test func `a line that cannot be written is counted and stops nothing`() {
        let journal = JournalWriter(folder: "/proc/no-such-folder")
        journal.append(.intent(intent("a")), at: day)
        #expect(journal.lost == 1)
    }
}
