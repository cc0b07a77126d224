import Analysis
import Domain
import Foundation
import Testing

/// What people read of a kind, as a whole: its summary, and each finding's advice, reasons and caveats.
///
/// `RECORD_SNAPSHOTS=1 swift test --filter KindTextTests` writes the files in `Golden` anew.
@Suite struct KindTextTests {
    /// Sessions without a finding, with one candidate, and with several.
    private struct Sample {
        var quiet: [Session]
        var one: [Session]
        var several: [Session]
        /// For ``one``, so that a single session will do.
        var thresholds: [String: Double] = [:]
    }

    private static let release = ["git fetch", "make build", "make test", "make upload"]

    private static let samples: [String: Sample] = [
        "context-resend": Sample(
            quiet: [.small()],
            one: [.carrying()],
            several: [
                .carrying("a", calls: 90, files: 5), .carrying("b", agent: .codex), .carrying("c", agent: .geminiCLI),
            ]
        ),
        "standing-prompt": Sample(
            quiet: [.starting("a", project: "/a", standing: 10_000)],
            one: [
                .starting("a", project: "/a", standing: 10_000), .starting("b", project: "/b", standing: 20_000),
            ],
            several: (0..<3).flatMap { number in
                [
                    .starting("a\(number)", project: "/a", standing: 10_000),
                    .starting(
                        "b\(number)",
                        project: "/b",
                        standing: 20_000,
                        labels: [
                            .sample(.context, label: "skill_listing", bytes: 27_000),
                            .sample(.context, label: "mcp_instructions_delta", bytes: 7200),
                        ]
                    ),
                ]
            },
            thresholds: ["sessions": 1]
        ),
        "script-instead": Sample(
            quiet: [.running(release, "a")],
            one: (0..<2).map { .running(release, "s\($0)", day: Double($0)) },
            several: (0..<4).map { .running(release + (0..<8).map { "step\($0)" }, "s\($0)", day: Double($0)) }
                + (4..<8).map { .running(["a", "b", "c"], "s\($0)", day: Double($0)) },
            thresholds: ["sessions": 2]
        ),
        "repeat-request": Sample(
            quiet: [.asking("a", day: 0)],
            one: [.asking("a", day: 0), .asking("b", day: 1)],
            several: (0..<4).map { .asking("s\($0)", day: Double($0), isHeadless: true) }
        ),
        "retry-loop": Sample(
            quiet: [.running(["make"], "a", failing: 1)],
            one: [.running(["make", "make"], "a", failing: 1)],
            several: (0..<3).map { .running(["make", "make", "make", "lint"], "s\($0)", day: Double($0), failing: 1) }
        ),
    ]

    @Test(arguments: samples.keys.sorted()) func `a kind says it well of none, one and many`(kind: String) throws {
        let sample = try #require(Self.samples[kind])
        let text =
            Self.text(of: kind, "nothing", in: sample.quiet)
            + Self.text(of: kind, "one", in: sample.one, thresholds: sample.thresholds)
            + Self.text(of: kind, "several", in: sample.several)
        try expectGolden(text, "\(kind).txt")
        #expect(!text.contains(/\b1 (?!was\b)[a-z]+s\b/), "a plural of one")
        #expect(text.contains("nothing: quiet") && text.contains("one: found") && text.contains("several: found"))
    }

    @Test(arguments: samples.keys.sorted()) func `what saves less than usd is left out`(kind: String) throws {
        let sample = try #require(Self.samples[kind])
        let limits = sample.thresholds.merging(["usd": 1000]) { $1 }
        #expect(analyse(sample.one, thresholds: Thresholds([kind: limits])).candidates(of: kind).isEmpty)
    }

    private static func text(
        of kind: String,
        _ title: String,
        in sessions: [Session],
        thresholds: [String: Double] = [:]
    ) -> String {
        guard let report = analyse(sessions, thresholds: Thresholds([kind: thresholds])).report(of: kind) else {
            return ""
        }
        var lines = ["== \(title): \(report.status.rawValue)", report.summary]
        for finding in report.findings.map(\.finding) {
            lines += ["", "in \(finding.project), \(finding.candidates.count.of("candidate"))", finding.action.text]
            lines += finding.candidates.map { "- \($0.session.name): " + $0.reasons.joined(separator: "; ") }
            lines += finding.caveats.map { "* " + $0 }
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// Compares a text with the file of that name beside the tests; `RECORD_SNAPSHOTS=1` writes the file instead.
    private func expectGolden(_ text: String, _ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(text == expected, "\(name) differs; RECORD_SNAPSHOTS=1 records it")
    }
}
