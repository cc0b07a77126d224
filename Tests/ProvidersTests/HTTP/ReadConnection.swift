import NIOCore
import NIOEmbedded
import NIOHTTP1

@testable import Providers

/// What a reader makes of all the bytes of one connection, up to its end.
struct ReadConnection: Equatable {
    struct Message: Equatable {
        /// Method and target, or the status.
        var start: String
        /// Names in lower case, values as sent.
        var fields: [String]
        var body = ""
        var isWhole = false
    }

    var messages: [Message] = []
    var isRefused = false

    /// Those that ended before whatever was refused.
    var whole: [Message] { messages.filter(\.isWhole) }
}

/// Which way the bytes go.
enum Direction: CaseIterable {
    case requests
    case replies
    case repliesToHead
}

extension ReadConnection {
    /// By our parser, in the order of ``ClientConnection`` and ``UpstreamConnection``.
    init(_ pieces: [[UInt8]], _ direction: Direction) {
        var reader = OurReader(direction)
        var inbox = ByteBuffer()
        for piece in pieces {
            inbox.writeBytes(piece)
            do throws(HTTPFault) { try reader.read(&inbox) } catch {
                reader.connection.isRefused = true
                break
            }
        }
        reader.end()
        self = reader.connection
    }

    /// By SwiftNIO's decoder, which is llhttp.
    static func bySwiftNIO(_ pieces: [[UInt8]], _ direction: Direction) -> ReadConnection {
        let channel = EmbeddedChannel()
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        var connection = ReadConnection()
        do {
            let operations = channel.pipeline.syncOperations
            if direction == .requests {
                try operations.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
            } else {
                try operations.addHandler(ByteToMessageHandler(HTTPResponseDecoder()))
                let method = direction == .replies ? HTTPMethod.POST : .HEAD
                for _ in 0..<8 {
                    let head = NIOHTTP1.HTTPRequestHead(version: .http1_1, method: method, uri: "/")
                    try channel.writeOutbound(HTTPClientRequestPart.head(head))
                }
            }
            channel.pipeline.fireChannelActive()
            for piece in pieces where !piece.isEmpty { try channel.writeInbound(ByteBuffer(bytes: piece)) }
            channel.pipeline.fireChannelInactive()
            try channel.throwIfErrorCaught()
        } catch {
            connection.isRefused = true
        }
        if direction == .requests {
            while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) {
                switch part {
                case .head(let head): connection.begin("\(head.method) \(head.uri)", head.headers)
                case .body(let bytes): connection.add(bytes)
                case .end: connection.endMessage()
                }
            }
        } else {
            while let part = try? channel.readInbound(as: HTTPClientResponsePart.self) {
                switch part {
                case .head(let head): connection.begin("\(head.status.code)", head.headers)
                case .body(let bytes): connection.add(bytes)
                case .end: connection.endMessage()
                }
            }
        }
        return connection
    }

    private mutating func begin(_ start: String, _ headers: HTTPHeaders) {
        // It leaves white space behind a value, which is none of it (RFC 9112, 5.1).
        let fields = headers.map { field in
            var value = field.value[...]
            while let last = value.last, last == " " || last == "\t" { value.removeLast() }
            return "\(field.name.lowercased()): \(value)"
        }
        messages.append(Message(start: start, fields: fields))
    }

    fileprivate mutating func add(_ bytes: ByteBuffer) { messages[messages.count - 1].body += text(bytes) }

    fileprivate mutating func endMessage() { messages[messages.count - 1].isWhole = true }

    private func text(_ bytes: ByteBuffer) -> String { String(decoding: bytes.readableBytesView, as: UTF8.self) }
}

private struct OurReader {
    let direction: Direction
    var connection = ReadConnection()
    private var search = HeadSearch()
    private var body: BodyReading?
    private var keepsAlive = true

    init(_ direction: Direction) { self.direction = direction }

    mutating func read(_ inbox: inout ByteBuffer) throws(HTTPFault) {
        while keepsAlive || body != nil {
            if var reading = body {
                let piece = try reading.next(in: &inbox)
                body = reading
                switch piece {
                case .bytes(let bytes): connection.add(bytes)
                case .needsMore: return
                case .end:
                    connection.endMessage()
                    body = nil
                }
            } else if direction == .requests {
                guard let head = try inbox.readRequestHead(&search, limit: 80_000) else { return }
                begin(start(of: head), head.fields, head.framing, head.keepsAlive)
            } else {
                guard
                    let head = try inbox.readResponseHead(
                        &search,
                        limit: 80_000,
                        isBodiless: direction == .repliesToHead
                    )
                else { return }
                if head.status == 101 { throw .malformed("a change of protocol") }
                if head.status < 200 { continue }
                begin("\(head.status)", head.fields, head.framing, head.keepsAlive)
            }
        }
    }

    mutating func end() {
        if !connection.isRefused, body?.endsWithConnection == true { connection.endMessage() }
    }

    private func start(of head: Providers.HTTPRequestHead) -> String {
        let method = head.fields.bytes.drop { $0 == 0x0D || $0 == 0x0A }.prefix { $0 != 0x20 }
        return String(decoding: method, as: UTF8.self) + " " + String(decoding: head.target, as: UTF8.self)
    }

    private mutating func begin(_ start: String, _ fields: HTTPFields, _ framing: BodyFraming, _ keepsAlive: Bool) {
        var read: [String] = []
        fields.eachField { name, value in
            read.append(
                String(decoding: name, as: UTF8.self).lowercased() + ": " + String(decoding: value, as: UTF8.self)
            )
        }
        connection.messages.append(.init(start: start, fields: read))
        body = BodyReading(framing)
        self.keepsAlive = keepsAlive
    }
}
