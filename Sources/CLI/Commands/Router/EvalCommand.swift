import ArgumentParser
import Domain
import Evaluation
import Foundation
import Reports
import Routing

extension RouterCommand {
    struct Eval: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "eval",
            abstract: "Shows how good every scorer is on rated prompts, beside baselines.",
            discussion: """
                Reads the forms of RouteLLM, RouterBench, ParetoBandit and LLMRouter, JSON lines like \
                {"id","prompt","results":[{"model","score","costUSD","response"}]}, and tables with the columns \
                prompt, model, score, cost. Without --train and --test the rows are split by --folds or --labels.
                """
        )

        @Argument(help: ArgumentHelp("Files or folders to split; - is stdin.", valueName: "dataset"))
        var datasets: [String] = []

        @Option(help: ArgumentHelp("Learn from this file or folder; may be repeated.", valueName: "path"))
        var train: [String] = []

        @Option(help: ArgumentHelp("Judge on this file or folder; may be repeated.", valueName: "path"))
        var test: [String] = []

        @Option(help: ArgumentHelp("The cheaper of two models.", valueName: "model"))
        var weak: String?

        @Option(help: ArgumentHelp("The model it is to stand in for.", valueName: "model"))
        var strong: String?

        @Option(help: ArgumentHelp("Learn from so many rows and judge on the rest.", valueName: "count"))
        var labels: Int?

        @Option(help: ArgumentHelp("Cross-validate in so many folds (5 unless --labels is given).", valueName: "count"))
        var folds: Int?

        @Option(help: ArgumentHelp("Repeat with so many draws, and show means.", valueName: "count"))
        var seeds = 1

        @Flag(
            name: .customLong("drop-contaminated"),
            help: "Leave out what a contaminated_prompts.jsonl beside it lists."
        )
        var dropContaminated = false

        @Option(help: ArgumentHelp("Draw quality against cost.", valueName: "file"))
        var svg: String?

        @Option(help: "How to write the answer.")
        var format: ReportFormat?

        func validate() throws {
            guard (weak == nil) == (strong == nil) else {
                throw ValidationError("name both models of a pair: --weak MODEL --strong MODEL")
            }
            guard train.isEmpty == test.isEmpty else {
                throw ValidationError("--train and --test go together; name a data set alone to have it split")
            }
            guard datasets.isEmpty != train.isEmpty else {
                throw ValidationError(
                    datasets.isEmpty
                        ? "name a data set to split, or --train A --test B"
                        : "name a data set, or --train and --test: not both"
                )
            }
            guard labels == nil || folds == nil else { throw ValidationError("give --labels or --folds: not both") }
            guard train.isEmpty || (labels == nil && folds == nil) else {
                throw ValidationError(
                    "--labels and --folds split one data set; with --train and --test nothing is split"
                )
            }
            for (name, value, least) in [
                ("--labels", labels ?? 1, 1), ("--folds", folds ?? 2, 2), ("--seeds", seeds, 1),
            ]
            where value < least {
                throw ValidationError("\(name) is at least \(least)")
            }
        }

        func run() async throws {
            let bench = try Workbench(OutputOptions(format: format))
            let files = RatedFiles(world: bench.world, withContaminated: dropContaminated)
            let training = try DataSet(reading: files.read(datasets + train), droppingContaminated: dropContaminated)
            let judged = try DataSet(reading: files.read(test), droppingContaminated: dropContaminated)
            let kit = try LearningKit(world: bench.world)
            var plan = Comparison.Plan(
                scorers: kit.scorers,
                features: kit.features,
                division: train.isEmpty ? labels.map { .labels($0) } ?? .folds(folds ?? 5) : .given,
                seeds: seeds
            )
            plan.paraphrased = kit.defaultScorer
            let line = ProgressLine(bench.world.terminal)
            plan.progress = { scorer, done, all in line.show("judging \(scorer)  \(done) of \(all) scorers") }
            line.show("reading rated prompts")
            defer { line.clear() }
            if let weak, let strong { plan.pair = ModelPair(weak: ModelID(weak), strong: ModelID(strong)) }
            let comparison: Comparison
            do {
                comparison = try Comparison(plan, training: training.rows, test: judged.rows)
            } catch {
                let unused = (training.unused + judged.unused).first.map { "; \($0.name): \($0.reason)" } ?? ""
                throw CommandError.badInput("\(error)\(unused)")
            }
            let shipped = kit.defaultScorer.name
            let report = RouterEvalReport(
                comparison,
                defaultScorer: comparison.scorers.contains { $0.name == shipped } ? shipped : nil,
                skipped: training.skipped + judged.skipped,
                unused: training.unused + judged.unused,
                notes: training.remarks(dropped: dropContaminated) + judged.remarks(dropped: dropContaminated)
                    + kit.notes
            )
            line.clear()
            if let svg { try draw(report, to: bench.world.absolute(svg)) }
            try bench.show(report)
        }

        private func draw(_ report: RouterEvalReport, to path: String) throws {
            guard let text = report.comparison.svg(highlighted: report.defaultScorer) else {
                throw CommandError.badInput(
                    "no costs in the data to draw quality against; leave --svg out, or add costs"
                )
            }
            do {
                try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            } catch {
                throw CommandError.failed("\(path) cannot be written: \(error.localizedDescription)")
            }
        }
    }
}

extension DataSet {
    /// What was done to the rows as they were read.
    func remarks(dropped: Bool) -> [String] {
        var remarks: [String] = []
        if scale != .unit { remarks.append("Scores were divided by \(Int(scale.rawValue)) to lie in 0 to 1.") }
        if contaminatedRows > 0 {
            remarks.append(
                dropped
                    ? "\(contaminatedRows.of("contaminated row")) left out."
                    : "\(contaminatedRows.of("row")) may be contaminated; --drop-contaminated leaves them out."
            )
        }
        return remarks
    }
}
