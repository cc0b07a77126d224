/// Installing, removing and listing packages, and asking for versions: `npm install lodash`, `add serde to Cargo.toml`.
///
/// Not: upgrades across versions, migrations, resolving conflicts of versions, choosing a library.
enum PackageManagement {
    static let chore = Chore(
        name: "package-management",
        phrases: [
            Phrase(
                commands(
                    [
                        "npm", "pnpm", "yarn", "pip", "pip3", "uv", "poetry", "cargo", "brew", "apt", "apt-get", "gem",
                        "bundle", "bun", "composer", "go", "conda", "dotnet", "nuget", "mix", "pod",
                    ],
                    [
                        "install", "i", "ci", "add", "remove", "uninstall", "list", "ls", "outdated", "show", "get",
                        "sync", "fetch", "freeze", "info", "mod tidy", "deps.get", "lock", "why",
                    ]
                ),
                words,
                unknown: 3
            ),
            Phrase(["install", "uninstall", "reinstall", "re-install"], words, unknown: 2),
            Phrase(
                ["add", "remove"],
                words + " dependency package library devdependency dev-dependency",
                unknown: 1,
                objects: "dependency dependencies package devdependency"
            ),
            Phrase(
                [
                    "what version of", "which version of", "what's the version of", "what is the version of",
                    "what's the latest version of", "what is the latest version of", "check the version of",
                    "print the version of", "show the version of", "what's the installed version of",
                ],
                words + " do we i have use using installed run running are",
                unknown: 2
            ),
            Phrase(
                ["list", "show", "show me", "print", "check for", "check"],
                words + " outdated installed dependencies packages dependency",
                objects: "dependencies packages outdated"
            ),
            Phrase(
                ["is", "do we have", "do i have", "check if", "check whether"],
                words + " installed",
                unknown: 1,
                objects: "installed"
            ),
            Phrase(
                ["run"],
                "install npm pnpm yarn bun bundle pip cargo poetry uv sync fetch ci",
                objects: "install sync"
            ),
        ]
    )

    private static let words =
        "package packages dependency dependencies deps dev development devdependency devdependencies globally locally "
        + "global latest version lockfile lock file node python ruby npm pnpm yarn pip cargo brew apt poetry uv bun "
        + "homebrew requirements project virtualenv venv environment machine save exact workspace root types module "
        + "modules library cli tool"

    private static func commands(_ managers: [String], _ verbs: [String]) -> [String] {
        managers.flatMap { manager in
            verbs.flatMap {
                ["\(manager) \($0)", "run \(manager) \($0)", "do \(manager) \($0)", "do a \(manager) \($0)"]
            }
        }
    }
}
