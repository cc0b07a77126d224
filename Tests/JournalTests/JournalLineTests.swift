import Domain
import JSONText
import Journal
import Statistics
import Testing

@Suite struct JournalLineTests {
    @Test func `what is written is read back, both halves`() throws {
        let exchange = Exchange.sample
        #expect(try read(JournalLine.intent(exchange.intent).bytes) == .intent(exchange.intent))
        let outcome = try #require(exchange.outcome)
        let line = JournalLine.outcome(exchange.intent, outcome)
        #expect(try read(line.bytes) == line)
    }

    @Test func `an intent is one line of plain JSON`() {
        var intent = Exchange.Intent.bare
        intent.sender.session = "s\n\"1\"\\\u{1}é"
        let expected =
            #"{"v":1,"type":"intent","id":"r-1","time":1790000000000,"session":"s\u000a\"1\"\\\u0001é","#
            + #""format":"messages","requested":"claude-opus-5","chosen":"claude-opus-5","applied":true,"#
            + #""reason":"requested","upstream":"anthropic","upstreamFormat":"messages","requestBytes":2}"# + "\n"
        #expect(String(decoding: JournalLine.intent(intent).bytes, as: UTF8.self) == expected)
    }

    @Test func `a header of the client never stands in the journal`() throws {
        var intent = Exchange.Intent.bare
        intent.sender.headers = ["x-secret": "hunter2"]
        #expect(!String(decoding: JournalLine.intent(intent).bytes, as: UTF8.self).contains("hunter2"))
    }

    @Test func `unknown fields are stepped over`() throws {
        var text = String(decoding: JournalLine.intent(.bare).bytes.dropLast(2), as: UTF8.self)
        text += #","later":{"a":[1,{"b":"}"}]},"more":null}"#
        #expect(try read(Array(text.utf8)) == .intent(.bare))
    }

    @Test(arguments: [("null", [:]), ("[1]", [:]), (#"{"a":-1,"b":"x","c":{},"d":2}"#, ["d": 2])])
    func `what was dropped is kinds and counts, and anything else is nothing`(value: String, dropped: [String: Int])
        throws
    {
        var outcome = try #require(Exchange.sample.outcome)
        outcome.dropped = [:]
        let text = String(decoding: JournalLine.outcome(.bare, outcome).bytes.dropLast(2), as: UTF8.self)
        #expect(!text.contains("dropped"))
        let line = try read(Array("\(text),\"dropped\":\(value)}".utf8))
        outcome.dropped = dropped
        #expect(line == .outcome(.bare, outcome))
    }

    @Test(arguments: [
        (#"{"v":2,"type":"intent"}"#, "journal line of version 2, written by a newer suffice"),
        (#"{"v":1,"type":"pause"}"#, "journal line of type 'pause'"),
        (#"{"v":1,"type":"intent","format":"messages","reason":"rule"}"#, "journal line without 'id'"),
        (#"{"v":1,"type":"intent","id":"a","time":1,"format":"soap"}"#, "journal line whose 'format' is 'soap'"),
        (#"[1]"#, "no line of the gateway's journal"),
    ])
    func `a line that cannot be used says why`(text: String, reason: String) {
        #expect(throws: UnreadableJournalLine(reason: reason)) { try read(Array(text.utf8)) }
    }

    @Test func `a cut line breaks the scan wherever it is cut`() throws {
        let outcome = try #require(Exchange.sample.outcome)
        let whole = Array(JournalLine.outcome(Exchange.sample.intent, outcome).bytes.dropLast())
        for length in 1..<whole.count {
            whole[..<length].withUnsafeBytes { bytes in
                var scanner = JSONScanner(bytes)
                _ = try? JournalLine(&scanner)
                #expect(scanner.isBroken, "cut after \(length) bytes")
            }
        }
    }

    @Test func `random exchanges come back as they went`() throws {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<2000 {
            let exchange = Exchange.random(&random)
            let line = exchange.outcome.map { JournalLine.outcome(exchange.intent, $0) } ?? .intent(exchange.intent)
            #expect(try read(line.bytes) == line)
        }
    }

    private func read(_ bytes: [UInt8]) throws -> JournalLine {
        try bytes.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            let line = try JournalLine(&scanner)
            let isWhole = scanner.endLine()
            #expect(isWhole)
            return line
        }
    }
}
