package import Domain

/// Whether an answer was cut off: by what the provider says, else by how the text ends.
package enum Truncation: Hashable, Sendable {
    /// The provider says that it hit a limit.
    case certain
    /// A code block or bracket is open, or the text ends inside of a sentence.
    case likely
    case none

    package init(_ text: String, stopReason: StopReason) {
        self.init(Array(text.utf8), stopReason: stopReason)
    }

    init(_ text: [UInt8], stopReason: StopReason) {
        switch stopReason {
        case .maxTokens, .pauseTurn: self = .certain
        default: self = Self.endsOpen(text) ? .likely : .none
        }
    }

    private static func endsOpen(_ text: [UInt8]) -> Bool {
        guard let last = text.last(where: { !$0.isSpace }) else { return false }
        if !text.occurrences(of: Array("```".utf8)).isMultiple(of: 2) { return true }
        switch last {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"),
            UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "<"), UInt8(ascii: ":"):
            return true
        default:
            return false
        }
    }
}
