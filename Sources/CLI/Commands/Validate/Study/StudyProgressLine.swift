import Domain
import Foundation
import Replay
import Reports
import Wire

/// The one line on stderr that moves while models are asked; silent unless somebody watches.
struct StudyProgressLine: Sendable {
    private let isWatched: Bool

    init(_ terminal: Terminal) { isWatched = terminal.showsProgress }

    func show(_ progress: StudyProgress) {
        guard isWatched else { return }
        let text = "asked \(progress.replies) of \(progress.of), \(progress.spent.dollars) spent"
        Output.progress("\r\(text)\u{1B}[K")
    }

    func show(_ batch: BatchState, at host: String) {
        guard isWatched else { return }
        Output.progress("\rbatch \(batch.id) at \(host): \(batch.done) of \(batch.total) answered\u{1B}[K")
    }

    func clear() {
        if isWatched { Output.progress("\r\u{1B}[K") }
    }

    /// Ctrl-C ends as always, but says what becomes of the batch that is waited for.
    func saysOnInterrupt(_ isMeant: Bool) {
        guard isMeant else {
            signal(SIGINT, SIG_DFL)
            return
        }
        signal(SIGINT) { _ in
            let text: StaticString = """
                \nThe batch goes on at its provider. The same command waits for it again and pays nothing twice; \
                with --cancel it ends it.\n
                """
            // Only what is safe in a signal handler.
            write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
            signal(SIGINT, SIG_DFL)
            raise(SIGINT)
        }
    }
}
