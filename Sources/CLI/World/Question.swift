import Foundation

/// Something to be decided by whoever sits at the terminal.
enum Question {
    /// Only a terminal on both sides has somebody to ask.
    static var canBeAsked: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// Anything but a yes is a no.
    static func isAnsweredYes(_ question: String) -> Bool {
        Output.progress(question + " [y/N] ")
        let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
        return answer == "y" || answer == "yes"
    }
}
