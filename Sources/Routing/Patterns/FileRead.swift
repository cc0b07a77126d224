/// Reading, listing, finding and counting files: `show me src/main.rs`, `list the files in Tests`, `what's in a.toml`.
///
/// Not: what a file means, how it works, whether it is right.
enum FileRead {
    static let chore = Chore(
        name: "file-read",
        phrases: [
            Phrase(
                [
                    "read", "read out", "show", "show me", "print", "print out", "display", "view", "open", "open up",
                    "cat",
                    "output", "give me", "dump", "head", "tail", "paste", "let me see", "take a look at", "look at",
                ],
                words,
                objects: objects
            ),
            Phrase(["ls", "pwd", "tree"], words),
            Phrase(["list", "list out", "enumerate"], words + " names only", objects: objects),
            Phrase(
                ["what's in", "whats in", "what is in", "what's inside", "what is inside", "what does", "what do"],
                words + " say contain look like",
                objects: "file folder directory readme"
            ),
            Phrase(
                [
                    "what files are", "which files are", "what's the content of", "what are the contents of",
                    "what is the content of", "what directory", "which directory", "what folder",
                ],
                words + " am i we you"
            ),
            Phrase(
                [
                    "find", "locate", "where is", "where's", "where are", "find where", "search for", "grep for",
                    "grep",
                    "search", "which file has", "which files contain", "which file contains", "which files mention",
                    "which file defines", "where do we define", "where is the definition of", "rg", "find all",
                ],
                words + " defined declared definition file files usages uses occurrences references called used folder "
                    + "directory function class method struct variable constant type interface config todo todos string "
                    + "text mentions instances mention import imports imported ending extension matching codebase",
                objects: "todo todos readme"
            ),
            Phrase(
                [
                    "count", "how many", "how big is", "how large is", "what's the size of", "what is the size of",
                    "how long is",
                ],
                words + " lines line files file words functions tests do have does has todo todos"
            ),
            Phrase(
                ["summarize", "summarise", "give me a summary of", "tl;dr", "tldr"],
                "file readme changelog short",
                objects: "readme changelog"
            ),
            Phrase(
                ["does", "do", "is there", "are there", "check if", "check whether"],
                "exist exists file files folder directory",
                objects: "~"
            ),
            Phrase(["tell me what", "tell me"], "it says is in file version line lines"),
        ]
    )

    private static let words =
        "file files folder folders directory dir directories contents content full whole entire line lines last top "
        + "bottom rows beginning end start root repo repository project hidden recursively tree structure size sizes "
        + "between through out module package test tests source code up json yaml toml config out"

    private static let objects =
        "file files folder folders directory dir directories readme changelog tree env makefile dockerfile license gitignore"
}
