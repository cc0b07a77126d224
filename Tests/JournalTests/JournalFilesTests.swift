import Domain
import Journal
import Testing

@Suite struct JournalFilesTests {
    @Test func `a file goes when its time is up and all of it is in the database, no other`() {
        let today = Day(year: 2026, month: 11, day: 21)
        let sizes: [String: Int64] = [
            "2026-10-21.jsonl": 10, "2026-10-22.jsonl": 10, "2026-10-20.jsonl": 10, "2026-10-19.jsonl": 10,
            "notes.jsonl": 10, "2026-10-18.jsonl.lock": 10,
        ]
        var read = sizes
        read["2026-10-20.jsonl"] = 9
        read["2026-10-19.jsonl"] = nil
        #expect(JournalFiles.removable(sizes, read: read, on: today, keptFor: 30) == ["2026-10-21.jsonl"])
        #expect(JournalFiles.name(on: today) == "2026-11-21.jsonl")
    }
}
