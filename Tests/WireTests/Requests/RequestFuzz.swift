import Domain
import Statistics
import TestSupport
import Testing
import Wire

/// Bytes that nobody should send: whatever comes, it is read or refused, and never a byte too far.
@Suite struct RequestFuzz {
    private static let seeds: [(APIFormat, String)] = [
        (
            .messages,
            #"{"model":"m[1m]","max_tokens":9,"metadata":{"user_id":"u"},"system":[{"type":"text","text":"x-anthropic-billing-header: a\nb"}],"tools":[{"name":"f","input_schema":{}}],"tool_choice":{"type":"any"},"messages":[{"role":"user","content":[{"type":"text","text":"<system-reminder>a</system-reminder>é"},{"type":"tool_result","tool_use_id":"t","content":[]}]},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"a":[1,{}]}}]}]}"#
        ),
        (
            .chatCompletions,
            #"{"model":"m","stream":true,"stream_options":{"include_usage":false},"max_tokens":null,"messages":[{"role":"system","content":"s"},{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{\"a\":1}"}}]},{"role":"tool","tool_call_id":"c","content":"x"}],"tools":[{"type":"function","function":{"name":"f"}}]}"#
        ),
        (
            .responses,
            #"{"model":"m","instructions":"i","reasoning":{"effort":"low"},"input":[{"role":"user","content":"a"},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":[{"type":"input_image","image_url":"data:a;base64,AA"}]}]}"#
        ),
    ]

    @Test(arguments: 0..<8)
    func `no bytes bring a reader down`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let guarded = GuardedBytes(capacity: 4096)
        for _ in 0..<1500 {
            let (format, text) = Self.seeds[random.nextIndex(below: Self.seeds.count)]
            let body = mutated(Array(text.utf8), &random)
            let bytes = guarded.place(body)
            guard let envelope = try? Envelope(bytes, format: format) else { continue }
            let edits =
                [
                    envelope.replacing(model: ModelID("other")), envelope.capping(output: 5),
                    envelope.addingStreamUsage(),
                    envelope.removingAttribution(in: bytes),
                ].compactMap { $0 } + envelope.removing(.all, in: bytes)
            let edited = edits.applied(to: bytes)
            // Edits of what could be read can be read.
            let again = edited.withUnsafeBytes { try? Envelope($0, format: format) }
            #expect(again?.model == "other", "\(String(decoding: body, as: UTF8.self))")
            _ = try? RequestFacts(bytes, envelope: envelope)
            for target in APIFormat.allCases {
                let target = ConvertedRequest.Target(format: target, model: ModelID("m"), limits: nil)
                guard let converted = try? ConvertedRequest(bytes, from: format, to: target) else { continue }
                #expect((try? RequestReading(converted.body, format: target.format)) != nil)
            }
        }
    }

    private func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<random.nextIndex(below: 4) where !bytes.isEmpty {
            let at = random.nextIndex(below: bytes.count)
            switch random.nextIndex(below: 5) {
            case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.nextIndex(below: 20)))
            case 2: bytes.insert(Array("\"{}[],:\\".utf8)[random.nextIndex(below: 8)], at: at)
            case 3: bytes.removeLast(bytes.count - at)
            default:
                let from = random.nextIndex(below: bytes.count)
                bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + 30)], at: at)
            }
        }
        return bytes
    }
}
