import NIOCore
import Testing

@testable import Providers

@Suite struct HeadParserTests {
    private func request(_ text: String) throws(HTTPFault) -> HTTPRequestHead? {
        var bytes = ByteBuffer(string: text)
        var search = HeadSearch()
        return try bytes.readRequestHead(&search, limit: 4096)
    }

    private func response(_ text: String) throws(HTTPFault) -> HTTPResponseHead? {
        var bytes = ByteBuffer(string: text)
        var search = HeadSearch()
        return try bytes.readResponseHead(&search, limit: 4096, isBodiless: false)
    }

    @Test func `a request's parts are read`() throws {
        let text = "POST /v1/messages?beta=true HTTP/1.1\r\nHost: a:1\r\nContent-Length:  12 \r\nX-Empty:\r\n\r\n"
        let head = try #require(try request(text))
        #expect(head.method == .post)
        #expect(head.path == "/v1/messages")
        #expect(String(decoding: head.target, as: UTF8.self) == "/v1/messages?beta=true")
        #expect(head.isPath("/v1/messages"))
        #expect(head.framing == .length(12))
        #expect(head.keepsAlive)
        #expect(head.fields.first("host") == "a:1")
        #expect(head.fields.first(named: "x-empty") == "")
        #expect(head.fields.first("content-length") == "12")
    }

    @Test func `the head is found wherever it is cut`() throws {
        let text = "GET / HTTP/1.1\r\nhost: a\r\nx: yy\r\n\r\n"
        for cut in 0...text.utf8.count {
            var bytes = ByteBuffer(bytes: text.utf8.prefix(cut))
            var search = HeadSearch()
            let early = try bytes.readRequestHead(&search, limit: 4096)
            #expect((early == nil) == (cut < text.utf8.count))
            guard early == nil else { continue }
            bytes.writeBytes(text.utf8.dropFirst(cut) + Array("rest".utf8))
            #expect(try bytes.readRequestHead(&search, limit: 4096)?.fields.first("x") == "yy")
            #expect(String(buffer: bytes) == "rest")
        }
    }

    @Test(arguments: [
        ("HTTP/1.1", "", true), ("HTTP/1.1", "connection: close\r\n", false),
        ("HTTP/1.1", "connection: x, Close\r\n", false), ("HTTP/1.0", "", false),
        ("HTTP/1.0", "Connection: Keep-Alive\r\n", true),
    ])
    func `a connection is kept as its version and fields say`(version: String, field: String, keeps: Bool) throws {
        #expect(try request("GET / \(version)\r\nhost: a\r\n\(field)\r\n")?.keepsAlive == keeps)
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n", "get / HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nhost: a\r\n\r\n", "GET  / HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nhost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\n b\r\n\r\n", "GET / HTTP/1.1\r\n: a\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\rb\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\u{0}\r\n\r\n", "GET /\u{7f} HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET / HTTPS/1.1\r\nhost: a\r\n\r\n",
        "POST / HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0x1\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length:\r\n\r\n",
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9999999999999999\r\n\r\n",
    ])
    func `what can be read in two ways is refused`(text: String) {
        #expect {
            _ = try request(text)
        } throws: { error in
            if case HTTPFault.malformed = error { true } else { false }
        }
    }

    @Test func `heads beyond the limits are refused`() {
        #expect(throws: HTTPFault.headTooLarge) {
            try request("GET / HTTP/1.1\r\nx: " + String(repeating: "y", count: 5000))
        }
        let many = String(repeating: "x: y\r\n", count: 101)
        #expect(throws: HTTPFault.headTooLarge) { try request("GET / HTTP/1.1\r\n" + many + "\r\n") }
        #expect(throws: HTTPFault.unsupportedVersion) { try request("GET / HTTP/2.0\r\nhost: a\r\n\r\n") }
    }

    @Test(arguments: [
        ("200 OK", "content-length: 3\r\n", BodyFraming.length(3)),
        ("200 OK", "transfer-encoding: Chunked\r\n", .chunked),
        ("200", "", .untilClose), ("204 X", "content-length: 3\r\n", .none), ("304 X", "", .none),
        ("200 OK", "content-length: 0\r\n", .none),
    ])
    func `a reply's body ends as its status and fields say`(status: String, fields: String, framing: BodyFraming) throws
    {
        #expect(try response("HTTP/1.1 \(status)\r\n\(fields)\r\n")?.framing == framing)
    }

    @Test(arguments: [
        "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000\r\n\r\n", "garbage garbage\r\n\r\n", "HTTP/1.1 999 X\r\n\r\n",
    ])
    func `a reply without a proper status is refused`(text: String) {
        #expect(throws: HTTPFault.self) { try response(text) }
    }
}
