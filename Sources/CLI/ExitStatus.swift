import ArgumentParser
import Foundation
import Reports

/// What the process says about itself when it ends; scripts depend on it.
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    /// A mistyped flag, an unknown name, a configuration that cannot be read.
    case badInput = 2
    /// A budget or a gate said no.
    case refused = 3
}

/// Why a command cannot go on, in words that say what to do.
enum CommandError: Error {
    case failed(String)
    case badInput(String)
    /// The answer is written; a budget or a gate said no.
    case refused
    /// Whoever read the output has seen enough, as `head` does: no trouble of ours.
    case readerLeft
}

extension ExitStatus {
    /// Tells the error where it belongs and ends the process.
    static func end(after error: any Error) -> Never {
        switch error {
        case CommandError.readerLeft: end(.done)
        case CommandError.refused: end(.refused)
        case CommandError.badInput(let text):
            Output.trouble(text)
            end(.badInput)
        case CommandError.failed(let text):
            Output.trouble(text)
            end(.failed)
        default: end(afterParsing: error)
        }
    }

    /// Help and version are answers; what the parser calls a usage error (64) is bad input here.
    private static func end(afterParsing error: any Error) -> Never {
        let text = Suffice.fullMessage(for: error)
        switch Suffice.exitCode(for: error) {
        case .success:
            do { try Output.answer(text + "\n") } catch {}
            end(.done)
        case .validationFailure:
            Output.progress(text.visibleLines + "\n")
            end(.badInput)
        default:
            Output.trouble("\(error)")
            end(.failed)
        }
    }

    private static func end(_ status: ExitStatus) -> Never {
        // To an agent, 2 from a hook means: stop. A slip of the pen in its settings must not.
        exit((status == .badInput && HookCall.isMeant ? .failed : status).rawValue)
    }
}

extension String {
    /// Every line of the text safe to show.
    var visibleLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).visible }.joined(separator: "\n")
    }
}
