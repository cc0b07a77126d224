import Statistics

/// Messages of HTTP/1.1 as nobody should send them: each part is mostly right and at times one that proxies were tricked
/// with.
struct RandomHTTP {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// One to three messages behind one another, with a few bytes changed in half of them.
    mutating func connection(_ direction: Direction) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0...random.nextIndex(below: 3) { bytes += message(direction) }
        if random.nextIndex(below: 2) == 0 { mutate(&bytes) }
        return bytes
    }

    private mutating func message(_ direction: Direction) -> [UInt8] {
        var text = ""
        let end = often("\r\n", or: ["\n", "\r", "\n\r", "\r\r\n", " \r\n"])
        if direction == .requests {
            if rarely() { text += pick(["\r\n", "\n", "\r\n\r\n"]) }
            text += often("POST", or: ["GET", "HEAD", "PUT", "post", "G E T", "POST\t", "", "GETS"])
            text += often(" ", or: ["  ", "\t", ""])
            text += often("/v1/messages", or: ["/a?b=c", "*", "a", "/\u{7F}", "/é", "http://a/b", "/a#b", "/a\"b"])
            text += often(" ", or: ["  ", "\t", ""])
        }
        text += often(
            "HTTP/1.1",
            or: ["HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/1.1 ", "HTTP/01.1", "HTTP/0.9"]
        )
        if direction != .requests {
            text += often(" ", or: ["  ", "\t", ""])
            text += often("200", or: ["204", "304", "100", "103", "101", "199", "099", "2000", "20", "+20", "404"])
            text += often(" OK", or: ["", " ", " \u{1}", "OK", " a\tb", " é"])
        }
        text += end
        if direction == .requests { text += often("Host: a\r\n", or: ["", "Host: a\r\nHost: b\r\n", "Host:\r\n"]) }
        let isChunked = random.nextIndex(below: 2) == 0
        let body = bodyText(isChunked)
        var fields = [isChunked ? chunkedField() : lengthField(of: body)]
        if rarely() { fields.append(chunkedField()) }
        if rarely() { fields.append(lengthField(of: body)) }
        if rarely() { fields.append(oddField()) }
        if rarely() { fields.append(oddField()) }
        while !fields.isEmpty {
            text += fields.remove(at: random.nextIndex(below: fields.count))
            text += often("\r\n", or: ["\n", "\r", "\n\r", "\r\r\n", "\r\n ", "\r\n\t"])
        }
        return Array((text + often("\r\n", or: ["\n", "\r", ""]) + body).utf8)
    }

    private mutating func lengthField(of body: String) -> String {
        let count = body.utf8.count
        let value = often(
            "\(count)",
            or: [
                "+\(count)", "-\(count)", "0\(count)", "0x\(count)", "\(count) ", "\(count), \(count)", "\(count) 1",
                "",
                "18446744073709551616", "99999999999999999999", "\(count)\u{B}", "\(count).0", "\(count),",
                "\t\(count)",
                "00000000000000000000\(count)",
            ]
        )
        return often("Content-Length", or: ["content-length", "Content_Length", "Content-Length ", " Content-Length"])
            + often(": ", or: [":", " : ", ":\t", ":  "]) + value
    }

    private mutating func chunkedField() -> String {
        let value = often(
            "chunked",
            or: [
                "Chunked", "chunked, chunked", "gzip, chunked", "chunked, gzip", "identity", "xchunked", "chunked;a=b",
                "\"chunked\"", "chunked,", ",chunked", "chunked ", "\tchunked", "\u{B}chunked", "gzip", "",
                "chunked\u{0}",
            ]
        )
        return often("Transfer-Encoding", or: ["transfer-encoding", "Transfer-Encoding ", "Transfer\u{0}Encoding"])
            + often(": ", or: [":", " : ", ":\t"]) + value
    }

    private mutating func oddField() -> String {
        pick([
            "Connection: close", "Connection: keep-alive", "Connection: keep-alive, close", "Connection: x",
            "Connection: transfer-encoding", "X: y", "X:", ": y", "X", "X y: z", "X\t: y",
            "X: \u{7F}", "X: \u{1}", "X: a\u{0}b", "X: é", "É: x", "X(: y", "X[]: y", "X: \ta\t ",
            "Expect: 100-continue",
            "Trailer: X", "Connection: close\r\nConnection: keep-alive", "X\": y", "X@: y", "Connection:\tClose",
        ])
    }

    private mutating func bodyText(_ isChunked: Bool) -> String {
        let text = pick(["", "a", "hello", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "0\r\n\r\n", "\r\n"])
        guard isChunked else { return text }
        var body = ""
        for _ in 0..<random.nextIndex(below: 3) {
            let piece = pick(["a", "hello", "GET / HTTP/1.1\r\n\r\n", "0123456789abcdef"])
            let size = String(piece.utf8.count, radix: 16)
            body += often(
                size,
                or: [
                    "0\(size)", "+\(size)", "-\(size)", "0x\(size)", " \(size)", "\(size) ", "\(size)\t", "", "g",
                    "fffffffffffffffe", "10000000000000001", "1000000000000000\(size)", "8000000000000000",
                ]
            )
            body += chunkExtension() + lineEnd() + piece + lineEnd()
        }
        body += often("0", or: ["00", "000000000000000000000", "", "-0", "0 "]) + chunkExtension() + lineEnd()
        if rarely() {
            body += pick([
                "X: y", "X", "X : y", " X: y", ": y", "Content-Length: 5", "Transfer-Encoding: chunked", "X: \u{0}",
                "X: a\r\n b", "É: a",
            ])
            body += lineEnd()
        }
        return body + lineEnd()
    }

    private mutating func chunkExtension() -> String {
        often(
            "",
            or: [
                ";a=b", ";a", ";a=\"b c\"", ";", ";=", "; a", " ;a", ";a=\"", ";a\u{0}", ";a\n", ";a\rb", ";a b", ";é",
            ]
        )
    }

    private mutating func lineEnd() -> String { often("\r\n", or: ["\n", "\r", "\r\r\n", "", "\n\r"]) }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        for _ in 0...random.nextIndex(below: 3) where !bytes.isEmpty {
            let at = random.nextIndex(below: bytes.count)
            switch random.nextIndex(below: 5) {
            case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.nextIndex(below: 4)))
            case 2: bytes.insert(Array("\r\n :;,0\t\u{0}x".utf8)[random.nextIndex(below: 10)], at: at)
            case 3: bytes.removeLast(bytes.count - at)
            default:
                let from = random.nextIndex(below: bytes.count)
                bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + 20)], at: at)
            }
        }
    }

    private mutating func rarely() -> Bool { random.nextIndex(below: 6) == 0 }

    /// The right one nine times of ten.
    private mutating func often(_ right: String, or others: [String]) -> String {
        random.nextIndex(below: 12) == 0 ? pick(others) : right
    }

    private mutating func pick(_ texts: [String]) -> String { texts[random.nextIndex(below: texts.count)] }
}
