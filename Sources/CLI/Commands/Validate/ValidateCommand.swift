import ArgumentParser

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Compares tool calls by what they do, without running any.",
        discussion: """
            --check-vectors and --canonical read a file of rows, one JSON object a line, and answer a line of JSON each; \
            a row that cannot be read is named on stderr by its line, and the rest goes on.
            """
    )

    @Option(
        name: .customLong("check-vectors"),
        help: ArgumentHelp("Judge function calls as BFCL's AST checker does; - is stdin.", valueName: "file")
    )
    var checkVectors: String?

    @Option(help: ArgumentHelp("Show what tool calls do, in one spelling; - is stdin.", valueName: "file"))
    var canonical: String?

    func validate() throws {
        switch (checkVectors, canonical) {
        case (nil, nil): throw ValidationError("name a file: --check-vectors FILE or --canonical FILE")
        case (.some, .some): throw ValidationError("give --check-vectors or --canonical: not both")
        default: break
        }
    }

    func run() async throws {
        let world = World.current()
        if let checkVectors { try answer(vectors: checkVectors, in: world) }
        if let canonical { try answer(calls: canonical, in: world) }
    }
}
