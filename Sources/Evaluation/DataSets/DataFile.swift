/// A file of rated prompts as it lies, and what its user calls it.
package struct DataFile: Sendable {
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// A row that could not be used, and why.
package struct SkippedRow: Hashable, Sendable {
    package var file: String
    /// Counted from one.
    package var line: Int
    package var reason: String

    package init(file: String, line: Int, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }
}

/// A file that holds no rated prompts, and what it seems to hold instead.
package struct UnusedFile: Hashable, Sendable {
    package var name: String
    package var reason: String
}
