import Domain
import Foundation
import Statistics
import Testing

@testable import Routing

@Suite struct ClaimTests {
    private func row(_ gap: Double, cheaper: Double = 1, stronger: Double = 1) -> Claim.Row {
        Claim.Row(gap: gap, cheaperScore: cheaper, strongerScore: stronger)
    }

    private func outcome(_ claim: Claim, _ rows: [Claim.Row]) -> Claim.Outcome {
        claim.outcome(of: rows, cheaper: ModelID("cheap"), stronger: ModelID("strong"))
    }

    @Test func `certifies the last threshold before too many come out worse`() throws {
        // With 100 rows and alpha .1, at most 5 may: a chance of .058 for 5, of .117 for 6.
        let rows = (0..<100).map { row(Double($0), cheaper: $0 >= 40 ? 0 : 1) }
        let claim = Claim(alpha: 0.1, requests: 0)
        guard case .certified(let certificate) = outcome(claim, rows) else {
            Issue.record("abstained")
            return
        }
        #expect(certificate.threshold == 44)
        #expect(certificate.sent == 45)
        #expect(certificate.worse == 5)
        #expect(certificate.share == 0.45)
        #expect(certificate.bound < 0.1)
        #expect(certificate.sendsToCheaper(gap: 44))
        #expect(!certificate.sendsToCheaper(gap: 44.5))
        #expect(!certificate.sendsToCheaper(gap: .nan))
    }

    @Test func `a promise that is counted on the next requests is more careful than one in the long run`() throws {
        let rows = (0..<500).map { row(Double($0), cheaper: $0 >= 40 && $0.isMultiple(of: 5) ? 0 : 1) }
        let sent = try [0, 5000, 1000, nil].map { requests in
            guard case .certified(let certificate) = outcome(Claim(alpha: 0.05, requests: requests), rows) else {
                throw CancellationError()
            }
            return certificate.sent
        }
        #expect(sent == sent.sorted(by: >))
        #expect(sent[0] > sent[3])
    }

    @Test(arguments: [(44, 45), (45, 45)])
    func `too few rows abstain and say how many it takes`(count: Int, needed: Int) {
        let rows = (0..<count).map { row(Double($0)) }
        let claim = Claim(alpha: 0.05, requests: 0)
        #expect(claim.rowsNeeded == needed)
        if count < needed {
            #expect(outcome(claim, rows) == .abstains(.tooFewRows(rows: count, needed: needed)))
        } else if case .abstains = outcome(claim, rows) {
            Issue.record("abstained")
        }
    }

    @Test func `rows of one gap go the same way, so that all of them must hold`() {
        let rows = (0..<100).map { row(0, cheaper: $0.isMultiple(of: 2) ? 1 : 0) }
        #expect(outcome(Claim(alpha: 0.1), rows) == .abstains(.tooRisky(rows: 100, sent: 100, worse: 50)))
    }

    @Test func `what is expected of a prompt is no number, keeps it on the stronger model`() throws {
        let rows = (0..<100).map { row($0 < 50 ? 0 : .nan, cheaper: $0 < 50 ? 1 : 0) }
        guard case .certified(let certificate) = outcome(Claim(alpha: 0.1), rows) else {
            Issue.record("abstained")
            return
        }
        #expect(certificate.sent == 50)
        #expect(certificate.rows == 100)
        #expect(
            outcome(Claim(alpha: 0.1), rows.map { _ in row(.nan) })
                == .abstains(.tooRisky(rows: 100, sent: 0, worse: 0))
        )
    }

    @Test(arguments: [(0.0, true), (0.1, true), (0.25, false)])
    func `graded scores come out worse where they fall short by more than the tolerance`(tolerance: Double, worse: Bool)
    {
        let claim = Claim(alpha: 0.1, tolerance: tolerance)
        #expect(claim.isWorse(row(0, cheaper: 0.5, stronger: 0.75)) == worse)
        #expect(!claim.isWorse(row(0, cheaper: 0.75, stronger: 0.5)))
    }

    @Test func `nothing can be promised for certain, or without any risk`() {
        #expect(Claim(alpha: 0).rowsNeeded == .max)
        #expect(Claim(alpha: 0.1, delta: 0).rowsNeeded == .max)
    }

    @Test func `is stored and read back`() throws {
        let rows = (0..<200).map { row(Double($0) / 7) }
        guard case .certified(let certificate) = outcome(Claim(alpha: 0.05), rows) else { throw CancellationError() }
        let read = try JSONDecoder().decode(Certificate.self, from: JSONEncoder().encode(certificate))
        #expect(read == certificate)
    }
}
