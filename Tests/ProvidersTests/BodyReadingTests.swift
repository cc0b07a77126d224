import NIOCore
import Testing

@testable import Providers

@Suite struct BodyReadingTests {
    /// What comes of bytes that arrive in pieces.
    private func read(_ pieces: [String], as framing: BodyFraming) throws(HTTPFault) -> (text: String, rest: String?) {
        var reading = BodyReading(framing)
        var inbox = ByteBuffer()
        var text = ""
        for piece in pieces {
            inbox.writeString(piece)
            pieces: while true {
                switch try reading.next(in: &inbox) {
                case .bytes(let bytes): text += String(buffer: bytes)
                case .needsMore: break pieces
                case .end: return (text, String(buffer: inbox))
                }
            }
        }
        return (text, nil)
    }

    @Test func `a counted body ends with its last byte`() throws {
        let read = try read(["he", "llo, next"], as: .length(5))
        #expect(read.text == "hello")
        #expect(read.rest == ", next")
    }

    @Test func `chunks are read wherever they are cut`() throws {
        let text = "5;name=\"v \\\"w\"\r\nhello\r\n7;a;b=c\r\n, world\r\n00\r\nX-Trailer: x\r\nY:\r\n\r\nnext"
        for cut in 0..<text.utf8.count {
            let bytes = Array(text.utf8)
            let pieces = [bytes[..<cut], bytes[cut...]].map { String(decoding: $0, as: UTF8.self) }
            let read = try read(pieces, as: .chunked)
            #expect(read.text == "hello, world")
            #expect(read.rest?.isEmpty == false || cut == bytes.count - 4)
        }
        let plain = "5\r\nhello\r\n00000000000C\r\n, new world!\r\n0\r\n\r\nnext"
        for cut in 0..<plain.utf8.count {
            let bytes = Array(plain.utf8)
            let read = try read(
                [bytes[..<cut], bytes[cut...]].map { String(decoding: $0, as: UTF8.self) },
                as: .chunked
            )
            #expect(read.text == "hello, new world!")
        }
        let bytewise = try read(text.utf8.map { String(decoding: [$0], as: UTF8.self) }, as: .chunked)
        #expect(bytewise.text == "hello, world")
    }

    @Test(arguments: [
        "\r\n", "x\r\n", "5\n", "5\rhello", "5\r\nhello!", "5\r\nhelloX\n", "5 6\u{1}\r\n", "1000000000000\r\n",
        "0\r\nx\n", "0\r\n\n", "5 \r\n", "5\t\r\n", "5 ;a\r\n", "5; a\r\n", "5;\r\n", "5;=a\r\n", "5;a b\r\n",
        "5;a=\"b\r\n",
        "5;a=\"b\"c\r\n", "0\r\nX\r\n\r\n", "0\r\n X: y\r\n\r\n", "0\r\nX : y\r\n\r\n", "0\r\n: y\r\n\r\n",
        "0\r\nX: y\r\n z\r\n\r\n", "0\r\nContent-Length: 1\r\n\r\n", "0\r\ntransfer-encoding: chunked\r\n\r\n",
        String(repeating: "0", count: 5000), "0\r\n" + String(repeating: "x", count: 5000),
    ])
    func `chunks that are not what they say are refused`(text: String) {
        #expect(throws: HTTPFault.self) { try read([text], as: .chunked) }
    }

    @Test func `only a body up to the connection's end ends with it`() {
        #expect(BodyReading(.untilClose).endsWithConnection)
        #expect(BodyReading(.none).endsWithConnection)
        #expect(!BodyReading(.length(1)).endsWithConnection)
        #expect(!BodyReading(.chunked).endsWithConnection)
    }
}
