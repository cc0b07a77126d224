import Actions
import JSONText
import Reports

extension ValidateCommand {
    /// Answers what each tool call of a file does.
    func answer(calls path: String, in world: World) throws {
        try RowFile(path, in: world).answer { row in
            guard let tool = row["tool"]?.text else { return .failure(RowFile.BrokenRow(reason: "no \"tool\"")) }
            guard let input = row["input"] else { return .failure(RowFile.BrokenRow(reason: "no \"input\"")) }
            let place = ActionPlace(folder: row["cwd"]?.text ?? "/", home: row["home"]?.text)
            let action = CanonicalAction(toolNamed: tool, input: input, in: place)
            return .success([
                "kind": .string("\(action.kind)"),
                "targets": .array(action.targets.map { .string($0) }), "canonical": .string(action.text),
                "parsed": .bool(action.isParsed),
            ])
        }
    }
}
