/// The line before a chunk, byte by byte: its size, and extensions that nobody reads (RFC 9112, 7.1.1).
struct ChunkLine: Sendable {
    private enum Phase: Sendable {
        case size
        /// Behind a semicolon, in an extension's name.
        case name(isEmpty: Bool)
        case value
        case quoted
        case escaped
        case behindQuote
        case lineFeed
    }

    private static let mostBytes = 4096
    /// Of a size: no chunk is longer, and none overflows.
    private static let mostDigits = 12

    private var phase = Phase.size
    private var size = 0
    private var digits = 0
    private var count = 0

    /// Nothing of it has come.
    var isEmpty: Bool { count == 0 }

    /// The size in a line that is whole, has no extension and is not the last one's, and the line's length in bytes.
    static func usual(in bytes: UnsafeRawBufferPointer) -> (size: Int, count: Int)? {
        var size = 0
        var place = 0
        while place < bytes.count, place < mostDigits, let digit = hexDigit(bytes[place]) {
            size = size << 4 | digit
            place += 1
        }
        guard size > 0, place + 1 < bytes.count, bytes[place] == 0x0D, bytes[place + 1] == 0x0A else { return nil }
        return (size, place + 2)
    }

    /// The chunk's size once its line is over; 0 for the last one, nil as long as more is to come.
    mutating func read(_ byte: UInt8) throws(HTTPFault) -> Int? {
        count += 1
        guard count <= ChunkLine.mostBytes else { throw .malformed("a chunk's line is too long") }
        switch phase {
        case .size:
            if let digit = ChunkLine.hexDigit(byte) {
                guard digits < ChunkLine.mostDigits else { throw .malformed("a chunk's size is too large") }
                size = size << 4 | digit
                digits += 1
            } else {
                guard digits > 0 else { throw .malformed("a chunk's size is no number") }
                try endPart(byte)
            }
        case .name(let isEmpty):
            if isTokenByte(byte) {
                phase = .name(isEmpty: false)
            } else if isEmpty {
                throw .malformed("a chunk's extension has no name")
            } else if byte == UInt8(ascii: "=") {
                phase = .value
            } else {
                try endPart(byte)
            }
        case .value:
            if byte == UInt8(ascii: "\"") { phase = .quoted } else if !isTokenByte(byte) { try endPart(byte) }
        case .quoted:
            switch byte {
            case UInt8(ascii: "\""): phase = .behindQuote
            case UInt8(ascii: "\\"): phase = .escaped
            default: try checkQuoted(byte)
            }
        case .escaped:
            try checkQuoted(byte)
            phase = .quoted
        case .behindQuote: try endPart(byte)
        case .lineFeed:
            guard byte == 0x0A else { throw .malformed("a chunk's line does not end as it must") }
            return size
        }
        return nil
    }

    /// What ends a size or an extension: another extension, or the line.
    private mutating func endPart(_ byte: UInt8) throws(HTTPFault) {
        switch byte {
        case UInt8(ascii: ";"): phase = .name(isEmpty: true)
        case 0x0D: phase = .lineFeed
        default: throw .malformed("a chunk's line does not end as it must")
        }
    }

    private func checkQuoted(_ byte: UInt8) throws(HTTPFault) {
        guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
            throw .malformed("a control character in a chunk's extension")
        }
    }

    private static func hexDigit(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30
        case 0x41...0x46: Int(byte) - 0x41 + 10
        case 0x61...0x66: Int(byte) - 0x61 + 10
        default: nil
        }
    }
}
