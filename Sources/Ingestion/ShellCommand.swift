internal import JSONText

/// What a shell tool's input asks for: a command line or a program with its arguments; valid while its bytes are.
struct ShellCommand {
    /// The command line, where it is logged as one.
    private(set) var line: RawText?
    private var arguments: [RawText] = []
    /// The folder it was to run in, where the input names one.
    var folder: RawText?

    init(line: RawText, folder: RawText? = nil) {
        self.line = line
        self.folder = folder
    }

    /// A program with its arguments; of a shell that is handed a command line, that line.
    init?(arguments: [RawText]) {
        guard let program = arguments.first else { return nil }
        let isShell = ShellCommand.shells.contains { program.is($0) }
        if arguments.count >= 3, isShell, arguments[1].is("-lc") || arguments[1].is("-c") || arguments[1].is("-Command")
        {
            line = arguments[2]
        } else {
            self.arguments = arguments
        }
    }

    private static let shells: [StaticString] = [
        "bash", "sh", "zsh", "/bin/bash", "/bin/sh", "/bin/zsh", "/usr/bin/bash", "/usr/bin/zsh", "powershell.exe",
        "powershell", "pwsh",
    ]

    /// Letters, digits and signs that mean nothing to a shell, wherever in a word they stand.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x25, 0x2B...0x3A, 0x3D, 0x40...0x5A, 0x5E, 0x5F, 0x61...0x7A, 0x80...: true
        default: false
        }
    }

    /// The program's arguments as a command line, quoted where a shell would take them apart.
    var joined: [UInt8] {
        var out: [UInt8] = []
        for argument in arguments {
            if !out.isEmpty { out.append(0x20) }
            let text = argument.unescaped
            let isPlain = !text.isEmpty && text.allSatisfy(ShellCommand.isPlain)
            if !isPlain { out.append(UInt8(ascii: "'")) }
            for byte in text {
                // Inside single quotes nothing stands for one: they end, and begin again behind it.
                if byte == UInt8(ascii: "'") { out.append(contentsOf: Array("'\\'".utf8)) }
                out.append(byte)
            }
            if !isPlain { out.append(UInt8(ascii: "'")) }
        }
        return out
    }
}

extension JSONScanner {
    /// The command in a shell tool's input, which comes next; nil where there is none.
    mutating func shellCommand() -> ShellCommand? {
        var command: ShellCommand?
        var folder: RawText?
        eachField { key, scanner in
            switch key.count {
            case 3 where key.is("cmd"), 7 where key.is("command"): command = scanner.commandLine() ?? command
            case 3 where key.is("cwd"), 7 where key.is("workdir"), 8 where key.is("dir_path"),
                9 where key.is("directory"), 17 where key.is("working_directory"):
                folder = scanner.text()
            default: scanner.skipValue()
            }
        }
        command?.folder = folder
        return command
    }

    private mutating func commandLine() -> ShellCommand? {
        guard nextKind() == .array else { return text().map { ShellCommand(line: $0) } }
        var arguments: [RawText] = []
        eachElement { scanner in
            if let argument = scanner.text() { arguments.append(argument) }
        }
        return ShellCommand(arguments: arguments)
    }
}
