import ArgumentParser
import Domain
import Evaluation
import Foundation
import JSONText
import Reports
import Routing

extension RouterCommand {
    struct Train: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "train",
            abstract: "Fits the router to your own rated prompts, and installs it where it is better.",
            discussion: """
                Without a file it learns from your own history: which of the gateway's decisions for a cheaper model a \
                complaint took back, and which it did not, and rules that were kept or taken back; prompts are read back from the agents' logs. Files are what \
                suffice router eval reads. One prompt in five is never learned from: it judges the new router \
                and the installed one, and a worse router replaces no better one. Below \(RouterTraining.leastRows) rated \
                prompts the patterns stay.
                """
        )

        @Argument(help: ArgumentHelp("Files or folders of rated prompts; - is stdin.", valueName: "file"))
        var files: [String] = []

        @Flag(help: "Install the new router even if it is no better.")
        var replace = false

        @Option(help: "How to write the answer.")
        var format: ReportFormat?

        func run() async throws {
            let bench = try await Workbench(readingFor: OutputOptions(format: format))
            var data = DataSet(reading: try RatedFiles(world: bench.world).read(files))
            var history: [String] = []
            if files.isEmpty {
                try await bench.ingestIfAsked()
                let known = try await bench.ratedPrompts()
                data.rows = known.rows
                history = [known.rows.note(unread: known.unread)]
            }
            guard files.isEmpty || !data.rows.isEmpty else {
                let reason = data.unused.first.map { "\($0.name): \($0.reason)" } ?? "every row was skipped"
                throw CommandError.badInput(
                    "no rated prompt to learn from (\(reason)); see suffice router train --help"
                )
            }
            let kit = try LearningKit(world: bench.world)
            let folder = RouterFolder(dataFolder: bench.world.dataFolder)
            var notes = history + kit.notes + data.remarks(dropped: false)
            let installed = try incumbent(folder, kit, &notes)
            let training = RouterTraining(
                data.rows,
                scorer: kit.defaultScorer,
                features: kit.features,
                incumbent: installed
            )
            let isForced = replace && training.fitted != nil && training.verdict != .installed
            if training.verdict == .installed || isForced { try install(training, folder, kit, at: bench.world.now) }
            try bench.show(
                RouterTrainReport(
                    training,
                    isForced: isForced,
                    skipped: data.skipped,
                    unused: data.unused,
                    notes: notes
                )
            )
        }

        /// With `--replace` one that cannot be read is in nobody's way.
        private func incumbent(
            _ folder: RouterFolder,
            _ kit: LearningKit,
            _ notes: inout [String]
        ) throws -> RouterTraining.Incumbent? {
            do {
                guard let record = try folder.record() else { return nil }
                return try folder.router(of: record, with: kit)
            } catch {
                guard replace, case .failed(let text) = error else { throw error }
                notes.append("Not compared with the installed router: \(text).")
                return nil
            }
        }

        private func install(
            _ training: RouterTraining,
            _ folder: RouterFolder,
            _ kit: LearningKit,
            at time: Timestamp
        ) throws {
            guard let lesson = training.lesson, let router = FittedRouter(fitting: lesson, seed: 0) else { return }
            let bytes = router.encoded()
            let hash = bytes.withUnsafeBytes { stableHash($0) }
            let name = "router-" + String(hash, radix: 16)
            guard let record = RouterRecord(training, file: name, at: time, usesEmbeddings: router.usesEmbeddings)
            else {
                return
            }
            try folder.install(bytes, record)
        }
    }
}

extension [RatedPrompt] {
    /// Where rows from the user's history come from.
    fileprivate func note(unread: Int) -> String {
        guard !isEmpty || unread > 0 else {
            return
                "Your history rates no model yet: that takes a gateway in route mode, suffice validate, or a rule that was kept or taken back."
        }
        let note = "Learned from \(count.of("prompt")) of your own history"
        return unread == 0 ? note + "." : note + "; \(unread) more can be read in no log."
    }
}
