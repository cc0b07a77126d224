import Dashboard
import Domain
import Reports
import Store

extension PageDesk {
    /// The verdicts of all studies; nil where there was none.
    func proof() throws -> ProofReport? {
        let verdicts = try verdicts()
        return verdicts.isEmpty ? nil : ProofReport(verdicts, zone: bench.zone)
    }

    /// A study's verdict, and what it rests on as far as that is still there.
    func study(_ id: String) async throws -> (verdict: Verdict, report: StudyReport?)? {
        guard let verdict = try verdicts().first(where: { $0.study == id }) else { return nil }
        let bench = bench.at(.now)
        let question = ReportCache.Question(
            name: "study \(id)",
            filter: .init(),
            window: .everything,
            day: bench.zone.day(of: bench.world.now)
        )
        do {
            return (
                verdict,
                try await telling {
                    // What was recorded and answered stays as it is, whatever else comes in.
                    try await cache.report(question, at: verdict.time.description) {
                        guard let report = try await bench.keptStudy(verdict) else { throw Gone() }
                        return report
                    }
                }
            )
        } catch is Gone {
            return (verdict, nil)
        }
    }

    /// Neither the record nor the logs of a study are there.
    private struct Gone: Error {}

    private func verdicts() throws -> [Verdict] {
        try telling { try bench.telling { try bench.store.everyVerdict() } }
    }
}
