import Domain
import Statistics
import Testing

@testable import Routing

@Suite struct GatewayHistoryTests {
    private static let opus = ModelID("claude-opus-4-8")
    private static let haiku = ModelID("claude-haiku-5-5")

    private func exchange(
        _ reply: String,
        _ reason: Decision.Reason,
        on model: ModelID = haiku,
        detail: String = "git",
        minutes: Int = 0,
        session: String = "s"
    ) -> Exchange {
        var sender = RequestFacts.Sender()
        sender.session = session
        let decision = Decision(requested: Self.opus, chosen: model, reason: reason, detail: detail)
        let time = Timestamp.noon.plus(minutes: minutes)
        return Exchange(
            intent: Exchange.Intent(
                id: reply,
                time: time,
                sender: sender,
                format: .messages,
                decision: decision,
                upstream: "a",
                upstreamFormat: .messages,
                requestBytes: 1
            ),
            outcome: Exchange.Outcome(
                ending: .finished,
                time: time,
                upstream: "a",
                status: 200,
                replyID: reply,
                model: model
            )
        )
    }

    private func history(_ exchanges: [Exchange]) -> GatewayHistory {
        var history = GatewayHistory()
        for exchange in exchanges { history.take(exchange) }
        return history
    }

    private func scores(_ history: GatewayHistory) -> [String] {
        history.finished().ratings.map { "\($0.call) \($0.model) \(Int($0.score))" }
    }

    @Test func `a cheaper model that a complaint took back did not do`() {
        let history = history([
            exchange("a", .pattern), exchange("b", .pinned, minutes: 1),
            exchange("c", .escalation, on: Self.opus, minutes: 2),
        ])
        #expect(scores(history) == ["a \(Self.haiku) 0", "a \(Self.opus) 1"])
    }

    @Test func `one that nobody complained of did`() {
        #expect(scores(history([exchange("a", .learned)])) == ["a \(Self.haiku) 1", "a \(Self.opus) 1"])
        let next = history([exchange("a", .classifier), exchange("b", .pattern, minutes: 9)])
        #expect(scores(next).count == 4)
    }

    @Test(arguments: [
        (Decision.Reason.rule, "route 1"), (.phase, "draft"), (.cacheWorthMore, "git"), (.pattern, "title"),
        (.requested, ""),
    ])
    func `rules of the user's, limits and calls on the side say nothing of a model`(
        reason: Decision.Reason,
        detail: String
    ) {
        #expect(scores(history([exchange("a", reason, detail: detail)])).isEmpty)
    }

    @Test func `a complaint counts for its own conversation alone`() {
        let history = history([
            exchange("a", .pattern, session: "one"),
            exchange("b", .escalation, on: Self.opus, minutes: 1, session: "two"),
        ])
        #expect(scores(history) == ["a \(Self.haiku) 1", "a \(Self.opus) 1"])
    }

    @Test func `every request that the certificate decided is counted, wherever it went`() {
        let detail = "certificate; gap 0.1 <= 0.2"
        let certified = history([
            exchange("a", .learned, detail: detail, session: "one"),
            exchange("b", .learned, on: Self.opus, detail: detail, session: "two"),
            exchange("c", .escalation, on: Self.opus, minutes: 1, session: "one"),
            exchange("d", .learned, detail: "dial; expected", session: "three"),
        ]).finished().certified
        #expect(certified.map(\.isWorse).sorted { !$0 && $1 } == [false, true])
    }
}

@Suite struct WeeklyWatchTests {
    private let certificate = Certificate(
        cheaper: ModelID("small"),
        stronger: ModelID("large"),
        claim: Claim(alpha: 0.05),
        rows: 400,
        threshold: 0.1,
        sent: 100,
        worse: 5
    )

    /// So many requests a day for some weeks, of which every n-th came out worse.
    private func results(weeks: Int, perDay: Int, worseEvery step: Int) -> [GatewayHistory.CertifiedRequest] {
        (0..<(weeks * 7 * perDay)).map { place in
            let time = Timestamp.noon.advanced(byMilliseconds: Int64(place) * 86_400_000 / Int64(perDay))
            return .init(time: time, isWorse: place % step == 0)
        }
    }

    @Test func `a certificate whose promise holds stays`() {
        var watch = WeeklyWatch(certificate, from: .noon)
        watch.count(results(weeks: 20, perDay: 20, worseEvery: 50), until: .noon.plus(minutes: 20 * 7 * 1_440))
        #expect(!watch.isWithdrawn && watch.watch.weeks == 20)
        #expect(watch.text.contains("The certificate holds: 56 of 2800"))
    }

    @Test func `one that more than it promised come out worse of is withdrawn, and stays so`() {
        var watch = WeeklyWatch(certificate, from: .noon)
        watch.count(results(weeks: 8, perDay: 20, worseEvery: 8), until: .noon.plus(minutes: 8 * 7 * 1_440))
        #expect(watch.isWithdrawn)
        watch.count(results(weeks: 60, perDay: 20, worseEvery: 1_000), until: .noon.plus(minutes: 60 * 7 * 1_440))
        #expect(watch.isWithdrawn && watch.text.contains("withdrawn"))
    }

    @Test func `results count once, and only those of weeks that are over`() {
        var watch = WeeklyWatch(certificate, from: .noon)
        let results = results(weeks: 2, perDay: 10, worseEvery: 100)
        watch.count(results, until: .noon.plus(minutes: 7 * 1_440 - 1))
        #expect(watch.watch.total.trials == 0)
        for _ in 0..<3 { watch.count(results, until: .noon.plus(minutes: 10 * 1_440)) }
        #expect(watch.watch.total.trials == 70)
    }
}
