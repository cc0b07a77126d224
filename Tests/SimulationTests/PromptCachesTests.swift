import Domain
import Testing

@testable import Simulation

@Suite struct PromptCachesTests {
    private let opus = ModelID("claude-opus-4-6")
    private let haiku = ModelID("claude-haiku-4-5")

    private func call(_ usage: Usage, at minutes: Int64, on model: String = "claude-opus-4-6") -> Call {
        Call(
            key: CallKey(id: UInt64(minutes)),
            id: "",
            time: Timestamp(milliseconds: 1_000_000_000 + minutes * 60_000),
            model: ModelID(model),
            usage: usage,
            position: LogPosition(offset: 0, length: 1)
        )
    }

    @Test func `what stays on its model is billed as it was`() {
        let calls = [call(.turn(read: 900, wrote: 100), at: 0), call(.turn(read: 1_000, wrote: 50), at: 60)]
        var caches = PromptCaches(for: calls)
        for call in calls { #expect(caches.usage(of: call, servedBy: opus, of: "anthropic") == call.usage) }
    }

    @Test func `a model that takes over writes what was read, and reads on where it stays`() {
        let calls = [call(.turn(read: 900, wrote: 100), at: 0), call(.turn(read: 1_000, wrote: 50), at: 1)]
        var caches = PromptCaches(for: calls)
        #expect(caches.usage(of: calls[0], servedBy: haiku, of: "anthropic") == .turn(wrote: 1_000))
        #expect(caches.usage(of: calls[1], servedBy: haiku, of: "anthropic") == calls[1].usage)
    }

    @Test(arguments: [(Int64(5), Usage.turn(read: 1_000, wrote: 1_200)), (6, .turn(wrote: 2_200))])
    func `coming back pays for what was added, while the cache lives`(minutes: Int64, billed: Usage) {
        let calls = [
            call(.turn(wrote: 1_000), at: 0), call(.turn(read: 1_000, wrote: 1_000), at: 1),
            call(.turn(read: 2_000, wrote: 200), at: minutes),
        ]
        var caches = PromptCaches(for: calls)
        _ = caches.usage(of: calls[0], servedBy: opus, of: "anthropic")
        _ = caches.usage(of: calls[1], servedBy: haiku, of: "anthropic")
        #expect(caches.usage(of: calls[2], servedBy: opus, of: "anthropic") == billed)
    }

    @Test func `entries of an hour live an hour, and are written as such`() {
        let long = Usage(cacheReadTokens: 1_000, cacheWrite1hTokens: 100)
        let calls = [call(long, at: 0), call(long, at: 1), call(long, at: 60)]
        var caches = PromptCaches(for: calls)
        _ = caches.usage(of: calls[0], servedBy: opus, of: "anthropic")
        #expect(
            caches.usage(of: calls[1], servedBy: haiku, of: "anthropic") == Usage(cacheWrite1hTokens: 1_100)
        )
        #expect(caches.usage(of: calls[2], servedBy: opus, of: "anthropic") == long)
    }

    @Test func `after a compaction only what was read counts as held`() {
        let calls = [
            call(.turn(wrote: 9_000), at: 0), call(.turn(read: 3_000, wrote: 500), at: 1),
            call(.turn(read: 3_500), at: 2),
        ]
        var caches = PromptCaches(for: calls)
        _ = caches.usage(of: calls[0], servedBy: opus, of: "anthropic")
        _ = caches.usage(of: calls[1], servedBy: haiku, of: "anthropic")
        #expect(caches.usage(of: calls[2], servedBy: opus, of: "anthropic") == .turn(read: 3_000, wrote: 500))
    }

    @Test func `what OpenAI caches unasked is plain input on another model, billed as written where that has a price`()
    {
        let usage = Usage(inputTokens: 100, cacheReadTokens: 2_000)
        let calls = [call(usage, at: 0, on: "gpt-5.5"), call(usage, at: 1, on: "gpt-5.5")]
        var caches = PromptCaches(for: calls)
        let nano = ModelID("gpt-5.4-nano")
        let moved = caches.usage(of: calls[0], servedBy: nano, of: "openai")
        #expect(moved == .turn(wrote: 2_100))
        // Coming back it is input, as the log has it.
        let back = caches.usage(of: calls[1], servedBy: ModelID("gpt-5.5"), of: "openai")
        #expect(back == Usage(inputTokens: 2_100))
    }
}
