import Foundation

/// Ends a hook that takes too long, whatever it waits for: a lock, a first run's logs, a home on a network.
///
/// What was kept so far stays: the store is whole whenever a process ends. Handlers run only what is safe in a signal
/// handler: they write a constant and end the process.
enum HookDeadline {
    /// Set before anything is read, so that a slow settings file is inside it too.
    static func set(seconds: UInt32 = 5) {
        signal(SIGALRM) { _ in
            let text: StaticString = "suffice: the hook took too long and was given up; nothing is blocked\n"
            _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
            _exit(ExitStatus.failed.rawValue)
        }
        alarm(seconds)
    }

    /// From here on the user is told, by the agent's protocol.
    static func tellUser() {
        signal(SIGALRM) { _ in
            let text: StaticString = """
                {"systemMessage":"Suffice: the budget could not be judged in 5 seconds, so nothing is blocked. \
                If there are many new logs, run \\"suffice ingest\\" once."}

                """
            _ = write(STDOUT_FILENO, text.utf8Start, text.utf8CodeUnitCount)
            _exit(ExitStatus.done.rawValue)
        }
    }

    /// Lets the process go on; a deadline within an answer would cut it in two.
    static func lift() { alarm(0) }
}
