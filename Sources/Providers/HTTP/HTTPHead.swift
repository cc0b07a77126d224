package import NIOCore

/// A request's start line and fields.
package struct HTTPRequestHead: Sendable {
    package enum Method: Sendable {
        case get
        case head
        case post
        case other
    }

    package var method: Method
    package var fields: HTTPFields
    package var framing: BodyFraming
    /// Whether the sender keeps the connection open for another request.
    package var keepsAlive: Bool
    /// 0 for HTTP/1.0, which knows no chunks.
    package var minorVersion: UInt8
    private let targetRange: Range<Int>
    private let pathCount: Int

    init(
        method: Method,
        fields: HTTPFields,
        framing: BodyFraming,
        keepsAlive: Bool,
        minorVersion: UInt8,
        target: Range<Int>
    ) {
        self.method = method
        self.fields = fields
        self.framing = framing
        self.keepsAlive = keepsAlive
        self.minorVersion = minorVersion
        targetRange = target
        pathCount =
            fields.bytes[target].firstIndex(of: UInt8(ascii: "?")).map { $0 - target.lowerBound } ?? target.count
    }

    /// Path and query as sent.
    package var target: ArraySlice<UInt8> { fields.bytes[targetRange] }

    package var path: String { String(decoding: target.prefix(pathCount), as: UTF8.self) }

    package func isPath(_ path: StaticString) -> Bool {
        guard path.utf8CodeUnitCount == pathCount else { return false }
        return fields.bytes.withUnsafeBytes { bytes in
            for index in 0..<pathCount where bytes[targetRange.lowerBound + index] != path.utf8Start[index] {
                return false
            }
            return true
        }
    }
}

/// A reply's status and fields.
package struct HTTPResponseHead: Sendable {
    package var status: Int
    package var fields: HTTPFields
    package var framing: BodyFraming
    package var keepsAlive: Bool
}

/// Finds the end of a head in bytes that come in pieces, looking at each byte about once.
package struct HeadSearch: Sendable {
    private var next = 3

    package init() {}

    /// Whether bytes of a head were looked at, and it did not end.
    package var hasBegun: Bool { next > 3 }

    /// The number of bytes up to and with the blank line; nil where it is not there yet.
    package mutating func end(in bytes: UnsafeRawBufferPointer) -> Int? {
        // Looks where the last of the four bytes CR LF CR LF may stand: a byte that is none of them rules out four.
        var last = next
        while last < bytes.count {
            switch bytes[last] {
            case 0x0A:
                if bytes[last - 1] == 0x0D, bytes[last - 2] == 0x0A, bytes[last - 3] == 0x0D { return last + 1 }
                last += 2
            case 0x0D: last += 1
            default: last += 4
            }
        }
        next = last
        return nil
    }
}

extension ByteBuffer {
    /// Takes a head off the front once it is all there.
    mutating func readHead(_ search: inout HeadSearch, limit: Int) throws(HTTPFault) -> [UInt8]? {
        guard let count = withUnsafeReadableBytes({ search.end(in: $0) }) else {
            if readableBytes > limit { throw .headTooLarge }
            return nil
        }
        if count > limit { throw .headTooLarge }
        search = HeadSearch()
        return readBytes(length: count)
    }

    /// Takes a request's head off the front; nil where the rest of it is still to come.
    package mutating func readRequestHead(
        _ search: inout HeadSearch,
        limit: Int
    ) throws(HTTPFault) -> HTTPRequestHead? {
        guard let bytes = try readHead(&search, limit: limit) else { return nil }
        return try HeadParser(bytes).request()
    }

    /// Takes a reply's head off the front; nil where the rest of it is still to come.
    ///
    /// The reply to a `HEAD` is bodiless, whatever its fields say.
    package mutating func readResponseHead(
        _ search: inout HeadSearch,
        limit: Int,
        isBodiless: Bool
    ) throws(HTTPFault) -> HTTPResponseHead? {
        guard let bytes = try readHead(&search, limit: limit) else { return nil }
        return try HeadParser(bytes).response(isBodiless: isBodiless)
    }
}
