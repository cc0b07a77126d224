import ArgumentParser
import Foundation

/// Tells what an agent started as its hook, also where the flags cannot be understood.
enum HookCall {
    /// Whether somebody asked for a hook's answer: only then does the clock run.
    static var isAskedFor: Bool {
        let arguments = CommandLine.arguments.dropFirst()
        // Whose `--hooks` adds some; it may take as long as a first run does.
        if arguments.contains(where: { $0 == OnboardCommand.configuration.commandName }) { return false }
        return arguments.contains { $0.isHookFlag } || arguments.first == HookCommand.configuration.commandName
    }

    /// Whether this process is a hook.
    static var isMeant: Bool {
        // Claude Code sets the variable for its hooks: there even `--hok` cannot block every prompt.
        isAskedFor
            || CommandLine.arguments.dropFirst().first == GuardCommand.configuration.commandName
                && ProcessInfo.processInfo.environment["CLAUDE_PROJECT_DIR"] != nil
    }
}

extension String {
    /// Editors and chats make one long dash of two.
    fileprivate var isHookFlag: Bool {
        let name = drop { "-–—".contains($0) }
        return name.startIndex > startIndex && name.hasPrefix("hook")
    }
}
