/// A tool's input, whose fields go by different names with different agents.
struct ToolInput {
    let value: JSONValue
    /// The input as it is logged, where it is no JSON: a patch.
    private let freeText: String?

    init(_ text: String) {
        // Codex logs JSON in a string.
        let outer = JSONValue(text)
        let inner = outer?.string.flatMap { JSONValue($0) }
        value = inner ?? outer ?? .null
        freeText = outer == nil ? text : inner == nil ? outer?.string : nil
    }

    /// The first of some fields that is there.
    func field(_ names: String...) -> JSONValue? {
        for name in names {
            if let field = value[name], field != .null { return field }
        }
        return nil
    }

    /// A shell's command line; arguments in an array are joined, a shell's own `-c` taken off.
    var commandLine: String? {
        guard let command = field("command", "cmd") else { return nil }
        if let line = command.string { return line }
        let words = command.elements.compactMap(\.string)
        guard let program = words.first else { return nil }
        let isShell = ["bash", "sh", "zsh"].contains { program == $0 || program.hasSuffix("/" + $0) }
        if words.count >= 3, isShell, words[1] == "-lc" || words[1] == "-c" { return words[2] }
        return words.map { ShellWord($0).rendered }.joined(separator: " ")
    }

    /// The folder a command is to run in.
    var folder: String? { field("workdir", "cwd", "dir_path", "directory", "working_directory")?.string }

    var path: String? {
        field("file_path", "path", "filePath", "absolute_path", "notebook_path", "absolutePath", "dir_path")?.string
    }

    var patch: String? { freeText ?? field("input", "patch", "patchText")?.string }
}
