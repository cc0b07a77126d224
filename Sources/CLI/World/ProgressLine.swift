import Domain
import Foundation
import Reports
import Synchronization

/// The one line on stderr that moves while logs are read; silent unless somebody watches.
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
        guard isWatched else { return }
        let now = ContinuousClock.now
        let rate: Double? = state.withLock { state in
            let started = state.started ?? now
            state.started = started
            guard now - started > .milliseconds(150) else { return nil }
            if let drawn = state.drawn, now - drawn < .milliseconds(100) { return nil }
            if !state.isShown { ProgressLine.clearsOnInterrupt() }
            state.drawn = now
            state.isShown = true
            return Double(bytes) / max((now - started) / .seconds(1), 0.001)
        }
        guard let rate else { return }
        let text =
            "reading logs  \(bytes.bytesText) of \(total.bytesText)  \(Int(rate).bytesText)/s  \(files.of("file"))"
        Output.progress("\r" + text.shortenedAtEnd(to: max(10, width - 1)) + "\u{1B}[K")
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
