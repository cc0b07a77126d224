/// Where a session's commands run: what relative paths are relative to.
package struct ActionPlace: Hashable, Sendable {
    package var folder: String
    /// What `~` stands for; nil where it is not known.
    package var home: String?

    package init(folder: String, home: String? = nil) {
        self.folder = folder
        self.home = home
    }

    /// The place after a `cd`.
    func entering(_ path: String?) -> ActionPlace {
        guard let path, !path.isEmpty else { return self }
        return ActionPlace(folder: absolute(path), home: home)
    }

    /// The path without detours, completed by the folder; the disk is not asked.
    ///
    /// One with an unknown variable, or with `~` where home is not known, stays as it is.
    package func absolute(_ path: String) -> String {
        if path.contains("$") { return path }
        var path = isWindows(path) || isWindows(folder) ? path.map { $0 == "\\" ? "/" : $0 }.string : path
        if path == "~" || path.hasPrefix("~/") {
            guard let home else { return path }
            path = home + path.dropFirst()
        } else if path.hasPrefix("~") {
            return path
        }
        if !path.hasPrefix("/"), !isWindows(path) {
            path = (isWindows(folder) ? folder.map { $0 == "\\" ? "/" : $0 }.string : folder) + "/" + path
        }
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        // macOS shows these folders under two names.
        if parts.first == "private", parts.count > 1, ["tmp", "var", "etc"].contains(parts[1]) { parts.removeFirst() }
        if let drive = parts.first, isWindows(path) { parts[0] = Substring(drive.lowercased()) }
        return (isWindows(path) ? "" : "/") + parts.joined(separator: "/")
    }

    /// A drive's letter and a colon.
    private func isWindows(_ path: String) -> Bool {
        let start = path.utf8.prefix(2)
        guard start.count == 2, let letter = start.first else { return false }
        return start.last == UInt8(ascii: ":") && letter | 0x20 >= 0x61 && letter | 0x20 <= 0x7A
    }
}

extension [Character] {
    fileprivate var string: String { String(self) }
}
