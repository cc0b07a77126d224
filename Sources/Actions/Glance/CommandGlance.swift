package import Domain
internal import JSONText

/// What a shell command line is for, found without parsing it; holds nothing of its arguments.
package struct CommandGlance: Hashable, Sendable {
    package var kind: ActionKind
    /// The program and its subcommand, such as `git commit` or `npm run test`; of a script its name without folders.
    ///
    /// Empty where no plain name stands in its place.
    package var command: String
    /// Equal for the same command: in its folder, however its words are spaced, whatever it says besides its work.
    ///
    /// `cd <folder> &&` before it, comments, `2>&1`, `2>/dev/null` and a last `| head`, `| tail` or `| cat` are left
    /// out. A command in another folder than the session's hashes as another.
    package var hash: UInt64
}

/// The shells whose command lines agents log.
package enum ShellDialect: Sendable {
    /// bash, zsh, sh.
    case posix
    case powerShell
}

/// Glances at command lines; remembers the few names they start with.
///
/// Of several commands the weightiest decides (a commit or a merged request over other changes, these over running,
/// running over looking), the last among equals. In a pipeline a stage that only looks at what the one before it printed never decides over that one.
package struct CommandGlances {
    private var scan = CommandScan()
    private var names: [UInt64: String] = [:]

    /// How much work the last line was: it may not grow faster than the line.
    var steps: Int { scan.steps }

    package init() {}

    /// A glance at a command line in UTF-8.
    ///
    /// `folder` is the session's, so that a `cd` to it is known to do nothing; `place` is the one the command ran in,
    /// where its tool was given one, else empty.
    package mutating func glance(
        at command: UnsafeRawBufferPointer,
        in folder: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0),
        from place: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0),
        dialect: ShellDialect = .posix
    ) -> CommandGlance {
        scan.read(command, dialect: dialect)
        let found = scan.best
        return CommandGlance(kind: found.kind, command: name(found, in: command), hash: hash(folder, place))
    }

    private mutating func name(_ found: CommandMeaning, in bytes: UnsafeRawBufferPointer) -> String {
        guard found.nameHash != 0 else { return "" }
        if let known = names[found.nameHash] { return known }
        var name = String(decoding: found.program.bytes(in: bytes), as: UTF8.self)
        for word in [found.first, found.second] where word.count > 0 {
            name += " "
            name += String(decoding: word.bytes(in: bytes), as: UTF8.self)
        }
        if found.textOption != 0 { name += " -" + String(UnicodeScalar(found.textOption)) }
        names[found.nameHash] = name
        return name
    }

    private mutating func hash(_ folder: UnsafeRawBufferPointer, _ place: UnsafeRawBufferPointer) -> UInt64 {
        scan.withCanonicalBytes { text, change in
            let target = change.isEmpty ? place : change
            guard !target.isEmpty, !isSameFolder(target, folder) else { return stableHash(text) }
            return stableHash(text, seed: stableHash(trimmedFolder(target)))
        }
    }
}

private func isSameFolder(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
    bytesAreEqual(trimmedFolder(one), trimmedFolder(other))
}

/// Without the slash at its end.
private func trimmedFolder(_ folder: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    folder.count > 1 && folder.last == UInt8(ascii: "/")
        ? UnsafeRawBufferPointer(rebasing: folder.dropLast()) : folder
}
