internal import Domain
internal import JSONText

/// Reads one log file after another, each from where it was left.
struct FileReader: ~Copyable {
    private var buffer = LineBuffer()

    /// What the file has gained, and how many bytes that took.
    mutating func read(
        _ file: LogFile,
        of source: any LogSource,
        since checkpoint: Checkpoint?
    ) -> (update: SourceUpdate, bytes: Int64) {
        do throws(LogBytes.Trouble) {
            switch file.layout {
            case .lines: return try readLines(file, of: source, since: checkpoint)
            case .document: return try readDocument(file, of: source, since: checkpoint)
            case .database: return readDatabase(file, of: source, since: checkpoint)
            }
        } catch {
            return (unreadable(file, since: checkpoint, reason: error.reason), 0)
        }
    }

    private mutating func readLines(
        _ file: LogFile,
        of source: any LogSource,
        since checkpoint: Checkpoint?
    ) throws(LogBytes.Trouble) -> (SourceUpdate, Int64) {
        let bytes = try LogBytes(path: file.path)
        let isSame: Bool
        if let checkpoint, checkpoint.size >= 0, checkpoint.offset <= file.size {
            isSame = try bytes.fingerprint(before: checkpoint.offset) == checkpoint.tailHash
        } else {
            isSame = false
        }
        let resumed = checkpoint.flatMap { isSame && $0.extractorVersion == source.extractorVersion ? $0 : nil }
        // A last line without a line feed was read whole: what was said of it holds.
        let isInsideLine =
            if let resumed, resumed.offset >= resumed.size { try !bytes.endsLine(before: resumed.offset) } else {
                false
            }
        var extractor = source.extractor(for: file, resuming: resumed?.state ?? [])
        var reading = LineReading(offset: resumed?.offset ?? 0, lines: resumed?.lines ?? 0)
        try reading.read(bytes, through: &buffer, into: &extractor)
        let (strands, state) = extractor.finish()
        return (
            SourceUpdate(
                checkpoint: Checkpoint(
                    file,
                    offset: reading.offset,
                    lines: reading.lines,
                    tailHash: try bytes.fingerprint(before: reading.offset),
                    extractorVersion: source.extractorVersion,
                    state: state
                ),
                reading: Reading(strands: strands, skipped: reading.skipped, exchanges: extractor.exchanges),
                continuity: resumed != nil ? .appends : isSame || checkpoint == nil ? .replaces : .supersedes,
                linesRead: reading.lines - (resumed?.lines ?? 0) - (isInsideLine ? 1 : 0),
                previous: checkpoint
            ),
            reading.bytesRead
        )
    }

    private mutating func readDocument(
        _ file: LogFile,
        of source: any LogSource,
        since checkpoint: Checkpoint?
    ) throws(LogBytes.Trouble) -> (SourceUpdate, Int64) {
        let log = try LogBytes(path: file.path)
        var extractor = source.extractor(for: file, resuming: [])
        var skipped: [SkippedLine] = []
        var count = 0
        if file.size > FileReader.documentLimit {
            skipped.append(SkippedLine(line: 0, reason: "\(file.size / 1_048_576) MiB are too much for one document"))
        } else {
            buffer.reserve(Int(file.size) + 1)
            count = try log.read(into: buffer.bytes, at: 0)
            let bytes = UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count])
            var scanner = JSONScanner(bytes, layout: .document)
            let trouble = count == 0 ? nil : extractor.read(&scanner, at: 0)
            if scanner.isBroken {
                skipped.append(SkippedLine(line: 0, reason: "no JSON document, or cut off"))
            } else if let trouble {
                skipped.append(SkippedLine(line: 0, reason: trouble))
            } else if scanner.hasNonASCII, !isValidUTF8(bytes) {
                skipped.append(SkippedLine(line: 0, reason: "invalid UTF-8 in a text; the records were kept"))
            } else if scanner.hasRefusedValue {
                skipped.append(SkippedLine(line: 0, reason: JSONScanner.refusedTime))
            }
            buffer.shrink()
        }
        let (strands, state) = extractor.finish()
        return (
            SourceUpdate(
                checkpoint: Checkpoint(
                    file,
                    offset: Int64(count),
                    lines: 0,
                    tailHash: 0,
                    extractorVersion: source.extractorVersion,
                    state: state
                ),
                reading: Reading(strands: strands, skipped: skipped),
                continuity: continuity(since: checkpoint, of: source),
                previous: checkpoint
            ),
            Int64(count)
        )
    }

    /// Of a document all is in memory at once; the bound keeps that small.
    private static let documentLimit: Int64 = 64 * 1_048_576

    private func readDatabase(
        _ file: LogFile,
        of source: any LogSource,
        since checkpoint: Checkpoint?
    ) -> (SourceUpdate, Int64) {
        let resumed = checkpoint.flatMap {
            $0.extractorVersion == source.extractorVersion && $0.inode == file.inode && $0.size >= 0 ? $0 : nil
        }
        let extractor = source.extractor(for: file, resuming: resumed?.state ?? [])
        guard var extractor = extractor as? any DatabaseExtractor else {
            return (unreadable(file, since: checkpoint, reason: "is no database of \(file.agent.rawValue)"), 0)
        }
        do {
            let skipped = try extractor.read(databaseAt: file.path)
            let (strands, state) = extractor.finish()
            let update = SourceUpdate(
                checkpoint: Checkpoint(
                    file,
                    offset: 0,
                    lines: 0,
                    tailHash: 0,
                    extractorVersion: source.extractorVersion,
                    state: state
                ),
                reading: Reading(strands: strands, skipped: skipped),
                continuity: resumed != nil ? .appends : continuity(since: checkpoint, of: source),
                previous: checkpoint
            )
            return (update, file.size)
        } catch {
            return (unreadable(file, since: checkpoint, reason: "\(error)"), 0)
        }
    }

    private func continuity(since checkpoint: Checkpoint?, of source: any LogSource) -> SourceUpdate.Continuity {
        guard let checkpoint, checkpoint.extractorVersion == source.extractorVersion else { return .replaces }
        return .supersedes
    }

    /// Keeps what was known of the file and tries again next time.
    private func unreadable(_ file: LogFile, since checkpoint: Checkpoint?, reason: String) -> SourceUpdate {
        var next = checkpoint ?? Checkpoint(file, offset: 0, lines: 0, tailHash: 0, extractorVersion: 0)
        next.modified = 0
        return SourceUpdate(
            checkpoint: next,
            reading: Reading(skipped: [SkippedLine(line: 0, reason: reason)]),
            continuity: .appends
        )
    }
}

extension Checkpoint {
    fileprivate init(
        _ file: LogFile,
        offset: Int64,
        lines: Int,
        tailHash: UInt64,
        extractorVersion: Int,
        state: [UInt8] = []
    ) {
        self.init(
            agent: file.agent,
            path: file.path,
            size: file.size,
            modified: file.modified,
            inode: file.inode,
            offset: offset,
            lines: lines,
            tailHash: tailHash,
            extractorVersion: extractorVersion,
            state: state
        )
    }
}
