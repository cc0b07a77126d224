import Foundation
import TestSupport

/// What a process left behind.
struct Answer {
    /// The exit code, or 128 and the signal's number, as a shell counts.
    var status: Int32
    var output: String
    var trouble: String

    /// The output as the JSON of `suffice spend`.
    var spend: Spend {
        get throws { try JSONDecoder().decode(Spend.self, from: Data(output.utf8)) }
    }
}

/// A user: a home with logs, a data folder, and the binary.
struct User {
    let folder: TemporaryFolder
    /// The home's path; the temporary folder's own unless somebody else's logs are read.
    let home: String

    init(home: String? = nil) throws {
        folder = try TemporaryFolder()
        self.home = home ?? folder.path + "/home"
        try FileManager.default.createDirectory(atPath: folder.path + "/home", withIntermediateDirectories: true)
    }

    var data: String { folder.path + "/data" }
    var database: String { data + "/suffice.sqlite" }

    /// Writes a Claude Code session below the home.
    func log(_ lines: [String], as session: String = "s1", project: String = "-work-app") throws {
        try folder.write(lines.joined(), to: "home/.claude/projects/\(project)/\(session).jsonl")
    }

    /// Runs a command to its end, as if typed; nothing of the tests' own environment shines through.
    func suffice(
        _ arguments: String...,
        environment: [String: String] = [:],
        input: String = ""
    ) async throws -> Answer {
        try await Started(Binary.path, arguments, user: self, environment: environment, input: input).end()
    }

    /// Runs a line of shell in which `suffice` stands for the binary.
    func shell(_ line: String, environment: [String: String] = [:]) async throws -> Answer {
        let line = "suffice() { '\(Binary.path)' \"$@\"; }; " + line
        return try await Started("/bin/sh", ["-c", line], user: self, environment: environment).end()
    }

    func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Answer {
        try await Started(Binary.path, arguments, user: self, environment: environment).end()
    }

    func start(_ arguments: String...) throws -> Started { try Started(Binary.path, arguments, user: self) }

    /// Every call there is, by model.
    func totals() async throws -> Spend.Figures {
        try await suffice("spend", "--since", "all", "--format", "json").spend.totals
    }

    /// The same logs, read for the first time by somebody else.
    func freshTotals() async throws -> Spend.Figures { try await User(home: home).totals() }
}

/// A process under way.
final class Started: Sendable {
    private let process: Process
    private let output: String
    private let trouble: String
    private let ended: AsyncStream<Void>
    /// Holds the files of the process until it has ended.
    private let folder: TemporaryFolder

    init(
        _ path: String,
        _ arguments: [String],
        user: User,
        environment: [String: String] = [:],
        input: String = ""
    ) throws {
        folder = user.folder
        let name = user.folder.path + "/" + UUID().uuidString
        output = name + ".out"
        trouble = name + ".err"
        for (path, bytes) in [(output, ""), (trouble, ""), (name + ".in", input)] {
            guard FileManager.default.createFile(atPath: path, contents: Data(bytes.utf8)) else {
                throw CocoaError(.fileWriteUnknown)
            }
        }
        process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: user.folder.path + "/home")
        process.environment = Started.environment(user).merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: name + ".in"))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: trouble))
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        self.ended = ended
        process.terminationHandler = { _ in continuation.finish() }
        // A runner in the background ignores Ctrl-C, threads of a test runner block it, and a child inherits both.
        signal(SIGINT, SIG_DFL)
        var interrupt = sigset_t()
        sigemptyset(&interrupt)
        sigaddset(&interrupt, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
        try process.run()
    }

    private static func environment(_ user: User) -> [String: String] {
        let own = ProcessInfo.processInfo.environment
        let kept = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH", "TMPDIR"]
        return own.filter { kept.contains($0.key) }
            .merging(["HOME": user.home, "SUFFICE_DATA": user.data, "TZ": "UTC"]) { $1 }
    }

    var isRunning: Bool { process.isRunning }
    var processID: Int32 { process.processIdentifier }

    /// Waits on this thread: a test that gives it up may get it back when the process has long ended.
    func send(_ signal: Int32, after delay: Duration = .zero) {
        usleep(UInt32(delay / .microseconds(1)))
        kill(process.processIdentifier, signal)
    }

    /// Waits for the first line of the output.
    func firstLine() async throws -> String { try await output(upTo: "\n") }

    /// Waits for the first value of JSON that the output holds.
    func firstValue() async throws -> String { try await output(upTo: "\n}\n") }

    private func output(upTo end: String) async throws -> String {
        while isRunning {
            let text = try String(contentsOfFile: output, encoding: .utf8)
            if let end = text.range(of: end) { return String(text[..<end.upperBound]) }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Silent(trouble: try String(contentsOfFile: trouble, encoding: .utf8))
    }

    /// Waits until somebody listens on a port of this machine.
    func listens(on port: UInt16) async throws {
        while isRunning {
            if isListening(on: port) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Silent(trouble: try String(contentsOfFile: trouble, encoding: .utf8))
    }

    /// A process that ended without a word.
    struct Silent: Error {
        var trouble: String
    }

    /// Waits for the end.
    func end() async throws -> Answer {
        for await _ in ended {}
        process.waitUntilExit()
        let status = process.terminationStatus
        return Answer(
            status: process.terminationReason == .exit ? status : 128 + status,
            output: try String(contentsOfFile: output, encoding: .utf8),
            trouble: try String(contentsOfFile: trouble, encoding: .utf8)
        )
    }
}

/// The binary that was built with the tests.
enum Binary {
    static let path: String = {
        // The tests' bundle lies where the binary does, but for the folders within it on macOS.
        let bundle = CommandLine.arguments.lazy.compactMap { argument in
            argument.range(of: ".xctest").map { URL(fileURLWithPath: String(argument[..<$0.upperBound])) }
        }.first
        let beside = bundle.map { $0.deletingLastPathComponent().path + "/suffice" }
        if let beside, FileManager.default.isExecutableFile(atPath: beside) { return beside }
        return Package.root + "/.build/debug/suffice"
    }()
}

enum Package {
    /// The folder of Package.swift.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    static let sample = root + "/Sample/home"
    /// Real logs, where somebody has put them.
    static let realLogs = URL(fileURLWithPath: root + "/../shared/data/home").standardizedFileURL.path
    static var hasRealLogs: Bool { FileManager.default.fileExists(atPath: realLogs) }
}
