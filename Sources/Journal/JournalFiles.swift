package import Domain

/// How the journal's files are named, and which of them may go.
package enum JournalFiles {
    /// The file that is written to on a UTC day.
    package static func name(on day: Day) -> String { "\(day).jsonl" }

    /// Files whose time is up and whose every byte is in the database.
    ///
    /// Anything else stays, however old: a file that was not read, was read in part, ends in a cut line, or is named
    /// otherwise. What stands in the database stays there when its file goes. Sizes, and how far each file was read, are
    /// in bytes by the file's name; a file is kept for so many days after its own.
    package static func removable(
        _ sizes: [String: Int64],
        read: [String: Int64],
        on today: Day,
        keptFor days: Int
    ) -> [String] {
        sizes.filter { name, size in
            guard name.hasSuffix(".jsonl"), let day = Day(name.dropLast(6)) else { return false }
            return day.advanced(byDays: days) < today && read[name] == size
        }.keys.sorted()
    }
}
