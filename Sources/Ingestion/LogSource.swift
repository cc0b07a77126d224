package import Domain
package import JSONText

/// One agent's kind of log: where its files lie and how they are read.
package protocol LogSource: Sendable {
    var agent: Agent { get }
    /// Raised whenever reading changes: files read by an older one are read again.
    var extractorVersion: Int { get }
    /// The folders this agent logs to, whether they exist or not; its own environment variables are respected.
    func roots(in places: Places) -> [String]
    /// How a file below a root is to be read; nil for one that is no log of calls.
    ///
    /// The path is the one below the root, with `/` between its parts.
    func layout(of path: String, under root: String) -> LogLayout?
    /// An extractor for one file, going on from what an earlier one remembered (empty for a fresh start).
    func extractor(for file: LogFile, resuming state: [UInt8]) -> any LogExtractor
}

/// How the bytes of a log are laid out.
package enum LogLayout: Sendable {
    /// A JSON object a line, appended to: read on from where it ended.
    case lines
    /// One JSON value, rewritten as a whole.
    case document
    /// SQLite: read by ``DatabaseExtractor``.
    case database
}

/// A log file as it was found.
package struct LogFile: Hashable, Sendable {
    package var agent: Agent
    package var path: String
    /// The path below the root, with `/` between its parts.
    package var relativePath: String
    package var layout: LogLayout
    package var size: Int64
    /// Nanoseconds since 1970.
    package var modified: Int64
    package var inode: UInt64

    /// The file's name without folders and its last extension.
    package var stem: String {
        let name = relativePath.split(separator: "/").last.map(String.init) ?? relativePath
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }
}

/// Turns one file's records into strands; made for one pass over one file.
package protocol LogExtractor {
    /// Reads one record, the scanner standing before its value, and keeps what it says.
    ///
    /// Must leave the scanner behind the value, and keep nothing of a record whose scan broke
    /// (`scanner.isBroken`): the caller names and steps over it.
    /// - Returns: why the record, though well-formed, could not be used, if so; what could be used is kept.
    mutating func read(_ scanner: inout JSONScanner, at offset: Int64) -> String?
    /// What was kept, and what a later extractor needs to go on behind the last record.
    mutating func finish() -> (strands: [Reading.Strand], state: [UInt8])
    /// Exchanges of the gateway that were met; an agent's own log has none.
    var exchanges: [Exchange] { get }
}

extension LogExtractor {
    package var exchanges: [Exchange] { [] }
}

/// An extractor for logs in SQLite, which are queried instead of scanned.
package protocol DatabaseExtractor: LogExtractor {
    /// Reads what is new since the resumed state.
    mutating func read(databaseAt path: String) throws -> [SkippedLine]
}

/// The folders and variables that decide where agents log; handed in, never looked up here.
package struct Places: Sendable {
    package var home: String
    package var environment: [String: String]

    package init(home: String, environment: [String: String]) {
        self.home = home
        self.environment = environment
    }

    /// The folders a variable lists, separated by commas; nil where it is unset or empty.
    package func folders(in variable: String) -> [String]? {
        guard let value = environment[variable], !value.isEmpty else { return nil }
        let parts = value.split(separator: ",").map { part in
            let trimmed = String(part.drop(while: { $0 == " " }))
            return trimmed.hasPrefix("~/") ? home + trimmed.dropFirst() : trimmed
        }
        return parts.isEmpty ? nil : parts
    }

    /// Where Suffice keeps what it knows: `$SUFFICE_DATA`, else the platform's folder for data.
    package var dataFolder: String {
        if let folder = nonEmpty("SUFFICE_DATA") { return folder }
        #if os(macOS)
        return home + "/Library/Application Support/suffice"
        #else
        return dataHome + "/suffice"
        #endif
    }

    package var configHome: String { nonEmpty("XDG_CONFIG_HOME") ?? home + "/.config" }
    package var dataHome: String { nonEmpty("XDG_DATA_HOME") ?? home + "/.local/share" }

    private func nonEmpty(_ variable: String) -> String? {
        environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }
}
