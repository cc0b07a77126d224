import Actions
import Reports

extension ValidateCommand {
    /// Answers BFCL's verdict on each row of a file.
    func answer(vectors path: String, in world: World) throws {
        try RowFile(path, in: world).answer { row in
            do throws(FunctionCallVector.BrokenRow) {
                let fault = try FunctionCallVector(row).fault
                return .success(["valid": .bool(fault == nil), "errorType": .optional(fault?.rawValue)])
            } catch {
                return .failure(RowFile.BrokenRow(reason: error.reason))
            }
        }
    }
}
