import Domain
import Foundation
import Replay
import Reports

extension ValidateCommand {
    /// Asks another model the recorded steps of findings or sessions, and says how far it agrees with history.
    func runStudies() async throws {
        let bench = try await Workbench(readingFor: output)
        var selections = [try bench.selection(selection, default: .days(30))]
        if selection.since == nil, selection.until == nil {
            // Rules are about all of history: what they name is found, too.
            selections.append(try bench.selection(selection, default: .all))
        }
        try await bench.ingestIfAsked()
        let tasks = try bench.studyTasks(for: subjects, in: selections, target: target.map { ModelID($0) })
        for task in tasks {
            let prompt = try await bench.standingPrompt(for: task, with: study)
            let desk = try StudyDesk(task, options: study, bench: bench, prompt: prompt, isDry: dryRun)
            if cancel {
                try await desk.cancelBatches()
                continue
            }
            desk.tellOfGuesses()
            if dryRun {
                try bench.show(desk.plan)
                continue
            }
            try desk.askForConsent()
            let report = try await desk.run(showing: show)
            try bench.show(report)
            if show { try write(report, in: bench) }
        }
    }

    private func write(_ report: StudyReport, in bench: Workbench) throws(CommandError) {
        let path = bench.world.dataFolder + "/replays/" + report.study.id + ".html"
        do {
            try Data(report.html.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch {
            throw .failed("\(path) cannot be written: \(error.localizedDescription)")
        }
        Output.progress("side by side: \(bench.shortened(path))\n")
    }
}
