/// Formatters and changes of form that a program could make: `run prettier on src`, `convert this to YAML: …`.
///
/// Not: restructuring, renaming by meaning, linters' complaints, documentation in a style.
enum Formatting {
    static let chore = Chore(
        name: "formatting",
        phrases: [
            Phrase(
                "format, reformat, auto-format, autoformat, re-format, pretty print, pretty-print, prettify, beautify, "
                    + "indent, reindent, fix the formatting of, fix the indentation of, fix the formatting in, "
                    + "fix the indentation in, fix formatting in, fix indentation in, clean up the formatting of, "
                    + "apply formatting to",
                words,
                objects: things,
                naming: .orObject,
                takesBlock: true
            ),
            Phrase("run, apply, use, execute", words, objects: tools),
            Phrase(
                "gofmt, prettier, black, rustfmt, isort, clang-format, swift-format, biome, shfmt, autopep8",
                words,
                naming: .needed
            ),
            Phrase(
                "convert, turn, transform, change",
                words + " into from case snake camel kebab pascal base64 hex unix epoch iso timestamp lf table list",
                objects: "json yaml yml toml csv tsv xml markdown tabs spaces crlf lf uppercase lowercase",
                takesBlock: true
            ),
            Phrase(
                "sort, alphabetize, alphabetise",
                words + " alphabetically alphabetical order ascending descending dependencies",
                objects: "imports keys lines entries alphabetically",
                takesBlock: true
            ),
            Phrase(
                "remove, strip, trim, delete",
                words + " trailing whitespace blank empty lines spaces extra newline newlines tabs ends end each",
                objects: "whitespace newline newlines spaces tabs blank"
            ),
            Phrase("add a, add, ensure", "newline trailing final missing end file files eof at", objects: "newline"),
            Phrase("wrap", words + " lines columns characters chars text long at", objects: "lines text"),
            Phrase(
                "minify, uppercase, lowercase, escape, unescape, url encode, url decode, base64 encode, base64 decode, "
                    + "urlencode",
                words + " string text word",
                naming: .needed,
                takesBlock: true
            ),
        ]
    )

    private static let words =
        "file files code json yaml yml toml xml html css sql markdown python javascript typescript go rust swift java "
        + "kotlin ruby c c++ block snippet object response output document config whole entire project repo changed "
        + "staged modified source formatting indentation style consistently two four spaces tab tabs indent folder "
        + "directory recursively formatter out prettier black gofmt rustfmt isort clang-format src tests lib imports"

    private static let things =
        "json yaml yml toml xml html css sql markdown code file files block snippet project repo"

    private static let tools =
        "prettier black gofmt rustfmt formatter isort clang-format swiftformat ktlint goimports biome shfmt "
        + "swift-format autopep8 yapf dprint"
}
