internal import JSONText

/// A `content_block_delta` as Anthropic writes it: nearly all of a stream's events, and read in a fraction of the time.
struct UsualDelta {
    /// What the event adds to the reply.
    let outputBytes: Int
    /// Where it ends in the bytes it was read from.
    let end: Int

    /// The data of one event; nil where it is another event, or written otherwise.
    init?(data: UnsafeRawBufferPointer) {
        self.init(data, opening: "{\"type\":\"content_block_delta\",\"index\":", closing: "}}")
        guard end == data.count else { return nil }
    }

    /// The event that bytes of a stream begin with, its lines and the blank one behind them.
    init?(frame: UnsafeRawBufferPointer) {
        self.init(
            frame,
            opening: "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":",
            closing: "}}\n\n"
        )
    }

    private init?(_ bytes: UnsafeRawBufferPointer, opening: StaticString, closing: StaticString) {
        guard let index = bytes.dropping(opening) else { return nil }
        var digits = 0
        while digits < index.count, (0x30...0x39).contains(index[digits]) { digits += 1 }
        guard digits > 0, let delta = index.dropping(digits).dropping(",\"delta\":{\"type\":\"") else { return nil }
        let isInput: Bool
        let text: UnsafeRawBufferPointer
        if let found = delta.dropping("text_delta\",\"text\":") {
            (text, isInput) = (found, false)
        } else if let found = delta.dropping("input_json_delta\",\"partial_json\":") {
            (text, isInput) = (found, true)
        } else if let found = delta.dropping("thinking_delta\",\"thinking\":") {
            (text, isInput) = (found, false)
        } else {
            return nil
        }
        var scanner = JSONScanner(text, layout: .document)
        // A line's end in the text would end the line it stands in.
        guard let value = scanner.text(), !scanner.hasControlCharacters,
            let rest = text.dropping(scanner.offset).dropping(closing)
        else { return nil }
        outputBytes = isInput ? value.unescapedCount : value.count
        end = bytes.count - rest.count
    }
}

extension UnsafeRawBufferPointer {
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
