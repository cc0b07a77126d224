import Domain
import Replay
import Reports

/// The one line on stderr that moves while models are asked; silent unless somebody watches.
struct StudyProgressLine: Sendable {
    private let isWatched: Bool

    init(_ terminal: Terminal) { isWatched = terminal.showsProgress }

    func show(_ progress: StudyProgress) {
        guard isWatched else { return }
        let text = "asked \(progress.replies) of \(progress.of), \(progress.spent.dollars) spent"
        Output.progress("\r\(text)\u{1B}[K")
    }

    func clear() {
        if isWatched { Output.progress("\r\u{1B}[K") }
    }
}
