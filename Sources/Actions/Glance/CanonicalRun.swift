internal import JSONText

/// A command line's canonical bytes: the line itself, until the first thing that is left out of it.
///
/// Most lines need no copy; what is kept after an omission goes into a buffer that is used again for every line.
struct CanonicalRun {
    private var kept: [UInt8] = []
    /// Where the run that is not yet copied begins.
    private(set) var start = 0

    /// Forgets everything before an offset of the line.
    mutating func begin(at offset: Int) {
        kept.removeAll(keepingCapacity: true)
        start = offset
    }

    /// How many bytes are kept when all up to an offset of the line are.
    func count(upTo offset: Int) -> Int { kept.count + offset - start }

    /// Leaves out a stretch of the line, or puts one byte in its place.
    mutating func leaveOut(_ line: UnsafeRawBufferPointer, _ span: CommandSpan, for byte: UInt8? = nil) {
        guard span.end > start else { return }
        if span.start > start { keep(line, CommandSpan(start: start, end: span.start)) }
        if let byte, !kept.isEmpty { kept.append(byte) }
        start = span.end
    }

    /// Goes back to how many bytes were kept once, and on from an offset of the line.
    mutating func cut(to count: Int, goingOnAt offset: Int, of line: UnsafeRawBufferPointer, for byte: UInt8? = nil) {
        if kept.count > count {
            kept.removeLast(kept.count - count)
        } else {
            keep(line, CommandSpan(start: start, end: start + count - kept.count))
        }
        if let byte, !kept.isEmpty { kept.append(byte) }
        start = offset
    }

    private mutating func keep(_ line: UnsafeRawBufferPointer, _ span: CommandSpan) {
        kept.append(contentsOf: span.bytes(in: line))
    }

    /// The canonical bytes of a line that ends at an offset.
    mutating func withBytes<Answer>(
        of line: UnsafeRawBufferPointer,
        endingAt end: Int,
        _ body: (UnsafeRawBufferPointer) -> Answer
    ) -> Answer {
        if kept.isEmpty { return body(CommandSpan(start: min(start, end), end: end).bytes(in: line)) }
        if end > start { keep(line, CommandSpan(start: start, end: end)) }
        start = max(start, end)
        return kept.withUnsafeBytes { bytes in
            let isSpaced = bytes.last == 0x20 || bytes.last == 0x0A
            return body(isSpaced ? UnsafeRawBufferPointer(rebasing: bytes.dropLast()) : bytes)
        }
    }
}
