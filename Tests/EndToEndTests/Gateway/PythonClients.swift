import Foundation
import Synchronization
import TestSupport

/// Programs written in Python, in a virtual environment that the first test to need it makes.
///
/// The environment stays in `.build` for later runs, under a name that changes with what is installed.
struct PythonClients: Sendable {
    /// The official SDKs of both providers.
    static let sdks = PythonClients(requirements: "requirements.txt")
    /// An agent that is not ours, and a gateway that is not ours.
    static let agents = PythonClients(requirements: "agent-requirements.txt")
    /// What drives a browser, and judges how accessible a page is.
    static let browser = PythonClients(requirements: "requirements.txt", in: "Dashboard")
    /// The official client of the Model Context Protocol.
    static let mcp = PythonClients(requirements: "requirements.txt", in: "MCP")

    static let folder = folder(of: "Gateway")

    private static func folder(of part: String) -> String { Package.root + "/Tests/EndToEndTests/\(part)/Clients" }

    private let installed: Task<String, any Error>

    private init(requirements name: String, in part: String = "Gateway") {
        let requirements = PythonClients.folder(of: part) + "/" + name
        // Awaited by each test that asks for a program; a test that is given up leaves it to the others.
        installed = Task {
            let wanted = try String(contentsOfFile: requirements, encoding: .utf8)
            let sum = wanted.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
            let place = Package.root + "/.build/python-" + String(sum, radix: 16)
            guard !FileManager.default.fileExists(atPath: place + "/whole") else { return place }
            try? FileManager.default.removeItem(atPath: place)
            try await run("python3", "-m", "venv", place)
            try await run(place + "/bin/pip", "install", "--quiet", "--requirement", requirements)
            try Data().write(to: URL(fileURLWithPath: place + "/whole"))
            return place
        }
    }

    /// The path of a program in the environment.
    func program(_ name: String) async throws -> String { try await installed.value + "/bin/" + name }

    struct Trouble: Error {
        var text: String
    }
}

private func run(_ arguments: String...) async throws {
    let answer = try await Started("/usr/bin/env", arguments, user: User()).end()
    guard answer.status == 0 else { throw PythonClients.Trouble(text: answer.trouble) }
}
