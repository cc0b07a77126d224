/// How somebody wants a finding to become a rule.
package struct RuleWish: Hashable, Sendable {
    /// For every project, not only the finding's.
    package var isEverywhere = false
    /// Into the project's shared settings.
    package var isShared = false
    /// Another setting than the one that would be chosen.
    package var action: Rule.Action?
    /// Into a profile of Codex's.
    package var profile: String?
    /// Though it was taken back or did harm before.
    package var again = false

    package init() {}

    /// As it is written on a command line.
    package var flags: [String] {
        [isEverywhere ? "--everywhere" : nil, isShared ? "--shared" : nil, again ? "--again" : nil].compactMap { $0 }
            + (action.map { ["--as", $0.rawValue] } ?? []) + (profile.map { ["--profile", $0] } ?? [])
    }

    /// What is wrong with it, and what to write instead; nil where it can be tried.
    package var trouble: String? {
        if let profile, profile.isEmpty || !profile.utf8.allSatisfy(\.isProfileName) {
            return "'\(profile)' is no name of a profile; write letters, digits, '-' and '_'"
        }
        if isEverywhere, isShared { return "--shared is for a project's settings; leave out --everywhere" }
        return nil
    }
}

extension UInt8 {
    fileprivate var isProfileName: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
            || self == 0x2D || self == 0x5F
    }
}
