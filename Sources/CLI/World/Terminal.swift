import Foundation
import Reports

/// What the answer and the progress are shown on.
struct Terminal {
    /// How the answer is laid out.
    var style: TerminalStyle
    /// Somebody watches stderr: progress may move.
    var showsProgress: Bool
    /// Columns for progress.
    var progressWidth: Int

    init(environment: [String: String]) {
        let isShown = isatty(STDOUT_FILENO) == 1
        let columns = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        let isPlain = environment["NO_COLOR"].map { !$0.isEmpty } ?? false || environment["TERM"] == "dumb"
        // A pipe has no width: nothing is shortened or dropped there unless the user says how wide it is.
        let width = isShown ? Terminal.columns(of: STDOUT_FILENO) ?? columns ?? 80 : columns ?? TerminalStyle.unbounded
        style = TerminalStyle(width: width, hasColor: isShown && !isPlain)
        showsProgress = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
        progressWidth = Terminal.columns(of: STDERR_FILENO) ?? columns ?? 80
    }

    private static func columns(of file: Int32) -> Int? {
        var size = winsize()
        guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
