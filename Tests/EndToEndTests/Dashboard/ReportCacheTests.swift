import Dashboard
import Domain
import Testing

@testable import suffice

@Suite struct ReportCacheTests {
    private let question = ReportCache.Question(name: "a", filter: Filter(), window: .everything, day: Day(number: 1))

    @Test func `a report is made once for a state, and again for another`() async throws {
        let cache = ReportCache()
        let first = try await cache.report(question, at: "1") { 1 }
        let again = try await cache.report(question, at: "1") { 2 }
        let later = try await cache.report(question, at: "2") { 3 }
        #expect([first, again, later] == [1, 1, 3])
    }

    @Test func `what failed is made again`() async throws {
        let cache = ReportCache()
        await #expect(throws: CancellationError.self) {
            try await cache.report(question, at: "1") { () -> Int in throw CancellationError() }
        }
        #expect(try await cache.report(question, at: "1") { 1 } == 1)
    }

    @Test func `what is at hand is known, and what took long the last time is not waited for`() async throws {
        let cache = ReportCache()
        func lasting(_ milliseconds: Int) -> @Sendable () async throws -> Int {
            {
                try await Task.sleep(for: .milliseconds(milliseconds))
                return milliseconds
            }
        }
        #expect(try await cache.report(question, at: "1", make: lasting(40)) == 40)
        #expect(try await cache.known(question, at: "1", make: lasting(1)) == 40)
        #expect(try await cache.known(question, at: "2", make: lasting(1)) == nil)
        #expect(try await cache.report(question, at: "2", make: lasting(2)) == 1)
    }
}
