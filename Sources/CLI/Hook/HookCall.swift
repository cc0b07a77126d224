import ArgumentParser
import Foundation

/// Tells what an agent started as its hook, also where the flags cannot be understood.
enum HookCall {
    /// Whether this process is one.
    static var isMeant: Bool {
        isMeant(by: CommandLine.arguments.dropFirst(), environment: ProcessInfo.processInfo.environment)
    }

    private static func isMeant(by arguments: some Collection<String>, environment: [String: String]) -> Bool {
        // Claude Code sets the variable for its hooks: there even `--hok` cannot block every prompt.
        if arguments.first == GuardCommand.configuration.commandName, environment["CLAUDE_PROJECT_DIR"] != nil {
            return true
        }
        return arguments.contains { $0.isHookFlag }
    }
}

extension String {
    /// Editors and chats make one long dash of two.
    fileprivate var isHookFlag: Bool {
        let name = drop { "-–—".contains($0) }
        return name.startIndex > startIndex && name.hasPrefix("hook")
    }
}
