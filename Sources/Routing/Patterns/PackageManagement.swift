/// Installing, removing and listing packages, and asking for versions: `npm install lodash`, `add serde to Cargo.toml`.
///
/// Not: upgrades across versions, migrations, resolving conflicts of versions, choosing a library.
enum PackageManagement {
    static let chore = Chore(
        name: "package-management",
        phrases: [
            Phrase(commands, words, unknown: 3),
            Phrase(
                "install, reinstall, re-install, uninstall",
                words,
                unknown: 1,
                objects: "dependencies deps requirements packages",
                naming: .orObject
            ),
            Phrase(
                "add",
                words + " dependency package devdependency dev-dependency",
                unknown: 1,
                objects: "dependency dependencies package devdependency",
                naming: .needed
            ),
            Phrase(
                "what version of, which version of, what's the version of, what is the version of, "
                    + "what's the latest version of, what is the latest version of, check the version of, "
                    + "print the version of, show the version of, what's the installed version of",
                words + " do we i have use using installed run running are",
                unknown: 1
            ),
            Phrase(
                "list, show, show me, print, check for",
                words + " outdated installed dependencies packages dependency",
                objects: "dependencies packages outdated"
            ),
            Phrase(
                "is, do we have, do i have, check if, check whether",
                words + " installed",
                unknown: 1,
                objects: "installed",
                naming: .needed
            ),
        ]
    )

    private static let words =
        "package packages dependency dependencies deps dev development devdependency devdependencies globally locally "
        + "global latest version lockfile lock file node python ruby npm pnpm yarn pip cargo brew apt poetry uv bun "
        + "homebrew requirements project virtualenv venv environment machine save exact workspace root types"

    private static let commands: String = {
        let managers = [
            "npm", "pnpm", "yarn", "pip", "pip3", "uv", "poetry", "cargo", "brew", "apt", "apt-get", "gem", "bundle",
            "bun", "composer", "go", "conda", "dotnet", "mix", "pod",
        ]
        let verbs = [
            "install", "i", "ci", "add", "remove", "uninstall", "list", "ls", "outdated", "show", "get", "sync",
            "fetch",
            "freeze", "info", "mod tidy", "deps.get", "lock",
        ]
        let plain = managers.flatMap { manager in verbs.map { "\(manager) \($0)" } }
        return (plain + plain.map { "run \($0)" } + plain.map { "do a \($0)" }).joined(separator: ",")
    }()
}
