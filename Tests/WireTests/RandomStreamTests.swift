import ConversionVectors
import Domain
import Statistics
import TestSupport
import Testing

@testable import Wire

/// Random replies, as events of no format.
private struct RandomReply {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func text() -> String {
        let pieces = ["a", "grüße", "👋🏽", "\"", "\\", "\n\n", "\r", "\u{7}", "data: ", "{}", "\u{2028}", "end "]
        return (0...random.nextIndex(below: 4)).map { _ in pieces[random.nextIndex(below: pieces.count)] }.joined()
    }

    /// Parts that run side by side only where the format's reader may see it so.
    mutating func events(interleaved: Bool) -> [ReplyEvent] {
        var parts: [[ReplyEvent]] = []
        var hasCalls = false
        for index in 0..<random.nextIndex(below: 5) {
            var part: [ReplyEvent] = []
            switch random.nextIndex(below: 3) {
            case 0:
                part.append(.partStarted(index: index, .text))
                for _ in 0...random.nextIndex(below: 3) { part.append(.delta(index: index, .text(text()))) }
            case 1:
                part.append(.partStarted(index: index, .thinking))
                for _ in 0...random.nextIndex(below: 3) { part.append(.delta(index: index, .thinking(text()))) }
            default:
                hasCalls = true
                part.append(.partStarted(index: index, .toolUse(id: "call_\(index)", name: "tool_\(index)")))
                var json = JSONWriter()
                json.object { $0.member("text", text()) }
                let arguments = random.nextIndex(below: 4) == 0 ? [] : json.bytes
                for piece in arguments.chunks(by: &random, upTo: 9) {
                    part.append(.delta(index: index, .arguments(piece)))
                }
            }
            part.append(.partEnded(index: index))
            parts.append(part)
        }
        let usage = Usage(
            inputTokens: random.nextIndex(below: 100),
            outputTokens: 50 + random.nextIndex(below: 50),
            cacheReadTokens: random.nextIndex(below: 100),
            cacheWrite5mTokens: random.nextIndex(below: 100),
            reasoningTokens: random.nextIndex(below: 50)
        )
        let reasons: [StopReason] = [.endTurn, .maxTokens, .refusal]
        let stop = hasCalls ? .toolUse : reasons[random.nextIndex(below: 3)]
        return [.started(id: "abc", model: "m")] + woven(parts, interleaved: interleaved)
            + [.usage(usage, .standard), .stopped(ModelReply.Stop(stop))]
    }

    /// The parts' events, each part's in order.
    private mutating func woven(_ parts: [[ReplyEvent]], interleaved: Bool) -> [ReplyEvent] {
        guard interleaved else { return Array(parts.joined()) }
        var rest = parts.map { $0[...] }
        var woven: [ReplyEvent] = []
        while rest.contains(where: { !$0.isEmpty }) {
            let place = random.nextIndex(below: rest.count)
            // A part begins only after those before it have begun.
            guard rest[..<place].allSatisfy({ $0.startIndex > 0 }) else { continue }
            if let event = rest[place].popFirst() { woven.append(event) }
        }
        return woven
    }
}

private func written(_ events: [ReplyEvent], in format: APIFormat) -> [UInt8] {
    var writer = format.streamWriter(for: view())
    var bytes: [UInt8] = []
    for event in events { writer.write(event, to: &bytes) }
    writer.end(to: &bytes)
    return bytes
}

@Suite struct RandomStreamTests {
    @Test(arguments: APIFormat.allCases)
    func `a stream written in a format is read back the same`(format: APIFormat) {
        for seed in 0..<400 as Range<UInt64> {
            var reply = RandomReply(seed: seed)
            let events = reply.events(interleaved: seed % 2 == 1)
            let bytes = written(events, in: format)
            var original = SharedReply(events)
            var told = SharedReply(read(bytes.chunks(by: &reply.random), in: format))
            // Where they ran side by side the order of text is the writer's.
            if seed % 2 == 1 {
                original.text = String(original.text.unicodeScalars.sorted().map(Character.init))
                told.text = String(told.text.unicodeScalars.sorted().map(Character.init))
                original.thinking = String(original.thinking.unicodeScalars.sorted().map(Character.init))
                told.thinking = String(told.thinking.unicodeScalars.sorted().map(Character.init))
            }
            #expect(told == original, "seed \(seed)")
        }
    }

    @Test(arguments: APIFormat.allCases, APIFormat.allCases)
    func `a stream converted there and back says the same`(first: APIFormat, second: APIFormat) {
        guard first != second else { return }
        for seed in 0..<150 as Range<UInt64> {
            var reply = RandomReply(seed: seed)
            let bytes = written(reply.events(interleaved: false), in: first)
            let there = converted(bytes.chunks(by: &reply.random), from: first, to: second)
            let back = converted(there.chunks(by: &reply.random), from: second, to: first)
            #expect(SharedReply(read([back], in: first)) == SharedReply(read([bytes], in: first)), "seed \(seed)")
        }
    }

    @Test(arguments: APIFormat.allCases)
    func `a stream whose events are gathered is metered as one that is read at once`(format: APIFormat) {
        for seed in 0..<300 as Range<UInt64> {
            var reply = RandomReply(seed: seed)
            let bytes = written(reply.events(interleaved: false), in: format)
            // Cut where events end and anywhere else, as bytes come from a network.
            let frames = bytes.split(separator: [0x0A, 0x0A]).map { Array($0) + [0x0A, 0x0A] }
            let pieces = frames.flatMap { seed % 3 == 0 ? $0.chunks(by: &reply.random) : [$0] }
            var read = UsageMeter(format: format, isStream: true)
            var gathered = read
            for piece in pieces {
                let isBetween = piece.withUnsafeBytes { (read.read($0), gathered.gather($0)) }
                #expect(isBetween.0 == isBetween.1)
                #expect(gathered.isBetweenEvents == isBetween.0)
            }
            read.end()
            gathered.end()
            #expect(gathered.reply == read.reply, "seed \(seed)")
        }
    }

    @Test func `mutated streams and random bytes never break a reader, a meter or a converter`() {
        var random = SeededGenerator(seed: 99)
        let guarded = GuardedBytes(capacity: 1 << 16)
        let seeds =
            APIFormat.allCases.flatMap { format in
                (0..<10 as Range<UInt64>).map { seed in
                    var reply = RandomReply(seed: seed)
                    return written(reply.events(interleaved: false), in: format)
                }
            } + ConversionVector.all.map(\.bytes)
        for round in 0..<1500 {
            var bytes = seeds[round % seeds.count]
            for _ in 0...random.nextIndex(below: 6) where !bytes.isEmpty {
                let place = random.nextIndex(below: bytes.count)
                switch random.nextIndex(below: 4) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: place)
                case 2: bytes.removeSubrange(place..<min(bytes.count, place + random.nextIndex(below: 60)))
                default: bytes.insert(contentsOf: bytes[place...].prefix(random.nextIndex(below: 60)), at: place)
                }
            }
            let format = APIFormat.allCases[random.nextIndex(below: 3)]
            let client = APIFormat.allCases[random.nextIndex(below: 3)]
            let pieces = bytes.chunks(by: &random)
            var meter = UsageMeter(format: format, isStream: round % 3 != 0)
            var gathering = meter
            for piece in pieces { meter.read(guarded.place(piece)) }
            for piece in pieces { _ = gathering.gather(guarded.place(piece)) }
            meter.end()
            gathering.end()
            #expect(gathering.reply == meter.reply, "round \(round)")
            _ = converted(pieces, from: format, to: client)
            _ = try? converted(bytes, from: format, to: client)
            bytes.withUnsafeBytes { _ = ReplyFailure(status: 500, body: $0, of: format.provider) }
        }
    }
}
