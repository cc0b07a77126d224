extension ValidateCommand {
    /// Answers what each tool call of a file does.
    func answer(calls path: String, in world: World) throws {
        throw CommandError.failed("--canonical is not built yet")
    }
}
