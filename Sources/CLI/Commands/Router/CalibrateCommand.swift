import ArgumentParser
import Domain
import Evaluation
import Foundation
import Reports
import Routing

extension RouterCommand {
    struct Calibrate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "calibrate",
            abstract: "Finds the setting that gives a share of the saving, a quality, a budget or a promise.",
            discussion: """
                Half of the rows teach a router, the other half say what each setting gives. With --alpha it certifies how \
                much a cheaper model may spoil, or keeps the model asked for where the rows cannot carry that. With \
                --cascade it finds which models to try first, and when their answers will do, for a --budget. Reads what \
                suffice router eval reads.
                """
        )

        @Argument(help: ArgumentHelp("Files or folders of rated prompts; - is stdin.", valueName: "file"))
        var files: [String] = []

        @Option(help: "From 0, always the most capable model, to 1, always the cheapest (default 0.5).")
        var dial: Double?

        @Option(help: "A share of the best model's quality, such as 0.95.")
        var quality: Double?

        @Option(help: ArgumentHelp("US$ for a thousand requests.", valueName: "usd"))
        var budget: Double?

        @Option(help: "The largest share of all requests that may come out worse, such as 0.05.")
        var alpha: Double?

        @Option(help: "With --alpha: the chance that the promise is wrong.")
        var delta = 0.1

        @Option(help: "With --alpha: how far below the stronger model's score, from 0 to 1, is not worse yet.")
        var tolerance = 0.0

        @Option(
            help:
                "With --alpha: how many requests the promise is counted on; 0: only the long run (default: as many as judge it)."
        )
        var requests: Int?

        @Option(help: "With --alpha: the cheaper model.")
        var weak: String?

        @Option(help: "With --alpha: the stronger model.")
        var strong: String?

        @Flag(help: "Find a cascade: cheaper models first, their answers judged; rows need responses.")
        var cascade = false

        @Option(help: ArgumentHelp("With --cascade: the models to choose from (default: all).", valueName: "a,b,c"))
        var models: String?

        @Option(help: "Draws the halves; the same seed gives the same answer.")
        var seed: UInt64 = 1

        @Option(help: "How to write the answer.")
        var format: ReportFormat?

        func validate() throws {
            guard !files.isEmpty else { throw ValidationError("nothing to calibrate on: name a file of rated prompts") }
            guard [dial, quality, budget, alpha].count(where: { $0 != nil }) <= 1 else {
                throw ValidationError("choose one of --dial, --quality, --budget and --alpha")
            }
            guard !cascade || [dial, quality, alpha].allSatisfy({ $0 == nil }) else {
                throw ValidationError("--cascade is found for a --budget; leave out --dial, --quality and --alpha")
            }
            guard cascade || models == nil else { throw ValidationError("--models goes with --cascade") }
            try check(dial, "--dial", within: 0...1)
            try check(quality, "--quality", within: 0...1)
            try check(budget, "--budget", within: 0...1_000_000)
            try check(alpha, "--alpha", within: 0.000_1...0.999_9)
            try check(delta, "--delta", within: 0.000_1...0.999_9)
            try check(tolerance, "--tolerance", within: 0...1)
            guard requests.map({ (0...100_000_000).contains($0) }) ?? true else {
                throw ValidationError("--requests is a whole number from 0 on")
            }
            guard (weak == nil) == (strong == nil) else {
                throw ValidationError("name both --weak and --strong, or neither")
            }
            guard weak == nil || weak != strong else { throw ValidationError("--weak and --strong are one model") }
        }

        private func check(_ value: Double?, _ name: String, within range: ClosedRange<Double>) throws {
            guard let value, !range.contains(value) else { return }
            throw ValidationError("\(name) is a number from \(range.lowerBound) to \(range.upperBound)")
        }

        func run() async throws {
            let bench = try Workbench(OutputOptions(format: format))
            let data = DataSet(reading: try RatedFiles(world: bench.world).read(files))
            guard !data.rows.isEmpty else {
                let reason = data.unused.first.map { "\($0.name): \($0.reason)" } ?? "every row was skipped"
                throw CommandError.badInput(
                    "no rated prompt to calibrate on (\(reason)); see suffice router calibrate --help"
                )
            }
            if cascade { return try calibrateCascade(on: data, bench) }
            let kit = try LearningKit(world: bench.world)
            let rows = TrainingRows(data.rows, of: data.rows.commonModels, features: kit.features)
            let asked = try asked(of: rows)
            do {
                let found = try Calibration.calibrated(asked, on: rows, scorer: kit.defaultScorer, seed: seed)
                try RouterFolder(dataFolder: bench.world.dataFolder).keep(found.calibration, found.router)
                try bench.show(CalibrationReport(found.calibration, notes: kit.notes + data.remarks(dropped: false)))
            } catch let trouble as Calibration.Trouble {
                throw CommandError.badInput(trouble.text)
            }
        }

        private func asked(of rows: TrainingRows) throws -> Calibration.Asked {
            if let quality { return .dial(.quality(quality)) }
            if let budget { return .dial(.budget(Money(approximatingUSD: budget))) }
            guard let alpha else { return .dial(.position(dial ?? 0.5)) }
            let claim = Claim(alpha: alpha, delta: delta, tolerance: tolerance, requests: requests)
            if let weak, let strong {
                return .claim(claim, cheaper: ModelID(weak), stronger: ModelID(strong))
            }
            guard rows.models.count == 2 else {
                throw CommandError.badInput("which two models? name them with --weak and --strong")
            }
            let (first, second) = (rows.meanScore(0), rows.meanScore(1))
            let models = first <= second ? rows.models : rows.models.reversed()
            return .claim(claim, cheaper: models[0], stronger: models[1])
        }
    }
}

extension TrainingRows {
    fileprivate func meanScore(_ model: Int) -> Double {
        let known = scores.map { $0[model] }.filter(\.isFinite)
        return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    }
}

extension Calibration.Trouble {
    fileprivate var text: String {
        switch self {
        case .unknownModel(let model, let known):
            "no row has a result of '\(model)'; there are \(known.map(\.rawValue).joined(separator: ", "))"
        case .tooFewRows(let rows, let needed):
            "\(rows.of("rated prompt")) with results of both are too few to calibrate on; bring at least \(needed)"
        case .dial(.oneModel): "one model leaves nothing to choose; bring rows with results of two or more"
        case .dial(.noRows): "no held-out row has a result of every model; bring more rows"
        case .dial(.costsMissing(let models)):
            "no costs are known for \(models.map(\.rawValue).joined(separator: ", ")); add costUSD to the results"
        case .dial(.budgetTooSmall(let least)):
            "even the cheapest setting costs \(least.decimal) US$ for a thousand requests; raise --budget"
        case .dial(.qualityTooHigh(let greatest)):
            "the most that any setting reaches is \(greatest) of the best model's quality; lower --quality"
        }
    }
}

extension RouterFolder {
    /// Keeps a setting beside the installed router, and the router that it was found with.
    func keep(_ calibration: Calibration, _ router: FittedRouter?) throws(CommandError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // One of each kind: a dial says where to stand, a certificate what may be relied on.
        let name = calibration.isPromise ? "certificate" : "dial"
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            if let router { try write(Data(router.encoded()), to: name + ".router") }
            try write(try encoder.encode(calibration), to: name + ".json")
        } catch {
            throw .failed("\(path) cannot be written: \(error.localizedDescription)")
        }
    }
}

extension Calibration {
    fileprivate var isPromise: Bool {
        if case .claim = asked { return true }
        return false
    }
}
