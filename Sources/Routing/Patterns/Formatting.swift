/// Formatters, linters' own fixes, and changes of form: `run prettier on src`, `convert this to YAML: …`.
///
/// Not: restructuring, renaming by meaning, documentation in a style.
enum Formatting {
    static let chore = Chore(
        name: "formatting",
        phrases: [
            Phrase(
                [
                    "format", "reformat", "auto-format", "autoformat", "re-format", "pretty print", "pretty-print",
                    "prettify", "beautify", "indent", "reindent", "fix the formatting of", "fix the indentation of",
                    "fix the formatting in", "fix the indentation in", "fix formatting in", "fix indentation in",
                    "clean up the formatting of", "apply formatting to",
                ],
                words,
                objects: things,
                takesBlock: true
            ),
            Phrase(
                ["run", "apply", "use", "execute"],
                words,
                objects: tools
            ),
            Phrase(
                ["convert", "turn", "transform", "change"],
                words
                    + " into from spaces tabs case snake camel kebab pascal upper lower uppercase lowercase snake_case "
                    + "csv tsv xml html markdown table list bullets array base64 hex unix epoch iso timestamp crlf lf",
                objects: "json yaml yml toml csv tsv xml markdown tabs spaces crlf lf uppercase lowercase",
                takesBlock: true
            ),
            Phrase(
                ["sort", "alphabetize", "alphabetise", "order"],
                words
                    + " alphabetically imports import keys lines entries list alphabetical order ascending descending "
                    + "dependencies",
                objects: "imports keys lines entries list this dependencies",
                takesBlock: true
            ),
            Phrase(
                ["remove", "strip", "trim", "delete"],
                words + " trailing whitespace blank empty lines spaces extra newline newlines tabs ends end each",
                objects: "whitespace newline newlines spaces tabs"
            ),
            Phrase(
                ["add a", "add", "ensure"],
                "newline trailing final missing end file files eof at",
                objects: "newline"
            ),
            Phrase(["wrap"], words + " lines line columns characters chars text long at", objects: "lines text"),
            Phrase(
                [
                    "minify", "uppercase", "lowercase", "capitalize", "escape", "unescape", "url encode", "url decode",
                    "base64 encode", "base64 decode", "urlencode",
                ],
                words + " string text word",
                takesBlock: true
            ),
        ]
    )

    private static let words =
        "file files code json yaml yml toml xml html css sql markdown python javascript typescript go rust swift java "
        + "kotlin ruby c c++ block snippet object response output document config whole entire project repo changed "
        + "staged modified source formatting indentation style consistently properly two four spaces tab tabs indent "
        + "folder directory recursively formatter out lint linter prettier black gofmt rustfmt eslint ruff isort "
        + "clang-format"

    private static let things =
        "json yaml yml toml xml html css sql markdown code file files this block snippet project"

    private static let tools =
        "prettier black gofmt rustfmt formatter isort clang-format swiftformat ktlint rubocop goimports biome shfmt "
        + "swift-format autopep8 yapf dprint"
}
