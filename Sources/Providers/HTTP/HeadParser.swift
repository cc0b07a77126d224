/// Reads a head as RFC 9112 has it, and refuses whatever two readers might read in two ways.
///
/// Lines end with CR LF alone, names touch their colon, no line is folded, and one field at most says where the body
/// ends: the rules by which request smuggling is kept out.
struct HeadParser {
    /// Fields of one message; agents send about twenty.
    static let mostFields = 100

    private let bytes: [UInt8]
    private var position = 0
    private var places: [HTTPFields.Place] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        places.reserveCapacity(24)
    }

    consuming func request() throws(HTTPFault) -> HTTPRequestHead {
        // RFC 9112, 2.2: one empty line before the request line is overlooked.
        if bytes.starts(with: [0x0D, 0x0A]) { position = 2 }
        let line = try line()
        guard let methodEnd = bytes[line].firstIndex(of: 0x20),
            let targetEnd = bytes[(methodEnd + 1)..<line.upperBound].firstIndex(of: 0x20)
        else { throw .malformed("the request line has not three parts") }
        let method = bytes[line.lowerBound..<methodEnd]
        guard !method.isEmpty, method.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw .malformed("the method is no word")
        }
        let target = (methodEnd + 1)..<targetEnd
        guard bytes[target].first == UInt8(ascii: "/"), bytes[target].allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .malformed("the target is no path")
        }
        let minorVersion = try minorVersion(bytes[(targetEnd + 1)..<line.upperBound])
        let fields = try fields()
        let hosts = fields.count(of: "host")
        guard hosts == 1 || (hosts == 0 && minorVersion == 0) else { throw .malformed("not one Host field") }
        var framing = try framing(of: fields, minorVersion: minorVersion)
        if framing.isUntilClose { framing = .none }
        return HTTPRequestHead(
            method: method.elementsEqual("POST".utf8)
                ? .post : method.elementsEqual("GET".utf8) ? .get : method.elementsEqual("HEAD".utf8) ? .head : .other,
            fields: fields,
            framing: framing,
            keepsAlive: keepsAlive(fields, minorVersion: minorVersion),
            minorVersion: minorVersion,
            target: target
        )
    }

    consuming func response(isBodiless: Bool) throws(HTTPFault) -> HTTPResponseHead {
        let line = try line()
        guard line.count >= 12, bytes[line.lowerBound + 8] == 0x20,
            line.count == 12 || bytes[line.lowerBound + 12] == 0x20
        else { throw .malformed("no status line") }
        let minorVersion = try minorVersion(bytes[line.lowerBound..<line.lowerBound + 8])
        var status = 0
        for byte in bytes[line.lowerBound + 9..<line.lowerBound + 12] {
            guard (0x30...0x39).contains(byte) else { throw .malformed("the status is no number") }
            status = status * 10 + Int(byte - 0x30)
        }
        guard (100...599).contains(status) else { throw .malformed("the status is none") }
        let fields = try fields()
        var framing = try framing(of: fields, minorVersion: minorVersion)
        if isBodiless || status < 200 || status == 204 || status == 304 { framing = .none }
        return HTTPResponseHead(
            status: status,
            fields: fields,
            framing: framing,
            keepsAlive: keepsAlive(fields, minorVersion: minorVersion) && !framing.isUntilClose
        )
    }

    /// The next line without its end.
    private mutating func line() throws(HTTPFault) -> Range<Int> {
        let start = position
        let found = bytes.withUnsafeBytes { bytes -> Int? in
            var index = start
            while index < bytes.count {
                // Eight bytes at a time, as long as none of them ends the line or has no place in it.
                while index + 8 <= bytes.count,
                    !hasControlCharacter(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                {
                    index += 8
                }
                guard index < bytes.count else { return nil }
                let byte = bytes[index]
                if byte < 0x20, byte != 0x09 {
                    return byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? index : nil
                }
                if byte == 0x7F { return nil }
                index += 1
            }
            return nil
        }
        guard let end = found else { throw .malformed("a control character in the head") }
        position = end + 2
        return start..<end
    }

    private func minorVersion(_ version: ArraySlice<UInt8>) throws(HTTPFault) -> UInt8 {
        let start = version.startIndex
        guard version.count == 8, stands("HTTP/", at: start) else { throw .malformed("no HTTP version") }
        guard stands("1.", at: start + 5), case let last = bytes[start + 7], last == 0x30 || last == 0x31
        else { throw .unsupportedVersion }
        return last - 0x30
    }

    private func stands(_ text: StaticString, at place: Int) -> Bool {
        for index in 0..<text.utf8CodeUnitCount where bytes[place + index] != text.utf8Start[index] { return false }
        return true
    }

    private mutating func fields() throws(HTTPFault) -> HTTPFields {
        while true {
            let line = try line()
            if line.isEmpty { break }
            if places.count == HeadParser.mostFields { throw .headTooLarge }
            try places.append(field(line))
        }
        guard position == bytes.count else { throw .malformed("bytes behind the head") }
        return HTTPFields(bytes: bytes, places: places)
    }

    private func field(_ line: Range<Int>) throws(HTTPFault) -> HTTPFields.Place {
        let found = bytes.withUnsafeBytes { bytes -> HTTPFields.Place? in
            var colon = line.lowerBound
            while colon < line.upperBound, isTokenByte(bytes[colon]) { colon += 1 }
            guard colon > line.lowerBound, colon < line.upperBound, bytes[colon] == UInt8(ascii: ":") else {
                return nil
            }
            var start = colon + 1
            var end = line.upperBound
            while start < end, isBlank(bytes[start]) { start += 1 }
            while end > start, isBlank(bytes[end - 1]) { end -= 1 }
            return HTTPFields.Place(
                name: Int32(line.lowerBound),
                nameCount: Int32(colon - line.lowerBound),
                value: Int32(start),
                valueCount: Int32(end - start)
            )
        }
        guard let found else { throw .malformed("a field without a proper name") }
        return found
    }

    private func keepsAlive(_ fields: HTTPFields, minorVersion: UInt8) -> Bool {
        minorVersion == 1 ? !fields.lists("close", in: "connection") : fields.lists("keep-alive", in: "connection")
    }

    /// Where the body ends; both a length and chunks, or two lengths, are refused.
    private func framing(of fields: HTTPFields, minorVersion: UInt8) throws(HTTPFault) -> BodyFraming {
        let lengths = fields.count(of: "content-length")
        let encodings = fields.count(of: "transfer-encoding")
        guard lengths + encodings <= 1 else { throw .malformed("more than one field says where the body ends") }
        if encodings == 1 {
            guard minorVersion == 1, fields.first("transfer-encoding")?.lowercased() == "chunked" else {
                throw .malformed("a transfer coding other than chunked")
            }
            return .chunked
        }
        guard lengths == 1 else { return .untilClose }
        guard let text = fields.first("content-length"), (1...15).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(text)
        else { throw .malformed("the body's length is no number") }
        return length == 0 ? .none : .length(length)
    }
}

/// Whether one of eight bytes is below 0x20 or is 0x7F: a borrow from one byte to the next begins only at such a byte.
@inline(__always)
private func hasControlCharacter(_ bytes: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highBits = ones << 7
    let deletes = bytes ^ (ones &* 0x7F)
    return (((bytes &- ones &* 0x20) & ~bytes) | ((deletes &- ones) & ~deletes)) & highBits != 0
}

/// Whether a byte may stand in a field's name (RFC 9110, 5.6.2).
@inline(__always)
func isTokenByte(_ byte: UInt8) -> Bool {
    // A bit for each of the 128 characters.
    let set: UInt64 = byte < 64 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
    return byte < 128 && set &>> UInt64(byte & 63) & 1 == 1
}
