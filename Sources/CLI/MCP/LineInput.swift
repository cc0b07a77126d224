import Foundation

/// The lines of stdin, as they come.
struct LineInput {
    /// A longer line is no message of an agent's, and is not kept.
    static let longestLine = 16 << 20

    /// Nothing more will come.
    private(set) var isOver = false
    private var bytes: [UInt8] = []
    /// How far ``bytes`` holds no line break.
    private var searched = 0
    private var isDropping = false
    private let bell: Bell

    /// The bell ends a wait for a line.
    init(until bell: Bell) { self.bell = bell }

    /// The lines that are there, without their breaks; where there are none, waits for one, or for the bell.
    ///
    /// A line that is too long comes as an empty one, which is no message either. At the end, what stands behind the
    /// last break is a line, too. The limit of the wait is in milliseconds; nil is for as long as it takes.
    mutating func lines(waiting limit: Int?) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        while lines.count < 1_000, isReady(waiting: lines.isEmpty ? limit : 0) {
            read()
            lines += takeLines()
            if isOver { break }
        }
        return lines
    }

    private func isReady(waiting limit: Int?) -> Bool {
        // Without an input any more, only the bell is waited for: a negative descriptor is passed over.
        var inputs = [
            pollfd(fd: isOver ? -1 : STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: bell.reading, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&inputs, 2, Int32(clamping: limit ?? -1)) < 0, errno == EINTR {}
        if inputs[1].revents != 0 { bell.silence() }
        return inputs[0].revents != 0
    }

    private mutating func read() {
        let piece = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
            repeat {
                count = Foundation.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            } while count < 0
                && errno == EINTR
            count = max(0, count)
        }
        isOver = piece.isEmpty
        bytes += piece
    }

    private mutating func takeLines() -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = 0
        while let end = bytes[max(start, searched)...].firstIndex(of: UInt8(ascii: "\n")) {
            add(bytes[start..<end], to: &lines)
            start = end + 1
        }
        bytes.removeFirst(start)
        searched = bytes.count
        if bytes.count > Self.longestLine {
            isDropping = true
            bytes = []
            searched = 0
        }
        if isOver, !bytes.isEmpty || isDropping { add(bytes[...], to: &lines) }
        return lines
    }

    private mutating func add(_ line: ArraySlice<UInt8>, to lines: inout [[UInt8]]) {
        defer { isDropping = false }
        let isBlank = line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
        if isDropping { lines.append([]) } else if !isBlank { lines.append(Array(line)) }
    }
}
