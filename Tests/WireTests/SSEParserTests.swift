import Statistics
import Testing

@testable import Wire

/// An event as text.
struct ReadEvent: Hashable {
    var name = ""
    var data: String
}

/// The events of a stream that comes in these pieces.
func events(in pieces: [[UInt8]], limit: Int = SSEParser.usualLimit, ends: Bool = false) throws -> [ReadEvent] {
    var parser = SSEParser(limit: limit)
    var read: [ReadEvent] = []
    let keep: (inout [ReadEvent], SSEEvent) -> Void = {
        $0.append(
            ReadEvent(name: String(decoding: $1.name, as: UTF8.self), data: String(decoding: $1.data, as: UTF8.self))
        )
    }
    for piece in pieces {
        try piece.withUnsafeBytes { try parser.read($0, for: &read, keep) }
    }
    if ends { parser.end(for: &read, keep) }
    return read
}

func events(in text: String, ends: Bool = false) throws -> [ReadEvent] {
    try events(in: [Array(text.utf8)], ends: ends)
}

@Suite struct SSEParserTests {
    static let mixed = """
        : hello\r
        event: message_start\r
        data: {"text":"grüße 👋"}   \r
        \r
        id: 7
        data: one
        data: two

        retry: 10
        event:\u{20}
        data:{"padded": 1 }

        data
        data: x\r\rdatabase: no
        event: last
        data: end


        """

    @Test func `fields, comments and several lines of data are read as the standard says`() throws {
        #expect(
            try events(in: Self.mixed) == [
                ReadEvent(name: "message_start", data: "{\"text\":\"grüße 👋\"}   "),
                ReadEvent(data: "one\ntwo"),
                ReadEvent(data: "{\"padded\": 1 }"),
                ReadEvent(data: "\nx"),
                ReadEvent(name: "last", data: "end"),
            ]
        )
    }

    @Test func `pitfall 11: a stream may be cut at any byte`() throws {
        let bytes = Array(("\u{FEFF}" + Self.mixed).utf8)
        let whole = try events(in: [bytes])
        #expect(whole.count == 5)
        for cut in 0...bytes.count {
            #expect(try events(in: [Array(bytes[..<cut]), Array(bytes[cut...])]) == whole, "cut at \(cut)")
        }
        #expect(try events(in: bytes.map { [$0] }) == whole)
    }

    @Test func `an event ends with its blank line and not before`() throws {
        #expect(try events(in: "data: x\n").isEmpty)
        #expect(try events(in: "data: x\n", ends: true) == [ReadEvent(data: "x")])
        #expect(try events(in: "data: x", ends: true) == [ReadEvent(data: "x")])
        #expect(try events(in: ": only a comment\n\n", ends: true).isEmpty)
    }

    @Test(arguments: [1, 3, 1000])
    func `an event that is too long is an error, however it comes`(size: Int) {
        let bytes = Array("data: ".utf8) + [UInt8](repeating: 0x78, count: 200)
        #expect(throws: SSEError.eventTooLong(limit: 100)) {
            try events(in: bytes.chunks(of: size), limit: 100)
        }
        let lines = Array(String(repeating: "data: xxxxxxxxx\n", count: 20).utf8)
        #expect(throws: SSEError.eventTooLong(limit: 100)) { try events(in: lines.chunks(of: size), limit: 100) }
    }

    @Test func `frames of one's own fit only between events`() throws {
        var parser = SSEParser()
        var none = 0
        for (text, isBetween) in [
            (": ping\n", true), ("da", false), ("ta: x", false), ("\n", false), ("\n", true), ("event: x\n", false),
        ] {
            try Array(text.utf8).withUnsafeBytes { try parser.read($0, for: &none) { _, _ in } }
            #expect(parser.isBetweenEvents == isBetween, "behind \(text.debugDescription)")
        }
    }

    @Test func `random bytes never break the parser`() throws {
        var random = SeededGenerator(seed: 11)
        let alphabet = Array("data: event:\n\n\r\r{}\u{FEFF}x".utf8)
        for _ in 0..<2000 {
            let bytes = (0..<random.nextIndex(below: 80)).map { _ in alphabet[random.nextIndex(below: alphabet.count)] }
            let cut = random.nextIndex(below: bytes.count + 1)
            #expect(
                try events(in: [bytes], ends: true)
                    == events(in: [Array(bytes[..<cut]), Array(bytes[cut...])], ends: true)
            )
        }
    }
}

extension [UInt8] {
    /// The bytes in pieces of at most so many.
    func chunks(of size: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }

    /// The bytes in pieces of random lengths.
    func chunks(by random: inout SeededGenerator, upTo most: Int = 40) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while start < count {
            let end = Swift.min(count, start + 1 + random.nextIndex(below: most))
            pieces.append(Array(self[start..<end]))
            start = end
        }
        return pieces
    }
}
