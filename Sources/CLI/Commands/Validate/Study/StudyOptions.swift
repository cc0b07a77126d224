import ArgumentParser
import Domain
import Replay

/// How a study is run; `validate` and `optimize --validate` share them.
struct StudyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many recorded steps to ask again.", valueName: "steps"))
    var samples = 96

    @Option(help: ArgumentHelp("Never spend more than this on a study (5 unless said).", valueName: "USD"))
    var budget: Double?

    @Flag(help: "Agree to what is sent and what it may cost without being asked.")
    var yes = false

    @Flag(
        name: .customLong("to-another-vendor"),
        help: "Agree that content goes to another vendor than the one that was recorded."
    )
    var toAnotherVendor = false

    @Flag(
        help: """
            Run the installed Claude Code or Codex once, in an empty home and before a server on this machine, for the \
            prompt and the tools that logs of its version lack.
            """
    )
    var recapture = false

    @Flag(
        inversion: .prefixedNo,
        help: """
            Ask in providers' batches: half the price, without caches, and it may take a day; otherwise one by one. The \
            cheaper unless said.
            """
    )
    var batch: Bool?

    func validate() throws {
        if samples < 1 || samples > 100_000 { throw ValidationError("--samples is a number from 1 to 100000") }
        if let budget, !(budget > 0 && budget < 1_000_000) {
            throw ValidationError("--budget is an amount of dollars above 0")
        }
    }

    var limit: Money { Money(approximatingUSD: budget ?? 5) }

    /// Nil where the estimate decides.
    var delivery: Delivery? { batch.map { $0 ? .batches : .oneByOne } }
}
