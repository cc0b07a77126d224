/// Bytes a scanner has walked and is likely to meet again: the lines of a log repeat whole values and runs of members.
///
/// Equal bytes are scanned alike from a like place, so that ``JSONScanner/step(over:)`` is as good as scanning them.
package struct ScannedBytes: Sendable {
    fileprivate private(set) var bytes: [UInt8] = []

    package init() {}

    package var count: Int { bytes.count }

    /// Remembers bytes in the place of others: a value, or members of an object from behind a key to behind a value.
    ///
    /// None where a byte is no printable ASCII: of such the scanner must know each time.
    package mutating func remember(_ scanned: UnsafeRawBufferPointer) {
        bytes.removeAll(keepingCapacity: true)
        // The high bit of either is set where a byte is above 0x7F or below 0x20: a loop that vectors can do.
        let bits = scanned.reduce(0 as UInt8) { $0 | $1 | ($1 &- 0x20) }
        if bits < 0x80 { bytes.append(contentsOf: scanned) }
    }

    package mutating func forget() { bytes.removeAll(keepingCapacity: true) }
}

extension ScannedBytes {
    /// Where a text stands among the bytes.
    package struct TextPlace: Sendable {
        fileprivate var offset: Int
        fileprivate var count: Int
        fileprivate var seen: UInt32
    }
}

extension JSONScanner {
    /// Steps over bytes where they stand next; false, and nothing consumed, where others do or none are known.
    package mutating func step(over known: borrowing ScannedBytes) -> Bool {
        known.bytes.withUnsafeBytes { stepOver($0) }
    }

    /// Where a text stands in the bytes from an offset on; nil where it stands before them.
    package func place(of text: RawText?, from offset: Int) -> ScannedBytes.TextPlace? {
        guard let text, case let place = text.start - pointer(at: offset), place >= 0 else { return nil }
        return ScannedBytes.TextPlace(offset: place, count: text.count, seen: text.seen)
    }

    /// The text at a place of bytes that repeat from an offset on.
    package func text(at place: ScannedBytes.TextPlace, from offset: Int) -> RawText {
        RawText(start: pointer(at: offset) + place.offset, count: place.count, seen: place.seen)
    }
}
