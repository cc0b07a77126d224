internal import Domain

extension ShellScript {
    /// The command that says what a line is for: its program, its subcommand, and the paths it is about.
    struct TellingCommand: Hashable {
        var name: [String]
        var targets: [String]
    }

    /// The last command that changes or runs something, else the last; nil where none is a plain one.
    func telling(in place: ActionPlace) -> TellingCommand? {
        let commands = items.compactMap { item -> (words: [String], effect: EffectClass)? in
            guard case .simple(_, let words)? = item.pipeline.stages.first?.body, !words.isEmpty else { return nil }
            let line = ShellScript(items: [Item(pipeline: item.pipeline, joint: .next)]).rendered
            var glances = CommandGlances()
            return (words.map { $0.literal ?? $0.rendered }, EffectClass(of: glances.kind(ofLine: line)))
        }
        guard let words = (commands.last { $0.effect.isDecisive } ?? commands.last)?.words else { return nil }
        let targets = words.dropFirst().filter(\.looksLikePath).map(place.absolute)
        return TellingCommand(name: ShellScript.name(of: words), targets: targets.sorted())
    }

    /// `git commit`, `npm run lint`, `python -m pytest`: a program and what it is told to be.
    private static func name(of words: [String]) -> [String] {
        let program = words.first.map { String($0.split(separator: "/").last ?? Substring($0)) } ?? ""
        if program.hasPrefix("python"), words.count > 2, words[1] == "-m" { return [program, words[2]] }
        guard let count = subcommands[program] else { return [program] }
        let operands = words.dropFirst().filter { !$0.hasPrefix("-") }
        let takesAnother = operands.first.map { ["run", "compose", "exec", "x"].contains($0) } ?? false
        return [program] + operands.prefix(takesAnother ? max(2, count) : count)
    }

    /// Programs whose first words, so many, are part of what they are.
    private static let subcommands: [String: Int] = [
        "git": 1, "gh": 2, "glab": 2, "go": 1, "npm": 1, "pnpm": 1, "yarn": 1, "bun": 1, "npx": 1, "bunx": 1,
        "deno": 1, "cargo": 1, "rustup": 1, "swift": 1, "dotnet": 1, "make": 1, "just": 1, "task": 1, "pip": 1,
        "pip3": 1, "uv": 1, "poetry": 1, "docker": 1, "podman": 1, "kubectl": 1, "helm": 1, "terraform": 1,
        "brew": 1, "apt": 1, "apt-get": 1, "systemctl": 1, "gradle": 1, "mvn": 1, "bundle": 1, "rails": 1, "rake": 1,
        "composer": 1, "aws": 2, "gcloud": 2, "az": 2,
    ]
}
