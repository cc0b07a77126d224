import ArgumentParser
import Reports

extension ReportFormat: ExpressibleByArgument {}

/// How an answer is written; every command that prints figures takes these.
struct OutputOptions: ParsableArguments {
    @Option(help: "How to write the answer.")
    var format: ReportFormat?

    @Flag(name: .customLong("no-ingest"), help: "Answer from what is known; do not look for new log lines first.")
    var noIngest = false

    @Option(help: ArgumentHelp("The time zone of days and times.", valueName: "name"))
    var timezone: String?

    init() {}

    /// For commands that have no such options, or fewer.
    init(format: ReportFormat?) {
        self.format = format
        noIngest = false
        timezone = nil
    }
}
