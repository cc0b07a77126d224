import ConversionVectors
import Domain
import Statistics
import Testing

@testable import Wire

@Suite(.enabled(if: !ConversionVector.all.isEmpty, "needs the shared data"))
struct VectorTests {
    @Test func `all recorded replies are there`() {
        #expect(ConversionVector.streams.count >= 20)
        #expect(ConversionVector.whole.count >= 20)
        for format in APIFormat.allCases { #expect(ConversionVector.streams.contains { $0.format == format }) }
    }

    @Test(arguments: ConversionVector.streams)
    func `pitfall 11: a stream is metered alike wherever it is cut`(vector: ConversionVector) {
        let whole = metered([vector.bytes], vector.format)
        #expect(whole.id != nil)
        #expect(whole.beginning == .content)
        #expect(whole.ending == .complete)
        #expect(whole.stopReason != .unknown)
        var random = SeededGenerator(seed: 4)
        for _ in 0..<20 {
            #expect(metered(vector.bytes.chunks(by: &random), vector.format) == whole)
        }
        #expect(metered(vector.bytes.map { [$0] }, vector.format) == whole)
        for cut in stride(from: 0, through: vector.bytes.count, by: max(1, vector.bytes.count / 300)) {
            let pieces = [Array(vector.bytes[..<cut]), Array(vector.bytes[cut...])]
            #expect(metered(pieces, vector.format) == whole, "cut at \(cut)")
        }
    }

    @Test(arguments: ConversionVector.streams)
    func `pitfall 4: a relayed stream is the same to the byte`(vector: ConversionVector) throws {
        var random = SeededGenerator(seed: 5)
        for most in [1, 7, 40, 5000] {
            var relay = EventRelay()
            var bytes: [UInt8] = []
            for piece in vector.bytes.chunks(by: &random, upTo: most) {
                bytes += try piece.withUnsafeBufferPointer { piece throws(SSEError) in
                    try relay.read(UnsafeRawBufferPointer(piece))
                }
            }
            #expect(bytes + relay.end() == vector.bytes)
        }
    }

    @Test(arguments: ConversionVector.streams, APIFormat.allCases)
    func `a converted stream says the same`(vector: ConversionVector, client: APIFormat) {
        guard client != vector.format else { return }
        let bytes = converted([vector.bytes], from: vector.format, to: client)
        let original = SharedReply(read([vector.bytes], in: vector.format))
        let told = SharedReply(read([bytes], in: client))
        #expect(told == original.through(client))
        let meter = metered([bytes], client)
        #expect(meter.ending == .complete)
        #expect(meter.model == ModelID("shown-model"))
        var random = SeededGenerator(seed: 6)
        for _ in 0..<5 {
            #expect(converted(vector.bytes.chunks(by: &random), from: vector.format, to: client) == bytes)
        }
    }

    @Test(arguments: ConversionVector.whole, APIFormat.allCases)
    func `a converted reply says the same`(vector: ConversionVector, client: APIFormat) throws {
        guard client != vector.format else { return }
        let original = SharedReply(try reply(vector.bytes, in: vector.format))
        let told = SharedReply(try reply(try converted(vector.bytes, from: vector.format, to: client).body, in: client))
        #expect(told == original.through(client))
        #expect(metered([vector.bytes], vector.format, isStream: false).usage == original.usage)
        #expect(metered([vector.bytes], vector.format, isStream: false).stopReason == original.stop)
    }

    @Test(arguments: ConversionVector.whole, APIFormat.allCases)
    func `a whole reply says the same as the stream its client asked for`(
        vector: ConversionVector,
        client: APIFormat
    ) throws {
        guard client != vector.format else { return }
        let original = SharedReply(try reply(vector.bytes, in: vector.format))
        let stream = try vector.bytes.withUnsafeBytes { body throws(ReplyFailure) in
            try ConvertedReply(streaming: body, from: vector.format, to: client, for: view())
        }
        #expect(SharedReply(read([stream.body], in: client)) == original.through(client))
        #expect(metered([stream.body], client).ending == .complete)
    }

    @Test(arguments: ConversionVector.streams, APIFormat.allCases)
    func `pitfall 12: a stream cut off anywhere ends with an error, in any format`(
        vector: ConversionVector,
        client: APIFormat
    ) {
        guard client != vector.format else { return }
        for part in 1..<8 {
            let pieces = [Array(vector.bytes[..<(vector.bytes.count * part / 8)])]
            let hasStopped = read(pieces, in: vector.format).contains { if case .stopped = $0 { true } else { false } }
            let told = metered([converted(pieces, from: vector.format, to: client)], client)
            #expect(told.ending == (hasStopped ? .complete : .failed), "cut at \(part)/8")
        }
    }
}
