/// One thing to change in a settings file; everything else in it stays as it is, to the byte.
package enum SettingsEdit: Hashable, Sendable, Codable {
    /// Gives a key a value, making the tables that it is in where they are not there yet.
    case set(path: [String], value: SettingValue)
    /// Takes a key away; tables that it was in stay.
    case remove(path: [String])
    /// Adds one more element behind those of a list, in TOML of an array of tables.
    case append(path: [String], value: SettingValue)
    /// Keeps a block of text of ours, marked with a name, in instructions that people write.
    case block(name: String, text: String)
}

/// The language a settings file is written in.
package enum SettingsForm: String, Hashable, Sendable, Codable {
    /// JSON; comments and trailing commas are kept where there are any.
    case json
    case toml
    /// A Markdown file that begins with scalars between two lines of `---`, as subagents are defined.
    case frontMatter
    /// Instructions in plain words, such as CLAUDE.md.
    case instructions
}

/// Why a text cannot be edited, and where.
package struct EditRefusal: Error, Hashable, CustomStringConvertible {
    /// Both from 1, the column in characters; nil where it is about no place.
    package var place: Place?
    /// What is wrong, and what to do.
    package var reason: String

    package struct Place: Hashable, Sendable {
        package var line: Int
        package var column: Int

        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    init(_ reason: String, at offset: Int, in bytes: [UInt8]) {
        self.reason = reason
        place = Place(offset, in: bytes)
    }

    init(_ reason: String) { self.reason = reason }

    package var description: String { place.map { "\($0.line):\($0.column): \(reason)" } ?? reason }
}

extension EditRefusal.Place {
    init(_ offset: Int, in bytes: [UInt8]) {
        let before = bytes.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? (bytes.hasByteOrderMark ? 3 : 0)
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        // Continuation bytes are no characters of their own.
        column = before.dropFirst(lineStart).count { $0 & 0xC0 != 0x80 } + 1
    }
}
