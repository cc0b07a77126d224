import Domain
import Store
import Testing

@testable import Ingestion

@Suite(.enabled(if: RealLogs.exist(".claude"))) struct ClaudeRealLogTests {
    @Test func `real sessions give the ground truth`() async throws {
        let store = try Store.inMemory()
        let discovery = Discovery(sources: [ClaudeCodeLogs()], in: Places(home: RealLogs.home, environment: [:]))
        _ = try await Ingestor(sources: [ClaudeCodeLogs()], workers: 2).run(
            discovery,
            since: [],
            pack: { PackedUpdate($0) },
            keep: { try store.keep($0) }
        )
        var calls = 0
        var usage = Usage.zero
        try store.forEachCall { entry in
            calls += 1
            usage += entry.call.billedUsage
        }
        #expect(calls == 5285)
        #expect(usage.inputTokens == 287_522)
        #expect(usage.outputTokens == 3_221_224)
        #expect(usage.cacheReadTokens == 873_765_243)
        #expect(usage.cacheWrite5mTokens == 1_804_227)
        #expect(usage.cacheWrite1hTokens == 17_996_165)
    }
}
