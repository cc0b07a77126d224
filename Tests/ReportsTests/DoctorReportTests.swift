import Domain
import Reports
import Testing

@Suite struct DoctorReportTests {
    @Test func `skipped lines are named with file and line, and remedies stand under the checks`() throws {
        let report = DoctorReport(
            checks: [
                .init("data", .good, "~/.local/share/suffice/suffice.sqlite, 1.3 MB"),
                .init("billing", .warning, "unknown for claude-code", remedy: "set [billing] in suffice.toml"),
            ],
            skipped: [
                .init(file: "/logs/\u{1B}[31ma.jsonl", line: SkippedLine(line: 12, reason: "no JSON, or cut off")),
                .init(file: "/logs/b.jsonl", line: SkippedLine(line: 0, reason: "permission denied")),
            ]
        )
        #expect(!report.hasTrouble)
        try expectGolden(report.page.terminalText(TerminalStyle(width: 80)), "doctor-80.txt")
        try expectGolden(report.json.text + "\n", "doctor.json")
    }
}
