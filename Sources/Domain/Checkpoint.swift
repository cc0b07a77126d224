/// How far a log file has been read, and how to tell that it is still the same file.
package struct Checkpoint: Hashable, Sendable {
    package var agent: Agent
    package var path: String
    /// Size in bytes when it was last looked at.
    package var size: Int64
    /// Modification time when it was last looked at, in nanoseconds since 1970.
    package var modified: Int64
    package var inode: UInt64
    /// Everything before this byte has been read.
    package var offset: Int64
    /// Lines before ``offset``, so that trouble further on can be named by its line.
    package var lines: Int
    /// A hash of the bytes just before ``offset``: a file that grew still has them there.
    package var tailHash: UInt64
    /// The extractor that read it; a newer one reads the file again.
    package var extractorVersion: Int
    /// What the agent's log source must remember to go on from ``offset``; its own encoding.
    package var state: [UInt8]

    package init(
        agent: Agent,
        path: String,
        size: Int64,
        modified: Int64,
        inode: UInt64,
        offset: Int64,
        lines: Int,
        tailHash: UInt64,
        extractorVersion: Int,
        state: [UInt8] = []
    ) {
        self.agent = agent
        self.path = path
        self.size = size
        self.modified = modified
        self.inode = inode
        self.offset = offset
        self.lines = lines
        self.tailHash = tailHash
        self.extractorVersion = extractorVersion
        self.state = state
    }
}

/// What a look at one log file brought: its new records and where to go on from.
package struct SourceUpdate: Sendable {
    package enum Continuity: Sendable {
        /// The records follow those kept before.
        case appends
        /// The same bytes were read again by a newer extractor: the records replace those kept before.
        case replaces
        /// The file holds other bytes now: what it showed before was still billed and stays.
        case supersedes
    }

    package var checkpoint: Checkpoint
    package var reading: Reading
    package var continuity: Continuity
    /// Lines this look stepped over; what was said of lines behind them before no longer holds.
    package var linesRead: Int
    /// Where the look went on from: where the file has been read further since, the look is void.
    package var previous: Checkpoint?

    package init(
        checkpoint: Checkpoint,
        reading: Reading,
        continuity: Continuity,
        linesRead: Int = 0,
        previous: Checkpoint? = nil
    ) {
        self.checkpoint = checkpoint
        self.reading = reading
        self.continuity = continuity
        self.linesRead = linesRead
        self.previous = previous
    }
}

/// A stretch of time; open where a bound is nil.
package struct Window: Hashable, Sendable {
    /// Included.
    package var from: Timestamp?
    /// Not included.
    package var to: Timestamp?

    package init(from: Timestamp? = nil, to: Timestamp? = nil) {
        self.from = from
        self.to = to
    }

    package static let everything = Window()

    package func contains(_ time: Timestamp) -> Bool {
        if let from, time < from { return false }
        if let to, time >= to { return false }
        return true
    }
}
