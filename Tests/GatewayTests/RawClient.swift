import NIOCore
import NIOPosix
import Synchronization

/// A client that sends bytes as told and reads a reply as it comes.
struct RawClient: Sendable {
    struct Reply: Sendable {
        var status = 0
        var fields: [(name: String, value: String)] = []
        var body: [UInt8] = []
        /// The body ended as its framing says; false where the connection broke off.
        var isWhole = false

        var text: String { String(decoding: body, as: UTF8.self) }

        subscript(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }
    }

    let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

    static func connect(port: Int) async throws -> RawClient {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return RawClient(channel: channel)
    }

    /// Sends pieces one after the other, and reads so many replies, or up to the connection's end.
    static func exchange(port: Int, _ pieces: [String], replies: Int = 1) async throws -> [Reply] {
        let client = try await connect(port: port)
        return try await client.channel.executeThenClose { inbound, outbound in
            for piece in pieces { try await outbound.write(ByteBuffer(string: piece)) }
            var reader = ReplyReader()
            var found: [Reply] = []
            do {
                for try await bytes in inbound {
                    reader.bytes.append(contentsOf: bytes.readableBytesView)
                    while let reply = reader.next() {
                        found.append(reply)
                        if found.count == replies { return found }
                    }
                }
            } catch {
                // A reset is an end like another; what came before it counts.
            }
            if let rest = reader.rest() { found.append(rest) }
            return found
        }
    }

    /// Sends a request, waits until the reply holds a text (or at once for nil), and leaves.
    static func leave(port: Int, _ request: String, after text: String?) async throws {
        let client = try await connect(port: port)
        try await client.channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            guard let text else { return }
            var seen = ""
            for try await bytes in inbound {
                seen += String(buffer: bytes)
                if seen.contains(text) { return }
            }
        }
    }

    static func post(
        _ path: String,
        _ body: String,
        port: Int,
        fields: [String] = [],
        host: String? = nil
    ) -> String {
        let fields = ["content-type: application/json"] + fields
        return "POST \(path) HTTP/1.1\r\nhost: \(host ?? "127.0.0.1:\(port)")\r\n"
            + fields.map { $0 + "\r\n" }.joined()
            + "content-length: \(body.utf8.count)\r\n\r\n" + body
    }
}

/// Reads replies off a connection, as strictly as a client must.
struct ReplyReader {
    var bytes: [UInt8] = []

    mutating func next() -> RawClient.Reply? {
        guard let (reply, end) = parse() else { return nil }
        bytes.removeFirst(end)
        return reply
    }

    /// What came of a reply that did not become whole.
    func rest() -> RawClient.Reply? {
        guard case (var reply, let bodyStart)? = head() else { return nil }
        reply.body = Array(bytes[bodyStart...])
        if reply["content-length"] == nil, reply["transfer-encoding"] == nil { reply.isWhole = true }
        if reply["transfer-encoding"] != nil { reply.body = chunks(from: bodyStart).body }
        return reply
    }

    private func head() -> (RawClient.Reply, Int)? {
        let blank = Array("\r\n\r\n".utf8)
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: blank) }) else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        var reply = RawClient.Reply()
        reply.status = lines.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            reply.fields.append((String(parts[0]), String(parts[1].drop { $0 == " " })))
        }
        return (reply, end + 4)
    }

    private func parse() -> (RawClient.Reply, Int)? {
        guard case (var reply, let start)? = head() else { return nil }
        reply.isWhole = true
        if reply.status < 200 { return (reply, start) }
        if let length = reply["content-length"].flatMap(Int.init) {
            guard bytes.count >= start + length else { return nil }
            reply.body = Array(bytes[start..<(start + length)])
            return (reply, start + length)
        }
        guard reply["transfer-encoding"] == "chunked" else { return nil }
        let (body, end) = chunks(from: start)
        guard let end else { return nil }
        reply.body = body
        return (reply, end)
    }

    private func chunks(from start: Int) -> (body: [UInt8], end: Int?) {
        var body: [UInt8] = []
        var at = start
        while let lineEnd = bytes[at...].firstIndex(of: 0x0A) {
            let line = String(decoding: bytes[at..<lineEnd], as: UTF8.self).filter { $0 != "\r" }
            guard let size = Int(line, radix: 16) else { return (body, nil) }
            let data = lineEnd + 1
            guard bytes.count >= data + size + 2 else { return (body + bytes[min(data, bytes.count)...], nil) }
            body += bytes[data..<(data + size)]
            at = data + size + 2
            if size == 0 { return (body, at) }
        }
        return (body, nil)
    }
}
