/// What a tool call was for: a shell call's by its command, any other's by its tool.
///
/// Coarse on purpose: enough to tell looking from changing and one phase of work from another. Raw values are stored.
package enum ActionKind: UInt8, Sendable, CaseIterable, Codable {
    case other = 0
    /// A file, or a part of it, was read.
    case readFile = 1
    /// Texts or names were searched for.
    case search = 2
    /// A folder was listed.
    case list = 3
    case edit = 4
    /// The repository was asked (`git status`, `git diff`, `gh pr view`).
    case readGit = 5
    /// The repository or its host was changed (`git commit`, `git push`, `gh pr create`).
    case writeGit = 6
    case format = 7
    case lint = 8
    case test = 9
    case build = 10
    /// Packages were installed, removed or listed.
    case package = 11
    /// A program or script of the user's ran.
    case run = 12
    /// The machine was asked (`ps`, `which`, `env`, `df`).
    case inspect = 13
    /// A page or an address was fetched.
    case fetch = 14
    /// The web or documentation was searched.
    case lookUp = 15
    case delegate = 16
    /// Lists of steps, plans and notes to self.
    case plan = 17
    case ask = 18
    /// Files or folders were moved, copied, made or deleted.
    case arrangeFiles = 19

    /// Whether it left the world as it was.
    package var isObservation: Bool {
        switch self {
        case .readFile, .search, .list, .readGit, .inspect, .fetch, .lookUp: true
        default: false
        }
    }
}
