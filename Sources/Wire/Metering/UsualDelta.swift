internal import JSONText

/// A `content_block_delta` as Anthropic writes it: nearly all of a stream's events, and read in a fraction of the time.
struct UsualDelta {
    /// What the event adds to the reply.
    let outputBytes: Int
    /// Where it ends in the bytes it was read from.
    let end: Int

    /// The data of one event; nil where it is another event, or written otherwise.
    init?(data: UnsafeRawBufferPointer) {
        guard let found = data.textOfDelta(behind: "{\"type\":\"content_block_delta\",\"index\":") else { return nil }
        self.init(found.text, isInput: found.isInput, closing: "}}", of: data)
        guard end == data.count else { return nil }
    }

    /// The event that bytes of a stream begin with, its lines and the blank one behind them.
    ///
    /// One that begins like the last, as nearly all do, is read in a fraction of the time again.
    init?(frame: UnsafeRawBufferPointer, like last: inout UsualOpening) {
        if !last.begins(frame) {
            guard
                let found = frame.textOfDelta(
                    behind: "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":"
                )
            else { return nil }
            last.bytes = Array(frame[..<(frame.count - found.text.count)])
            last.isInput = found.isInput
        }
        self.init(frame.dropping(last.bytes.count), isInput: last.isInput, closing: "}}\n\n", of: frame)
    }

    private init?(
        _ text: UnsafeRawBufferPointer,
        isInput: Bool,
        closing: StaticString,
        of bytes: UnsafeRawBufferPointer
    ) {
        var scanner = JSONScanner(text, layout: .document)
        // A line's end in the text would end the line it stands in.
        guard let value = scanner.text(), !scanner.hasControlCharacters,
            let rest = text.dropping(scanner.offset).dropping(closing)
        else { return nil }
        outputBytes = isInput ? value.unescapedCount : value.count
        end = bytes.count - rest.count
    }
}

/// What stood before the text of the last event of the usual kind.
struct UsualOpening: Sendable {
    fileprivate var bytes: [UInt8] = []
    fileprivate var isInput = false

    @inline(__always)
    fileprivate func begins(_ frame: UnsafeRawBufferPointer) -> Bool {
        guard !bytes.isEmpty, frame.count >= bytes.count else { return false }
        return bytes.withUnsafeBytes { bytesAreEqual(UnsafeRawBufferPointer(rebasing: frame[..<$0.count]), $0) }
    }
}

extension UnsafeRawBufferPointer {
    /// Where the text of an event's delta begins, and whether it is a tool's input; nil where it is no such delta.
    fileprivate func textOfDelta(behind opening: StaticString) -> (text: UnsafeRawBufferPointer, isInput: Bool)? {
        guard let index = dropping(opening) else { return nil }
        var digits = 0
        while digits < index.count, (0x30...0x39).contains(index[digits]) { digits += 1 }
        guard digits > 0, let delta = index.dropping(digits).dropping(",\"delta\":{\"type\":\"") else { return nil }
        if let text = delta.dropping("text_delta\",\"text\":") { return (text, false) }
        if let text = delta.dropping("input_json_delta\",\"partial_json\":") { return (text, true) }
        if let text = delta.dropping("thinking_delta\",\"thinking\":") { return (text, false) }
        return nil
    }

    /// What stands behind these bytes; nil where it does not begin with them.
    @inline(__always)
    fileprivate func dropping(_ prefix: StaticString) -> UnsafeRawBufferPointer? {
        let length = prefix.utf8CodeUnitCount
        let wanted = UnsafeRawBufferPointer(start: prefix.utf8Start, count: length)
        guard count >= length, bytesAreEqual(UnsafeRawBufferPointer(rebasing: self[..<length]), wanted) else {
            return nil
        }
        return dropping(length)
    }

    @inline(__always)
    fileprivate func dropping(_ length: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[length...])
    }
}
