/// Reading, listing, finding and counting files: `show me src/main.rs`, `list the files in Tests`, `what's in a.toml`.
///
/// Not: what a file means, how it works, whether it is right.
enum FileRead {
    static let chore = Chore(
        name: "file-read",
        phrases: [
            Phrase(
                "read, read out, show, show me, print, print out, display, view, open, open up, cat, run cat, output, "
                    + "give me, dump, head, tail, paste, let me see",
                words,
                objects: objects,
                naming: .orObject
            ),
            Phrase("ls, pwd, tree, run ls, run pwd, run tree, run a command ls, run the command ls", words),
            Phrase("list, list out, enumerate", words + " names only", objects: objects, naming: .orObject),
            Phrase(
                "what's in, whats in, what is in, what's inside, what is inside, show me what's in, show me what is in, "
                    + "check what's in, check what's inside, see what's in",
                words,
                objects: objects,
                naming: .orObject
            ),
            Phrase("what does, what do", words + " say contain look like", objects: "say contain", naming: .needed),
            Phrase(
                "what files are, which files are, what's the content of, what are the contents of, "
                    + "what is the content of, what directory, which directory, what folder",
                words + " am i we you"
            ),
            Phrase(
                "find, locate, where is, where's, where are, find where, search for, search, grep for, grep, rg, "
                    + "which file has, which file contains, which files contain, which files mention, find all, "
                    + "which file defines, where do we define, where is the definition of",
                words + " " + places,
                objects: "todo todos readme",
                naming: .orObject
            ),
            Phrase(
                "count, how many, how big is, how large is, what's the size of, what is the size of, how long is",
                words + " words functions do have does has todo todos"
            ),
            Phrase(
                "summarize, summarise, give me a summary of, tl;dr, tldr",
                "file short",
                objects: "readme changelog readme.md changelog.md",
                naming: .free
            ),
            Phrase(
                "does, do, is there, are there, check if, check whether",
                "file files folder directory exist exists",
                objects: "exist exists file",
                naming: .needed
            ),
        ]
    )

    private static let words =
        "file files folder folders directory dir directories contents content full whole entire line lines last top "
        + "bottom rows beginning end start root repo repository project hidden recursively tree structure size sizes "
        + "between through out package test tests source code up json yaml toml config schema markdown src lib app docs "
        + "bin scripts typescript javascript python go rust swift java ruby shell sql html css"

    private static let objects =
        "file files folder folders directory dir directories readme changelog tree env makefile dockerfile license "
        + "gitignore"

    private static let places =
        "defined declared definition usages uses occurrences references called used function class method struct "
        + "variable constant type interface todo todos string text mentions instances mention import imports imported "
        + "ending extension matching defines containing contains codebase"
}
