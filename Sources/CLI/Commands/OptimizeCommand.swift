import Analysis
import ArgumentParser
import Reports

/// What `optimize` and its subcommands share.
struct OptimizeOptions: ParsableArguments {
    @Flag(name: .customLong("near-misses"), help: "Show what came close, and what kept it from being a candidate.")
    var nearMisses = false

    @Flag(
        name: .customLong("validate"),
        help:
            "Ask the cheaper models some recorded steps first, and tell how far they agree; says what it costs before."
    )
    var replays = false

    @OptionGroup var study: StudyOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var output: OutputOptions

    func run(kinds: Set<String>?) async throws {
        let bench = try await Workbench(readingFor: output)
        let selection = try bench.selection(selection, default: .days(30))
        try await bench.ingestIfAsked()
        let report = try bench.optimize(in: selection, showing: kinds, nearMisses: nearMisses)
        if report.callsAnalyzed == 0, try bench.saidNothingFound(report.newestCall) { return }
        guard replays else {
            try bench.show(report)
            let question = FindingsShelf.Question(self.selection, default: .days(30))
            if kinds == nil, let question { KeptFindings.keep(report, for: question, in: bench.world) }
            return
        }
        // Those that a replay contradicted, too: there may be more evidence by now.
        let found = try bench.optimize(in: selection, showing: kinds, withVerdicts: false)
        try await bench.replay(found.findings, with: study)
        try bench.show(bench.optimize(in: selection, showing: kinds, nearMisses: nearMisses))
    }
}

struct OptimizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "optimize",
        abstract: "Shows what could have cost less, and what to do about it.",
        discussion: "Covers the last 30 days unless --since says otherwise. Savings are estimates, and say so.",
        subcommands: [Downsize.self, ExportConfig.self]
    )

    static let kinds = Analysis.detectors.map { $0.kind }

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Only findings of this kind; may be repeated (\(kinds.joined(separator: ", "))).",
            valueName: "kind"
        )
    )
    var finding: [String] = []

    @Option(
        help: ArgumentHelp("Print how a kind of finding is found and priced, and when it is not.", valueName: "kind")
    )
    var explain: String?

    @OptionGroup var options: OptimizeOptions

    func validate() throws {
        for kind in finding + [explain].compactMap({ $0 }) where !Self.kinds.contains(kind) {
            throw ValidationError("no finding has the kind '\(kind)'; there are \(Self.kinds.joined(separator: ", "))")
        }
    }

    func run() async throws {
        if let detector = Analysis.detectors.first(where: { $0.kind == explain }) {
            let text = detector.page
            try Output.answer(text.hasSuffix("\n") ? text : text + "\n")
            return
        }
        try await options.run(kinds: finding.isEmpty ? nil : Set(finding))
    }
}

extension OptimizeCommand {
    struct Downsize: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "downsize",
            abstract: "The same as --finding \(ModelDowngrade.kind)."
        )

        @OptionGroup var options: OptimizeOptions

        func run() async throws { try await options.run(kinds: [ModelDowngrade.kind]) }
    }
}
