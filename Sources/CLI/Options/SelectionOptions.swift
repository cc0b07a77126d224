import ArgumentParser
import Domain
import Reports

extension Agent: ExpressibleByArgument {}

/// Which calls an answer is about.
struct SelectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("From when on: 30d, 4w, 12h, today, a day like 2026-08-01, or all.", valueName: "time"),
        transform: Reach.init
    )
    var since: Reach?

    @Option(
        help: ArgumentHelp("Up to when, the day included: like --since.", valueName: "time"),
        transform: Reach.init
    )
    var until: Reach?

    @Option(help: ArgumentHelp("Only this project: its folder, a folder above it, or its name.", valueName: "project"))
    var project: String?

    @Option(help: ArgumentHelp("Only this agent.", valueName: "agent"))
    var agent: Agent?

    init() {}

    /// For commands that choose by themselves.
    init(since: Reach, agent: Agent? = nil) {
        self.since = since
        until = nil
        project = nil
        self.agent = agent
    }
}

/// The calls a user asked for.
struct Selection {
    var period: Period
    private let project: String?
    private let agent: Agent?

    init(_ options: SelectionOptions, default since: Reach, world: World, zone: Zone) throws(CommandError) {
        let since = options.since ?? since
        let until = options.until ?? .all
        let window = Window(from: since.start(now: world.now, in: zone), to: until.end(now: world.now, in: zone))
        if let from = window.from, let to = window.to, from >= to {
            throw .badInput("--until lies before --since: nothing can be in between")
        }
        var name = since.sinceName
        if until != .all { name = since == .all ? "until \(until.untilName)" : "\(name) until \(until.untilName)" }
        project = options.project.map { $0 == "." || $0.hasPrefix("./") || $0.hasPrefix("~") ? world.absolute($0) : $0 }
        agent = options.agent
        let scope = [agent.map { "agent \($0.rawValue)" }, project.map { "project \($0)" }].compactMap { $0 }
        period = Period(
            window: window,
            name: name,
            scope: scope.isEmpty ? nil : scope.joined(separator: ", "),
            flags: Selection.flags(since, until, options),
            now: world.now,
            zone: zone
        )
    }

    /// What to add to `suffice optimize` so that it is about the same calls.
    private static func flags(_ since: Reach, _ until: Reach, _ options: SelectionOptions) -> String {
        var flags: [String] = []
        if since != .days(30) { flags.append("--since \(since.text)") }
        if until != .all { flags.append("--until \(until.text)") }
        if let project = options.project { flags.append("--project \(project.quotedForShell)") }
        if let agent = options.agent { flags.append("--agent \(agent.rawValue)") }
        return flags.map { " " + $0 }.joined()
    }

    var isEverything: Bool { project == nil && agent == nil }

    func includes(agent other: Agent?, project folder: String) -> Bool {
        if let agent, let other, agent != other { return false }
        guard let project else { return true }
        if folder == project || folder.hasPrefix(project.hasSuffix("/") ? project : project + "/") { return true }
        // Windows folders turn up in logs that were made there.
        return folder.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map { $0 == project } ?? false
    }
}

extension String {
    /// The text as one word of a shell.
    var quotedForShell: String {
        let isPlain =
            !isEmpty
            && utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "/._-+:@".utf8.contains(byte)
            }
        return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}
