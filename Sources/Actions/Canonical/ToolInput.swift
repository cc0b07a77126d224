internal import JSONText

/// A tool's input, whose fields go by different names with different agents.
struct ToolInput {
    let value: JSONTree
    /// The input where it is no object: a patch.
    private let freeText: String?

    /// - Parameter value: as an API's reply or a log has it; Codex has JSON in a string.
    init(_ value: JSONTree) {
        let inner = value.text.flatMap { $0.utf8.first { $0 > 0x20 } == UInt8(ascii: "{") ? JSONTree($0) : nil }
        self.value = inner ?? value
        freeText = inner == nil ? value.text : nil
    }

    /// The first of some fields that is there.
    func field(_ names: String...) -> JSONTree? {
        for name in names {
            if let field = value[name], field != .null { return field }
        }
        return nil
    }

    /// A shell's command line; arguments in an array are joined, a shell's own `-c` taken off.
    var commandLine: String? {
        guard let command = field("command", "cmd") else { return nil }
        if let line = command.text { return line }
        let words = (command.elements ?? []).compactMap(\.text)
        guard let program = words.first else { return nil }
        let isShell = ["bash", "sh", "zsh"].contains { program == $0 || program.hasSuffix("/" + $0) }
        if words.count >= 3, isShell, words[1] == "-lc" || words[1] == "-c" { return words[2] }
        return words.map { ShellWord($0).rendered }.joined(separator: " ")
    }

    /// The folder a command is to run in.
    var folder: String? { field("workdir", "cwd", "dir_path", "directory", "working_directory")?.text }

    var path: String? {
        field("file_path", "path", "filePath", "absolute_path", "notebook_path", "absolutePath", "dir_path")?.text
    }

    var patch: String? { freeText ?? field("input", "patch", "patchText")?.text }
}
