import NIOCore
import Testing

@testable import Providers

@Suite struct TargetsTests {
    private let now = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private let both = [Targets.Candidate(name: "a"), Targets.Candidate(name: "b")]

    private func failed(_ names: [String], balancing: Balancing = .weighted, times: Int = 3) -> Targets {
        var targets = Targets(balancing: balancing)
        for name in names { for _ in 0..<times { targets.report(.failed, of: name, at: now) } }
        return targets
    }

    @Test func `weights are kept over many conversations`() {
        let targets = Targets(balancing: .weighted)
        let candidates = [Targets.Candidate(name: "a", weight: 3), Targets.Candidate(name: "b", weight: 1)]
        let first = (0..<4000).count { targets.choice(among: candidates, key: UInt64($0), at: now) == 0 }
        #expect((2850...3150).contains(first))
    }

    @Test func `a conversation's upstream changes only where that one goes`() {
        let targets = Targets(balancing: .weighted)
        let three = both + [Targets.Candidate(name: "c")]
        for key in 0..<200 as Range<UInt64> {
            let before = targets.choice(among: three, key: key, at: now)
            let after = targets.choice(among: both, key: key, at: now)
            if before != 2 { #expect(before == after) }
        }
    }

    @Test(arguments: Balancing.allCases)
    func `a conversation stays where its cache is warm`(balancing: Balancing) {
        var targets = Targets(balancing: balancing)
        targets.report(.served(firstByteMilliseconds: 900, headroom: 0.1), of: "b", at: now)
        #expect(targets.choice(among: both, earlier: "b", key: 1, at: now) == 1)
    }

    @Test(arguments: [(2, false), (3, true)])
    func `the circuit opens with the third failure in a row`(failures: Int, isOpen: Bool) {
        let targets = failed(["a"], times: failures)
        #expect(targets.isCooling("a", at: now) == isOpen)
    }

    @Test func `a target that cools down is left out, and comes back`() {
        let targets = failed(["a"])
        for key in 0..<50 as Range<UInt64> {
            #expect(targets.choice(among: both, earlier: "a", key: key, at: now) == 1)
        }
        #expect(targets.choice(among: both, earlier: "a", key: 1, at: now + .seconds(11)) == 0)
    }

    @Test func `a success closes the circuit`() {
        var targets = failed(["a"])
        targets.report(.served(firstByteMilliseconds: 5, headroom: nil), of: "a", at: now)
        #expect(!targets.isCooling("a", at: now))
    }

    @Test func `each further failure doubles the pause, up to five minutes`() {
        var targets = failed(["a"], times: 4)
        #expect(targets.isCooling("a", at: now + .seconds(19)))
        #expect(!targets.isCooling("a", at: now + .seconds(21)))
        for _ in 0..<20 { targets.report(.failed, of: "a", at: now) }
        #expect(!targets.isCooling("a", at: now + .seconds(301)))
    }

    @Test func `pitfall 32: the last target is asked however often it failed`() {
        #expect(failed(["a"], times: 100).choice(among: [both[0]], key: 1, at: now) == 0)
        var targets = failed(["a"], times: 5)
        targets.report(.limited(retryAfter: .seconds(2)), of: "b", at: now)
        // Both cool: the one that is done first.
        #expect(targets.choice(among: both, key: 1, at: now) == 1)
    }

    @Test func `a rate limit is respected for as long as the provider says`() {
        var targets = Targets(balancing: .weighted)
        targets.report(.limited(retryAfter: .seconds(30)), of: "a", at: now)
        #expect(targets.isCooling("a", at: now + .seconds(29)))
        #expect(!targets.isCooling("a", at: now + .seconds(30)))
    }

    @Test func `the quickest is asked, once each has been asked`() {
        var targets = Targets(balancing: .leastLatency)
        targets.report(.served(firstByteMilliseconds: 50, headroom: nil), of: "a", at: now)
        #expect(targets.choice(among: both, key: 1, at: now) == 1)
        targets.report(.served(firstByteMilliseconds: 80, headroom: nil), of: "b", at: now)
        #expect(targets.choice(among: both, key: 1, at: now) == 0)
    }

    @Test func `the one with most headroom is asked`() {
        var targets = Targets(balancing: .headroom)
        targets.report(.served(firstByteMilliseconds: 5, headroom: 0.2), of: "a", at: now)
        targets.report(.served(firstByteMilliseconds: 5, headroom: 0.6), of: "b", at: now)
        #expect(targets.choice(among: both, key: 1, at: now) == 1)
    }

    @Test(arguments: [
        ("anthropic-ratelimit-tokens-remaining: 25\r\nanthropic-ratelimit-tokens-limit: 100\r\n", 0.25),
        ("x-ratelimit-remaining-requests: 1\r\nx-ratelimit-limit-requests: 2\r\n", 0.5),
        ("anthropic-ratelimit-unified-5h-utilization: 0.9\r\nanthropic-ratelimit-unified-7d-utilization: 0.5\r\n", 0.1),
    ])
    func `headroom is read from both providers' fields`(fields: String, headroom: Double) throws {
        var bytes = ByteBuffer(string: "HTTP/1.1 200 OK\r\n\(fields)\r\n")
        var search = HeadSearch()
        let head = try #require(try bytes.readResponseHead(&search, limit: 4096, isBodiless: false))
        let found = try #require(head.fields.rateLimitHeadroom)
        #expect(abs(found - headroom) < 1e-9)
    }

    @Test(arguments: [
        ("retry-after: 3", TimeAmount.seconds(3)), ("retry-after: 3\r\nretry-after-ms: 250", .milliseconds(250)),
        ("retry-after: Wed, 21 Oct 2026 07:28:00 GMT", nil), ("retry-after: -1", nil),
        ("retry-after: 1e99", .hours(24)),
    ])
    func `retry-after is read`(field: String, wait: TimeAmount?) throws {
        var bytes = ByteBuffer(string: "HTTP/1.1 429 X\r\n\(field)\r\n\r\n")
        var search = HeadSearch()
        #expect(try bytes.readResponseHead(&search, limit: 4096, isBodiless: false)?.fields.retryAfter == wait)
    }
}
