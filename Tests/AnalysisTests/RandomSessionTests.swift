import Analysis
import Domain
import Statistics
import Testing

/// What holds for any sessions at all.
@Suite struct RandomSessionTests {
    @Test(arguments: 0..<40)
    func `no call gets two models and nothing recovers more than was spent`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let sessions = (0..<30).map { session(numbered: $0, using: &generator) }
        expectSane(analyse(sessions, thresholds: .anySaving), of: sessions)
    }

    @Test(arguments: 0..<12)
    func `nor do logs with absurd counts, times and keys`(seed: UInt64) {
        var drawing = HostileSessions(seed: seed)
        let sessions = drawing.draw()
        expectSane(analyse(sessions), of: sessions)
    }

    @Test func `every kind is found in some of them`() {
        let kinds = (UInt64(0)..<24).reduce(into: Set<String>()) { kinds, seed in
            var drawing = HostileSessions(seed: seed)
            kinds.formUnion(analyse(drawing.draw()).kinds.filter { $0.status == .found }.map(\.kind))
        }
        #expect(Set(Analysis.detectors.map { $0.kind }).subtracting(kinds).isEmpty)
    }

    private func expectSane(_ result: AnalysisResult, of sessions: [Session]) {
        let claimed = result.candidates.flatMap(\.calls)
        let onModels = Analysis.detectors.filter { $0.lever == .model }.map { $0.kind }
        let moved = result.findings.filter { onModels.contains($0.finding.kind) }
            .flatMap(\.finding.candidates).flatMap(\.calls)
        #expect(Set(moved).count == moved.count)
        let own = Set(sessions.flatMap(\.threads).flatMap(\.steps).filter { !$0.isContext }.map(\.call.key))
        #expect(own.isSuperset(of: claimed))
        let sum = result.findings.reduce(Money.zero) { $0 + $1.finding.saving }
        let recoverable = result.recoverable
        #expect(recoverable.low <= recoverable.mid && recoverable.mid <= recoverable.high)
        #expect(recoverable.high <= sum && recoverable.high <= result.total.total)
        for finding in result.findings {
            let month = finding.finding.monthlySaving
            #expect(.zero <= month.low && month.low <= month.mid && month.mid <= month.high)
            #expect(finding.saving.total == finding.finding.saving)
            #expect(!finding.finding.action.text.contains("  "))
        }
        #expect(result.candidates.allSatisfy { $0.saving > .zero && $0.saving <= $0.actual })
        #expect(result.candidates.allSatisfy { !$0.evidence.calls.isEmpty && !$0.reasons.isEmpty })
        #expect(result.kinds.allSatisfy { !$0.summary.isEmpty })
    }

    @Test(arguments: 40..<50)
    func `the order of the sessions does not matter`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let sessions = (0..<30).map { session(numbered: $0, using: &generator) }
        let result = analyse(sessions)
        let other = analyse(sessions.shuffled(using: &generator))
        #expect(result.candidates == other.candidates)
        #expect(result.recoverable == other.recoverable)
        #expect(result.findings.map(\.finding.id) == other.findings.map(\.finding.id))
        #expect(result.findings.map(\.finding.monthlySaving) == other.findings.map(\.finding.monthlySaving))
        #expect(result.kinds.map(\.summary) == other.kinds.map(\.summary))
        #expect(result.kinds.map(\.nearMisses) == other.kinds.map(\.nearMisses))
    }

    private func session(numbered number: Int, using generator: inout SeededGenerator) -> Session {
        let models: [ModelID] = [.opus, .olderOpus, .sonnet, .haiku, ModelID("unknown")]
        let model = models[generator.nextIndex(below: models.count)]
        var session = Session.sample(
            "s\(number)",
            project: "/p\(generator.nextIndex(below: 3))",
            billing: Billing.allCases[generator.nextIndex(below: 3)],
            isHeadless: generator.nextIndex(below: 4) == 0,
            steps: steps("m\(number)", model: model, opening: .prompt, using: &generator)
        )
        for subagent in 0..<generator.nextIndex(below: 3) {
            session.threads.append(
                SessionThread(
                    id: ThreadID(kind: .subagent, name: "\(subagent)"),
                    steps: steps("a\(number)-\(subagent)-", model: .opus, opening: .delegation, using: &generator)
                )
            )
        }
        return session
    }

    private func steps(
        _ name: String,
        model: ModelID,
        opening: Arrival.Kind,
        using generator: inout SeededGenerator
    ) -> [SessionThread.Step] {
        let copied = generator.nextIndex(below: 4) == 0 ? generator.nextIndex(below: 3) : 0
        var minute = Double(generator.nextIndex(below: 600))
        var isAnswering = false
        return (0...generator.nextIndex(below: 8)).map { index in
            minute += Double(generator.nextIndex(below: 20))
            let opens = index == 0 || !isAnswering
            let asks = generator.nextIndex(below: 3) == 0
            let call = Call.sample(
                "\(name)\(index)",
                minute: minute,
                model: generator.nextIndex(below: 8) == 0 ? .haiku : model,
                input: generator.nextIndex(below: 3000),
                output: generator.nextIndex(below: 1000),
                read: generator.nextIndex(below: 4) == 0 ? 0 : index * 2000,
                write5m: generator.nextIndex(below: 2) * 500,
                write1h: generator.nextIndex(below: 2) * 1500 + generator.nextIndex(below: 3) / 2 * 90_000,
                stop: asks ? .toolUse : .endTurn
            )
            defer { isAnswering = asks }
            return .sample(
                call,
                after: [.sample(opens ? opening : .toolResult, bytes: generator.nextIndex(below: 9000))],
                tools: asks ? [.sample(action: ActionKind.allCases[generator.nextIndex(below: 20)])] : [],
                isContext: index < copied
            )
        }
    }
}
