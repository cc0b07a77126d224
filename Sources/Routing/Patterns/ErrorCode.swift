/// What a code means that a standard or a manual defines: `what does error E0308 mean`, `exit code 137`.
///
/// Not: why it comes here, or what to do about it. A code must be named; a number alone could be anything.
enum ErrorCode {
    static let chore = Chore(
        name: "error-code",
        phrases: [
            Phrase(
                "what does, what do, what is, what's, whats, what are, meaning of, what is the meaning of, "
                    + "what's the meaning of, look up, lookup, define",
                words,
                objects: codes,
                naming: .needed,
                isGeneral: true
            ),
            Phrase("explain", words, objects: "code errno signal", naming: .needed, isGeneral: true),
            Phrase(
                "error, exit code, exit status, http, http status, status code, errno, signal, error code",
                "mean means meaning",
                objects: "mean means meaning",
                naming: .needed,
                isGeneral: true
            ),
        ]
    )

    private static let words =
        "mean means meaning stand error errors code codes status http https exit signal errno response compiler rust "
        + "typescript postgres postgresql mysql sqlite linux unix windows posix sqlstate oracle python bash shell curl "
        + "npm git docker kubernetes sigkill sigterm sigsegv"

    private static let codes = "error code status http exit signal errno sqlstate"
}
