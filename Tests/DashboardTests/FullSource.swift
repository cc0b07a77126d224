import Dashboard
import Domain
import Evaluation
import Foundation
import Pricing
import Store

@testable import Replay
@testable import Reports

extension ReportSource {
    /// Answers with something in every table; every name is the text.
    static func full(saying text: String) throws -> ReportSource {
        var finding = Finding.sample(saying: text)
        finding.candidates = [.sample(saying: text)]
        var optimize = OptimizeReport.sample(finding)
        optimize.kinds = [OptimizeReport.Kind(kind: text + "2", basis: .priced, text: text)]
        let proof = ProofReport.sample(saying: text)
        var source = ReportSource.sample(optimize: optimize, session: .tasks(saying: text), proof: proof)
        let entries = ["s", text].map { LedgerEntry.sample(of: $0, model: text) }
        source.spend = { _, grouping in
            var tally = SpendTally(by: grouping, zone: .utc) { _ in Money(nanoUSD: 10) }
            for entry in entries { tally.add(entry) }
            return SpendReport(tally, period: .sample)
        }
        source.days = { _ in
            var tally = DailySpendTally(zone: .utc) { _ in Money(nanoUSD: 10) }
            for entry in entries { tally.add(entry) }
            return DailySpendReport(tally, period: .sample)
        }
        let known = source.optimize
        source.knownOptimize = { try await known($0) }
        source.sessions = { _ in
            var tally = SessionsTally { _ in Money(nanoUSD: 10) }
            for entry in entries { tally.add(entry) }
            return SessionsReport(tally, period: .sample)
        }
        let exchanges = [Exchange.sample(saying: text, .finished, 200), .sample(saying: text, .failed, 529)]
        source.gateway = { _ in
            var tally = GatewayTally { _ in Money(nanoUSD: 10) }
            for exchange in exchanges { tally.add(exchange) }
            return GatewayReport(tally, period: .sample)
        }
        source.decisions = { _ in
            var tally = DecisionsTally(cost: { _ in Money(nanoUSD: 10) }, tier: { _ in .cheap })
            for exchange in exchanges { tally.add(exchange) }
            return DecisionsReport(tally, period: .sample)
        }
        source.upstreams = { _ in
            var tally = UpstreamsTally()
            for exchange in exchanges { tally.add(exchange) }
            let budget = UpstreamsReport.Budget(
                scope: text,
                window: "day",
                limit: Money(nanoUSD: 2),
                spent: Money(nanoUSD: 1),
                resets: nil
            )
            return UpstreamsReport(
                tally,
                configured: [.init(name: text, url: text)],
                budgets: [budget],
                period: .sample
            )
        }
        let router = try RouterShowReport.sample(saying: text)
        source.router = { router }
        source.prices = { PriceListReport(.builtin, on: Day(year: 2026, month: 11, day: 1), all: false) }
        let study = StudyReport.sample(saying: text)
        source.study = { id in proof.verdicts.first { $0.study == id }.map { ($0, study) } }
        source.rules = { .sample(saying: text) }
        return source
    }
}

extension Candidate {
    fileprivate static func sample(saying text: String) -> Candidate {
        Candidate(
            session: SessionID(agent: .pi, name: text),
            unit: .task,
            project: text,
            model: ModelID(text),
            target: ModelID(text),
            shape: Shape(),
            actual: Money(nanoUSD: 2),
            estimated: Money(nanoUSD: 1),
            reasons: [text],
            evidence: Evidence(session: SessionID(agent: .pi, name: text), calls: [text], file: text, offset: 1),
            calls: []
        )
    }
}

extension SessionReport {
    /// Three calls before the first prompt, a task of as many as a table holds and one more, and a subagent.
    fileprivate static func tasks(saying text: String) -> SessionReport {
        let steps = (0..<104).map { index in
            let time = Timestamp(milliseconds: Int64(index) * 1000)
            let call = Call(
                key: CallKey(id: UInt64(index)),
                id: text,
                time: time,
                model: ModelID(text),
                usage: Usage(inputTokens: 10),
                position: LogPosition(offset: 0, length: 0)
            )
            let prompt = Arrival(kind: .prompt, time: time, bytes: 1, position: call.position)
            return SessionThread.Step(call: call, file: text, arrivals: index == 3 ? [prompt] : [])
        }
        let subagent = SessionThread(
            id: ThreadID(kind: .subagent, name: text),
            agentType: text,
            steps: Array(steps.suffix(1))
        )
        let session = Session(
            id: SessionID(agent: .pi, name: text),
            project: text,
            threads: [SessionThread(id: .main, steps: steps), subagent]
        )
        return SessionReport(session, zone: .utc) { _ in Money(nanoUSD: 10) }
    }
}

extension LedgerEntry {
    fileprivate static func sample(of session: String, model: String) -> LedgerEntry {
        var entry = sample
        entry.session = SessionID(agent: .pi, name: session)
        entry.project = session
        entry.call.key = CallKey(id: UInt64(session.utf8.count))
        entry.call.model = ModelID(model)
        return entry
    }
}

extension Exchange {
    fileprivate static func sample(saying text: String, _ ending: Outcome.Ending, _ status: Int) -> Exchange {
        var sender = RequestFacts.Sender()
        sender.app = text
        sender.phase = Phase(rawValue: text)
        return Exchange(
            intent: Intent(
                id: "x-\(status)",
                time: Timestamp(milliseconds: 1),
                sender: sender,
                billing: .api,
                format: .messages,
                decision: Decision(requested: ModelID(text), chosen: ModelID("cheap"), reason: .pattern),
                upstream: text,
                upstreamFormat: .messages,
                requestBytes: 10
            ),
            outcome: Outcome(
                ending: ending,
                time: Timestamp(milliseconds: 2),
                upstream: text,
                status: status,
                model: ModelID(text),
                usage: Usage(inputTokens: 1),
                firstByteMilliseconds: 7
            )
        )
    }
}

extension RouterShowReport {
    fileprivate static func sample(saying text: String) throws -> RouterShowReport {
        let quoted = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
        let record = """
            {"schema":1,"file":\(quoted),"scorer":\(quoted),"models":[\(quoted)],"trained":1,"learnedRows":1,
            "heldOutRows":1,"figure":"aiq","heldOut":[{"name":\(quoted),"value":0.5}],"learningCurve":[],
            "usesEmbeddings":true}
            """
        var report = RouterShowReport(try JSONDecoder().decode(RouterRecord.self, from: Data(record.utf8)), zone: .utc)
        report.dial = [0, 1].map { position in
            DialStep(
                position: position,
                quality: 1 - position / 2,
                cost: Money(approximatingUSD: 2 - position),
                shares: [(ModelID(text), 1)],
                isChosen: position == 1,
                moved: position
            )
        }
        return report
    }
}

extension StudyReport {
    /// Two steps of a session: one where the candidate does something else, one where it stops.
    fileprivate static func sample(saying text: String) -> StudyReport {
        let steps = (0..<2).map { place in
            RecordedStep(
                id: "m\(place)",
                session: SessionID(agent: .pi, name: text),
                place: place,
                time: Timestamp(milliseconds: 0),
                model: ModelID(text),
                usage: Usage(),
                actions: [],
                folder: text
            )
        }
        func side(_ model: String) -> ReplayRequest.Side {
            ReplayRequest.Side(model: ModelID(model), limits: PriceBook.builtin.limits(of: ModelID(model)))
        }
        let study = Study(
            id: text,
            subject: text,
            candidate: side("cheap"),
            original: side(text),
            sample: Sampler(samples: 2, seed: 1).sample(
                of: steps.map { Sampler.Candidate(step: $0, stratum: Stratum($0)) }
            ),
            budget: Money(nanoUSD: 1),
            time: Timestamp(milliseconds: 0)
        )
        let recorded = RecordedAction(tool: "Bash", input: #"{"command":"make"}"#)
        func answer(_ pairs: [StepVerdict.Pair], _ kind: StepVerdict.Kind) -> StudyRow.Answer {
            StudyRow.Answer(
                reply: ReplayReply(outcome: .answered),
                verdict: StepVerdict(kind: kind, pairs: pairs, validCalls: 1, calls: 1),
                cost: .zero,
                isKept: true
            )
        }
        let other = RecordedAction(tool: text, input: "{}")
        let pairs = [
            StepVerdict.Pair(recorded: recorded, replayed: other, level: "none", reason: text),
            StepVerdict.Pair(recorded: nil, replayed: other, level: "none", reason: text),
        ]
        let rows = steps.map { step in
            StudyRow(
                step: step,
                stratum: Stratum(step),
                fidelity: .exact,
                candidate: answer(step.place == 0 ? pairs : Array(pairs.prefix(1)), .differs),
                original: answer([], .agree)
            )
        }
        let run = Study.Run(rows: rows, ending: .complete, spent: .zero, spentNow: .zero, skipped: [:])
        return StudyReport(study: study, run: run, result: StudyResult(of: rows, in: study))
    }
}

extension RulesReport {
    fileprivate static func sample(saying text: String) -> RulesReport {
        let rule = RuleChangeReport.sample(.applied, of: text).rule
        let event = RuleEvent(rule: text, time: Timestamp(milliseconds: 1), kind: .applied, text: text)
        return RulesReport(rules: [rule], events: [event], zone: .utc)
    }
}
