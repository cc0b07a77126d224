internal import Domain
internal import JSONText

/// Feeds a file's lines to an extractor, one pass, and names what could not be read.
struct LineReading {
    private(set) var skipped: [SkippedLine] = []
    /// Everything before this byte was read.
    private(set) var offset: Int64
    /// Whole lines read so far in the file.
    private(set) var lines: Int
    private(set) var bytesRead: Int64 = 0

    /// No file lists more trouble than this by line; the rest is counted in one last entry.
    private static let listed = 1000
    private var unlisted = 0
    private var lastUnlisted = 0

    init(offset: Int64 = 0, lines: Int = 0) {
        self.offset = offset
        self.lines = lines
    }

    /// Reads on to the end of the file.
    mutating func read(
        _ file: borrowing LogBytes,
        through buffer: inout LineBuffer,
        into extractor: inout some LogExtractor
    ) throws(LogBytes.Trouble) {
        var carried = 0
        while true {
            let space = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[carried...])
            let count = try file.read(into: space, at: offset + Int64(carried))
            bytesRead += Int64(count)
            let filled = UnsafeRawBufferPointer(rebasing: buffer.bytes[..<(carried + count)])
            let isLast = count < space.count
            let fresh = UnsafeRawBufferPointer(rebasing: filled[carried...])
            if let end = lastLineFeed(in: fresh).map({ carried + $0 + 1 }) {
                readLines(UnsafeRawBufferPointer(rebasing: filled[..<end]), into: &extractor)
                carried = filled.count - end
                buffer.bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: filled[end...]))
            } else {
                carried = filled.count
            }
            if isLast { break }
            if carried == buffer.bytes.count, !buffer.grow(keeping: carried) {
                carried = 0
                guard try stepOverLongLine(file, through: &buffer) else { break }
            }
        }
        if carried > 0 {
            readUnfinishedLine(UnsafeRawBufferPointer(rebasing: buffer.bytes[..<carried]), into: &extractor)
        }
        buffer.shrink()
        if unlisted > 0 {
            skipped.append(
                SkippedLine(line: lastUnlisted, reason: "\(unlisted) more lines up to here could not be read")
            )
        }
    }

    /// Whole lines, the last byte being a line feed.
    private mutating func readLines(_ bytes: UnsafeRawBufferPointer, into extractor: inout some LogExtractor) {
        var scanner = JSONScanner(bytes)
        var start = 0
        while start < bytes.count {
            let end = readLine(from: start, of: bytes, with: &scanner, into: &extractor)
            lines += 1
            start = end
        }
        offset += Int64(bytes.count)
    }

    /// Reads the line that starts at a byte and answers where the next one starts.
    private mutating func readLine(
        from start: Int,
        of bytes: UnsafeRawBufferPointer,
        with scanner: inout JSONScanner,
        into extractor: inout some LogExtractor
    ) -> Int {
        var from = start
        scanner.restart(at: from)
        while true {
            if scanner.endLine() { return scanner.offset }
            if bytes[scanner.offset] == 0 {
                // A crash leaves zeros where a line was to be; what follows them on the line is whole.
                from = firstNonZero(in: bytes, from: scanner.offset)
                skip("zero bytes")
                if bytes[from] == 0x0A { return from + 1 }
                scanner.restart(at: from)
            }
            from = scanner.offset
            let trouble = extractor.read(&scanner, at: offset + Int64(from))
            if scanner.isBroken || scanner.offset == from {
                skip("no JSON record, or cut off")
                let rest = UnsafeRawBufferPointer(rebasing: bytes[from...])
                return from + (firstLineFeed(in: rest) ?? rest.count - 1) + 1
            }
            if let trouble { skip(trouble) }
            let record = UnsafeRawBufferPointer(rebasing: bytes[from..<scanner.offset])
            if scanner.hasNonASCII, !isValidUTF8(record) {
                skip("invalid UTF-8 in a text; the record was kept")
            } else if scanner.hasControlCharacters {
                skip("control characters in a text; the record was kept")
            } else if scanner.hasRefusedValue {
                skip(JSONScanner.refusedTime)
            }
        }
    }

    /// The last line has no line feed: whole, or still being written.
    private mutating func readUnfinishedLine(
        _ bytes: UnsafeRawBufferPointer,
        into extractor: inout some LogExtractor
    ) {
        guard isWhole(bytes) else {
            // Not stepped over: it is read again when there is more of it.
            skipped.append(SkippedLine(line: lines + 1, reason: "cut off at the end of the file"))
            return
        }
        var scanner = JSONScanner(bytes)
        _ = readLine(from: 0, of: bytes, with: &scanner, into: &extractor)
        offset += Int64(bytes.count)
    }

    /// Whether each record of a line ends; found out before any is read, as what an extractor keeps it keeps.
    private func isWhole(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var scanner = JSONScanner(bytes)
        while !scanner.endLine() {
            var from = scanner.offset
            while from < bytes.count, bytes[from] == 0 { from += 1 }
            if from == bytes.count { return false }
            scanner.restart(at: from)
            scanner.skipValue()
            if scanner.isBroken { return false }
        }
        return true
    }

    /// False where the line is still being written: it is stepped over when it has ended.
    private mutating func stepOverLongLine(
        _ file: borrowing LogBytes,
        through buffer: inout LineBuffer
    ) throws(LogBytes.Trouble) -> Bool {
        let from = offset
        var hasEnded = true
        offset += Int64(buffer.bytes.count)
        while true {
            let count = try file.read(into: buffer.bytes, at: offset)
            bytesRead += Int64(count)
            if let end = firstLineFeed(in: UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count])) {
                offset += Int64(end) + 1
                break
            }
            offset += Int64(count)
            if count < buffer.bytes.count {
                hasEnded = false
                break
            }
        }
        skip("line of \((offset - from) / 1_048_576) MiB is longer than \(LineBuffer.limit / 1_048_576) MiB")
        if hasEnded { lines += 1 } else { offset = from }
        return hasEnded
    }

    private mutating func skip(_ reason: String) {
        guard skipped.count < LineReading.listed else {
            unlisted += 1
            lastUnlisted = lines + 1
            return
        }
        // One entry a line says enough.
        if skipped.last?.line != lines + 1 { skipped.append(SkippedLine(line: lines + 1, reason: reason)) }
    }

    private func firstNonZero(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while bytes[index] == 0 { index += 1 }
        return index
    }
}
