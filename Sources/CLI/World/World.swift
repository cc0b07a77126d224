import Domain
import Foundation
import Ingestion

/// What the process was started with and in; the only place that asks for it.
struct World {
    let environment: [String: String]
    /// `$HOME`, not what the system's user list says: that is how a user points Suffice at other logs.
    let home: String
    let workingFolder: String
    var now: Timestamp
    var terminal: Terminal

    static func current() -> World {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
        return World(
            environment: environment,
            home: home,
            workingFolder: FileManager.default.currentDirectoryPath,
            now: Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))),
            terminal: Terminal(environment: environment)
        )
    }

    /// A variable that is set to something.
    subscript(variable: String) -> String? { environment[variable].flatMap { $0.isEmpty ? nil : $0 } }

    var places: Places {
        var environment = environment
        environment["SUFFICE_DATA"] = self["SUFFICE_DATA"].map(absolute)
        return Places(home: home, environment: environment)
    }

    /// A path as the user typed it, from the root on.
    func absolute(_ path: String) -> String {
        if path == "~" { return home }
        if path.hasPrefix("~/") { return home + path.dropFirst() }
        let full = path.hasPrefix("/") ? path : workingFolder + "/" + path
        return URL(fileURLWithPath: full).standardizedFileURL.path
    }

    /// Where Suffice keeps what it knows.
    var dataFolder: String { places.dataFolder }
}
