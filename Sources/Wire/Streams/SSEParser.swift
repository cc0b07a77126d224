internal import JSONText

/// One event of a stream; its bytes are valid only while it is handed over.
package struct SSEEvent {
    /// What stands behind `event:`; empty where there was none.
    package let name: UnsafeRawBufferPointer
    /// What stands behind `data:`, several lines joined by line feeds.
    package let data: UnsafeRawBufferPointer
    /// Where the event's blank line ends in the chunk that brought it.
    package let end: Int
}

package enum SSEError: Error, Hashable, CustomStringConvertible {
    /// One event needs more memory than it may have.
    case eventTooLong(limit: Int)

    package var description: String {
        switch self {
        case .eventTooLong(let limit): "the stream holds an event of more than \(limit) bytes"
        }
    }
}

/// Reads the events of a server-sent event stream from chunks that may be cut anywhere.
///
/// Follows the event stream format of the HTML standard: lines end with LF, CR or CRLF, comments begin with a colon, a
/// byte order mark may stand first. Each byte is looked at a bounded number of times, and only what a chunk's end cuts
/// in two is copied.
package struct SSEParser: Sendable {
    /// More than any event of a provider; the longest repeat a whole reply at its end.
    package static let usualLimit = 32 << 20

    private let limit: Int
    /// The beginning of a line whose end has not come.
    private var line: [UInt8] = []
    private var name: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var hasFields = false
    private var isFirstLine = true
    /// The last byte was a carriage return: a line feed behind it belongs to it.
    private var skipsLineFeed = false

    /// - Parameter limit: the most bytes that an unfinished event is kept for.
    package init(limit: Int = usualLimit) { self.limit = limit }

    /// Nothing of an event has come since the last one ended: frames of one's own may be put here.
    package var isBetweenEvents: Bool { line.isEmpty && !hasFields }

    /// Hands over the events that end in a chunk.
    package mutating func read<Reader>(
        _ chunk: UnsafeRawBufferPointer,
        for reader: inout Reader,
        _ body: (inout Reader, SSEEvent) -> Void
    ) throws(SSEError) {
        var lines = Lines(chunk, skipsLineFeed: skipsLineFeed)
        // Data that stands whole in this chunk is handed over from there.
        var inPlace: UnsafeRawBufferPointer?
        while let piece = lines.next() {
            if line.isEmpty {
                try take(piece, &inPlace, isInChunk: true, end: lines.position, for: &reader, body)
            } else {
                try append(piece)
                var whole: [UInt8] = []
                swap(&whole, &line)
                try whole.withUnsafeBufferPointer { whole throws(SSEError) in
                    try take(
                        UnsafeRawBufferPointer(whole),
                        &inPlace,
                        isInChunk: false,
                        end: lines.position,
                        for: &reader,
                        body
                    )
                }
                whole.removeAll(keepingCapacity: true)
                line = whole
            }
        }
        skipsLineFeed = lines.endsWithCarriageReturn
        if let inPlace { data.append(contentsOf: inPlace) }
        try append(lines.rest)
    }

    /// Hands over the event that the stream's end cut off from its blank line, if there is one.
    package mutating func end<Reader>(for reader: inout Reader, _ body: (inout Reader, SSEEvent) -> Void) {
        var inPlace: UnsafeRawBufferPointer?
        var last: [UInt8] = []
        swap(&last, &line)
        last.withUnsafeBytes { last in
            // Within its limit already: nothing is added.
            if !last.isEmpty { try? take(last, &inPlace, isInChunk: true, end: 0, for: &reader, body) }
            dispatch(inPlace, end: 0, for: &reader, body)
        }
    }

    private mutating func append(_ piece: UnsafeRawBufferPointer) throws(SSEError) {
        guard line.count + data.count + piece.count <= limit else { throw .eventTooLong(limit: limit) }
        line.append(contentsOf: piece)
    }

    private mutating func take<Reader>(
        _ line: UnsafeRawBufferPointer,
        _ inPlace: inout UnsafeRawBufferPointer?,
        isInChunk: Bool,
        end: Int,
        for reader: inout Reader,
        _ body: (inout Reader, SSEEvent) -> Void
    ) throws(SSEError) {
        var line = line
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = UnsafeRawBufferPointer(rebasing: line[3...]) }
        }
        guard !line.isEmpty else {
            dispatch(inPlace, end: end, for: &reader, body)
            inPlace = nil
            return
        }
        if let value = line.value(ofField: "data") {
            hasFields = true
            if !hasData, isInChunk {
                inPlace = value
            } else {
                let size = (inPlace?.count ?? 0) + data.count + value.count
                guard size < limit else { throw .eventTooLong(limit: limit) }
                if let first = inPlace { data.append(contentsOf: first) }
                inPlace = nil
                if hasData { data.append(0x0A) }
                data.append(contentsOf: value)
            }
            hasData = true
        } else if let value = line.value(ofField: "event") {
            hasFields = true
            name.removeAll(keepingCapacity: true)
            name.append(contentsOf: UnsafeRawBufferPointer(rebasing: value.prefix(256)))
        }
        // Comments, ids and retry times are nothing to a provider's stream.
    }

    private mutating func dispatch<Reader>(
        _ inPlace: UnsafeRawBufferPointer?,
        end: Int,
        for reader: inout Reader,
        _ body: (inout Reader, SSEEvent) -> Void
    ) {
        if hasData {
            name.withUnsafeBytes { name in
                data.withUnsafeBytes { body(&reader, SSEEvent(name: name, data: inPlace ?? $0, end: end)) }
            }
        }
        name.removeAll(keepingCapacity: true)
        data.removeAll(keepingCapacity: true)
        hasData = false
        hasFields = false
    }
}

/// The whole lines of a chunk, and what is left behind them.
private struct Lines {
    private let chunk: UnsafeRawBufferPointer
    /// Behind the last line handed over.
    private(set) var position = 0
    // Where the next of either stands, or the chunk's end; looked for again only when passed.
    private var lineFeed = -1
    private var carriageReturn = -1
    private(set) var endsWithCarriageReturn = false

    init(_ chunk: UnsafeRawBufferPointer, skipsLineFeed: Bool) {
        self.chunk = chunk
        if skipsLineFeed {
            endsWithCarriageReturn = chunk.isEmpty
            if chunk.first == 0x0A { position = 1 }
        }
    }

    var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: chunk[position...]) }

    mutating func next() -> UnsafeRawBufferPointer? {
        guard position < chunk.count else { return nil }
        if lineFeed < position { lineFeed = place(of: 0x0A) }
        if carriageReturn < position { carriageReturn = place(of: 0x0D) }
        let end = min(lineFeed, carriageReturn)
        guard end < chunk.count else { return nil }
        let line = UnsafeRawBufferPointer(rebasing: chunk[position..<end])
        position = end + 1
        if end == carriageReturn {
            if position == chunk.count {
                endsWithCarriageReturn = true
            } else if chunk[position] == 0x0A {
                position += 1
            }
        }
        return line
    }

    private func place(of byte: UInt8) -> Int {
        firstIndex(of: byte, in: rest).map { position + $0 } ?? chunk.count
    }
}

extension UnsafeRawBufferPointer {
    /// What stands behind a field's name and colon in a line, without one leading space.
    fileprivate func value(ofField name: StaticString) -> UnsafeRawBufferPointer? {
        let length = name.utf8CodeUnitCount
        guard count >= length,
            bytesAreEqual(
                UnsafeRawBufferPointer(rebasing: self[..<length]),
                UnsafeRawBufferPointer(start: name.utf8Start, count: length)
            )
        else { return nil }
        guard count > length else { return UnsafeRawBufferPointer(rebasing: self[length...]) }
        guard self[length] == UInt8(ascii: ":") else { return nil }
        let start = count > length + 1 && self[length + 1] == 0x20 ? length + 2 : length + 1
        return UnsafeRawBufferPointer(rebasing: self[start...])
    }
}
