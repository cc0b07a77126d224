import ArgumentParser

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Asks a cheaper model your recorded steps again, and compares what it would have done.",
        discussion: """
            Nothing is executed: tool calls are compared by what they do, one step at a time, beside the recorded model \
            asked once more. It says first what it would cost, sends nothing without consent, stays below its budget, \
            and goes on where it stopped. --dry-run sends nothing at all.

            --check-vectors and --canonical read a file of rows, one JSON object a line, and answer a line of JSON each; \
            a row that cannot be read is named on stderr by its line, and the rest goes on.
            """
    )

    @Argument(help: "Findings, by their ids (suffice optimize --format json), or sessions.")
    var subjects: [String] = []

    @Option(help: ArgumentHelp("Ask this model instead of the one proposed.", valueName: "model"))
    var target: String?

    @OptionGroup var study: StudyOptions

    @Flag(name: .customLong("dry-run"), help: "Only say what would be asked and what it would cost; send nothing.")
    var dryRun = false

    @Flag(help: "End the study's batches that are out at providers; ask nothing.")
    var cancel = false

    @Flag(help: "Show what was recorded beside what the model would have done, here and as a page.")
    var show = false

    @Option(
        name: .customLong("check-vectors"),
        help: ArgumentHelp("Judge function calls as BFCL's AST checker does; - is stdin.", valueName: "file")
    )
    var checkVectors: String?

    @Option(help: ArgumentHelp("Show what tool calls do, in one spelling; - is stdin.", valueName: "file"))
    var canonical: String?

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        switch (checkVectors, canonical, subjects.isEmpty) {
        case (nil, nil, true):
            throw ValidationError("name findings or sessions, or a file: --check-vectors, --canonical")
        case (.some, .some, _): throw ValidationError("give --check-vectors or --canonical: not both")
        case (.some, _, false), (_, .some, false):
            throw ValidationError("a file of rows is answered alone: name no findings or sessions beside it")
        default: break
        }
        if cancel, dryRun { throw ValidationError("give --cancel or --dry-run: not both") }
    }

    func run() async throws {
        let world = World.current()
        if let checkVectors { return try answer(vectors: checkVectors, in: world) }
        if let canonical { return try answer(calls: canonical, in: world) }
        try await runStudies()
    }
}
