/// A stretch of a command line's bytes.
struct CommandSpan {
    var start = 0
    var end = 0

    var count: Int { end - start }

    func bytes(in line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: line[start..<end])
    }

    /// Without the quotes round the whole of it; a word quoted in parts stays as it is.
    func unquoted(in line: UnsafeRawBufferPointer) -> CommandSpan {
        guard count >= 2, line[start] == line[end - 1],
            line[start] == UInt8(ascii: "\"") || line[start] == UInt8(ascii: "'")
        else { return self }
        return CommandSpan(start: start + 1, end: end - 1)
    }

    /// What follows the last slash.
    func baseName(in line: UnsafeRawBufferPointer, dialect: ShellDialect) -> CommandSpan {
        var from = end
        while from > start {
            let byte = line[from - 1]
            if byte == UInt8(ascii: "/") || (byte == UInt8(ascii: "\\") && dialect == .powerShell) { break }
            from -= 1
        }
        return CommandSpan(start: from, end: end)
    }

    func starts(with byte: Unicode.Scalar, in line: UnsafeRawBufferPointer) -> Bool {
        count > 0 && line[start] == UInt8(ascii: byte)
    }

    func `is`(_ text: StaticString, in line: UnsafeRawBufferPointer) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count where line[start + index] != text.utf8Start[index] { return false }
        return true
    }

    /// Letters, digits and what programs, subcommands and scripts are named with; not so long that it could be more.
    func isName(in line: UnsafeRawBufferPointer) -> Bool {
        guard count > 0, count <= 40, line[start] != UInt8(ascii: "-") else { return false }
        for index in start..<end {
            switch line[index] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: continue
            case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "+"),
                UInt8(ascii: "["):
                continue
            default: return false
            }
        }
        return true
    }

    /// Whether it may name a host and who asks it: `https://me:secret@host`, `me:secret@host`.
    func isAddress(in line: UnsafeRawBufferPointer) -> Bool {
        var hasColon = false
        for index in start..<end {
            if line[index] == UInt8(ascii: ":") { hasColon = true }
            guard hasColon else { continue }
            if line[index] == UInt8(ascii: "@") { return true }
            if line[index] == UInt8(ascii: "/"), line[index - 1] == UInt8(ascii: ":") { return true }
        }
        return false
    }

    func hasEquals(in line: UnsafeRawBufferPointer) -> Bool { hasEquals(from: start, in: line) }

    /// Whether the word sets a variable: a name and `=` (or `+=`).
    func isAssignment(in line: UnsafeRawBufferPointer) -> Bool {
        for index in start..<end {
            switch line[index] {
            case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): continue
            case 0x30...0x39 where index > start: continue
            case UInt8(ascii: "="): return index > start
            case UInt8(ascii: "+"), UInt8(ascii: "["): return index > start && hasEquals(from: index, in: line)
            default: return false
            }
        }
        return false
    }

    private func hasEquals(from index: Int, in line: UnsafeRawBufferPointer) -> Bool {
        for place in index..<end where line[place] == UInt8(ascii: "=") { return true }
        return false
    }
}
