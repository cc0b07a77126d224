import Domain
import Replay
import Reports
import Store

extension Workbench {
    /// Studies findings that propose another model, the largest saving first, while there is money.
    ///
    /// Several are looked at together, so one is only supported where it holds beside the others. One that was decided is
    /// passed over while its question is the same: the steps that would be asked, and so the evidence.
    func replay(_ findings: [OptimizeReport.Found], with options: StudyOptions) async throws {
        let verdicts = try telling { try store.verdicts() }
        var left = options.limit
        var desks: [StudyDesk] = []
        var standing = 0
        for found in findings where found.finding.candidates.contains(where: { $0.target != nil }) {
            guard left > .zero else { break }
            do {
                let task = try studyTask(for: found, target: nil)
                let prompt = try await standingPrompt(for: task, with: options)
                var desk = try StudyDesk(task, options: options, bench: self, prompt: prompt)
                // What could only be guessed is not worth the money.
                guard desk.history.fidelity.keys.contains(where: { $0 != .inferred }) else {
                    Output.progress("\(found.finding.id): its logs do not hold what was sent; not replayed\n")
                    continue
                }
                if let verdict = verdicts[found.finding.id], verdict.study == desk.plan.study.id, verdict.isDecided {
                    let text = "\(verdict.outcome.rawValue) by the same steps already"
                    Output.progress("\(found.finding.id): \(text); not replayed\n")
                    standing += 1
                    continue
                }
                desk.take(from: &left)
                desks.append(desk)
            } catch CommandError.failed(let reason) {
                Output.progress("\(found.finding.id): \(reason); not replayed\n")
            }
        }
        guard !desks.isEmpty else {
            if standing == 0 { Output.trouble("no finding has steps that can be asked again") }
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

extension Verdict {
    /// More of the same steps would not change it; another's may go on where the money ended.
    fileprivate var isDecided: Bool {
        switch outcome {
        case .supported, .contradicted, .cannotTell: true
        case .inconclusive, .indicative: false
        }
    }
}
