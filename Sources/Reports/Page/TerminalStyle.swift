/// What the terminal can show.
package struct TerminalStyle: Hashable, Sendable {
    package var width: Int
    package var hasColor: Bool

    package init(width: Int, hasColor: Bool = false) {
        // Below this nothing can be laid out; the terminal wraps it.
        self.width = max(width, 20)
        self.hasColor = hasColor
    }

    /// For output nobody looks at through a window, such as a file.
    package static let unbounded = 100_000

    /// Sentences read badly when they run across a wide screen.
    var proseWidth: Int { min(width, 100) }

    func styled(_ text: String, as tone: Tone) -> String {
        guard hasColor, !text.isEmpty else { return text }
        let code: String
        switch tone {
        case .plain: return text
        case .strong: code = "1"
        case .dim: code = "2"
        case .good: code = "32"
        case .warning: code = "33"
        }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
