package import Domain
internal import JSONText
internal import Synchronization

/// Reads what is new in log files, on all cores, and hands it over to be kept.
package struct Ingestor: Sendable {
    /// How far a run has come.
    package struct Progress: Sendable, Equatable {
        package var filesToRead = 0
        package var filesRead = 0
        package var bytesToRead: Int64 = 0
        package var bytesRead: Int64 = 0
        package var calls = 0
        package var skippedLines = 0
    }

    private let sources: [Agent: any LogSource]
    private let workers: Int

    package init(sources: [any LogSource] = allLogSources, workers: Int) {
        self.sources = Dictionary(sources.map { ($0.agent, $0) }, uniquingKeysWith: { first, _ in first })
        self.workers = max(1, workers)
    }

    /// Reads what the files have gained since their checkpoints.
    ///
    /// What a file brought is packed by the task that read it, while its records are near, and kept with that of others,
    /// all of them or none; both are called from several tasks at once.
    ///
    /// - Returns: what was done. Trouble with a file is kept as a skipped line and stops nothing.
    /// - Throws: what `keep` throws; what was kept before stays kept.
    package func run<Packed: Sendable>(
        _ discovery: Discovery,
        since checkpoints: [Checkpoint],
        progress: @escaping @Sendable (Progress) -> Void = { _ in },
        pack: @escaping @Sendable (SourceUpdate) -> Packed,
        keep: @escaping @Sendable ([Packed]) throws -> Void
    ) async throws -> Progress {
        let known = Dictionary(checkpoints.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let work = discovery.files
            .filter { file in !isUnchanged(file, since: known[file.path]) }
            // The longest first: no worker is left alone with it at the end.
            .sorted { ($1.size, $0.path) < ($0.size, $1.path) }
        let troubles = discovery.troubles.filter { known[$0.path]?.size != -1 }
        if !troubles.isEmpty { try keep(troubles.map { pack(SourceUpdate(trouble: $0)) }) }
        let queue = WorkQueue(
            files: work,
            bytes: work.reduce(0) { $0 + max(0, $1.size - (known[$1.path]?.offset ?? 0)) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(workers, max(1, work.count)) {
                group.addTask { try drain(queue, known: known, progress: progress, pack: pack, keep: keep) }
            }
            try await group.waitForAll()
        }
        return queue.progress
    }

    /// One worker: reads files until there are none left.
    private func drain<Packed>(
        _ queue: WorkQueue,
        known: [String: Checkpoint],
        progress: (Progress) -> Void,
        pack: (SourceUpdate) -> Packed,
        keep: ([Packed]) throws -> Void
    ) throws {
        var reader = FileReader()
        var batch = Batch<Packed>()
        while let file = queue.next() {
            try Task.checkCancellation()
            guard let source = sources[file.agent] else { continue }
            let (update, bytes) = reader.read(file, of: source, since: known[file.path])
            batch.add(pack(update), records: update.reading.recordCount)
            progress(queue.finished(update, bytes: bytes))
            if batch.isFull { try keep(batch.take()) }
        }
        if !batch.isEmpty { try keep(batch.take()) }
    }

    /// The files still to read, shared by the workers.
    private final class WorkQueue: Sendable {
        private let files: [LogFile]
        private let state: Mutex<(next: Int, progress: Progress)>

        init(files: [LogFile], bytes: Int64) {
            self.files = files
            state = Mutex((next: 0, progress: Progress(filesToRead: files.count, bytesToRead: bytes)))
        }

        var progress: Progress { state.withLock { $0.progress } }

        func next() -> LogFile? {
            state.withLock { state in
                guard state.next < files.count else { return nil }
                state.next += 1
                return files[state.next - 1]
            }
        }

        func finished(_ update: SourceUpdate, bytes: Int64) -> Progress {
            state.withLock { state in
                state.progress.filesRead += 1
                state.progress.bytesRead += bytes
                state.progress.calls += update.reading.strands.reduce(0) { $0 + $1.calls.count }
                state.progress.skippedLines += update.reading.skipped.count
                return state.progress
            }
        }
    }

    private func isUnchanged(_ file: LogFile, since checkpoint: Checkpoint?) -> Bool {
        guard let checkpoint, let source = sources[file.agent] else { return false }
        return checkpoint.size == file.size && checkpoint.modified == file.modified && checkpoint.inode == file.inode
            && checkpoint.extractorVersion == source.extractorVersion && checkpoint.agent == file.agent
    }

    /// What a worker has read but not handed over yet: large enough to make a transaction worth it, small enough
    /// to bound memory and what a kill can lose.
    private struct Batch<Packed> {
        private var updates: [Packed] = []
        private var records = 0

        var isFull: Bool { records > 20_000 || updates.count >= 512 }
        var isEmpty: Bool { updates.isEmpty }

        mutating func add(_ update: Packed, records: Int) {
            updates.append(update)
            self.records += records
        }

        mutating func take() -> [Packed] {
            defer { self = Batch() }
            return updates
        }
    }
}

extension Reading {
    fileprivate var recordCount: Int {
        strands.reduce(0) { $0 + $1.calls.count + $1.toolCalls.count + $1.arrivals.count }
    }
}

extension SourceUpdate {
    /// A path that could not be read: remembered so that reports can name it, and tried again next time.
    fileprivate init(trouble: (agent: Agent, path: String, reason: String)) {
        self.init(
            checkpoint: Checkpoint(
                agent: trouble.agent,
                path: trouble.path,
                size: -1,
                modified: 0,
                inode: 0,
                offset: 0,
                lines: 0,
                tailHash: 0,
                extractorVersion: 0
            ),
            reading: Reading(skipped: [SkippedLine(line: 0, reason: trouble.reason)]),
            continuity: .appends
        )
    }
}
