import Domain
import Foundation
import Reports
import Synchronization

/// The one line on stderr that moves while something takes its time; silent unless somebody watches.
final class ProgressLine: Sendable {
    private struct State {
        var started: ContinuousClock.Instant?
        var drawn: ContinuousClock.Instant?
        var isShown = false
    }

    private let isWatched: Bool
    private let width: Int
    private let state = Mutex(State())

    init(_ terminal: Terminal) {
        isWatched = terminal.showsProgress
        width = terminal.progressWidth
    }

    /// Redraws at most ten times a second, and not before a reader would wonder.
    func show(bytes: Int, of total: Int, files: Int) {
        show { passed in
            let rate = Int(Double(bytes) / max(passed / .seconds(1), 0.001))
            return "reading logs  \(bytes.bytesText) of \(total.bytesText)  \(rate.bytesText)/s  \(files.of("file"))"
        }
    }

    /// The same with words of the caller's.
    func show(_ text: String) { show { _ in text } }

    private func show(_ text: (_ passed: Duration) -> String) {
        guard isWatched else { return }
        let now = ContinuousClock.now
        let passed: Duration? = state.withLock { state in
            let started = state.started ?? now
            state.started = started
            guard now - started > .milliseconds(150) else { return nil }
            if let drawn = state.drawn, now - drawn < .milliseconds(100) { return nil }
            if !state.isShown { ProgressLine.clearsOnInterrupt() }
            state.drawn = now
            state.isShown = true
            return now - started
        }
        guard let passed else { return }
        Output.progress("\r" + text(passed).shortenedAtEnd(to: max(10, width - 1)) + "\u{1B}[K")
    }

    /// Takes the line away: what comes next stands at the left.
    func clear() {
        let wasShown = state.withLock { state in
            defer { state.isShown = false }
            return state.isShown
        }
        if wasShown {
            Output.progress("\r\u{1B}[K")
            signal(SIGINT, SIG_DFL)
        }
    }

    /// Ctrl-C ends as always, but does not leave half a line; the store is whole whenever it comes.
    private static func clearsOnInterrupt() {
        signal(SIGINT) { _ in
            // Only what is safe in a signal handler.
            _ = "\r\u{1B}[K".utf8.withContiguousStorageIfAvailable { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            signal(SIGINT, SIG_DFL)
            raise(SIGINT)
        }
    }
}
