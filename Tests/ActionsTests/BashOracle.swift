import Foundation

/// bash itself, asked which words it makes of command lines; it runs none of them.
enum BashOracle {
    /// Every command is a function that tells its words, and nothing is found in the path.
    private static let script = #"""
        exec 9>&1 1>/dev/null 2>/dev/null
        PATH=/nowhere
        set -f +B
        shopt -u expand_aliases
        # One write each, which a line feed would cut in two: stages of a pipeline tell at once.
        command_not_found_handle() { builtin printf '%s\0' "$#" "${@//$'\n'/$'\1'}" >&9; return 0; }
        for name in echo cd test [ ls pwd printf; do
            builtin eval "$name() { command_not_found_handle '$name' \"\$@\"; }"
        done
        ./run() { command_not_found_handle ./run "$@"; }
        builtin mapfile -d '' lines
        for line in "${lines[@]}"; do
            ( builtin eval "$line"; builtin wait ) </dev/null
            builtin printf 'end\0' >&9
        done
        """#

    private static let path = ["/bin/bash", "/usr/bin/bash"].first { FileManager.default.isExecutableFile(atPath: $0) }

    /// The system's bash is of version 4 at least; macOS has an older one.
    static let isThere: Bool = {
        guard let path, let version = try? run(path, ["-c", "echo ${BASH_VERSINFO[0]}"], input: Data()) else {
            return false
        }
        return (Int(String(decoding: version, as: UTF8.self).filter(\.isNumber)) ?? 0) >= 4
    }()

    /// For each line the words of the commands that ran.
    static func argumentLists(of lines: [String]) throws -> [[[String]]] {
        guard let path else { return [] }
        let input = Data(lines.flatMap { Array($0.utf8) + [0] })
        let output = try run(path, ["--norc", "--noprofile", "-c", script], input: input)
        var fields = output.split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self).replacingOccurrences(of: "\u{1}", with: "\n") }[...]
        var answers: [[[String]]] = [[]]
        while let field = fields.popFirst() {
            if field == "end" {
                answers.append([])
            } else if let count = Int(field) {
                answers[answers.count - 1].append(Array(fields.prefix(count)))
                fields = fields.dropFirst(count)
            }
        }
        return Array(answers.dropLast())
    }

    private static func run(_ path: String, _ arguments: [String], input: Data) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = [:]
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        let file = FileManager.default.temporaryDirectory.appending(path: "suffice-shell-\(UUID().uuidString)")
        try input.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return answer
    }
}
