import Foundation
import Statistics
import Testing

/// What programs read of `suffice optimize --format json`, as far as sums go.
struct Optimization: Decodable {
    struct Interval: Decodable {
        var low: Decimal
        var mid: Decimal
        var high: Decimal
    }

    struct Finding: Decodable {
        var kind: String
        var status: String
        var actualUSD: Decimal
        var estimatedUSD: Decimal
        var savingUSD: Decimal
        var evidence: [Evidence]
    }

    struct Evidence: Decodable {
        var session: String
        var calls: [String]
        var file: String
    }

    var totalUSD: Decimal
    var recoverableUSD: Interval
    var findings: [Finding]
}

/// What holds for any stretch of anybody's history.
@Suite struct RecoverableTests {
    /// Somebody's logs, and how many findings their windows must come to for the test to say something.
    struct Logs: Sendable {
        var home: String
        var windows: Int
        var findings: Int

        static let all =
            [Logs(home: Package.sample, windows: 4, findings: 4)]
            + (Package.hasRealLogs ? [Logs(home: Package.realLogs, windows: 24, findings: 51)] : [])
    }

    /// Windows over the whole of the logs: of an hour, of months, before the first call and after the last.
    private static func windows(_ count: Int) -> [(since: String, until: String)] {
        var random = SeededGenerator(seed: 7)
        let first = 1_760_000_000.0
        let last = 1_795_000_000.0
        return (0..<count).map { index in
            let start = Double.random(in: first..<last, using: &random)
            let length = [3_600.0, 86_400, 864_000, 8_640_000][index % 4] * Double.random(in: 0.5..<2, using: &random)
            return (time(start), time(start + length))
        }
    }

    /// Everything, and what lies around the sample's days.
    private static let wide = [("all", "2026-12-31"), ("2026-11-02", "2026-11-02"), ("2026-11-03", "2026-12-31")]

    private static func time(_ seconds: Double) -> String {
        Date(timeIntervalSince1970: seconds.rounded()).formatted(.iso8601)
    }

    @Test(arguments: Logs.all)
    func `what is recoverable exceeds neither the bill nor the findings, whatever the window`(logs: Logs) async throws {
        let user = try User(home: logs.home)
        #expect(try await user.suffice("ingest").status == 0)
        var found = 0
        for window in Self.windows(logs.windows) + Self.wide {
            let answer = try await user.run(
                ["optimize", "--no-ingest", "--format", "json", "--since", window.since, "--until", window.until]
            )
            guard answer.status == 0, !answer.output.isEmpty else {
                Issue.record("\(window): \(answer.trouble)")
                continue
            }
            let result = try JSONDecoder().decode(Optimization.self, from: Data(answer.output.utf8))
            let sum = result.findings.reduce(Decimal.zero) { $0 + $1.savingUSD }
            let recoverable = result.recoverableUSD
            #expect(recoverable.low <= recoverable.mid && recoverable.mid <= recoverable.high, "\(window)")
            #expect(recoverable.high <= sum && recoverable.high <= result.totalUSD, "\(window)")
            for finding in result.findings where finding.status == "found" {
                found += 1
                #expect(finding.savingUSD > 0 && finding.savingUSD <= finding.actualUSD, "\(window) \(finding.kind)")
                #expect(finding.estimatedUSD >= 0 && finding.actualUSD <= result.totalUSD, "\(window) \(finding.kind)")
                #expect(!finding.evidence.isEmpty)
                #expect(finding.evidence.allSatisfy { !$0.calls.isEmpty && !$0.file.isEmpty })
            }
        }
        #expect(found >= logs.findings)
    }
}
