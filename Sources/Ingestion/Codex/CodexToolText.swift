internal import JSONText

/// What a rollout's tool texts tell: whether a command failed, which file a patch is about.
enum CodexToolText {
    /// Whether a tool's output says that it failed; where nothing says so it did not.
    static func saysFailed(_ output: UnsafeRawBufferPointer) -> Bool {
        // A command's own words may say anything; only the lines Codex puts before them count.
        let head = output.prefix(400)
        let header = head.first(of: "Output:").map { head[head.startIndex..<$0] } ?? head
        for mark in ["Process exited with code ", "Exit code: "] as [StaticString] {
            if let place = header.first(of: mark) { return header[(place + mark.utf8CodeUnitCount)...].first != 0x30 }
        }
        for mark in failures where head.dropFirst().starts(with: mark) { return true }
        // Before September 2025 the output was JSON in a string, its metadata last.
        let tail = output.suffix(200)
        if let place = tail.first(of: #"\"exit_code\":"#) { return tail[(place + 14)...].first != 0x30 }
        if let place = tail.first(of: #""success":"#) { return tail[(place + 10)...].first == UInt8(ascii: "f") }
        return false
    }

    private static let failures: [StaticString] = [
        "exec_command failed", "failed to parse", "apply_patch verification failed", "unsupported call",
        "Script failed",
        "execution error", "tool call error", "aborted", "Error: ", "error: ",
    ]

    /// The output without the lines Codex puts before it, which tell times and sizes and differ each time.
    static func body(of output: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let head = output.prefix(400)
        guard let place = head.first(of: #"Output:\n"#) else { return output }
        return UnsafeRawBufferPointer(rebasing: output[(place + 9)...])
    }

    /// A hash of the first path in a patch, which may stand inside other text; nil where there is none.
    static func patchTargetHash(_ patch: UnsafeRawBufferPointer) -> UInt64? {
        guard let mark = patch[...].first(of: " File: ") else { return nil }
        let path = patch[(mark + 7)...]
        let end =
            path.firstIndex { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") || $0 == 0x0A } ?? path.endIndex
        return end > path.startIndex ? stableHash(UnsafeRawBufferPointer(rebasing: path[..<end])) : nil
    }
}

extension Slice<UnsafeRawBufferPointer> {
    fileprivate func first(of text: StaticString) -> Int? {
        let count = text.utf8CodeUnitCount
        guard self.count >= count, count > 0 else { return nil }
        let pattern = UnsafeRawBufferPointer(start: text.utf8Start, count: count)
        return (startIndex...endIndex - count).first { place in
            self[place] == pattern[0] && self[place..<place + count].elementsEqual(pattern)
        }
    }

    fileprivate func starts(with text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount
            && prefix(text.utf8CodeUnitCount)
                .elementsEqual(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
