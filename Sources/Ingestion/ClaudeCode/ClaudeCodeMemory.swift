internal import JSONText

/// What reading a line takes over from the lines before it, instead of scanning the same bytes again.
struct ClaudeCodeMemory {
    var usages = ClaudeCodeUsageMemo()
    var session = ClaudeCodeSessionMembers()
    /// The line's content blocks; kept here for their room, which the next line needs, too.
    var blocks: [ClaudeCodeMessage.Block] = []
}

/// The members from `userType` on that say which session a line is of: the same, byte for byte, on most lines of a file.
struct ClaudeCodeSessionMembers {
    private var bytes = ScannedBytes()
    private var cwd: ScannedBytes.TextPlace?
    private var session: ScannedBytes.TextPlace?
    private var entrypoint: ScannedBytes.TextPlace?

    /// Steps over the members where they are those of a line before; the scanner stands behind the key `userType`.
    func read(_ scanner: inout JSONScanner, into record: inout ClaudeCodeRecord) -> Bool {
        let start = scanner.offset
        guard scanner.step(over: bytes) else { return false }
        if let cwd { record.cwd = scanner.text(at: cwd, from: start) }
        if let session { record.session = scanner.text(at: session, from: start) }
        if let entrypoint { record.entrypoint = scanner.text(at: entrypoint, from: start) }
        return true
    }

    mutating func remember(_ range: Range<Int>, of record: ClaudeCodeRecord, in scanner: JSONScanner) {
        bytes.remember(UnsafeRawBufferPointer(rebasing: scanner.bytes(from: range.lowerBound).prefix(range.count)))
        cwd = scanner.place(of: record.cwd, from: range.lowerBound)
        session = scanner.place(of: record.session, from: range.lowerBound)
        entrypoint = scanner.place(of: record.entrypoint, from: range.lowerBound)
    }
}
