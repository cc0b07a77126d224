/// Facts that stand in a manual: flags, syntax, defaults, ports, shortcuts, links to documentation.
///
/// Not: how something of the user's own works, or which way is better.
enum DocLookup {
    static let chore = Chore(
        name: "doc-lookup",
        phrases: [
            Phrase(
                [
                    "what does the", "what does", "what do the", "what is the", "what's the", "whats the", "which",
                    "what",
                ],
                words + " do does mean take accept return",
                unknown: 4,
                objects: "flag flags option options switch shortcut keybinding syntax default port command keyword "
                    + "extension mimetype operator"
            ),
            Phrase(
                [
                    "look up the docs for", "look up the documentation for", "find the docs for",
                    "find the documentation for",
                    "show me the docs for", "show the docs for", "open the docs for", "link to the docs for",
                    "link me to the docs for", "give me the docs for", "get the docs for", "docs for",
                    "documentation for",
                    "where are the docs for", "look up the syntax for", "look up the syntax of",
                    "look up the signature of",
                    "what's the signature of", "what is the signature of", "show me the man page for", "man page for",
                    "look up the man page for", "show the help for", "look up the options of",
                    "look up the options for",
                    "look up the flags for", "look up the default for", "look up the url of", "look up the link to",
                ],
                words,
                unknown: 4
            ),
            Phrase(
                ["what does", "what do", "what is", "what's"],
                "acronym abbreviation stand stands short full form",
                unknown: 2,
                objects: "acronym abbreviation stand stands"
            ),
        ]
    )

    private static let words =
        "docs documentation flag flags option options switch argument parameter command subcommand syntax default value "
        + "port shortcut keybinding keyboard key method function api reference page official link url manual help header "
        + "http attribute property keyword operator format string type return for loop list array dictionary in python "
        + "javascript typescript rust go swift java ruby bash zsh sql css html git docker kubectl curl tar grep sed awk "
        + "npm vim vscode emacs tmux ssh rsync find react node postgres mysql redis nginx linux macos windows"
}
