import Domain
import Replay
import Reports

extension Workbench {
    /// Studies findings that propose another model, the largest saving first, while there is money.
    ///
    /// Several are looked at together, so one is only supported where it holds beside the others.
    func replay(_ findings: [OptimizeReport.Found], with options: StudyOptions) async throws {
        var left = options.limit
        var desks: [StudyDesk] = []
        for found in findings where found.finding.candidates.contains(where: { $0.target != nil }) {
            guard found.verdict == nil, left > .zero else { continue }
            do {
                let task = try studyTask(for: found, target: nil)
                var desk = try StudyDesk(task, options: options, bench: self)
                // What could only be guessed is not worth the money.
                guard desk.history.fidelity.keys.contains(where: { $0 != .inferred }) else {
                    Output.progress("\(found.finding.id): its logs do not hold what was sent; not replayed\n")
                    continue
                }
                desk.take(from: &left)
                desks.append(desk)
            } catch CommandError.failed(let reason) {
                Output.progress("\(found.finding.id): \(reason); not replayed\n")
            }
        }
        guard !desks.isEmpty else {
            Output.trouble("no finding has steps that can be asked again")
            return
        }
        for desk in desks { try desk.askForConsent() }
        var reports: [StudyReport] = []
        for desk in desks { reports.append(try await desk.run(showing: false)) }
        let held = StudyResult.heldTogether(reports.map(\.result))
        for place in reports.indices {
            reports[place].result = held[place]
            try desks[place].keep(reports[place])
        }
    }
}
