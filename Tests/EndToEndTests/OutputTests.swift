import Foundation
import TestSupport
import Testing

@Suite struct OutputTests {
    @Test func `a reader that leaves early is no trouble`() async throws {
        let user = try User()
        try user.log((0..<2000).map { ClaudeLine.reply("\($0)", session: "s\($0)") })
        let answer = try await user.shell(
            "{ suffice spend --by session --format csv; echo \"status $?\" >&2; } | head -n 1"
        )
        #expect(answer.output.split(separator: "\n").count == 1)
        #expect(answer.trouble == "status 0\n")
    }

    @Test func `stdout that cannot be written is a failure`() async throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let answer = try await User(home: Package.sample).shell("suffice spend >/dev/full")
        #expect(answer.status == 1)
        #expect(answer.trouble.contains("the answer cannot be written"))
    }

    @Test func `stdout is the answer alone, whatever there is to complain about`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1"), "not JSON\n"])
        try user.folder.write("[nonsense]\n", to: "home/.config/suffice/suffice.toml")
        let answer = try await user.suffice("optimize", "--since", "all", "--format", "json")
        #expect(answer.status == 0)
        #expect(answer.trouble.contains("nonsense"))
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) }
    }

    @Test func `nothing from a log reaches the terminal raw`() async throws {
        let user = try User()
        try user.log([ClaudeLine.reply("1", model: #"evil\u001b[31m\nmodel"#, project: #"/code/\u001b]0;owned\u0007"#)])
        for arguments in [["spend"], ["spend", "--by", "project"], ["sessions"], ["doctor"], ["prices", "check"]] {
            let answer = try await user.run(arguments)
            #expect(!(answer.output + answer.trouble).unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
        }
    }

    @Test(arguments: [["spend"], ["optimize", "--since", "all"], [], ["doctor"], ["sessions"], ["prices"]])
    func `a pipe gets no escape codes`(arguments: [String]) async throws {
        let answer = try await User(home: Package.sample).run(arguments, environment: ["TERM": "xterm-256color"])
        #expect(!answer.output.contains("\u{1B}"))
        #expect(!answer.trouble.contains("\u{1B}"))
    }

    @Test func `a terminal gets colours unless it asks for none`() async throws {
        let user = try User(home: Package.sample)
        let colourful = try await user.onTerminal("spend", environment: ["TERM": "xterm-256color"])
        #expect(colourful.contains("\u{1B}["))
        for environment in [["TERM": "xterm-256color", "NO_COLOR": "1"], ["TERM": "dumb"]] {
            let plain = try await user.onTerminal("spend", environment: environment)
            #expect(plain.contains("claude-opus-4-8"))
            #expect(!plain.contains("\u{1B}"))
        }
    }

    @Test(arguments: [40, 80, 140]) func `tables fit the terminal`(columns: Int) async throws {
        let user = try User(home: Package.sample)
        for command in ["spend", "sessions", "optimize"] {
            let text = try await user.onTerminal(
                command,
                columns: columns,
                environment: ["TERM": "xterm", "NO_COLOR": "1"]
            )
            let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("→") }
            #expect(lines.allSatisfy { $0.count <= columns }, "\(text)")
        }
    }
}

extension User {
    /// What a command shows on a terminal of that width.
    fileprivate func onTerminal(
        _ command: String,
        columns: Int = 80,
        environment: [String: String]
    ) async throws -> String {
        let terminal = try Terminal(columns: columns)
        let status = try await shell("suffice \(command) >'\(terminal.path)'", environment: environment).status
        guard status == 0 else { return "status \(status)" }
        return terminal.shown()
    }
}

/// A terminal nobody sits at.
private final class Terminal {
    let path: String
    private let master: Int32
    /// Held open, so that what was shown is not lost with the process.
    private let own: Int32

    struct Trouble: Error {}

    init(columns: Int) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
        path = try Terminal.name(of: master)
        own = open(path, O_RDWR | O_NOCTTY)
        var size = winsize(ws_row: 50, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard own >= 0, ioctl(own, UInt(TIOCSWINSZ), &size) == 0 else { throw Trouble() }
    }

    /// Lets others open the terminal and answers where.
    private static func name(of master: Int32) throws -> String {
        #if os(Linux)
        // TIOCSPTLCK and TIOCGPTN, which Swift does not import.
        var number: Int32 = 0
        guard ioctl(master, 0x4004_5431, &number) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
            throw Trouble()
        }
        return "/dev/pts/\(number)"
        #else
        guard grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else { throw Trouble() }
        return String(cString: name)
        #endif
    }

    deinit {
        close(own)
        close(master)
    }

    func shown() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(master, &buffer, buffer.count)
            if count <= 0 { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
