/// Facts that stand in a manual: flags, syntax, defaults, ports, shortcuts, links to documentation.
///
/// Not: how something of the user's own works, or which way is better.
enum DocLookup {
    static let chore = Chore(
        name: "doc-lookup",
        phrases: [
            Phrase(
                "what does, what does the, what do, what do the, explain the, explain",
                words + " do does mean",
                unknown: 1,
                objects: "flag flags option options switch",
                naming: .flagNeeded,
                isGeneral: true
            ),
            Phrase(
                "what is the, what's the, whats the, which flag",
                terms + " do does mean take accept return makes",
                unknown: 2,
                objects: "option shortcut keybinding syntax default command extension mimetype makes",
                naming: .needed,
                isGeneral: true
            ),
            Phrase(
                lookUps(
                    "docs for, documentation for, syntax for, syntax of, signature of, man page for, help for, "
                        + "options of, options for, flags for, default for, url of, link to"
                ),
                words,
                unknown: 1,
                objects: languages,
                naming: .orObject,
                isGeneral: true
            ),
            Phrase(
                "docs for, documentation for, man page for, link me to the docs for, link to the docs for, "
                    + "where are the docs for, what's the signature of, what is the signature of",
                words,
                unknown: 1,
                objects: languages,
                naming: .orObject,
                isGeneral: true
            ),
            Phrase(
                "what does, what do, what is, what's",
                "acronym abbreviation stand stands short full form",
                unknown: 1,
                objects: "acronym abbreviation stand stands full",
                isGeneral: true
            ),
        ]
    )

    private static let terms =
        "docs documentation flag flags option options switch argument parameter command subcommand syntax default value "
        + "port shortcut keybinding keyboard key method function api reference page official link url manual help header "
        + "http attribute property keyword operator format string type return loop list array dictionary"

    private static let words = "\(terms) \(languages)"

    private static let languages =
        "python javascript typescript rust go swift java ruby bash zsh sql css html git docker kubectl curl tar grep "
        + "sed awk npm vim vscode emacs tmux ssh rsync find react node postgres mysql redis nginx linux macos windows"

    private static func lookUps(_ things: String) -> String {
        things.split(separator: ",").flatMap { thing in
            ["look up the", "find the", "show me the", "show the", "open the", "give me the", "get the"].map { start in
                "\(start) \(thing)"
            }
        }
        .joined(separator: ",")
    }
}
