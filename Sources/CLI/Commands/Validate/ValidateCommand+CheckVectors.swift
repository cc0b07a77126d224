extension ValidateCommand {
    /// Answers BFCL's verdict on each row of a file.
    func answer(vectors path: String, in world: World) throws {
        throw CommandError.failed("--check-vectors is not built yet")
    }
}
