import Testing

@testable import Providers

/// Where our parser is meant to differ from llhttp, and why.
@Suite struct HTTPDifferenceTests {
    private func read(_ text: String, _ direction: Direction) -> (ours: ReadConnection, theirs: ReadConnection) {
        let bytes = Array(text.utf8)
        return (ReadConnection([bytes], direction), .bySwiftNIO([bytes], direction))
    }

    @Test(arguments: [
        ("an HTTP/1.1 request names its host", "GET / HTTP/1.1\r\n\r\n"),
        ("the host decides who is admitted", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        ("a proxy's form of target is not for us", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("nobody asks for it", "GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("parts are one blank apart", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("one empty line is overlooked, no more", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        (
            "a length of 16 digits is nobody's",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0000000000000001\r\n\r\na"
        ),
        (
            "as is a chunk's of 13",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0000000000000\r\n\r\n"
        ),
    ])
    func `requests that are refused though llhttp takes them`(why: String, text: String) {
        let (ours, theirs) = read(text, .requests)
        #expect(theirs.whole.count == 1, "\(why)")
        #expect(ours.isRefused && ours.whole.isEmpty, "\(why)")
    }

    @Test(arguments: [
        (
            "a transfer coding but chunked is not taken apart, and its end is anyone's guess",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\na"
        ),
        (
            "two words about the end, even where they agree",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        ("no such status", "HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n"),
        ("the reason is shown to people", "HTTP/1.1 200 \u{1}\r\nContent-Length: 0\r\n\r\n"),
        ("nobody asked to change the protocol", "HTTP/1.1 101 OK\r\nContent-Length: 0\r\n\r\n"),
        (
            "a trailer says nothing about the end",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n"
        ),
    ])
    func `replies that are refused though llhttp takes them`(why: String, text: String) {
        let (ours, theirs) = read(text, .replies)
        #expect(!theirs.whole.isEmpty, "\(why)")
        #expect(ours.isRefused && ours.whole.isEmpty, "\(why)")
    }

    /// It is answered with 404 like any path that nobody knows, and never passed on.
    @Test func `a method that llhttp does not know is read like any`() {
        let (ours, theirs) = read("SEND / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na", .requests)
        #expect(ours.whole.map(\.body) == ["a"])
        #expect(theirs.isRefused)
    }

    /// No version of HTTP has the field; llhttp closes the connection for it.
    @Test func `Proxy-Connection says nothing`() {
        let request = "GET / HTTP/1.1\r\nHost: a\r\nProxy-Connection: close\r\n\r\n"
        let (ours, theirs) = read(request + request, .requests)
        #expect(ours.whole.count == 2)
        #expect(theirs.whole.count == 1)
    }
}
